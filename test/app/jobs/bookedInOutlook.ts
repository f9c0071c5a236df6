import type { CaseEvent } from '../../../src/domain/events/events.ts';
import type { Database } from '../../../src/storage/database.ts';
import { outlook, slotAt, toMeet } from './outlook.ts';

/** One conference that is booked, for tests of what then becomes of it in Outlook. */

export const TUESDAY = '2027-03-02T10:00:00Z';
export const WEDNESDAY = '2027-03-03T13:30:00Z';
/** After the last day, Wed 10 Mar 2027, that a conference asked for on Wed 17 Feb has. */
export const TOO_LATE = '2027-03-11T10:00:00Z';
export const chosen = { type: 'TimeChosen', booking: 1, slot: slotAt(TUESDAY), reason: null } as const;

const decided: CaseEvent = {
  type: 'DecisionMade',
  stage: 'review',
  outcome: 'reconvene',
  perChild: {},
  reasons: 'As above.',
  answers: {},
  delayReason: null,
  flags: [],
};

/** Meeting again since Wed 17 Feb 2027 by a decision: to be held by Wed 10 Mar 2027. */
function reviewed(events: CaseEvent[]): CaseEvent[] {
  const meets = events.findIndex(({ type }) => type === 'StageEntered');
  return [...events.slice(0, meets), { type: 'StageEntered', stage: 'review' }, decided, ...events.slice(meets)];
}

let number = 300;
/** One case, booked for Tue 2 Mar 2027, 10:00 to 12:00, by the job. */
export async function bookedIn(database: Database, changes: Parameters<typeof toMeet>[0] = {}) {
  number += 1;
  const reference = `DIS-27-${number}`;
  const world = await outlook(database, { [reference]: [...reviewed(toMeet(changes)), chosen] });
  await world.aligns(reference);
  const event = world.bookingOf(reference)?.calendarEvent as string;
  return {
    ...world,
    reference,
    event,
    looks: () => world.looks(reference),
    card: () => world.card(reference),
    news: () => world.news(reference),
  };
}

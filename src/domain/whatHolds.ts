import { currentBooking, dayOf } from './bookings.ts';
import type { Case } from './case.ts';
import { sayDate } from './londonTime.ts';
import type { Procedure } from './procedureShape.ts';

/**
 * What holds of the conference's decision (CD2): that it stands, in the procedure's own words, until the conference has met again; from
 * then on whatever was decided there. A meeting counts once it is recorded as held.
 */
export function whatHolds(current: Pick<Case, 'bookings'>, { words }: Procedure): string {
  const meeting = currentBooking(current);
  if (meeting?.status !== 'held') return words.decisionStands;
  return `The ${words.meeting} met again on ${sayDate(dayOf(meeting))}. What it decided then now holds.`;
}

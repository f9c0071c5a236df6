import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { reminder } from '../../src/cards/reminderCard.ts';
import type { TemplateAndData } from '../../src/cards/template.ts';
import { seenBy } from './fixtures.ts';
import { states } from './states.ts';

/** Cases in some states as a person sees them. `on` is an instant at which all of them are looked at, or else each is at its own. */
export function casesOf(person: string, names: string[], on?: string): CaseForViewer[] {
  return names.flatMap((name) => {
    const state = states[name];
    if (!state) throw new Error(`no state ${name}`);
    return [seenBy(person, state.current, on ?? state.now)];
  });
}

const day = (date: string) => Temporal.PlainDate.from(date);

/** The day's message to a person, in its cases. */
export const reminding: Record<string, TemplateAndData> = {
  'reminder.decider': reminder(casesOf('sm', ['referred', 'notReferred'], '2027-02-15T09:00:00Z'), day('2027-02-15')),
  'reminder.overdue': reminder(casesOf('sm', ['overdue']), day('2027-08-26')),
  'reminder.next-up': reminder(casesOf('hos', ['overdue']), day('2027-08-26')),
  'reminder.target': reminder(casesOf('hos', ['upheld', 'notReferred'], '2027-02-22T09:00:00Z'), day('2027-02-22')),
  'reminder.booker': reminder(casesOf('administrator', ['requested', 'booked'], '2027-03-03T09:00:00Z'), day('2027-03-03')),
};

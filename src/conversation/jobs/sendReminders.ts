import { OutsideFault } from '../../app/faults.ts';
import type { Chat, Conversations } from '../../app/ports.ts';
import { casesReminded, type ReminderRows } from '../../app/reminders.ts';
import type { CaseDependencies, CaseForViewer } from '../../app/seeCase.ts';
import { reminder, reminderSummary } from '../../cards/reminderCard.ts';
import { render } from '../../cards/template.ts';
import type { PersonId } from '../../domain/events/trail.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { inWorkingHours } from '../../domain/reminders.ts';
import { isWorkingDay } from '../../domain/workingDays.ts';
import { reach } from './reach.ts';
import { type ReachingDependencies, reaching } from './reaching.ts';

type RemindDependencies = CaseDependencies & ReachingDependencies & { reminders: ReminderRows; conversations: Conversations; chat: Chat };

/**
 * The job that sends a person the day's reminders as one card, made from the cases as they are now. What could not be sent on earlier
 * days goes with it. Outside working hours it leaves the message for the next round; when nothing of it is news any more, none is sent.
 */
export function remindersSender(deps: RemindDependencies): (reference: string) => Promise<void> {
  return async (reference) => {
    const today = dateOf(deps.clock.now()).toString();
    const taken = await deps.reminders.take(reference, today);
    if (!taken) return;
    let posted = false;
    try {
      const cases = await casesReminded(deps, taken.person, taken.about);
      if (cases.length > 0 && !isTime(deps, cases)) return await deps.reminders.giveBack(taken.rows);
      posted = cases.length > 0;
      if (posted) await reaching(deps, taken.person, () => post(deps, taken.person, cases));
    } catch (fault) {
      await deps.reminders.giveBack(taken.rows);
      throw fault;
    }
    await deps.reminders.sent(taken.rows, posted ? today : null);
  };
}

function isTime({ clock }: RemindDependencies, cases: CaseForViewer[]): boolean {
  const now = clock.now();
  return inWorkingHours(now) && cases.some(({ calendar }) => isWorkingDay(calendar, dateOf(now)));
}

async function post(deps: RemindDependencies, person: PersonId, cases: CaseForViewer[]): Promise<void> {
  const [first] = cases;
  const conversation = first ? await reach(deps, first.directory, person) : null;
  if (conversation === null)
    throw new OutsideFault(
      'not-found',
      'a person to be reminded has no chat with the bot',
      'whether everybody with a part is in the directory file',
    );
  await deps.chat.post(conversation, render(reminder(cases, dateOf(deps.clock.now()))), reminderSummary(cases));
}

import { OutsideFault } from '../../app/faults.ts';
import type { Chat, Conversations } from '../../app/ports.ts';
import { casesReminded, type ReminderRows } from '../../app/reminders.ts';
import type { CaseDependencies, Seen } from '../../app/seeCase.ts';
import { reminder, reminderSummary } from '../../cards/reminderView.ts';
import { render } from '../../cards/template.ts';
import type { PersonId } from '../../domain/case.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { inWorkingHours } from '../../domain/reminders.ts';
import { isWorkingDay } from '../../domain/workingDays.ts';
import { reach } from './tellEveryone.ts';

type RemindDependencies = CaseDependencies & { reminders: ReminderRows; conversations: Conversations; chat: Chat };

/**
 * The job that sends a person the day's reminders as one card, made from the cases as they are now. What could not be sent on earlier
 * days goes with it. Outside working hours it leaves the message for the next round; when nothing of it is news any more, none is sent.
 */
export function remindersSender(on: RemindDependencies): (reference: string) => Promise<void> {
  return async (reference) => {
    const taken = await on.reminders.take(reference);
    if (!taken) return;
    try {
      const cases = await casesReminded(on, taken.person, taken.about);
      if (cases.length > 0 && !isTime(on, cases)) return await on.reminders.giveBack(taken.rows);
      if (cases.length > 0) await post(on, taken.person, cases);
    } catch (fault) {
      await on.reminders.giveBack(taken.rows);
      throw fault;
    }
    await on.reminders.sent(taken.rows);
  };
}

function isTime({ clock }: RemindDependencies, cases: Seen[]): boolean {
  const now = clock.now();
  return inWorkingHours(now) && cases.some(({ calendar }) => isWorkingDay(calendar, dateOf(now)));
}

async function post(on: RemindDependencies, person: PersonId, cases: Seen[]): Promise<void> {
  const [first] = cases;
  const conversation = first ? await reach(on, first, person) : null;
  if (conversation === null)
    throw new OutsideFault(
      'not-found',
      'a person to be reminded has no chat with the bot',
      'whether everybody with a part is in the directory file',
    );
  await on.chat.post(conversation, render(reminder(cases, dateOf(on.clock.now()))), reminderSummary(cases));
}

import { myCases } from '../app/myCases.ts';
import { reminder, reminderSummary } from '../cards/reminderCard.ts';
import { fingerprint } from '../cards/show.ts';
import { render } from '../cards/template.ts';
import { dateOf } from '../domain/londonTime.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { standsNow } from './keepPosted.ts';
import { look } from './look.ts';
import { lookAtRegister } from './register.ts';
import { type Shown, shownList } from './shown.ts';
import { lookAtStuck } from './stuck.ts';

/**
 * A case opened from a list: its card comes as a message of its own, and the list stands as it now is (CD9). Where the bot knows no chat
 * with this person alone, the case takes the list's place for them.
 */
export async function openFromList(deps: ConversationDependencies, contact: Contact, reference: string, from: string): Promise<Shown> {
  const opened = await look(deps, contact, reference);
  const chat = opened.caseCard ? await deps.conversations.of(contact.person) : null;
  if (!opened.caseCard || !chat) return { ...opened, caseCard: null };
  const { card, summary } = opened;
  const activityId = await deps.chat.post(chat.conversation, card, summary);
  await standsNow(deps, reference, contact.person, { conversation: chat.conversation, activityId, shows: fingerprint(card) });
  return listAgain(deps, contact, from);
}

async function listAgain(deps: ConversationDependencies, contact: Contact, from: string): Promise<Shown> {
  const [list, page] = from.split('.');
  if (list === 'register') return lookAtRegister(deps, contact, Number.parseInt(page ?? '', 10) || 0);
  if (list === 'stuck') return lookAtStuck(deps, contact);
  const cases = await myCases(deps, contact.person);
  if (list !== 'reminder') return shownList(cases);
  const open = cases.filter(({ current }) => current.status === 'open');
  return { card: render(reminder(open, dateOf(deps.clock.now()))), summary: reminderSummary(open) };
}

import { isDeepStrictEqual } from 'node:util';
import { myCases } from '../app/myCases.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { sameChat } from './sameChat.ts';

/**
 * Keeps where a person can be reached: the personal chat in which they did something last. In a chat that is new to the bot, the cards
 * of the person's open cases are asked for: those that have been waiting, and those that stand in a chat which the person has left.
 * Answers whether the chat was new.
 */
export async function meet(deps: ConversationDependencies, contact: Contact): Promise<boolean> {
  const { person, personal, conversation, name } = contact;
  if (!personal) return false;
  const known = await deps.conversations.of(person);
  if (isDeepStrictEqual(known, { conversation, name })) return false;
  const first = await deps.conversations.keep(person, conversation, name);
  if (!first && (known === null || sameChat(known.conversation, conversation))) return false;
  await deps.presentCovers();
  const cases = await myCases(deps, person, 200);
  const open = cases.filter(({ current }) => current.status === 'open');
  for (const { current } of open) {
    await bringOver(deps, current.reference, contact);
    await deps.enqueue({ name: 'tell', reference: current.reference });
  }
  return true;
}

/** Marks the person's cards that stand in another chat as still to be posted in this one. */
async function bringOver({ posted }: ConversationDependencies, reference: string, { person, conversation }: Contact): Promise<void> {
  for (const card of await posted.of(reference)) {
    if (card.person === person && !card.key.startsWith('past:') && !sameChat(card.conversation, conversation))
      await posted.keep({ ...card, conversation, activityId: null, shows: '' });
  }
}

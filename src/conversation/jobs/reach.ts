import type { Chat, Conversations } from '../../app/ports.ts';
import { type Directory, personOf } from '../../directory/directory.ts';
import type { PersonId } from '../../domain/events/trail.ts';

/** Where the person's chat is; a chat is begun with somebody who never spoke to the bot, if the directory knows them. */
export async function reach(deps: { conversations: Conversations; chat: Chat }, directory: Directory, person: PersonId): Promise<unknown> {
  const known = await deps.conversations.of(person);
  if (known) return known.conversation;
  const listed = personOf(directory, person);
  if (!listed) return null;
  const conversation = await deps.chat.begin(listed.aadObjectId);
  await deps.conversations.keep(person, conversation, listed.name);
  return conversation;
}

import { retryStuck, stuckFor } from '../app/stuck.ts';
import { showStuck } from '../cards/show.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { type Shown, shownNotice } from './shown.ts';

/** What cannot finish, for administrators. */
export async function lookAtStuck(deps: ConversationDependencies, { person }: Contact, notice?: string): Promise<Shown> {
  const found = await stuckFor(deps, person);
  if (!found) return shownNotice('What is stuck', 'Only administrators can see what is stuck.');
  return { card: showStuck(found, notice), summary: 'What is stuck' };
}

/** Tries a job again now, if the presser administrates its partnership; the answer is the list as it then is. */
export async function retry(deps: ConversationDependencies, contact: Contact, name: string, reference: string): Promise<Shown> {
  const tried = await retryStuck(deps, contact.person, name, reference);
  return lookAtStuck(deps, contact, tried ? `${reference}: it is being tried again now.` : 'There is nothing like that to try again now.');
}

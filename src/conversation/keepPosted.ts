import { fingerprint } from '../cards/show.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import type { Shown } from './shown.ts';

/**
 * Keeps what came to stand in a message of a personal chat: a form, which is then left alone while it is filled in, or a case's own card,
 * whose `shows` is empty where Teams shows it to its presser alone.
 */
export async function keepPosted(
  deps: ConversationDependencies,
  { caseCard, form, card }: Shown,
  contact: Contact,
  activityId: string | undefined,
  posted: boolean,
): Promise<void> {
  if (!activityId || !contact.personal) return;
  const { person, conversation } = contact;
  if (form !== undefined) await deps.posted.formOpened(person, activityId, form, deps.clock.now());
  if (caseCard) await deps.posted.keep({ ...caseCard, person, conversation, activityId, shows: posted ? fingerprint(card) : '' });
}

/** Notes that a person is done with the form on a message, if there was one; what had waited for it is asked for. */
export async function formGone(deps: ConversationDependencies, { person }: Contact, activityId: string | undefined): Promise<void> {
  if (!activityId) return;
  for (const reference of await deps.posted.formClosed(person, activityId)) await deps.enqueue({ name: 'tell', reference });
}

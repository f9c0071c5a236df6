import { findSeen } from '../app/seeCase.ts';
import { fingerprint } from '../cards/show.ts';
import type { PersonId } from '../domain/events/trail.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { becomesLive, keptOf, liveKey, newsFor, type Standing } from './liveCard.ts';
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
  if (!caseCard) return;
  await standsNow(deps, caseCard, contact.person, { conversation, activityId, shows: posted ? fingerprint(card) : '' });
}

/** A case's card has come to stand in a message of its person's chat: the live one from now on; earlier ones become one line (CD9). */
export async function standsNow(deps: ConversationDependencies, reference: string, person: PersonId, standing: Standing): Promise<void> {
  const seen = await findSeen(deps, reference, person);
  if (!seen) return;
  const rows = (await deps.posted.of(reference)).filter((row) => row.person === person);
  const { ofOthers, own } = newsFor(seen, rows);
  await becomesLive(deps.posted, seen, rows, [liveKey(seen), ...ofOthers, ...own], standing, deps.clock.now());
  if (keptOf(rows, liveKey(seen)).messages.some((each) => each !== standing.activityId)) await deps.enqueue({ name: 'tell', reference });
}

/** Notes that a person is done with the form on a message, if there was one; what had waited for it is asked for. */
export async function formGone(deps: ConversationDependencies, { person }: Contact, activityId: string | undefined): Promise<void> {
  if (!activityId) return;
  for (const reference of await deps.posted.formClosed(person, activityId)) await deps.enqueue({ name: 'tell', reference });
}

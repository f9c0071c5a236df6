import { mainCard } from '../app/cardsDue.ts';
import type { CardKey } from '../app/ports.ts';
import { type CaseForViewer, seeCase } from '../app/seeCase.ts';
import { currentBooking } from '../domain/bookings.ts';
import { isLookedAt } from '../domain/outlook.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { type Shown, shownCase, shownNotice } from './shown.ts';

/**
 * A person's own current card of a case: that of the key asked for if it is theirs, else the one that says most to them. One answer
 * for a case that is not theirs and one that does not exist (X9).
 */
export async function look(deps: ConversationDependencies, contact: Contact, reference: string, asked?: string): Promise<Shown> {
  const seen = await seeCase(deps, reference, contact.person);
  if (isRefusal(seen)) return noSuchCase(seen);
  await lookAtOutlook(deps, seen);
  const key = asked === undefined || asked === 'status' ? mainCard(seen) : (asked as CardKey);
  return { ...shownCase(key, seen, contact), caseCard: reference };
}

/** The answer to a reference that is not there for this person (X9). */
export function noSuchCase({ sentence }: Refusal): Shown {
  return shownNotice('No such case', sentence);
}

/** What is booked is looked at in Outlook when anybody opens its card (OB3): the answer does not wait for it, and what is new follows. */
async function lookAtOutlook({ enqueue, log }: ConversationDependencies, { current }: CaseForViewer): Promise<void> {
  const host = currentBooking(current)?.heldFor;
  if (host === undefined && !isLookedAt(current)) return;
  const leaves = enqueue({ name: 'look-at-outlook', reference: host ?? current.reference });
  await leaves.catch((fault) => log.error('a look at Outlook could not be left; the next one is made at its time', fault));
}

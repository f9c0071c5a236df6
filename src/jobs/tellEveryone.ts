import { cardsDue } from '../app/cardsDue.ts';
import { type CardKey, type Chat, type Conversations, OutsideFault, type PostedCard, type PostedCards } from '../app/ports.ts';
import { type CaseDependencies, type Seen, seenBy } from '../app/seeCase.ts';
import { type Card, fingerprint, showCase, showNeutral, summaryOf, withRefresh } from '../cards/show.ts';
import { personOf } from '../directory/directory.ts';
import type { PersonId } from '../domain/case.ts';
import { dateOf } from '../domain/londonTime.ts';

type TellDependencies = CaseDependencies & { posted: PostedCards; conversations: Conversations; chat: Chat };

/**
 * The job that keeps everybody's cards about a case current: those that must be there are posted, those that stand and would
 * show something else are updated. It works from the case as it is now, so running it late or twice does no harm.
 * A person who cannot be reached does not keep the card from the others; the job is tried again for faults that may mend.
 */
export function everybodyTold(on: TellDependencies): (reference: string) => Promise<void> {
  return async (reference) => {
    const trail = await on.cases.load(reference);
    if (!trail) return;
    const { current, procedure, roster, now } = seenBy(on, trail, 'bot');
    const standing = await on.posted.of(reference);
    const due = cardsDue(current, procedure, roster, dateOf(now)).filter(
      ({ person, key }) => !standing.some((card) => card.person === person && card.key === key),
    );
    const faults: unknown[] = [];
    const attempt = (work: Promise<void>) => work.catch((fault) => void faults.push(fault));
    for (const card of standing) await attempt(refresh(on, card, seenBy(on, trail, card.person)));
    for (const { person, key } of due) await attempt(post(on, key, seenBy(on, trail, person)));
    const passing = faults.find((fault) => !(fault instanceof OutsideFault) || fault.kind === 'throttled' || fault.kind === 'unreachable');
    if (passing) throw passing;
    for (const fault of faults as OutsideFault[])
      on.log.warn('a person could not be told in Teams', { reference, cause: fault.kind, check: fault.check });
  };
}

async function refresh(on: TellDependencies, posted: PostedCard, seen: Seen): Promise<void> {
  if (posted.activityId === null) return post(on, posted.key, seen);
  const { card, shows } = cardFor(posted.key, seen, posted.conversation);
  if (shows === posted.shows) return;
  await on.chat.update(posted.conversation, posted.activityId, card, summaryOf(seen, posted.key));
  await on.posted.keep({ ...posted, shows });
}

async function post(on: TellDependencies, key: CardKey, seen: Seen): Promise<void> {
  const conversation = await reach(on, seen, seen.person);
  if (conversation === null) return;
  const { card, shows } = cardFor(key, seen, conversation);
  const activityId = await on.chat.post(conversation, card, summaryOf(seen, key));
  await on.posted.keep({ reference: seen.current.reference, person: seen.person, key, conversation, activityId, shows });
}

/** Where the person's chat is; a chat is begun with somebody who never spoke to the bot, if the directory knows them. */
async function reach(on: TellDependencies, seen: Seen, person: PersonId): Promise<unknown> {
  const known = await on.conversations.of(person);
  if (known) return known.conversation;
  const listed = personOf(seen.directory, person);
  if (!listed) return null;
  const conversation = await on.chat.begin(listed.aadObjectId);
  await on.conversations.keep(person, conversation, listed.name);
  return conversation;
}

/** A card as its person may see it now: nothing but the reference for somebody whose part in the case has ended (X9). */
function cardFor(key: CardKey, seen: Seen, conversation: unknown): { card: Card; shows: string } {
  const { reference, revision } = seen.current;
  if (seen.standings.length === 0) {
    const card = showNeutral(reference);
    return { card, shows: fingerprint(card) };
  }
  const plain = showCase(key, seen);
  const user = (conversation as { user?: { id?: string } }).user?.id;
  const card = user ? withRefresh(plain, { reference, revision, verb: `see:${key}` }, [user]) : plain;
  return { card, shows: fingerprint(card) };
}

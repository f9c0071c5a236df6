import { reportOnCase } from '../../app/actOnCase.ts';
import { cardsDue, FORM_STANDS } from '../../app/cardsDue.ts';
import { mayMend, OutsideFault } from '../../app/faults.ts';
import type { Job } from '../../app/job.ts';
import type { CardKey, Chat, Conversations, PostedCard, PostedCards } from '../../app/ports.ts';
import { type CaseDependencies, type CaseForViewer, linkedCases, seenBy, withLinked } from '../../app/seeCase.ts';
import { type Card, fingerprint, showCase, summaryOf, withRefresh } from '../../cards/show.ts';
import { holdersOf } from '../../domain/authority.ts';
import type { PersonId } from '../../domain/events/trail.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { deciders, stageOf } from '../../domain/procedure.ts';
import { inWorkingHours } from '../../domain/reminders.ts';
import { isWorkingDay } from '../../domain/workingDays.ts';
import { sameChat } from '../sameChat.ts';
import { reach } from './reach.ts';
import { type ReachingDependencies, reaching } from './reaching.ts';

type TellDependencies = CaseDependencies & ReachingDependencies & { posted: PostedCards; conversations: Conversations; chat: Chat };

/**
 * The job that keeps everybody's cards about a case current: those that must be there are posted, those that stand and would
 * show something else are updated. It works from the case as it is now, so running it late or twice does no harm.
 * A person who cannot be reached does not keep the card from the others; the job is tried again for faults that may mend.
 * A card on which its person is filling in a form waits for them, or for the end of {@link FORM_STANDS}; but not once the case has left
 * the stage that the form is for, since nothing can come of it then.
 * What follows from somebody's click is posted at once. What only time has brought is posted in working hours, on a working day of the
 * case's calendar; the daily round sees to it that it is.
 */
export function everybodyTold(
  deps: TellDependencies,
): (reference: string, job?: Job, tried?: number, stopping?: AbortSignal) => Promise<void> {
  return async (reference, job, _tried, stopping) => {
    const trail = await deps.cases.load(reference);
    if (!trail) return;
    const seen = seenBy(deps, trail, 'bot');
    const { current, procedure, calendar, roster, now } = seen;
    const mayPost = !(job?.name === 'tell' && job.byTime) || (inWorkingHours(now) && isWorkingDay(calendar, dateOf(now)));
    const others = await linkedCases(deps, seen);
    const theirs = (person: PersonId) => withLinked(seenBy(deps, trail, person), others);
    const cards = await deps.posted.of(reference);
    const due = cardsDue(current, procedure, roster, dateOf(now)).filter(
      ({ person, key }) => mayPost && !cards.some((card) => card.person === person && card.key === key),
    );
    const faults: unknown[] = [];
    const attempt = async (work: () => Promise<void>) => {
      stopping?.throwIfAborted();
      await work().catch((fault) => void faults.push(fault));
    };
    for (const card of cards)
      if (mayPost || card.activityId !== null) await attempt(() => refresh(deps, card, theirs(card.person), mayPost));
    for (const { person, key } of due) await attempt(() => post(deps, key, theirs(person)));
    await confirmTold(deps, seen);
    for (const other of others) await attempt(() => refreshBeside(deps, other.current.reference));
    const passing = faults.find((fault) => !(fault instanceof OutsideFault) || mayMend(fault.kind));
    if (passing) throw passing;
    for (const fault of faults as OutsideFault[])
      deps.log.warn('a person could not be told in Teams', { reference, cause: fault.kind, check: fault.check });
  };
}

/**
 * A chair whose chat has a decision's own card has been told of it (C22), and of a complaint by the card that says what it cannot do, as
 * has whoever decides on it (P6); the case hears so once.
 */
async function confirmTold(deps: TellDependencies, seen: CaseForViewer): Promise<void> {
  const { reference } = seen.current;
  const posted = await deps.posted.of(reference);
  const has = (person: PersonId, key: CardKey) =>
    posted.some((card) => card.person === person && card.key === key && card.activityId !== null);
  for (const task of toldBy(seen, has)) await reportOnCase(deps, reference, { type: 'ConfirmTold', task });
}

/** Which tasks of telling somebody are done by the cards that people have. */
export function toldBy(
  { current, procedure, roster, now }: Pick<CaseForViewer, 'current' | 'procedure' | 'roster' | 'now'>,
  has: (person: PersonId, key: CardKey) => boolean,
): string[] {
  const { dissent, decisions, stage: present } = current;
  const { chair } = dissent.conference;
  const decided = Object.keys(decisions).flatMap((stage) => (has(chair, `outcome:${stage}`) ? [`chair:${stage}`] : []));
  const come = Object.entries(procedure.stages).flatMap(([name, stage]) => {
    if ((stage.kind !== 'record' && stage.kind !== 'conclude') || !stage.tell) return [];
    const next = stageOf(procedure, present);
    const decides = next.kind === 'decide' && stage.next === present ? next.by : '';
    const [role, key]: [string, CardKey] =
      stage.kind === 'conclude' ? [deciders(procedure)[0] ?? '', 'status'] : [decides, `stage:${present}`];
    const { principal } = holdersOf(role, current, roster, dateOf(now));
    return [
      ...(has(chair, 'record') ? [`chair:${name}`] : []),
      ...(principal !== null && has(principal, key) ? [`task:${name}.decider`] : []),
    ];
  });
  return [...decided, ...come];
}

/** The cards of a case beside this one say that it is there, or is no more (X10, P7). */
async function refreshBeside(deps: TellDependencies, reference: string): Promise<void> {
  const trail = await deps.cases.load(reference);
  if (!trail) return;
  const others = await linkedCases(deps, seenBy(deps, trail, 'bot'));
  for (const card of await deps.posted.of(reference))
    if (card.activityId !== null) await refresh(deps, card, withLinked(seenBy(deps, trail, card.person), others), true);
}

/** Brings one card up to date; a card whose message is gone is posted anew (TM3), as soon as cards may be posted. */
async function refresh(deps: TellDependencies, posted: PostedCard, seen: CaseForViewer, mayPost: boolean): Promise<void> {
  if (posted.activityId === null) return post(deps, posted.key, seen);
  const { card, shows } = cardFor(posted.key, seen, posted.conversation);
  if (shows === posted.shows) return;
  const { status, stage } = seen.current;
  // Asked anew: a form may have been opened on it since the cards were read.
  if (status === 'open' && (await deps.posted.heldBack(posted, stage, deps.clock.now().subtract(FORM_STANDS)))) return;
  const { activityId } = posted;
  const conversation = await newest(deps, posted);
  const stands = await reaching(deps, posted.person, () =>
    deps.chat.update(conversation, activityId, card, summaryOf(seen, posted.key)).then(() => true, isGone),
  );
  await deps.posted.keep(stands ? { ...posted, conversation, shows } : { ...posted, conversation, activityId: null, shows: '' });
  if (!stands && mayPost) await post(deps, posted.key, seen);
}

/** That a message is not there any more says nothing about its person. */
function isGone(fault: unknown): false {
  if (fault instanceof OutsideFault && fault.kind === 'not-found') return false;
  throw fault;
}

/** The way to the chat that a card stands in as the person's last word there gave it, since Teams may move a chat (TM4). */
async function newest({ conversations }: TellDependencies, { person, conversation }: PostedCard): Promise<unknown> {
  const known = await conversations.of(person);
  return known && sameChat(known.conversation, conversation) ? known.conversation : conversation;
}

async function post(deps: TellDependencies, key: CardKey, seen: CaseForViewer): Promise<void> {
  const { person, current } = seen;
  await reaching(deps, person, async () => {
    const conversation = await reach(deps, seen.directory, person);
    if (conversation === null) return;
    const { card, shows } = cardFor(key, seen, conversation);
    const activityId = await deps.chat.post(conversation, card, summaryOf(seen, key));
    await deps.posted.keep({ reference: current.reference, person, key, conversation, activityId, shows });
  });
}

/** A card as its person may see it now: nothing but the reference for somebody whose part in the case has ended (X9). */
function cardFor(key: CardKey, seen: CaseForViewer, conversation: unknown): { card: Card; shows: string } {
  const { reference, revision } = seen.current;
  const plain = showCase(key, seen);
  // Whoever has no part in the case could not look at it: their card does not fetch itself anew.
  if (seen.standings.length === 0) return { card: plain, shows: fingerprint(plain) };
  const user = (conversation as { user?: { id?: string } }).user?.id;
  const card = user ? withRefresh(plain, { reference, revision, verb: `see:${key}` }, [user]) : plain;
  return { card, shows: fingerprint(card) };
}

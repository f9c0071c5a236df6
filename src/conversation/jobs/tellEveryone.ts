import { reportOnCase } from '../../app/actOnCase.ts';
import { cardsDue, FORM_STANDS } from '../../app/cardsDue.ts';
import { mayMend, OutsideFault } from '../../app/faults.ts';
import type { Job } from '../../app/job.ts';
import type { CardKey, Chat, Conversations, PostedCard, PostedCards } from '../../app/ports.ts';
import { type CaseDependencies, type CaseForViewer, linkedCases, seenBy, withLinked } from '../../app/seeCase.ts';
import { type Card, fingerprint, showCase, showEarlier, summaryOf, withRefresh } from '../../cards/show.ts';
import { holdersOf } from '../../domain/authority.ts';
import type { PersonId } from '../../domain/events/trail.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { deciders, stageOf } from '../../domain/procedure.ts';
import { inWorkingHours } from '../../domain/reminders.ts';
import { isWorkingDay } from '../../domain/workingDays.ts';
import { becomesLive, keptOf, liveKey, newsFor, type Standing, standsApart } from '../liveCard.ts';
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
    const due = cardsDue(current, procedure, roster, dateOf(now));
    const faults: unknown[] = [];
    const attempt = async (work: () => Promise<void>) => {
      stopping?.throwIfAborted();
      await work().catch((fault) => void faults.push(fault));
    };
    for (const person of new Set([...cards, ...due].map((each) => each.person))) {
      const rows = cards.filter((card) => card.person === person);
      const apart = due.filter(({ key, person: whose }) => whose === person && standsApart(key) && !rows.some((row) => row.key === key));
      if (mayPost) for (const { key } of apart) await attempt(() => postApart(deps, key, theirs(person)));
      await attempt(() => keepOneLive(deps, theirs(person), rows, mayPost));
    }
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
  const rows = Map.groupBy(await deps.posted.of(reference), ({ person }) => person);
  for (const [person, theirs] of rows) await refreshLive(deps, withLinked(seenBy(deps, trail, person), others), theirs, true);
}

/**
 * A person's one live card of a case (CD9): posted anew where there is news or none stands, and brought up to date otherwise. What came of
 * their own deed is on the card that they pressed, and posted to nobody.
 */
async function keepOneLive(deps: TellDependencies, seen: CaseForViewer, rows: PostedCard[], mayPost: boolean): Promise<void> {
  const { ofOthers, own } = newsFor(seen, rows);
  const { news, messages } = keptOf(rows, liveKey(seen));
  const wanted = ofOthers.length > 0 || (messages.length === 0 && news.length + own.length > 0);
  if (wanted && mayPost) await post(deps, seen, rows, [...ofOthers, ...own]);
  else {
    if (own.length > 0 && messages[0] !== undefined) await joins(deps, seen, news, own, messages[0]);
    await refreshLive(deps, seen, rows, mayPost);
  }
  for (const row of (await deps.posted.of(seen.current.reference)).filter(({ person }) => person === seen.person))
    if (row.key.startsWith('past:')) await becomesOneLine(deps, row, seen);
}

/** Notes news as brought by the live card that stands already. */
async function joins(
  { posted }: TellDependencies,
  { current, person }: CaseForViewer,
  news: PostedCard[],
  keys: CardKey[],
  message: string,
) {
  const live = news.find(({ activityId }) => activityId === message);
  if (!live) return;
  const { conversation, activityId, shows } = live;
  for (const key of keys) await posted.keep({ reference: current.reference, person, key, conversation, activityId, shows });
}

/** Brings what stands up to date: the live card, and a representative's. A card whose message is gone is posted anew (TM3), once it may be. */
async function refreshLive(deps: TellDependencies, seen: CaseForViewer, rows: PostedCard[], mayPost: boolean): Promise<void> {
  const { news, messages, apart } = keptOf(rows, liveKey(seen));
  for (const row of apart) await refresh(deps, row, [row], seen, row.key);
  const [message, ...others] = messages;
  if (message === undefined) return;
  const live = news.filter(({ activityId }) => activityId === message);
  const [first] = live;
  if (!first) return;
  // Those from before there was one live card become one line.
  if (others.length > 0) {
    const { conversation, shows } = first;
    await becomesLive(deps.posted, seen, rows, [first.key], { conversation, activityId: message, shows }, deps.clock.now());
  }
  const stands = await refresh(deps, first, live, seen, liveKey(seen));
  if (!stands && mayPost) await post(deps, seen, await rowsOf(deps, seen), []);
}

async function rowsOf({ posted }: TellDependencies, { current, person }: CaseForViewer): Promise<PostedCard[]> {
  return (await posted.of(current.reference)).filter((row) => row.person === person);
}

/** Brings one message up to date, which all of `together` stand in; returns whether it is still there. */
async function refresh(
  deps: TellDependencies,
  row: PostedCard,
  together: PostedCard[],
  seen: CaseForViewer,
  key: CardKey,
): Promise<boolean> {
  const { activityId } = row;
  if (activityId === null) return false;
  const { card, shows } = cardFor(key, seen, row.conversation);
  if (together.every((each) => each.shows === shows)) return true;
  if (await isHeldBack(deps, together, seen)) return true;
  const conversation = await newest(deps, row);
  const stands = await reaching(deps, row.person, () =>
    deps.chat.update(conversation, activityId, card, summaryOf(seen, key)).then(() => true, isGone),
  );
  for (const each of together)
    await deps.posted.keep(stands ? { ...each, conversation, shows } : { ...each, conversation, activityId: null, shows: '' });
  return stands;
}

/** Whether a form is open there that can still be sent; the card is then out of date, and is asked for again once the form is gone. */
async function isHeldBack({ posted, clock }: TellDependencies, together: PostedCard[], { current }: CaseForViewer): Promise<boolean> {
  if (current.status !== 'open') return false;
  // Asked anew: a form may have been opened on it since the cards were read.
  const held = await Promise.all(together.map((row) => posted.heldBack(row, current.stage, clock.now().subtract(FORM_STANDS))));
  return held.includes(true);
}

/** An earlier card of the case says in one line that there is a newer one; a message that is gone needs nothing. */
async function becomesOneLine(deps: TellDependencies, row: PostedCard, seen: CaseForViewer): Promise<void> {
  const { activityId } = row;
  if (activityId === null || row.shows === ONE_LINE || (await isHeldBack(deps, [row], seen))) return;
  const { reference } = seen.current;
  await reaching(deps, row.person, async () =>
    deps.chat.update(await newest(deps, row), activityId, showEarlier(reference), reference).then(() => true, isGone),
  );
  await deps.posted.keep({ ...row, shows: ONE_LINE });
}

/** What the row of an earlier card holds once that has become one line. */
const ONE_LINE = 'one line';

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

async function post(deps: TellDependencies, seen: CaseForViewer, rows: PostedCard[], brings: CardKey[]): Promise<void> {
  const key = liveKey(seen);
  await posting(deps, seen, key, async (live) => becomesLive(deps.posted, seen, rows, brings, live, deps.clock.now()));
}

/** What an agency's representative is told (C24). */
async function postApart(deps: TellDependencies, key: CardKey, seen: CaseForViewer): Promise<void> {
  await posting(deps, seen, key, (live) => deps.posted.keep({ reference: seen.current.reference, person: seen.person, key, ...live }));
}

async function posting(deps: TellDependencies, seen: CaseForViewer, key: CardKey, keep: (live: Standing) => Promise<void>): Promise<void> {
  await reaching(deps, seen.person, async () => {
    const conversation = await reach(deps, seen.directory, seen.person);
    if (conversation === null) return;
    const { card, shows } = cardFor(key, seen, conversation);
    const activityId = await deps.chat.post(conversation, card, summaryOf(seen, key));
    await keep({ conversation, activityId, shows });
  });
}

/** A card as its person may see it now: nothing but the reference for somebody whose part in the case has ended (X9). */
function cardFor(key: CardKey, seen: CaseForViewer, conversation: unknown): { card: Card; shows: string } {
  const { reference, revision } = seen.current;
  const plain = showCase(key, seen);
  // Whoever has no part in the case could not look at it: their card does not fetch itself anew.
  if (seen.standings.length === 0) return { card: plain, shows: fingerprint(plain) };
  const user = (conversation as { user?: { id?: string } }).user?.id;
  const card = user ? withRefresh(plain, { reference, revision, verb: standsApart(key) ? `see:${key}` : 'see:status' }, [user]) : plain;
  return { card, shows: fingerprint(card) };
}

import { cardsDue, FORM_STANDS, mainCard } from '../app/cardsDue.ts';
import type { CardKey, PostedCard, PostedCards } from '../app/ports.ts';
import type { CaseForViewer } from '../app/seeCase.ts';
import { type Case, evolve, replay } from '../domain/case.ts';
import { dateOf } from '../domain/londonTime.ts';

/**
 * The one live card that a person has of a case (CD9). Each row of posted cards says which news was brought, and in which message; the
 * messages in which an earlier card stood have rows of their own, under `past:<message>`, until each has become one line.
 */

/** Where a card has come to stand as a message of its own. */
export type Standing = { conversation: unknown; activityId: string; shows: string };

/** What a person has of a case in their chat. `messages` are those in which a card still shows what is now, the one to keep first. */
export type Kept = { news: PostedCard[]; past: PostedCard[]; messages: string[]; apart: PostedCard[] };

const isPast = ({ key }: PostedCard) => key.startsWith('past:');
/** What an agency's representative is told is no card of a case, and stands by itself (C24). */
export const standsApart = (key: CardKey) => key === 'escalation' || key.startsWith('escalation:');

/** A person's rows, sorted. Where several cards stand from before there was one live card, the one that says most is kept. */
export function keptOf(rows: PostedCard[], main: CardKey): Kept {
  const apart = rows.filter(({ key }) => standsApart(key));
  const past = rows.filter(isPast);
  const news = rows.filter((row) => !isPast(row) && !standsApart(row.key));
  const first = news.toSorted((one, other) => Number(other.key === main) - Number(one.key === main));
  return { news, past, apart, messages: [...new Set(first.flatMap(({ activityId }) => activityId ?? []))] };
}

/**
 * Notes that a case's card stands in a message, and with it whatever news there is: it is the live one from now on. Cards that stood before
 * are to become one line each; one with a form open on it is left until that is sent or given up.
 */
export async function becomesLive(
  posted: PostedCards,
  { current, person }: Pick<CaseForViewer, 'current' | 'person'>,
  rows: PostedCard[],
  keys: CardKey[],
  standing: Standing,
  now: Temporal.Instant,
): Promise<void> {
  const { reference, stage } = current;
  const { news, messages } = keptOf(rows, keys[0] ?? 'status');
  for (const earlier of messages.filter((each) => each !== standing.activityId)) {
    const row = news.find(({ activityId }) => activityId === earlier);
    if (!row) continue;
    const hasForm = await posted.heldBack(row, stage, now.subtract(FORM_STANDS));
    await posted.keep({ reference, person, key: `past:${earlier}`, conversation: row.conversation, activityId: earlier, shows: '' });
    if (hasForm) await posted.formOpened(person, earlier, stage, now);
  }
  for (const key of new Set([...news.map((row) => row.key), ...keys])) await posted.keep({ reference, person, key, ...standing });
}

/** The news that is due to a person and was not brought yet: what others or time have done, and what came of the person's own deed. */
export function newsFor(seen: CaseForViewer, rows: PostedCard[]): { ofOthers: CardKey[]; own: CardKey[] } {
  const { current, person } = seen;
  // Whoever never had a card of it is not told that their part in it has ended (X9).
  const told = (key: CardKey) => rows.length > 0 || !/^told:(cover|replaced):/.test(key);
  const missing = dueTo(seen, current).filter((key) => told(key) && !standsApart(key) && !rows.some((row) => row.key === key));
  if (missing.length === 0) return { ofOthers: [], own: [] };
  const states = statesOf(seen);
  const own = missing.filter((key) => {
    const before = states.findLastIndex(({ state }) => !dueTo(seen, state).includes(key));
    return states[before + 1]?.by === person;
  });
  return { ofOthers: missing.filter((key) => !own.includes(key)), own };
}

function dueTo({ procedure, roster, person, now }: CaseForViewer, current: Case): CardKey[] {
  // What was only just raised is at no stage yet.
  if (current.stage === '') return [];
  return cardsDue(current, procedure, roster, dateOf(now)).flatMap((due) => (due.person === person ? [due.key] : []));
}

/** The case after each of its events, and who brought it there. */
function statesOf({ trail }: CaseForViewer): { state: Case; by: string }[] {
  const [first, ...rest] = trail.events;
  const raised = first && replay(trail.reference, trail.procedure, [first]);
  if (!raised) return [];
  const states = [{ state: raised, by: first.actor.person }];
  for (const event of rest) states.push({ state: evolve(states.at(-1)?.state ?? raised, event), by: event.actor.person });
  return states;
}

/** The card that a person's live message shows. */
export const liveKey = (seen: CaseForViewer): CardKey => (seen.standings.length === 0 ? 'status' : mainCard(seen));

import type { Directory } from '../directory/directory.ts';
import type { PersonId } from '../domain/events/trail.ts';
import { dateOf } from '../domain/londonTime.ts';
import type { Refusal } from '../domain/refusal.ts';
import { type OversightDependencies, oversightOf, type Post } from './oversight.ts';

/** A deputy whom the holder of a role named in chat (Q27). Dates are in London, both inclusive. */
export type Cover = {
  number: number;
  partnership: string;
  role: string;
  holder: PersonId;
  deputy: PersonId;
  from: string;
  to: string;
  /** The instant at which it was ended early, or null. */
  endedAt: string | null;
};

/** A cover as its holder wants it. */
export type WantedCover = Pick<Cover, 'partnership' | 'role' | 'deputy' | 'from' | 'to'>;

/**
 * The store of covers, append-only: one is never changed, and ends early by a row of its own. A change leaves the job that brings cards
 * up to date.
 */
export type Covers = {
  /** All that were ever made, those over included, since letters about older decisions name a deputy too; the earliest first. */
  all(): Promise<Cover[]>;
  /** Once for each draft, however often the form arrives (X4). */
  begin(cover: WantedCover & Pick<Cover, 'holder'>, draft: string, at: Temporal.Instant): Promise<void>;
  /** Once, whoever asks again. */
  end(number: number, by: PersonId, at: Temporal.Instant): Promise<void>;
};

type CoverDependencies = OversightDependencies & { covers: Covers; presentCovers(): Promise<void> };

/** The longest cover, in months. */
export const LONGEST_COVER = 12;

/** The deciding roles that a person may name a deputy for, and the deputies they have named who are or will be covering. */
export async function coversBy(deps: CoverDependencies, person: PersonId): Promise<{ posts: Post[]; covers: Cover[]; today: string }> {
  const { posts } = oversightOf(deps, person);
  const today = dateOf(deps.clock.now()).toString();
  const present = (await deps.covers.all()).filter(({ endedAt, to }) => endedAt === null && to >= today);
  const covers = present.filter(({ holder, partnership, role }) => holder === person && posts.some(isFor(partnership, role)));
  return { posts, covers, today };
}

/**
 * Those whom the holder of a post may name: the other people of the holder's own agency in its partnership, since the post is that agency's
 * to fill; where the directory gives the holder none, everybody there.
 */
export function deputiesFor(directory: Directory, { partnershipId, partnership, role }: Post): PersonId[] {
  const holder = partnership.roles[role]?.holder;
  const agency = directory.people.find(({ id }) => id === holder)?.agency;
  return directory.people
    .filter((person) => person.partnership === partnershipId && person.id !== holder && (agency === undefined || person.agency === agency))
    .map(({ id }) => id);
}

/** Names a deputy. Refuses whoever does not hold the role now, and dates in the past, the wrong way round or too long. */
export async function beginCover(deps: CoverDependencies, person: PersonId, draft: string, wanted: WantedCover): Promise<Refusal | null> {
  const now = deps.clock.now();
  const post = oversightOf(deps, person).posts.find(isFor(wanted.partnership, wanted.role));
  if (!post) return notTheirs;
  const fields = faultsOf(wanted, deputiesFor(deps.directory(), post), dateOf(now));
  if (Object.keys(fields).length > 0)
    return { refused: 'invalid', rule: 'Q27', sentence: 'This cover cannot be arranged as it stands.', fields };
  await deps.covers.begin({ ...wanted, holder: person }, `${person}/${draft}`, now);
  await deps.presentCovers();
  return null;
}

/** Ends a cover now. Refuses whoever did not make it; one that is over already is left as it is (X4). */
export async function endCover(deps: CoverDependencies, person: PersonId, number: number): Promise<Refusal | null> {
  const { covers } = await coversBy(deps, person);
  if (!covers.some((cover) => cover.number === number))
    return { refused: 'already-done', rule: 'X4', sentence: 'That cover is not there any more. Here is what there is now.' };
  await deps.covers.end(number, person, deps.clock.now());
  await deps.presentCovers();
  return null;
}

/** What is wrong with a cover, in a sentence for each field. */
function faultsOf({ deputy, from, to }: Pick<Cover, 'deputy' | 'from' | 'to'>, people: PersonId[], today: Temporal.PlainDate) {
  const first = Temporal.PlainDate.from(from);
  const latest = today.add({ months: LONGEST_COVER });
  const last = first.add({ months: LONGEST_COVER });
  return {
    ...(people.includes(deputy) ? {} : { deputy: 'Choose a person from your own agency, and not yourself.' }),
    ...(from < today.toString() ? { from: 'Give a first day that is today or later.' } : {}),
    ...(from > latest.toString() ? { from: `Give a first day within the next ${LONGEST_COVER} months.` } : {}),
    ...(to < from ? { to: 'Give a last day that is not before the first.' } : {}),
    ...(to > last.toString() ? { to: `Give a last day at most ${LONGEST_COVER} months after the first.` } : {}),
  };
}

const notTheirs: Refusal = {
  refused: 'not-allowed',
  rule: 'Q27',
  sentence: 'Only somebody who decides dissents can name a deputy, and only for their own role.',
};

const isFor = (partnership: string, role: string) => (post: Pick<Post, 'partnershipId' | 'role'>) =>
  post.partnershipId === partnership && post.role === role;

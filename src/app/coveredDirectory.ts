import { type Directory, personOf } from '../directory/directory.ts';
import { canonicalJson } from '../domain/canonicalJson.ts';
import { dateOf } from '../domain/londonTime.ts';
import type { Cover, Covers } from './cover.ts';
import type { Clock, Log, ReadDirectory } from './ports.ts';
import type { UnreachedPeople, UnreachedPerson } from './unreached.ts';

/**
 * The directory with the covers that were made in chat beside those of its file, for everything that asks who may act, and with who could
 * not be told in Teams. `presentCovers` reads both from the store, and is awaited before each click and job, so that what another replica
 * stored holds at once.
 */
export function coveredDirectory(deps: {
  read: ReadDirectory;
  covers: Covers;
  unreached: Pick<UnreachedPeople, 'all'>;
  clock: Clock;
  kept?: () => Promise<void>;
}): {
  directory: ReadDirectory;
  presentCovers(): Promise<void>;
} {
  let stored: Stored = { covers: [], unreached: [] };
  let asked = 0;
  let held = 0;
  let next: Promise<void> | null = null;
  let merged: { file: Directory; stored: Stored; today: string; directory: Directory } | null = null;
  return {
    directory() {
      const file = deps.read();
      const today = dateOf(deps.clock.now()).toString();
      if (merged?.file !== file || merged.stored !== stored || merged.today !== today)
        merged = { file, stored, today, directory: withUnreached(withCovers(file, stored.covers, today), stored.unreached) };
      return merged.directory;
    },
    presentCovers() {
      // Whoever asks in the same moment shares a reading, which begins once they have asked.
      next ??= Promise.resolve().then(read);
      return next;
    },
  };

  async function read(): Promise<void> {
    next = null;
    asked += 1;
    const number = asked;
    const [covers, unreached] = await Promise.all([deps.covers.all(), deps.unreached.all(), deps.kept?.()]);
    // A reading that was begun before one that has come back already may have seen less.
    if (number < held) return;
    held = number;
    const found: Stored = { covers, unreached };
    if (canonicalJson(found) !== canonicalJson(stored)) stored = found;
  }
}

/** What the store has for the directory. */
type Stored = { covers: Cover[]; unreached: UnreachedPerson[] };

function withUnreached(directory: Directory, people: UnreachedPerson[]): Directory {
  const unreached = people.map(({ person, since, cause, mailedOn }) => [person, { since, cause, mailed: mailedOn !== null }] as const);
  return { ...directory, unreached: Object.fromEntries(unreached) };
}

/**
 * Has each reading of the directory file written down in the trail before anybody acts by it (EV7), once. Where that fails, the program goes
 * on by the file all the same, says so in the log, and tries again when it is next asked.
 */
export function directoryKept(record: (file: Directory) => Promise<void>, read: ReadDirectory, log: Log): () => Promise<void> {
  let last: Directory | null = null;
  return async () => {
    const file = read();
    if (file === last) return;
    try {
      await record(file);
      last = file;
    } catch (fault) {
      log.error('a change of the directory could not be taken note of in the store', fault);
    }
  };
}

/**
 * A directory whose roles have the covers as deputies. One made by somebody who no longer holds the role, or for somebody who has left,
 * counts no more.
 */
function withCovers(directory: Directory, covers: Cover[], today: string): Directory {
  const partnerships = Object.entries(directory.partnerships).map(([id, partnership]) => {
    const roles = Object.entries(partnership.roles).map(([role, post]) => {
      const made = covers.filter((cover) => cover.partnership === id && cover.role === role && cover.holder === post.holder);
      const here = made.filter(({ deputy }) => personOf(directory, deputy)?.partnership === id);
      const deputies = here.map((cover) => ({ person: cover.deputy, from: cover.from, to: lastDayOf(cover, today) }));
      return [role, { ...post, deputies: [...post.deputies, ...deputies] }];
    });
    return [id, { ...partnership, roles: Object.fromEntries(roles) }];
  });
  return { ...directory, partnerships: Object.fromEntries(partnerships) };
}

/** A cover ended early counts no more from that moment; looked back on from a later day, it counted on the day of its end. */
function lastDayOf({ to, endedAt }: Cover, today: string): string {
  if (endedAt === null) return to;
  const ended = dateOf(endedAt);
  const last = (ended.toString() < today ? ended : ended.subtract({ days: 1 })).toString();
  return last < to ? last : to;
}

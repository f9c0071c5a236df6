import type { Kysely, Selectable } from 'kysely';
import { TrailFault } from '../app/faults.ts';
import { changed, type DirectoryChange, type DirectoryEntries, directoryChanges, directoryEntries } from '../directory/changes.ts';
import type { Directory } from '../directory/directory.ts';
import { canonicalJson } from '../domain/canonicalJson.ts';
import { headAfter, headMoved, holdChain, NO_CASE } from './chain.ts';
import { isGenuine, linked } from './evidenceRows.ts';
import { instantText, storedInstant } from './instants.ts';
import { keyedHash, purposeKey, seal, unseal } from './seal.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

type ChangeRow = Selectable<Tables['directory_change']>;

/** Changes of the directory since an instant, one row of the trail: who held which post when (EV7). */
export type DirectoryEntry = { sequence: number; at: string; changes: DirectoryChange[] };

/**
 * Writes down in what a directory differs from the last one that was written down; nothing where it does not, as when another replica
 * has read the same file.
 * @throws TrailFault when what was written down before is not the program's
 */
export async function recordDirectory(
  kysely: Kysely<Tables>,
  keys: StoreKeys,
  directory: Directory,
  clock: Temporal.Instant,
): Promise<void> {
  const entries = directoryEntries(directory);
  const state = keyedHash(purposeKey(keys.own, 'directory state v1'), canonicalJson(entries));
  const last = await kysely.selectFrom('directory_change').selectAll().orderBy('sequence', 'desc').limit(1).executeTakeFirst();
  if (last?.state === state && isGenuine(keys.rows, 'directory_change', last)) return;
  await kysely.transaction().execute(async (transaction) => {
    const head = await holdChain(transaction, keys, 'directory', NO_CASE);
    const before = await directoryHistory(transaction, keys);
    const known = before.reduce<DirectoryEntries>((so, { changes }) => changed(so, changes), {});
    const changes = directoryChanges(known, entries);
    if (changes.length === 0) return;
    const at = storedInstant(clock);
    const sequence = head.length + 1;
    const sealed = seal(keys.own, canonicalJson(changes), placeOf({ sequence, state }));
    const row = linked(keys.rows, 'directory_change', head.hash, { sequence, state, sealed, at });
    await transaction
      .insertInto('directory_change')
      .values({ ...row, at: instantText(at) })
      .execute();
    await headMoved(transaction, keys, headAfter(head, row, at)).execute();
  });
}

/** Every change of the directory, the oldest first. @throws TrailFault when a row is not the program's */
export async function directoryHistory(kysely: Kysely<Tables>, keys: StoreKeys): Promise<DirectoryEntry[]> {
  const rows = await kysely.selectFrom('directory_change').selectAll().orderBy('sequence').execute();
  return rows.map((row) => {
    const { sequence, at } = row;
    if (!isGenuine(keys.rows, 'directory_change', row))
      throw new TrailFault(NO_CASE, null, `entry ${sequence} of the changes of the directory was altered`);
    return { sequence, at: instantText(at), changes: JSON.parse(unseal(keys.own, row.sealed, placeOf(row))) as DirectoryChange[] };
  });
}

function placeOf({ sequence, state }: Pick<ChangeRow, 'sequence' | 'state'>): string {
  return `directory ${sequence} ${state}`;
}

import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { instantText } from './instants.ts';
import { keyedHash, purposeKey } from './seal.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/** A case that was erased, and when (an instant). */
export type Erasure = { reference: string; at: string };

/**
 * The file of erasures in a folder outside the database, a line each: reference, instant and a code that only a holder of the master key
 * can make. A restore reads it, so that a back-up brings nobody's words back (corner 34).
 */
const FILE = 'erasures';

/** The erasures that a folder holds; a line that was not written by a holder of the master key is left out. */
export function erasuresIn(folder: string, keys: Pick<StoreKeys, 'own'>): Erasure[] {
  const file = join(folder, FILE);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [reference = '', at = '', code] = line.split(' ');
      return code === codeOf({ reference, at }, keys) ? [{ reference, at }] : [];
    });
}

/** Adds to a folder's file the erasures of the store that it does not hold yet; answers how many. On the disk once it returns. */
export async function keepErasures(kysely: Kysely<Tables>, keys: StoreKeys, folder: string): Promise<number> {
  const known = new Set(erasuresIn(folder, keys).map(({ reference }) => reference));
  const rows = await kysely
    .selectFrom('retention_log')
    .select(['reference', 'at'])
    .where('action', '=', 'erased')
    .orderBy('sequence')
    .execute();
  const missing = rows.map(({ reference, at }) => ({ reference, at: instantText(at) })).filter(({ reference }) => !known.has(reference));
  if (missing.length === 0) return 0;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = openSync(join(folder, FILE), 'a', 0o600);
  try {
    writeSync(file, missing.map((erasure) => `${erasure.reference} ${erasure.at} ${codeOf(erasure, keys)}\n`).join(''));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return missing.length;
}

/**
 * Ends a run of erasures: they are kept outside the database, and the file that the keys were in is written anew without them, since
 * PostgreSQL leaves a row's earlier form where it was (corner 33).
 */
export async function settleErasures(kysely: Kysely<Tables>, keys: StoreKeys, folder: string): Promise<void> {
  await keepErasures(kysely, keys, folder);
  await sql`SELECT rewrite_keys()`.execute(kysely);
}

function codeOf({ reference, at }: Erasure, { own }: Pick<StoreKeys, 'own'>): string {
  return keyedHash(purposeKey(own, 'erasures v1'), `${reference} ${at}`);
}

import { createHmac } from 'node:crypto';
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Kysely, sql, type Transaction } from 'kysely';
import { StartFault } from '../app/faults.ts';
import { NO_CASE } from './chain.ts';
import type { WrappedKey } from './keyVault.ts';
import { migrationNames } from './migrate.ts';
import { purposeKey } from './seal.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';
import { keyRow } from './trailRows.ts';

/**
 * A back-up is gzipped lines of JSON: the form of the tables with the store's own key as it is wrapped, `[table, row]` for every row, the
 * jobs that are not done, and at the end how many rows of each there are with an HMAC-SHA256 of all lines before (EV8). What is sealed
 * stays sealed.
 */
export const FORMAT = { format: 'conference-dissent', version: 2, tables: migrationNames };

/** The first line of a back-up: its form, when it was made (an instant), and what opens the key of its MAC. */
export type BackUpHeader = typeof FORMAT & { madeAt: string; own: WrappedKey };

/** What a back-up's MAC is made with. */
export function backUpKey(own: Buffer): Buffer {
  return purposeKey(own, 'back-up v1');
}

/** What goes by this name in a back-up is no table, but a job to be left again. */
export const JOB = 'job';

/** How many rows of each table a back-up holds, and how many jobs. */
export type RowCounts = Record<string, number>;

/** The last line of a back-up. */
export type BackUpEnd = { rows: RowCounts; mac: string };

const ROWS_AT_ONCE = 500;

/**
 * Writes the whole store to a new file as it stands at one moment, while the program goes on working. The file has its name only once
 * it is whole and on the disk.
 * @throws StartFault when the file is there already
 */
export async function backUp(kysely: Kysely<Tables>, keys: StoreKeys, file: string, now: Temporal.Instant): Promise<RowCounts> {
  if (existsSync(file)) throw new StartFault(`${file} is there already. Give the back-up another name.`);
  const unfinished = `${file}.part`;
  const rows: RowCounts = {};
  try {
    await kysely
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((transaction) =>
        pipeline(
          Readable.from(lines(transaction, keys, rows, now)),
          createGzip(),
          createWriteStream(unfinished, { flags: 'w', mode: 0o600, flush: true }),
        ),
      );
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return rows;
}

async function* lines(transaction: Transaction<Tables>, keys: StoreKeys, rows: RowCounts, now: Temporal.Instant): AsyncGenerator<string> {
  const mac = createHmac('sha256', backUpKey(keys.own));
  const written = (line: string) => {
    mac.update(`${line}\n`);
    return `${line}\n`;
  };
  // Before the moment is fixed, as in verifyWithin.
  await sql`LOCK TABLE case_key IN ACCESS SHARE MODE`.execute(transaction);
  const own = await keyRow(transaction, keys, NO_CASE);
  const header: BackUpHeader = { ...FORMAT, madeAt: now.toString(), own: { wrapped: own!.wrapped!, keyId: own!.key_id } };
  yield written(JSON.stringify(header));
  const sources = (await tablesOf(transaction)).map((table) => ({
    table,
    query: sql`SELECT to_jsonb(t)::text AS row FROM ${sql.table(table)} t`,
  }));
  for (const { table, query } of [...sources, ...(await jobsLeft(transaction))]) {
    rows[table] = 0;
    await sql`DECLARE backed_up NO SCROLL CURSOR FOR ${query}`.execute(transaction);
    for (;;) {
      const batch = await sql<{ row: string }>`FETCH ${sql.lit(ROWS_AT_ONCE)} FROM backed_up`.execute(transaction);
      if (batch.rows.length === 0) break;
      rows[table] += batch.rows.length;
      yield batch.rows.map(({ row }) => written(`["${table}",${row}]`)).join('');
    }
    await sql`CLOSE backed_up`.execute(transaction);
  }
  const end: BackUpEnd = { rows, mac: mac.digest('hex') };
  yield `${JSON.stringify(['end', end])}\n`;
}

/** Every table of the product, those that others refer to first. */
export async function tablesOf(kysely: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT c.relname AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT LIKE 'kysely\\_%'
    ORDER BY (SELECT count(*) FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'), c.relname
  `.execute(kysely);
  return rows.map(({ name }) => name);
}

/** The jobs that wait, run or have failed, each once; none where the queue has never been opened. */
async function jobsLeft(kysely: Kysely<Tables>) {
  const { rows } = await sql<{ there: boolean }>`SELECT to_regclass('pgboss.job') IS NOT NULL AS there`.execute(kysely);
  if (!rows[0]?.there) return [];
  const query = sql`
    SELECT DISTINCT jsonb_build_object('name', data->>'name', 'reference', data->>'reference')::text AS row
    FROM pgboss.job WHERE state IN ('created', 'retry', 'active') AND data ? 'name'
  `;
  return [{ table: JOB, query }];
}

import { createHmac, type Hmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Kysely, sql, type Transaction } from 'kysely';
import { StartFault } from '../app/faults.ts';
import type { Job } from '../app/job.ts';
import { canonicalJson } from '../domain/canonicalJson.ts';
import type { Erasure } from '../evidence/erasures.ts';
import { type BackUpEnd, type BackUpHeader, backUpKey, FORMAT, JOB, type RowCounts, tablesOf } from './backUp.ts';
import type { Outbox } from './caseStore.ts';
import { NO_CASE } from './chain.ts';
import { instantText } from './instants.ts';
import type { KeyVault } from './keyVault.ts';
import { eraseAgain } from './retention.ts';
import { keysOver, type StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

const ROWS_AT_ONCE = 500;

/** What was restored: how many rows of each table, when the back-up was made (an instant), and its last entry about keeping and erasing. */
export type Restored = {
  rows: RowCounts;
  madeAt: string;
  lastRetention: { action: string; reference: string; at: string } | null;
  erasedAgain: string[];
};

/**
 * Puts a back-up into an empty store, all of it or nothing, and leaves the jobs again that were not done. What `erasuresFor` says was erased
 * after the back-up was made is erased again in the same transaction.
 * @throws StartFault when the store is not empty, or the file is no back-up, was altered, or was made by another version or under another
 * master key (EV8)
 */
export async function restore(
  kysely: Kysely<Tables>,
  vault: KeyVault,
  file: string,
  outbox: Pick<Outbox, 'enqueue'>,
  erasuresFor: (keys: StoreKeys) => Promise<Erasure[]> = async () => [],
): Promise<Restored> {
  return kysely.transaction().execute(async (transaction) => {
    const tables = await tablesOf(transaction);
    for (const table of tables) await demandEmpty(transaction, table);
    const read = reader(transaction, vault, tables, outbox);
    try {
      await pipeline(createReadStream(file), createGunzip(), async (source: AsyncIterable<Buffer>) => {
        for await (const line of linesOf(source)) await read.line(line);
      });
    } catch (cause) {
      if (cause instanceof StartFault) throw cause;
      throw new StartFault(`${file} could not be restored, and nothing was changed. Check that it is a whole back-up.`, { cause });
    }
    const { keys, ...restored } = read.end();
    for (const table of tables) await continueNumbers(transaction, table);
    const last = await transaction.selectFrom('retention_log').selectAll().orderBy('sequence', 'desc').executeTakeFirst();
    const erasedAgain: string[] = [];
    for (const erasure of await erasuresFor(keys)) if (await eraseAgain(transaction, keys, erasure)) erasedAgain.push(erasure.reference);
    return {
      ...restored,
      erasedAgain,
      lastRetention: last ? { action: last.action, reference: last.reference, at: instantText(last.at) } : null,
    };
  });
}

async function demandEmpty(transaction: Transaction<Tables>, table: string): Promise<void> {
  const { rows } = await sql`SELECT FROM ${sql.table(table)} LIMIT 1`.execute(transaction);
  if (rows.length > 0) throw new StartFault('This store is not empty. Restore into an empty database, or an empty DATA_DIR.');
}

/** Takes a back-up's lines one after another; `end` says what was in it, or that it was not all there. */
function reader(transaction: Transaction<Tables>, vault: KeyVault, tables: string[], outbox: Pick<Outbox, 'enqueue'>) {
  const counted: RowCounts = {};
  let begun: { madeAt: string; mac: Hmac; keys: StoreKeys } | null = null;
  let end: BackUpEnd | null = null;
  let batch: { table: string; rows: object[] } = { table: '', rows: [] };

  const write = async () => {
    const { table, rows } = batch;
    batch = { table: '', rows: [] };
    if (rows.length === 0) return;
    if (table === JOB) for (const job of rows) await outbox.enqueue(job as Job, transaction);
    else await insert(transaction, table, rows);
  };
  return {
    async line(line: string) {
      const read = JSON.parse(line);
      if (!begun) {
        demandFormat(read);
        const keys = keysOver(vault, await vault.unwrap(read.own, NO_CASE));
        begun = { madeAt: read.madeAt, mac: createHmac('sha256', backUpKey(keys.own)), keys };
      } else if (read[0] === 'end') {
        await write();
        end = read[1] as BackUpEnd;
        return;
      } else {
        const [table, row] = read as [string, object];
        if (table !== JOB && !tables.includes(table))
          throw new StartFault(`The back-up holds a table "${table}" that this version does not know.`);
        if (table !== batch.table || batch.rows.length >= ROWS_AT_ONCE) await write();
        batch.table = table;
        batch.rows.push(row);
        counted[table] = (counted[table] ?? 0) + 1;
      }
      if (end) throw new StartFault('The back-up goes on after its end. Nothing was changed.');
      begun.mac.update(`${line}\n`);
    },
    end() {
      const whole = end !== null && end.mac === begun?.mac.digest('hex') && canonicalJson(withoutNone(end.rows)) === canonicalJson(counted);
      if (!whole)
        throw new StartFault('The back-up was altered or is damaged: what it holds is not what was written. Nothing was changed.');
      return { rows: end!.rows, madeAt: begun!.madeAt, keys: begun!.keys };
    },
  };
}

function demandFormat({ madeAt, own, ...header }: Partial<BackUpHeader>): void {
  if (header.format !== FORMAT.format) throw new StartFault('This file is no back-up of Conference Dissent.');
  if (canonicalJson(header) !== canonicalJson(FORMAT) || !madeAt || !own)
    throw new StartFault('The back-up was made by another version of this program. Restore it with that version, and then upgrade.');
}

async function insert(transaction: Transaction<Tables>, table: string, rows: object[]): Promise<void> {
  const json = JSON.stringify(rows);
  await sql`
    INSERT INTO ${sql.table(table)} OVERRIDING SYSTEM VALUE
    SELECT * FROM jsonb_populate_recordset(NULL::${sql.table(table)}, ${json}::jsonb)
  `.execute(transaction);
}

/** Has a table's own running number go on after the highest that it holds. */
async function continueNumbers(transaction: Transaction<Tables>, table: string): Promise<void> {
  const { rows } = await sql<{ column: string }>`
    SELECT attname AS column FROM pg_attribute WHERE attrelid = ${table}::regclass AND attidentity <> ''
  `.execute(transaction);
  for (const { column } of rows) {
    await sql`
      SELECT setval(pg_get_serial_sequence(${table}, ${column}), max(${sql.ref(column)})) FROM ${sql.table(table)}
    `.execute(transaction);
  }
}

function withoutNone(rows: RowCounts): RowCounts {
  return Object.fromEntries(Object.entries(rows).filter(([, count]) => count > 0));
}

async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of source) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}

import { type Kysely, sql, type Transaction } from 'kysely';
import { NO_CASE } from '../chain.ts';
import { evidenceTables, isGenuine, type Row } from '../evidenceRows.ts';
import { isUnbound, type KeyVault } from '../keyVault.ts';
import { keysOver } from '../storeKeys.ts';
import type { Tables } from '../tables.ts';
import { faultInCases } from './casePages.ts';
import { faultInGuards } from './guards.ts';
import { allRows } from './readRows.ts';
import { type AuditFault, type AuditReport, sayUnreadable } from './report.ts';
import { faultInNumbers, faultInSingleChains } from './singleChains.ts';

export type AuditOptions = {
  /** Holds the master key, which alone shows who wrote a row. Without it hashes, links, counts and guards are checked. */
  vault: KeyVault | null;
  /** Told from time to time how many cases have been read. */
  progress?: (cases: number) => void;
  /** For a store that is about to get its MACs (`upgradeEvidence`) and has none yet. */
  beforeUpgrade?: boolean;
};

/**
 * Goes through the whole audit trail as it stands at one moment (EV3): the guards, every chain with its MACs, links, order in time and
 * recorded end, every case's key, and the run of case numbers. It reads page by page, so there may be any number of cases. Needs no case's
 * key, so that it holds after a case is erased, and no content can be printed. Stops at the first row that was altered, removed,
 * added or moved; a table that cannot be read as this program made it is a finding too.
 * @throws when the database cannot be reached
 */
export function verifyAudit(kysely: Kysely<Tables>, options: AuditOptions): Promise<AuditReport> {
  return kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((transaction) => verifyWithin(transaction, options));
}

/** As {@link verifyAudit}, of what a transaction sees. Where a table cannot be read, nothing else can be done in that transaction. */
export async function verifyWithin(transaction: Transaction<Tables>, options: AuditOptions): Promise<AuditReport> {
  const report: AuditReport = { cases: 0, erased: 0, events: 0, accesses: 0, fault: null, unchecked: [] };
  try {
    await sql`SET LOCAL TIME ZONE 'UTC'`.execute(transaction);
    // Before the moment is fixed: a run of erasures that writes the table anew would leave it empty to whoever looks back before that.
    await sql`LOCK TABLE case_key IN ACCESS SHARE MODE`.execute(transaction);
    report.fault = await firstFault(transaction, options, report);
  } catch (fault) {
    const unreadable = sayUnreadable(fault);
    if (unreadable === null) throw fault;
    report.fault = general(unreadable);
  }
  return report;
}

async function firstFault(transaction: Transaction<Tables>, options: AuditOptions, report: AuditReport): Promise<AuditFault | null> {
  const guards = await faultInGuards(transaction);
  if (guards !== null) return general(guards);
  const own = await ownKey(transaction, options, report);
  if ('sentence' in own) return own;
  const { key } = own;
  const seen: Record<string, number> = {};
  const read = (table: string, rows = 1) => {
    seen[table] = (seen[table] ?? 0) + rows;
  };
  const single = await faultInSingleChains(transaction, key, options.beforeUpgrade ?? false, read);
  if (single.fault) return single.fault;
  const numbers = await faultInNumbers(transaction, key, single.retained, read);
  if (numbers.fault) return numbers.fault;
  const known = { key, retained: single.retained, counters: numbers.counters };
  return (await faultInCases(transaction, known, report, read, options.progress ?? (() => {}))) ?? (await faultInCounts(transaction, seen));
}

/** The key that the rows' MACs were made with, null where it is not at hand; or what is wrong with the store's own key. */
async function ownKey(
  transaction: Transaction<Tables>,
  options: AuditOptions,
  report: AuditReport,
): Promise<AuditFault | { key: Buffer | null }> {
  const [row] = await allRows(transaction, sql`SELECT to_jsonb(t) AS row FROM case_key t WHERE reference = ${NO_CASE}`);
  if (!row) return (await isEmpty(transaction)) ? { key: null } : general("The store's own key is gone, though the store is in use.");
  if (typeof row.wrapped !== 'string') return general("The store's own key was destroyed.");
  if (options.beforeUpgrade) return { key: null };
  if (isUnbound(row.wrapped))
    return general(
      'Its rows are not authenticated. Run `npm run upgrade-evidence`, unless that was done before: then somebody has put older rows in their place.',
    );
  if (options.vault === null) {
    report.unchecked.push('Without the master key nobody can tell who wrote the rows: set MASTER_KEY to check that too.');
    return { key: null };
  }
  return openedKey(options.vault, row as { wrapped: string; key_id: string } & Row);
}

async function openedKey(vault: KeyVault, row: { wrapped: string; key_id: string } & Row): Promise<AuditFault | { key: Buffer }> {
  try {
    const { rows: key } = keysOver(vault, await vault.unwrap({ wrapped: row.wrapped, keyId: row.key_id }, NO_CASE));
    return isGenuine(key, 'case_key', row) ? { key } : general("The row of the store's own key was altered.");
  } catch (fault) {
    return general(`The store's own key cannot be opened with this master key: ${fault instanceof Error ? fault.message : fault}`);
  }
}

/** Rows that belong to nothing, such as those without a reference, were not read with anything, and are seen by their number. */
async function faultInCounts(transaction: Transaction<Tables>, seen: Record<string, number>): Promise<AuditFault | null> {
  for (const table of evidenceTables) {
    const { rows } = await sql<{ rows: string }>`SELECT count(*)::text AS rows FROM ${sql.table(table)}`.execute(transaction);
    if (Number(rows[0]?.rows) !== (seen[table] ?? 0)) return general(`Table ${table} holds rows that belong to no case and to no chain.`);
  }
  return null;
}

async function isEmpty(transaction: Transaction<Tables>): Promise<boolean> {
  for (const table of evidenceTables)
    if ((await sql`SELECT FROM ${sql.table(table)} LIMIT 1`.execute(transaction)).rows.length > 0) return false;
  return true;
}

function general(sentence: string): AuditFault {
  return { reference: NO_CASE, revision: null, sentence };
}

import { sql, type Transaction } from 'kysely';
import { referenceOf } from '../caseStore.ts';
import { NO_CASE } from '../chain.ts';
import { type EvidenceTable, isGenuine } from '../evidenceRows.ts';
import type { Tables } from '../tables.ts';
import { follow } from './links.ts';
import { allRows, readRows } from './readRows.ts';
import type { AuditFault } from './report.ts';

/** What the retention log says: the instant and operator of each case's erasure, and which were removed. */
export type Retained = { erased: Map<string, { at: unknown; operator: unknown }>; removed: Set<string> };

type Read = (table: string, rows?: number) => void;

type Chain = { chain: Tables['chain_head']['chain']; name: string; tables: Partial<Record<EvidenceTable, string>> };

/** The chains that are over all cases, with the column of each table that holds the row's instant. */
const chains: Chain[] = [
  { chain: 'retention', name: 'the retention log', tables: { retention_log: 'at' } },
  { chain: 'cover', name: 'the covers', tables: { cover: 'made_at', cover_end: 'ended_at' } },
  { chain: 'directory', name: 'the changes of the directory', tables: { directory_change: 'at' } },
];

/** Follows the chains that are over all cases; returns the first fault in them, and what they say about keeping and erasing. */
export async function faultInSingleChains(
  transaction: Transaction<Tables>,
  key: Buffer | null,
  beforeUpgrade: boolean,
  read: Read,
): Promise<{ fault: AuditFault | null; retained: Retained }> {
  const retained: Retained = { erased: new Map(), removed: new Set() };
  const heads = await allRows(transaction, sql`SELECT to_jsonb(t) AS row FROM chain_head t WHERE reference = ${NO_CASE}`);
  let first: AuditFault | null = null;
  for (const { chain, name, tables } of chains) {
    const follower = follow(key);
    const each = Object.keys(tables).map(
      (table) => sql`SELECT to_jsonb(t) || jsonb_build_object('table', ${sql.lit(table)}) AS row, sequence FROM ${sql.table(table)} t`,
    );
    for await (const { table, ...row } of readRows(transaction, sql`${sql.join(each, sql` UNION ALL `)} ORDER BY sequence`)) {
      const from = table as EvidenceTable;
      read(from);
      follower.take(from, row, row.sequence, row[tables[from]!]);
      if (row.action === 'erased') retained.erased.set(String(row.reference), { at: row.at, operator: row.operator });
      if (row.action === 'removed') retained.removed.add(String(row.reference));
    }
    const fault = follower.end(heads.find((head) => head.chain === chain));
    // Covers are chained by the upgrade.
    if (fault && !(beforeUpgrade && chain === 'cover'))
      first ??= { reference: NO_CASE, revision: fault.number, sentence: `Entry ${fault.number} of ${name} ${fault.what}.` };
  }
  return { fault: first, retained };
}

type Counter = { prefix: string; year: string; last: number };

/** Whether each number that was given out has its case, or a line that says it was removed; and each case a number. */
export async function faultInNumbers(
  transaction: Transaction<Tables>,
  key: Buffer | null,
  { removed }: Retained,
  read: Read,
): Promise<{ fault: AuditFault | null; counters: Set<string> }> {
  const counters = new Set<string>();
  const says = (reference: string, sentence: string) => ({ fault: { reference, revision: null, sentence }, counters });
  for (const row of await allRows(transaction, sql`SELECT to_jsonb(t) AS row FROM case_number t ORDER BY prefix, year`)) {
    read('case_number');
    const { prefix, year, last } = row as Counter;
    if (counters.has(`${prefix} ${year}`)) return says(NO_CASE, `The last number given out in ${prefix}-${year} stands there twice.`);
    counters.add(`${prefix} ${year}`);
    if (!Number.isSafeInteger(last)) return says(NO_CASE, `The last number given out in ${prefix}-${year} is none.`);
    const rows = await transaction
      .selectFrom('case_header')
      .select('number')
      .where('prefix', '=', prefix)
      .where('year', '=', year)
      .execute();
    const present = new Set(rows.map(({ number }) => number));
    const highest = [...present].reduce((one, other) => Math.max(one, other), last);
    for (let number = 1; number <= highest; number++) {
      const reference = referenceOf(prefix, year, number);
      if (!present.has(number) && !removed.has(reference))
        return says(reference, `Case ${reference} is missing: its number was given out, and the case is gone.`);
      if (number > last) return says(reference, `Case ${reference} was added: its number was never given out.`);
    }
    if (key && !isGenuine(key, 'case_number', row)) return says(NO_CASE, `The last number given out in ${prefix}-${year} was altered.`);
  }
  return { fault: null, counters };
}

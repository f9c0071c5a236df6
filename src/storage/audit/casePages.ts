import { sql, type Transaction } from 'kysely';
import { referenceOf } from '../caseStore.ts';
import { BEGINNING, NO_CASE } from '../chain.ts';
import { isGenuine, type Row, rowHash } from '../evidenceRows.ts';
import { RESTORE } from '../retentionLog.ts';
import type { Tables } from '../tables.ts';
import { type Follower, follow } from './links.ts';
import { allRows, readRows } from './readRows.ts';
import type { AuditFault, AuditReport } from './report.ts';
import type { Retained } from './singleChains.ts';

const REFERENCES_AT_ONCE = 500;

/** What the check of the cases needs from what was read before it. */
export type Known = { key: Buffer | null; retained: Retained; counters: ReadonlySet<string> };

/** All rows that hang on one reference, as far as a fault may be in them; its events and looks have been followed already. */
type Case = {
  reference: string;
  header?: Row;
  key?: Row;
  heads: Row[];
  events: Follower;
  accesses: Follower;
  closed: boolean;
  doubled: boolean;
};

/**
 * Goes through all that hangs on references, page by page: cases with their keys, events, looks and recorded ends, and whatever is left of
 * one that has no header. Answers the first fault, and adds to `read` how many rows of each table it saw.
 */
export async function faultInCases(
  transaction: Transaction<Tables>,
  known: Known,
  report: AuditReport,
  read: (table: string, rows?: number) => void,
  progress: (cases: number) => void,
): Promise<AuditFault | null> {
  for (let after = ''; ; ) {
    const references = await nextReferences(transaction, after);
    if (references.length === 0) return null;
    after = references.at(-1)!;
    for (const each of await readPage(transaction, known, references, read)) {
      if (each.header) report.cases++;
      if (each.key?.wrapped === null) report.erased++;
      report.events += each.events.length();
      report.accesses += each.accesses.length();
      const sentence = sentenceOn(each, known);
      if (sentence) return { reference: each.reference, revision: null, ...sentence };
    }
    progress(report.cases);
  }
}

/** The references that anything hangs on, in order: each table's next, and of them the first. */
async function nextReferences(transaction: Transaction<Tables>, after: string): Promise<string[]> {
  const next = (table: string) => sql`
    (SELECT DISTINCT reference FROM ${sql.table(table)} WHERE reference > ${after} ORDER BY reference LIMIT ${sql.lit(REFERENCES_AT_ONCE)})
  `;
  const sources = ['case_header', 'case_key', 'chain_head', 'case_event', 'case_access'].map(next);
  const { rows } = await sql<{ reference: string }>`
    SELECT reference FROM (${sql.join(sources, sql` UNION `)}) every ORDER BY reference LIMIT ${sql.lit(REFERENCES_AT_ONCE)}
  `.execute(transaction);
  return rows.map(({ reference }) => reference);
}

async function readPage(
  transaction: Transaction<Tables>,
  { key }: Known,
  references: string[],
  read: (table: string, rows?: number) => void,
): Promise<Case[]> {
  const of = (table: string, order = 'reference') =>
    sql`SELECT to_jsonb(t) AS row FROM ${sql.table(table)} t WHERE reference = ANY(${references}) ORDER BY reference, ${sql.ref(order)}`;
  const headers = new Map((await allRows(transaction, of('case_header'))).map((row) => [row.reference, row]));
  const cases = new Map(
    references.map((reference): [unknown, Case] => {
      const header = headers.get(reference);
      const events = follow(key, header?.hash ?? BEGINNING);
      return [
        reference,
        { reference, ...(header ? { header } : {}), heads: [], events, accesses: follow(key), closed: false, doubled: false },
      ];
    }),
  );
  read('case_header', headers.size);
  for (const row of await allRows(transaction, of('case_key'))) {
    read('case_key');
    const its = cases.get(row.reference)!;
    its.doubled ||= its.key !== undefined;
    its.key = row;
  }
  for (const row of await allRows(transaction, of('chain_head', 'chain'))) {
    read('chain_head');
    const its = cases.get(row.reference)!;
    its.doubled ||= its.heads.some(({ chain }) => chain === row.chain);
    its.heads.push(row);
  }
  for await (const row of readRows(transaction, of('case_event', 'revision'))) {
    read('case_event');
    const its = cases.get(row.reference)!;
    its.events.take('case_event', row, row.revision, row.at);
    its.closed ||= row.type === 'CaseClosed';
  }
  for await (const row of readRows(transaction, of('case_access', 'sequence'))) {
    read('case_access');
    cases.get(row.reference)!.accesses.take('case_access', row, row.sequence, row.at);
  }
  return [...cases.values()];
}

type Sentence = Pick<AuditFault, 'sentence'> & Partial<AuditFault>;

function sentenceOn(each: Case, known: Known): Sentence | null {
  if (each.doubled) return { sentence: `The key or a recorded end of ${each.reference} stands there twice.` };
  return (each.reference === NO_CASE ? null : sentenceOnCase(each, known)) ?? sentenceOnAccesses(each);
}

function sentenceOnCase({ reference, header, key, heads, events, closed }: Case, known: Known): Sentence | null {
  const erased = known.retained.erased.get(reference);
  const head = heads.find(({ chain }) => chain === 'event');
  if (!header) {
    const left = events.length() > 0 ? 'events' : key ? 'a key' : head ? 'a recorded end' : null;
    return left && { sentence: `Case ${reference} is missing, though it has ${left}.` };
  }
  if (known.retained.removed.has(reference)) return { sentence: `Case ${reference} was removed, and yet it is there.` };
  const own = rowHash('case_header', BEGINNING, header) === header.hash;
  const named = reference === referenceOf(String(header.prefix), String(header.year), Number(header.number));
  if (!own || !named || (known.key && !isGenuine(known.key, 'case_header', header)))
    return { sentence: `What case ${reference} was opened with was altered.` };
  if (!known.counters.has(`${header.prefix} ${header.year}`))
    return { sentence: `Case ${reference} is there, though the count of the numbers given out in its year is gone.` };
  if (events.length() === 0) return { sentence: `All events of case ${reference} are missing.` };
  const fault = events.end(head);
  if (fault) return { revision: fault.number, sentence: `Event ${fault.number} of case ${reference} ${fault.what}.` };
  if (!key) return { sentence: `The key of case ${reference} is gone.` };
  if (key.wrapped === null && !erased)
    return { sentence: `The key of case ${reference} is gone, and nothing says that the case was erased.` };
  if (key.wrapped !== null && erased) return { sentence: `Case ${reference} was erased, and yet it has a key.` };
  if (known.key && !isGenuine(known.key, 'case_key', key)) return { sentence: `The key of case ${reference} was altered or exchanged.` };
  if (erased && (key.erased_at !== erased.at || !(closed || erased.operator === RESTORE)))
    return { sentence: `Case ${reference} was erased at another time than the retention log says, or before it had closed.` };
  return null;
}

function sentenceOnAccesses({ reference, heads, accesses }: Case): Sentence | null {
  const about = reference === NO_CASE ? 'presses about no case' : `looks at case ${reference}`;
  const chains = reference === NO_CASE ? ['access', 'retention', 'cover', 'directory'] : ['access', 'event'];
  const stray = heads.find(({ chain }) => !chains.includes(String(chain)));
  if (stray) return { sentence: `There is a recorded end of a chain "${stray.chain}" of ${reference}, which no program wrote.` };
  const fault = accesses.end(heads.find(({ chain }) => chain === 'access'));
  return fault && { revision: fault.number, sentence: `Entry ${fault.number} of the ${about} ${fault.what}.` };
}

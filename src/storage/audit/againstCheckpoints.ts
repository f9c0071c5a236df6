import { type Kysely, sql, type Transaction } from 'kysely';
import type { Checkpoint } from '../../evidence/checkpoint.ts';
import { hashOfLeaf, type Leaf } from '../../evidence/leaf.ts';
import { append, EMPTY, rootOf } from '../../evidence/tree.ts';
import { NO_CASE } from '../chain.ts';
import type { Tables } from '../tables.ts';
import { type AuditFault, sayUnreadable } from './report.ts';

/** What comparing the store with checkpoints came to: how many rows the log holds, how many are in no checkpoint yet, and the first fault. */
export type AgainstReport = { leaves: number; checkpoints: number; uncovered: number; fault: AuditFault | null };

/** A checkpoint whose signature was checked, and what to call it. */
export type Witness = Pick<Checkpoint, 'size' | 'root'> & { file: string };

const LEAVES_AT_ONCE = 10_000;

/** What a row of each chain is called in a sentence. */
const ROWS: Record<Tables['chain_head']['chain'], (sequence: number, reference: string) => string> = {
  event: (sequence, reference) => (sequence === 0 ? `What case ${reference} was opened with` : `Event ${sequence} of case ${reference}`),
  access: (sequence, reference) =>
    reference === NO_CASE ? `Entry ${sequence} of the presses about no case` : `Entry ${sequence} of the looks at case ${reference}`,
  retention: (sequence) => `Entry ${sequence} of the retention log`,
  cover: (sequence) => `Entry ${sequence} of the covers`,
  directory: (sequence) => `Entry ${sequence} of the changes of the directory`,
};

/**
 * Compares the store with checkpoints that stand outside it (EV3): every row of every chain with its leaf in the log, and the log with the
 * root of each checkpoint. So it finds what the store alone cannot tell: rows cut off with their ends set back, whole chains computed
 * anew, an older state put back, a case gone with its number. It reads the log page by page, whatever its length. That a row's hash is over
 * its content, `verifyAudit` has to have found before.
 */
export function verifyAgainst(
  kysely: Kysely<Tables>,
  witnesses: Witness[],
  progress: (leaves: number) => void = () => {},
): Promise<AgainstReport> {
  return kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((transaction) => againstWithin(transaction, witnesses, progress));
}

/** As {@link verifyAgainst}, of what a transaction sees. Where a table cannot be read, nothing else can be done in that transaction. */
export async function againstWithin(
  transaction: Transaction<Tables>,
  witnesses: Witness[],
  progress: (leaves: number) => void = () => {},
): Promise<AgainstReport> {
  const sorted = witnesses.toSorted((one, other) => one.size - other.size);
  const report: AgainstReport = { leaves: 0, checkpoints: sorted.length, uncovered: 0, fault: null };
  try {
    await sql`SET LOCAL statement_timeout = 0`.execute(transaction);
    const rows = await faultInRows(transaction);
    const log = await readLog(transaction, sorted, progress);
    const uncovered = Math.max(0, log.leaves - (sorted.at(-1)?.size ?? 0));
    return { ...report, leaves: log.leaves, uncovered, fault: rows ?? log.fault };
  } catch (fault) {
    const unreadable = sayUnreadable(fault);
    if (unreadable === null) throw fault;
    return { ...report, fault: general(unreadable) };
  }
}

/** The first row that is not what the log says, or that the log should have and has not. */
async function faultInRows(transaction: Transaction<Tables>): Promise<AuditFault | null> {
  const { rows: unlike } = await sql<Leaf & { there: boolean }>`
    SELECT l.chain, l.reference, l.sequence, l.hash, r.hash IS NOT NULL AS there
    FROM log_leaf l LEFT JOIN evidence_row r ON r.chain = l.chain AND r.reference = l.reference AND r.sequence = l.sequence
    WHERE r.hash IS DISTINCT FROM l.hash AND NOT (
      r.hash IS NULL AND EXISTS (SELECT FROM retention_log k WHERE k.reference = l.reference AND k.action = 'removed')
    )
    ORDER BY l.index LIMIT 1
  `.execute(transaction);
  const [first] = unlike;
  if (first)
    return faultAt(
      first,
      first.there ? 'is not what was taken into the log: it was altered, or put in the place of another' : 'is missing: the log has it',
    );
  const { rows: unknown } = await sql<Leaf>`
    SELECT r.chain, r.reference, r.sequence, r.hash
    FROM evidence_row r JOIN log_reach k ON k.chain = r.chain AND k.reference = r.reference AND r.sequence <= k.logged
    LEFT JOIN log_leaf l ON l.chain = r.chain AND l.reference = r.reference AND l.sequence = r.sequence
    WHERE l.index IS NULL ORDER BY r.chain, r.reference, r.sequence LIMIT 1
  `.execute(transaction);
  const [added] = unknown;
  return added ? faultAt(added, 'was added, or taken out of the log') : null;
}

/** Works the tree out anew from the leaves, and compares its root with each checkpoint on the way. */
async function readLog(
  transaction: Transaction<Tables>,
  witnesses: Witness[],
  progress: (leaves: number) => void,
): Promise<{ leaves: number; fault: AuditFault | null }> {
  let tree = EMPTY;
  let agreed: Witness | null = null;
  let firstSince: Leaf | null = null;
  const waiting = [...witnesses].reverse();
  const differs = () => {
    for (; waiting.at(-1)?.size === tree.size; firstSince = null) {
      const witness = waiting.pop()!;
      if (!rootOf(tree).equals(witness.root)) return whereItDiffers(witness, agreed, firstSince);
      agreed = witness;
    }
    return null;
  };
  const before = differs();
  if (before) return { leaves: 0, fault: before };
  for (;;) {
    const page = await transaction
      .selectFrom('log_leaf')
      .selectAll()
      .where('index', '>=', tree.size)
      .orderBy('index')
      .limit(LEAVES_AT_ONCE)
      .execute();
    for (const leaf of page) {
      if (Number(leaf.index) !== tree.size) return { leaves: tree.size, fault: general(`Row ${tree.size} of the log is missing.`) };
      firstSince ??= leaf;
      tree = append(tree, hashOfLeaf(leaf));
      const fault = differs();
      if (fault) return { leaves: tree.size, fault };
    }
    progress(tree.size);
    if (page.length < LEAVES_AT_ONCE) break;
  }
  const beyond = waiting[0];
  if (!beyond) return { leaves: tree.size, fault: null };
  const gone = beyond.size - tree.size;
  return {
    leaves: tree.size,
    fault: general(
      `The last ${gone} rows of evidence are gone: checkpoint ${beyond.file} is over ${beyond.size} rows, and the store has ${tree.size}. An older state was put back, or ends of chains were cut off.`,
    ),
  };
}

/** All that a root can say: the fault is among the rows since the last checkpoint that agrees. */
function whereItDiffers({ file, size }: Witness, agreed: Witness | null, first: Leaf | null): AuditFault {
  const since = agreed === null ? 'from the beginning' : `since checkpoint ${agreed.file}`;
  const rows = size - (agreed?.size ?? 0);
  const sentence = `The store is not what checkpoint ${file} was signed over: among its ${rows} rows ${since} one or more were altered, added or taken away.`;
  if (!first) return general(sentence);
  const { chain, reference, sequence } = first;
  return { reference, revision: sequence, sentence: `${sentence} ${nameOf(chain, reference, sequence)} is the first of them.` };
}

function faultAt({ chain, reference, sequence }: Leaf, what: string): AuditFault {
  return { reference, revision: sequence, sentence: `${nameOf(chain, reference, sequence)} ${what}.` };
}

function nameOf(chain: string, reference: string, sequence: number): string {
  const say = ROWS[chain as keyof typeof ROWS];
  return say ? say(sequence, reference) : `Row ${sequence} of an unknown chain of ${reference}`;
}

function general(sentence: string): AuditFault {
  return { reference: NO_CASE, revision: null, sentence };
}

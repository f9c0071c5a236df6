import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { EvidenceLog } from '../app/checkpoint.ts';
import { hashOfLeaf, type Leaf } from '../evidence/leaf.ts';
import { frontierText, readFrontier } from '../evidence/tree.ts';
import { instantText } from './instants.ts';
import type { Tables } from './tables.ts';

const ROWS_AT_ONCE = 5000;
const CHAINS_AT_ONCE = 500;

/** Held while rows are given their places, so that of several replicas one at a time does it. */
const LOCK = 0x63_70_74;

/** The log of all evidence, in the database. */
export function evidenceLog(kysely: Kysely<Tables>): EvidenceLog {
  return {
    async takeIn() {
      for (;;) {
        const { size, more } = await kysely.transaction().execute(takeSome);
        if (!more) return size;
      }
    },
    async frontierAt(size) {
      const row = await kysely
        .selectFrom('log_checkpoint')
        .select('frontier')
        .where('size', '=', size)
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? readFrontier(size, row.frontier) : null;
    },
    leaves: (from, to) => leafHashes(kysely, from, to),
    async keep({ size, root, frontier, note, at }) {
      const row = { size, root: root.toString('hex'), frontier: frontierText(frontier), note, at: at.toString() };
      await kysely.insertInto('log_checkpoint').values(row).execute();
    },
    async placed(place, size, at) {
      const row = { size, at: at.toString() };
      await kysely
        .insertInto('log_place')
        .values({ place, ...row })
        .onConflict((conflict) => conflict.column('place').doUpdateSet(row))
        .execute();
    },
    async places() {
      const rows = await kysely.selectFrom('log_place').selectAll().execute();
      return new Map(
        rows.map(({ place, size, at }) => [place, { size: Number(size), at: Temporal.Instant.fromEpochMilliseconds(at.getTime()) }]),
      );
    },
    async erasures() {
      const rows = await kysely
        .selectFrom('retention_log')
        .select(['reference', 'at'])
        .where('action', '=', 'erased')
        .orderBy('sequence')
        .execute();
      return rows.map(({ reference, at }) => ({ reference, at: instantText(at) }));
    },
  };
}

/**
 * Takes in rows of chains that have grown, in order of chain, reference and sequence. Answers the log's size, and whether there may be more.
 * A chain's rows and its end are committed together, so that what stands before an end that is seen is there.
 */
async function takeSome(transaction: Transaction<Tables>): Promise<{ size: number; more: boolean }> {
  await sql`SELECT pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(transaction);
  const size = await sizeOf(transaction);
  const { rows: grown } = await sql<{ chain: string; reference: string; length: number; logged: number }>`
    SELECT h.chain, h.reference, h.length, coalesce(r.logged, -1) AS logged
    FROM chain_head h LEFT JOIN log_reach r ON r.chain = h.chain AND r.reference = h.reference
    WHERE h.length > coalesce(r.logged, -1)
    ORDER BY h.chain, h.reference LIMIT ${sql.lit(CHAINS_AT_ONCE)}
  `.execute(transaction);
  if (grown.length === 0) return { size, more: false };
  const { rows } = await sql<Leaf>`
    SELECT r.chain, r.reference, r.sequence, r.hash
    FROM ${recordset(grown, 'chain text, reference text, length integer, logged integer')} w
    JOIN evidence_row r ON r.chain = w.chain AND r.reference = w.reference AND r.sequence > w.logged AND r.sequence <= w.length
    WHERE NOT EXISTS (SELECT FROM log_leaf l WHERE l.chain = r.chain AND l.reference = r.reference AND l.sequence = r.sequence)
    ORDER BY r.chain, r.reference, r.sequence LIMIT ${sql.lit(ROWS_AT_ONCE)}
  `.execute(transaction);
  const leaves = rows.map((row, place) => ({ ...row, index: size + place }));
  await sql`
    INSERT INTO log_leaf (index, chain, reference, sequence, hash) SELECT index, chain, reference, sequence, hash
    FROM ${recordset(leaves, 'index bigint, chain text, reference text, sequence integer, hash text')} l
  `.execute(transaction);
  await sql`
    INSERT INTO log_reach (chain, reference, logged) SELECT chain, reference, logged
    FROM ${recordset(rows.length < ROWS_AT_ONCE ? wholly(grown) : asFarAs(rows), 'chain text, reference text, logged integer')} r
    ON CONFLICT (chain, reference) DO UPDATE SET logged = excluded.logged
  `.execute(transaction);
  return { size: size + rows.length, more: true };
}

/** Rows as a table of these columns. */
function recordset(rows: object[], columns: string): RawBuilder<unknown> {
  return sql`(SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (${sql.raw(columns)}))`;
}

type Reach = { chain: string; reference: string; logged: number };

function wholly(chains: { chain: string; reference: string; length: number }[]): Reach[] {
  return chains.map(({ chain, reference, length }) => ({ chain, reference, logged: length }));
}

function asFarAs(rows: Leaf[]): Reach[] {
  const last = new Map(rows.map((row) => [`${row.chain} ${row.reference}`, row]));
  return [...last.values()].map(({ chain, reference, sequence }) => ({ chain, reference, logged: sequence }));
}

/** The last checkpoint that was signed, as a note; null when there is none. */
export async function lastNote(kysely: Kysely<Tables>): Promise<string | null> {
  const row = await kysely.selectFrom('log_checkpoint').select('note').orderBy('number', 'desc').limit(1).executeTakeFirst();
  return row?.note ?? null;
}

async function sizeOf(kysely: Kysely<Tables>): Promise<number> {
  const last = await kysely.selectFrom('log_leaf').select('index').orderBy('index', 'desc').limit(1).executeTakeFirst();
  return last ? Number(last.index) + 1 : 0;
}

/** The hashes of the leaves from one place to before another, in order; those before the first that is missing. */
async function* leafHashes(kysely: Kysely<Tables>, from: number, to: number): AsyncGenerator<Buffer> {
  for (let next = from; next < to; ) {
    const rows = await kysely
      .selectFrom('log_leaf')
      .selectAll()
      .where('index', '>=', next)
      .where('index', '<', Math.min(to, next + ROWS_AT_ONCE))
      .orderBy('index')
      .execute();
    for (const row of rows) {
      if (Number(row.index) !== next) return;
      yield hashOfLeaf(row);
      next++;
    }
    if (rows.length === 0) return;
  }
}

import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { TrailFault } from '../app/faults.ts';
import { type EvidenceTable, isGenuine, type Row, type RowKey } from './evidenceRows.ts';
import type { Tables } from './tables.ts';

type KeyRow = Selectable<Tables['case_key']>;

/** A case's rows, each of which was found to be as the program wrote it. */
export type TrailRows = {
  header: Selectable<Tables['case_header']>;
  key: KeyRow;
  head: Selectable<Tables['chain_head']>;
  /** In order of revision, none missing; never empty. */
  events: Selectable<Tables['case_event']>[];
};

/**
 * A case's rows; null if there is no such case.
 * @throws TrailFault when one of them was altered, added, moved or taken away: of such a case nothing is told (EV1)
 */
export async function trailRows(kysely: Kysely<Tables>, keys: RowKey, reference: string): Promise<TrailRows | null> {
  const joined = await kysely
    .selectFrom('case_header as header')
    .leftJoin('case_key as key', 'key.reference', 'header.reference')
    .leftJoin('chain_head as head', (join) => join.onRef('head.reference', '=', 'header.reference').on('head.chain', '=', 'event'))
    .leftJoin('case_event as event', 'event.reference', 'header.reference')
    .selectAll('event')
    .select([once('header').as('header'), once('key').as('key'), once('head').as('head')])
    .where('header.reference', '=', reference)
    .orderBy('event.revision')
    .execute();
  const [first] = joined;
  if (!first) return null;
  if (!first.header) throw new TrailFault(reference, 1, 'is missing');
  const header = first.header as TrailRows['header'];
  const key = withInstant(first.key, 'erased_at') as KeyRow;
  const head = withInstant(first.head, 'at') as TrailRows['head'];
  const events = joined.filter((row): row is typeof row & TrailRows['events'][number] => row.revision !== null);
  const rows = { header, key, head, events };
  demandWhole(keys, rows);
  return rows;
}

/** A row that is joined to every event, whole and with the first of them alone, since it is the same with each. */
function once(row: 'header' | 'key' | 'head') {
  return sql<Row | null>`CASE WHEN event.revision IS NULL OR event.revision = 1 THEN to_jsonb(${sql.ref(row)}) END`;
}

/** A row that was read as JSON, with its instant as the driver gives others; nothing where there is no row. */
function withInstant(row: Row | null, name: string): Row {
  const text = row?.[name];
  return { ...row, [name]: typeof text === 'string' ? new Date(text) : null };
}

/** Holds a case until the transaction ends, so that nobody adds to it meanwhile, and reads it. @throws as {@link trailRows} does */
export async function heldTrail(transaction: Transaction<Tables>, keys: RowKey, reference: string): Promise<TrailRows | null> {
  await transaction
    .selectFrom('chain_head')
    .select('length')
    .where('chain', '=', 'event')
    .where('reference', '=', reference)
    .forUpdate()
    .execute();
  return trailRows(transaction, keys, reference);
}

/** A case's key as it is kept; undefined where there is none. @throws TrailFault when the row was altered */
export async function keyRow(kysely: Kysely<Tables>, keys: RowKey, reference: string): Promise<KeyRow | undefined> {
  const row = await kysely.selectFrom('case_key').selectAll().where('reference', '=', reference).executeTakeFirst();
  if (row) demand(keys, 'case_key', row, reference, null, 'its key was altered');
  return row;
}

function demandWhole(keys: RowKey, { header, key, head, events }: TrailRows): void {
  const { reference } = header;
  demand(keys, 'case_header', header, reference, null, 'what it was opened with was altered');
  demand(keys, 'case_key', key, reference, null, 'its key is gone or was altered');
  demand(keys, 'chain_head', head, reference, null, 'the end of its events is gone or was altered');
  let previous = header.hash;
  for (const [index, event] of events.entries()) {
    if (event.revision !== index + 1) throw new TrailFault(reference, index + 1, 'is missing');
    demand(keys, 'case_event', event, reference, event.revision, 'was altered');
    if (event.previous_hash !== previous) throw new TrailFault(reference, event.revision, 'does not follow from the one before it');
    previous = event.hash;
  }
  if (head.length > events.length) throw new TrailFault(reference, events.length + 1, 'is missing');
  if (head.length < events.length || head.hash !== previous) throw new TrailFault(reference, head.length, 'is not the last one');
}

function demand(keys: RowKey, table: EvidenceTable, row: Row, reference: string, revision: number | null, what: string) {
  if (!isGenuine(keys.rows, table, row)) throw new TrailFault(reference, revision, what);
}

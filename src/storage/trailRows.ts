import type { Kysely, Selectable, Transaction } from 'kysely';
import { TrailFault } from '../app/faults.ts';
import { type EvidenceTable, isGenuine, type Row, type RowKey } from './evidenceRows.ts';
import { find } from './look.ts';
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

const WHOLE_TRAIL = `
  SELECT json_build_object('header', to_json(header), 'key', to_json(key), 'head', to_json(head), 'events', (
    SELECT coalesce(json_agg(event ORDER BY event.revision), '[]') FROM case_event event WHERE event.reference = header.reference
  ))
  FROM case_header header
  LEFT JOIN case_key key ON key.reference = header.reference
  LEFT JOIN chain_head head ON head.reference = header.reference AND head.chain = 'event'
  WHERE header.reference = $1`;

/**
 * A case's rows; null if there is no such case.
 * @throws TrailFault when one of them was altered, added, moved or taken away: of such a case nothing is told (EV1)
 */
export async function trailRows(kysely: Kysely<Tables>, keys: RowKey, reference: string): Promise<TrailRows | null> {
  const found = (await find(kysely, { text: WHOLE_TRAIL, values: [reference] })) as Record<'header' | 'key' | 'head', Row> & {
    events: Row[];
  };
  if (!found) return null;
  const rows = {
    header: found.header as TrailRows['header'],
    key: withInstant(found.key, 'erased_at') as KeyRow,
    head: withInstant(found.head, 'at') as TrailRows['head'],
    events: found.events.map((event) => withInstant(event, 'at') as TrailRows['events'][number]),
  };
  demandWhole(keys, rows);
  return rows;
}

/** A row that was read as JSON, with its instant as the driver gives others; nothing where there is no row. */
export function withInstant(row: Row | null, name: string): Row {
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

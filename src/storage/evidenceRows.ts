import { createHash, createHmac } from 'node:crypto';
import { instantText } from './instants.ts';
import type { Tables } from './tables.ts';

/** The tables whose rows are evidence or grant power (EV1): each row carries a MAC over all the rest of it. */
export type EvidenceTable =
  | 'case_header'
  | 'case_event'
  | 'case_access'
  | 'case_key'
  | 'case_number'
  | 'chain_head'
  | 'retention_log'
  | 'cover'
  | 'cover_end'
  | 'directory_change';

/** What the hash of a row covers is its content; its place between its neighbours is a link. */
type Part = 'content' | 'link';

const link = { previous_hash: 'link', hash: 'link' } as const;

/** Every column of each such table, but for `mac`. */
const parts: { [T in EvidenceTable]: Record<Exclude<keyof Tables[T], 'mac'>, Part> } = {
  case_header: {
    reference: 'content',
    partnership: 'content',
    procedure_id: 'content',
    procedure_version: 'content',
    procedure_fingerprint: 'content',
    draft: 'content',
    prefix: 'content',
    year: 'content',
    number: 'content',
    hash: 'link',
  },
  case_event: {
    format: 'content',
    reference: 'content',
    revision: 'content',
    type: 'content',
    sealed: 'content',
    actor_person: 'content',
    actor_role: 'content',
    at: 'content',
    procedure_id: 'content',
    procedure_version: 'content',
    commitment: 'content',
    ...link,
  },
  case_access: {
    reference: 'content',
    sequence: 'content',
    person: 'content',
    role: 'content',
    action: 'content',
    card_revision: 'content',
    result: 'content',
    code: 'content',
    rule: 'content',
    at: 'content',
    ...link,
  },
  case_key: { reference: 'content', wrapped: 'content', key_id: 'content', erased_at: 'content' },
  case_number: { prefix: 'content', year: 'content', last: 'content' },
  chain_head: { chain: 'content', reference: 'content', length: 'content', hash: 'content', at: 'content' },
  retention_log: {
    sequence: 'content',
    reference: 'content',
    action: 'content',
    operator: 'content',
    sealed: 'content',
    early: 'content',
    at: 'content',
    ...link,
  },
  cover: {
    number: 'content',
    draft: 'content',
    partnership: 'content',
    role: 'content',
    holder: 'content',
    deputy: 'content',
    from_date: 'content',
    to_date: 'content',
    made_at: 'content',
    sequence: 'content',
    ...link,
  },
  cover_end: { cover: 'content', ended_by: 'content', ended_at: 'content', sequence: 'content', ...link },
  directory_change: { sequence: 'content', state: 'content', sealed: 'content', at: 'content', ...link },
};

/** The names of all those tables. */
export const evidenceTables = Object.keys(parts) as EvidenceTable[];

/** What the MACs of rows are made with. */
export type RowKey = { rows: Buffer };

/** A row as either the program has it (instants as `Date`) or a check reads it (as text). */
export type Row = Record<string, unknown>;

type Columns = { name: string; quoted: string }[];

const columnsOf = (table: EvidenceTable, wanted: (name: string, part: Part) => boolean): Columns =>
  Object.entries<Part>(parts[table])
    .filter(([name, part]) => wanted(name, part))
    .map(([name]) => ({ name, quoted: JSON.stringify(name) }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));

const all = Object.fromEntries(evidenceTables.map((table) => [table, columnsOf(table, () => true)])) as Record<EvidenceTable, Columns>;
const content = Object.fromEntries(evidenceTables.map((table) => [table, columnsOf(table, (_, part) => part === 'content')])) as Record<
  EvidenceTable,
  Columns
>;
/** Events of format 1 were hashed before there was a format or a commitment. */
const firstEvents = columnsOf('case_event', (name, part) => part === 'content' && name !== 'format' && name !== 'commitment');

/**
 * The SHA-256, in hexadecimal, of the row before (or of {@link BEGINNING}), a line feed, and the row's content as JSON with sorted keys
 * and no spaces (X1). Instants are ISO 8601 in UTC with no more digits than they need.
 */
export function rowHash(table: EvidenceTable, previous: string, row: Row): string {
  return createHash('sha256')
    .update(previous)
    .update('\n')
    .update(canonicalRow(hashedColumns(table, row), row))
    .digest('hex');
}

/** What a row's hash covers beside the hash of the row before it, as it is written there. */
export function hashedContent(table: EvidenceTable, row: Row): Row {
  return Object.fromEntries(hashedColumns(table, row).map(({ name }) => [name, plain(row[name])]));
}

function hashedColumns(table: EvidenceTable, row: Row): Columns {
  return table === 'case_event' && row.format === 1 ? firstEvents : content[table];
}

/** HMAC-SHA256, in hexadecimal, of the table's name, a line feed, and the whole row but for `mac`, written as for its hash. */
export function rowMac(key: Buffer, table: EvidenceTable, row: Row): string {
  return createHmac('sha256', key)
    .update(`${table}\n${canonicalRow(all[table], row)}`)
    .digest('hex');
}

/** The row with its MAC. */
export function signed<R extends Row>(key: Buffer, table: EvidenceTable, row: R): R & { mac: string } {
  return { ...row, mac: rowMac(key, table, row) };
}

/** A row's content as the next link of its chain: with the hash before it, its own, and its MAC. */
export function linked<R extends Row>(key: Buffer, table: EvidenceTable, previous_hash: string, row: R) {
  return signed(key, table, { ...row, previous_hash, hash: rowHash(table, previous_hash, row) });
}

/** Whether a holder of the key wrote the row as it stands. */
export function isGenuine(key: Buffer, table: EvidenceTable, row: Row): boolean {
  return row.mac === rowMac(key, table, row);
}

function canonicalRow(columns: Columns, row: Row): string {
  return `{${columns.map(({ name, quoted }) => `${quoted}:${JSON.stringify(plain(row[name]))}`).join(',')}}`;
}

function plain(value: unknown): unknown {
  return value instanceof Date ? instantText(value) : value;
}

import { sql, type Transaction } from 'kysely';
import type { EvidenceTable } from '../../../src/storage/evidenceRows.ts';
import type { Tables } from '../../../src/storage/tables.ts';
import type { Alteration } from './alteration.ts';
import { changes, unbind } from './harms.ts';

type Where = 'first' | 'middle' | 'last';
type Column = { name: string; type: string };

/** What orders the rows of each table, as their keys do. */
const orders: Record<EvidenceTable, string> = {
  case_header: 'reference',
  case_event: 'reference, revision',
  case_access: 'reference, sequence',
  case_key: 'reference',
  case_number: 'prefix, year',
  chain_head: 'chain, reference',
  retention_log: 'sequence',
  cover: 'sequence',
  cover_end: 'sequence',
  directory_change: 'sequence',
};

/** What may be done to the cells and rows of a table. */
export async function ofRows(transaction: Transaction<Tables>, table: EvidenceTable): Promise<Alteration[]> {
  return rowsOf(table, await columnsOf(transaction, table));
}

async function columnsOf(transaction: Transaction<Tables>, table: string): Promise<Column[]> {
  const { rows } = await sql<Column>`
    SELECT column_name AS name, data_type AS type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = ${table} ORDER BY ordinal_position
  `.execute(transaction);
  return rows;
}

/** Every column of a table changed, nulled and swapped, and rows deleted and doubled, at each place. */
function rowsOf(table: EvidenceTable, columns: Column[]): Alteration[] {
  const places: Where[] = ['first', 'middle', 'last'];
  const set =
    (where: Where, { name }: Column, value: string) =>
    async (transaction: Transaction<Tables>) => {
      await unbind(transaction, table);
      await sql`ALTER TABLE ${sql.table(table)} ALTER COLUMN ${sql.ref(name)} DROP NOT NULL`.execute(transaction);
      return changes(
        transaction,
        `UPDATE ${table} SET ${name} = ${value} WHERE ctid = ${rowAt(table, where)} AND ${name} IS DISTINCT FROM ${value}`,
      );
    };
  const cells = columns.flatMap((column) =>
    places.flatMap((where): Alteration[] => [
      {
        kind: `${table} changed`,
        what: `${table}.${column.name} changed, ${where} row`,
        finds: 'verify',
        play: set(where, column, changedValue(column)),
      },
      { kind: `${table} nulled`, what: `${table}.${column.name} nulled, ${where} row`, finds: 'verify', play: set(where, column, 'NULL') },
      ...(column.type.startsWith('timestamp')
        ? (['infinity', '-infinity', '0044-03-15 BC'] as const).map(
            (value): Alteration => ({
              kind: `${table} at no time`,
              what: `${table}.${column.name} set to ${value}, ${where} row`,
              finds: 'verify',
              play: set(where, column, `'${value}'::timestamptz`),
            }),
          )
        : []),
    ]),
  );
  const swaps = columns.map(
    ({ name }): Alteration => ({
      kind: `${table} swapped`,
      what: `${table}.${name} swapped between the first row and the last`,
      finds: 'verify',
      async play(transaction) {
        await unbind(transaction, table);
        return changes(
          transaction,
          `UPDATE ${table} t SET ${name} = o.${name} FROM ${table} o
           WHERE t.ctid IN (${rowAt(table, 'first')}, ${rowAt(table, 'last')}) AND o.ctid IN (${rowAt(table, 'first')}, ${rowAt(table, 'last')})
             AND t.ctid <> o.ctid AND t.${name} IS DISTINCT FROM o.${name}`,
        );
      },
    }),
  );
  const whole = places.flatMap((where): Alteration[] => [
    {
      kind: `${table} deleted`,
      what: `${table}: the ${where} row deleted`,
      finds: 'verify',
      async play(transaction) {
        await unbind(transaction, table);
        return changes(transaction, `DELETE FROM ${table} WHERE ctid = ${rowAt(table, where)}`);
      },
    },
    {
      kind: `${table} doubled`,
      what: `${table}: the ${where} row doubled`,
      finds: 'verify',
      async play(transaction) {
        await unbind(transaction, table);
        return changes(transaction, `INSERT INTO ${table} SELECT * FROM ${table} WHERE ctid = ${rowAt(table, where)}`);
      },
    },
  ]);
  return [...cells, ...swaps, ...whole];
}

/** The physical place of a row of a table, for SQL. */
function rowAt(table: EvidenceTable, where: Where): string {
  const offset = { first: '0', middle: `(SELECT count(*) / 2 FROM ${table})`, last: `(SELECT count(*) - 1 FROM ${table})` }[where];
  return `(SELECT ctid FROM ${table} ORDER BY ${orders[table]} OFFSET ${offset} LIMIT 1)`;
}

/** Another value of the column's type, for SQL. */
function changedValue({ name, type }: Column): string {
  if (type === 'integer') return `coalesce(${name}, 0) + 1`;
  if (type === 'boolean') return `NOT ${name}`;
  if (type.startsWith('timestamp')) return `coalesce(${name}, now()) + interval '1 microsecond'`;
  return `coalesce(${name}, '') || 'x'`;
}

import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Row } from '../evidenceRows.ts';
import type { Tables } from '../tables.ts';

const ROWS_AT_ONCE = 1000;

const INSTANTS = ['at', 'made_at', 'ended_at', 'erased_at'];

let cursors = 0;

/**
 * The rows of a query, which gives each as its column `row`, in the query's order, a thousand at a time, so that there may be any number of them. They are read as PostgreSQL
 * writes JSON, which has a form for every value that a column can hold: one that this program would never write is a finding, and
 * no error. The session's time zone has to be UTC.
 */
export async function* readRows(transaction: Transaction<Tables>, query: RawBuilder<unknown>): AsyncGenerator<Row> {
  const cursor = sql.id(`read_${++cursors}`);
  await sql`DECLARE ${cursor} NO SCROLL CURSOR FOR ${query}`.execute(transaction);
  for (;;) {
    const { rows } = await sql<{ row: Row }>`FETCH ${sql.lit(ROWS_AT_ONCE)} FROM ${cursor}`.execute(transaction);
    for (const { row } of rows) yield withInstants(row);
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await sql`CLOSE ${cursor}`.execute(transaction);
}

/** The rows of a query that are few. */
export async function allRows(transaction: Transaction<Tables>, query: RawBuilder<unknown>): Promise<Row[]> {
  return Array.fromAsync(readRows(transaction, query));
}

function withInstants(row: Row): Row {
  for (const name of INSTANTS) if (typeof row[name] === 'string') row[name] = asWritten(row[name]);
  return row;
}

/** An instant of PostgreSQL's in the program's own form; what is none stays as it is. */
function asWritten(text: string): string {
  try {
    return Temporal.Instant.from(text).toString();
  } catch {
    return text;
  }
}

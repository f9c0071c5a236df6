import { sql, type Transaction } from 'kysely';
import type { Row } from '../../../src/storage/evidenceRows.ts';
import type { Tables } from '../../../src/storage/tables.ts';

/** Takes a table's keys and references away, as somebody with all powers can. */
export async function unbind(on: Transaction<Tables>, table: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT conname AS name FROM pg_constraint WHERE conrelid = ${table}::regclass AND contype IN ('p', 'u', 'f', 'c')
  `.execute(on);
  for (const { name } of rows) await sql`ALTER TABLE ${sql.table(table)} DROP CONSTRAINT IF EXISTS ${sql.ref(name)} CASCADE`.execute(on);
}

/** Runs a statement; returns whether it changed any row. */
export async function changes(on: Transaction<Tables>, statement: string): Promise<boolean> {
  return Number((await sql.raw(statement).execute(on)).numAffectedRows ?? 0) > 0;
}

/** Adds a row to a table, whatever the table's keys say. */
export async function insert(on: Transaction<Tables>, table: string, row: Row): Promise<void> {
  await unbind(on, table);
  await sql`INSERT INTO ${sql.table(table)} SELECT * FROM jsonb_populate_record(NULL::${sql.table(table)}, ${JSON.stringify(row)}::jsonb)`.execute(
    on,
  );
}

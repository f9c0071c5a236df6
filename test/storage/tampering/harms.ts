import { sql, type Transaction } from 'kysely';
import type { Row } from '../../../src/storage/evidenceRows.ts';
import type { Tables } from '../../../src/storage/tables.ts';

/** Takes a table's keys and references away, as somebody with all powers can. */
export async function unbind(transaction: Transaction<Tables>, table: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT conname AS name FROM pg_constraint WHERE conrelid = ${table}::regclass AND contype IN ('p', 'u', 'f', 'c')
  `.execute(transaction);
  for (const { name } of rows)
    await sql`ALTER TABLE ${sql.table(table)} DROP CONSTRAINT IF EXISTS ${sql.ref(name)} CASCADE`.execute(transaction);
}

/** Runs a statement; returns whether it changed any row. */
export async function changes(transaction: Transaction<Tables>, statement: string): Promise<boolean> {
  return Number((await sql.raw(statement).execute(transaction)).numAffectedRows ?? 0) > 0;
}

/** Adds a row to a table, whatever the table's keys say. */
export async function insert(transaction: Transaction<Tables>, table: string, row: Row): Promise<void> {
  await unbind(transaction, table);
  await sql`INSERT INTO ${sql.table(table)} SELECT * FROM jsonb_populate_record(NULL::${sql.table(table)}, ${JSON.stringify(row)}::jsonb)`.execute(
    transaction,
  );
}

import { guards } from '../../src/storage/audit/guards.ts';
import type { Database } from '../../src/storage/database.ts';

/** The tables that guards stand over. */
const guarded = [...new Set(guards.map(({ table }) => table))];

/** SQL that switches every guard off, as somebody with all powers over the database could. */
export const guardsOff = guarded.map((table) => `ALTER TABLE ${table} DISABLE TRIGGER ALL`).join(';\n');

/** SQL that switches every guard on again. */
export const guardsOn = [
  ...guarded.map((table) => `ALTER TABLE ${table} ENABLE TRIGGER ALL`),
  ...guards.map(({ table, name }) => `ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${name}`),
].join(';\n');

/** Runs statements with every guard off, and on again afterwards. */
export async function freely({ pool }: Pick<Database, 'pool'>, ...statements: string[]): Promise<void> {
  await pool.query([guardsOff, ...statements, guardsOn].join(';\n'));
}

import { sql, type Transaction } from 'kysely';
import { evidenceTables } from '../../../src/storage/evidenceRows.ts';
import { guardFunctions, guards } from '../../../src/storage/migrations/050-evidence.ts';
import type { Tables } from '../../../src/storage/tables.ts';
import type { Alteration } from './alteration.ts';

/** Every guard gone, off in each way, emptied, and more than there should be. */
export function ofGuards(): Alteration[] {
  const run = (text: string) => async (transaction: Transaction<Tables>) => {
    await sql.raw(text).execute(transaction);
    return true;
  };
  const each = guards.flatMap(({ table, name }): Alteration[] => [
    { kind: 'a guard gone', what: `${name} on ${table} gone`, finds: 'verify', play: run(`DROP TRIGGER ${name} ON ${table}`) },
    ...['DISABLE', 'ENABLE', 'ENABLE REPLICA'].map(
      (how): Alteration => ({
        kind: `a guard off: ${how}`,
        what: `${name} on ${table} switched to ${how}`,
        finds: 'verify',
        play: run(`ALTER TABLE ${table} ${how} TRIGGER ${name}`),
      }),
    ),
  ]);
  const emptied = Object.keys(guardFunctions).map(
    (name): Alteration => ({
      kind: 'a guard emptied',
      what: `${name} emptied`,
      finds: 'verify',
      play: run(`CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`),
    }),
  );
  const more = evidenceTables.flatMap((table): Alteration[] => [
    {
      kind: 'a rule added',
      what: `a rule on ${table} that does nothing instead`,
      finds: 'verify',
      play: run(`CREATE RULE nothing AS ON INSERT TO ${table} DO INSTEAD NOTHING`),
    },
    {
      kind: 'a trigger added',
      what: `a trigger on ${table} of somebody else's`,
      finds: 'verify',
      play: run(`CREATE TRIGGER other BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`),
    },
    {
      kind: 'row security',
      what: `row security on ${table}`,
      finds: 'verify',
      play: run(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`),
    },
  ]);
  return [...each, ...emptied, ...more].map((alteration) => ({ ...alteration, ofTables: true }));
}

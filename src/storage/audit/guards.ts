import { type Kysely, sql } from 'kysely';
import { evidenceTables } from '../evidenceRows.ts';
import { type Guard, guardFunctions, guards as guardsOfChains } from '../migrations/050-evidence.ts';
import { logGuards } from '../migrations/060-evidence-log.ts';
import type { Tables } from '../tables.ts';

/** Every guard there is, and every table that takes no change: the chains, and the log over them. */
export const guards: Guard[] = [...guardsOfChains, ...logGuards];
export const guardedTables: string[] = [...evidenceTables, ...new Set(logGuards.map(({ table }) => table))];

/** The bits of pg_trigger.tgtype. */
const BITS = { ROW: 1, STATEMENT: 0, BEFORE: 2, DELETE: 8, UPDATE: 16, TRUNCATE: 32 };

type Found = { table: string; name: string; enabled: string; type: number; plain: boolean; by: string; body: string };

/** The first guard (EV5) that is gone, switched off, altered or emptied, or stands beside them uncalled for; null while all are right. */
export async function faultInGuards(kysely: Kysely<Tables>): Promise<string | null> {
  const tables = sql.join(guardedTables.map((table) => sql.lit(table)));
  const { rows: triggers } = await sql<Found>`
    SELECT c.relname AS table, t.tgname AS name, t.tgenabled AS enabled, t.tgtype AS type, p.proname AS by, p.prosrc AS body,
      t.tgqual IS NULL AND t.tgnargs = 0 AND t.tgattr::text = '' AND l.lanname = 'plpgsql' AS plain
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang
    WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace AND c.relname IN (${tables})
    ORDER BY c.relname, t.tgname
  `.execute(kysely);
  for (const guard of guards) {
    const found = triggers.find(({ table, name }) => table === guard.table && name === guard.name);
    const what = faultIn(guard, found);
    if (what) return `The guard ${guard.name} on table ${guard.table} ${what}.`;
  }
  const other = triggers.find(({ table, name }) => !guards.some((guard) => guard.table === table && guard.name === name));
  if (other) return `The trigger ${other.name} on table ${other.table} is none of this program's.`;
  const { rows } = await sql<{ table: string; what: string }>`
    SELECT c.relname AS table, 'a rule, ' || r.rulename AS what FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN (${tables})
    UNION ALL SELECT relname, 'row security' FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname IN (${tables}) AND relrowsecurity
  `.execute(kysely);
  const [first] = rows;
  return first ? `Table ${first.table} has ${first.what}, which is none of this program's.` : null;
}

function faultIn({ by, deeds, each }: Guard, found: Found | undefined): string | null {
  if (!found) return 'is gone';
  if (found.enabled !== 'A') return 'is switched off';
  const type = deeds.reduce((bits, deed) => bits | BITS[deed], BITS.BEFORE | BITS[each]);
  if (found.type !== type || !found.plain || found.by !== by) return 'was altered';
  return found.body === guardFunctions[by] ? null : `was emptied or altered: its function ${by} is not this program's`;
}

/**
 * Why the role that asks could do more to evidence than read and add (EV5), in a sentence; null where it cannot. The embedded database
 * has one role, so there is nothing to ask.
 */
export async function excessivePowers(kysely: Kysely<Tables>): Promise<string | null> {
  const { rows } = await sql<{ role: string; super: boolean; owns: string | null; may: string | null }>`
    SELECT current_user AS role, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS super,
      min(relname) FILTER (WHERE pg_has_role(current_user, relowner, 'MEMBER')) AS owns,
      min(relname) FILTER (WHERE has_table_privilege(oid, 'DELETE, TRUNCATE, TRIGGER')
        OR (relname NOT IN ('chain_head', 'case_number', 'case_key') AND has_any_column_privilege(oid, 'UPDATE'))
        OR (relname = 'case_key' AND has_column_privilege(oid, 'wrapped', 'UPDATE'))) AS may
    FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname IN (${sql.join(guardedTables.map((table) => sql.lit(table)))})
  `.execute(kysely);
  const { role, super: all, owns, may } = rows[0]!;
  const cure = 'Give the program a role of its own: see "Three roles" in docs/administration.md.';
  if (all) return `The database role ${role} may do everything, and so could switch the guards off. ${cure}`;
  if (owns !== null) return `The database role ${role} owns table ${owns}, and so could switch its guards off. ${cure}`;
  return may === null ? null : `The database role ${role} may change or delete rows of table ${may}. ${cure}`;
}

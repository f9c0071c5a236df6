import { type Kysely, sql } from 'kysely';
import { guardedTables } from './audit/guards.ts';
import { type EvidenceTable, evidenceTables } from './evidenceRows.ts';
import type { Tables } from './tables.ts';

type Right = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

const EVERYTHING: Right[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

/** What the running program may do with each table of evidence (EV5): read and add, and move on what may only grow. */
const programRights: Record<EvidenceTable, Right[]> = {
  case_header: ['SELECT', 'INSERT'],
  case_event: ['SELECT', 'INSERT'],
  case_access: ['SELECT', 'INSERT'],
  case_key: ['SELECT', 'INSERT'],
  case_number: ['SELECT', 'INSERT', 'UPDATE'],
  chain_head: ['SELECT', 'INSERT', 'UPDATE'],
  retention_log: ['SELECT'],
  cover: ['SELECT', 'INSERT'],
  cover_end: ['SELECT', 'INSERT'],
  directory_change: ['SELECT', 'INSERT'],
};

/** What `erase`, `hold` and `retention` need beside: the guards hold them to cases that were closed, erased and written down. */
const retentionRights: Partial<Record<EvidenceTable, Right[]>> = {
  case_header: ['SELECT', 'DELETE'],
  case_event: ['SELECT', 'DELETE'],
  case_access: ['SELECT', 'DELETE'],
  case_key: ['SELECT', 'UPDATE', 'DELETE'],
  chain_head: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  retention_log: ['SELECT', 'INSERT'],
};

/** The roles beside the owner. The role of retention may be the same as the program's, which then may erase. */
export type Roles = { program: string; retention: string | null };

/**
 * Gives the program's role and that of retention what they need on the tables as they are now, and takes from both what they need not.
 * It takes a role that owns the tables, and the queue's; the roles themselves an administrator has made. What they have is said here
 * alone, at every migration anew.
 */
export async function grantRoles(owner: Kysely<Tables>, { program, retention }: Roles): Promise<void> {
  const {
    rows: [owned],
  } = await sql<{ owner: string; ours: boolean }>`
    SELECT current_user AS owner, pg_has_role(nspowner, 'MEMBER') AS ours FROM pg_namespace WHERE nspname = 'public'
  `.execute(owner);
  const { rows } = await sql<{ schema: string; name: string }>`
    SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss')
  `.execute(owner);
  await owner.transaction().execute(async (transaction) => {
    // An owner that is the program too keeps everything.
    for (const role of new Set([program, retention ?? program].filter((each) => each !== owned?.owner))) {
      const rightsOn = (name: string): Right[] => rightsOf(name, role === program, role === retention);
      for (const schema of ['public', 'pgboss']) {
        await sql`
          GRANT USAGE ON SCHEMA ${sql.id(schema)} TO ${sql.id(role)};
          GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${sql.id(schema)} TO ${sql.id(role)};
        `.execute(transaction);
      }
      for (const { schema, name } of rows)
        await sql`
          REVOKE ALL ON ${sql.table(`${schema}.${name}`)} FROM ${sql.id(role)};
          GRANT ${sql.raw(rightsOn(name).join(', '))} ON ${sql.table(`${schema}.${name}`)} TO ${sql.id(role)};
        `.execute(transaction);
    }
    // A commit locks the case's key, for which PostgreSQL asks for the right to change some column: this one alone cannot be changed, since
    // a check ties it to another.
    if (program !== owned?.owner) await sql`GRANT UPDATE (erased_at) ON case_key TO ${sql.id(program)}`.execute(transaction);
    if (owned?.ours) await sql`REVOKE CREATE ON SCHEMA public FROM PUBLIC`.execute(transaction);
    await sql`GRANT EXECUTE ON FUNCTION rewrite_keys() TO ${sql.id(retention ?? program)}`.execute(transaction);
  });
}

function rightsOf(table: string, isProgram: boolean, isRetention: boolean): Right[] {
  if (table.startsWith('kysely_')) return ['SELECT'];
  if (!guardedTables.includes(table)) return EVERYTHING;
  if (!evidenceTables.includes(table as EvidenceTable)) return ['SELECT', 'INSERT'];
  const evidence = table as EvidenceTable;
  return [
    ...new Set([...(isProgram ? programRights[evidence] : ['SELECT' as const]), ...((isRetention && retentionRights[evidence]) || [])]),
  ];
}

import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { excessivePowers, faultInGuards } from './audit/guards.ts';
import type { KeyVault } from './keyVault.ts';
import { presentKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/**
 * What the database of an address says of itself, its tables and its role; reads alone, and makes no table. `vault` is null where no master key
 * is at hand. @throws as `pg` does
 */
export async function examineStore(databaseUrl: string, vault: KeyVault | null) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: 10_000, statement_timeout: 30_000 });
  pool.on('error', () => {});
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    const { rows } = await sql<{ version: number; encrypted: boolean; role: string; mayMake: boolean; made: boolean }>`
      SELECT current_setting('server_version_num')::int / 10000 AS version, current_user AS role,
        coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted,
        has_schema_privilege('public', 'CREATE') AND has_database_privilege(current_database(), 'CREATE') AS "mayMake",
        to_regclass('public.log_leaf') IS NOT NULL AS made
    `.execute(kysely);
    const state = rows[0]!;
    if (!state.made) return { ...state, excess: null, guards: null, opens: 'nothing sealed' as const, reached: [] };
    const sealed = await kysely.selectFrom('case_key').select('reference').limit(1).executeTakeFirst();
    const reached = await kysely.selectFrom('conversation').select('person').execute();
    return {
      ...state,
      excess: await excessivePowers(kysely),
      guards: await faultInGuards(kysely),
      opens: sealed === undefined ? ('nothing sealed' as const) : vault && (await presentKeys(kysely, vault)) !== null,
      reached: reached.map(({ person }) => person),
    };
  } finally {
    await kysely.destroy();
  }
}

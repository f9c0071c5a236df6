import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { FAILED } from '../src/jobs/queue.ts';
import type { Database } from '../src/storage/database.ts';

const LOOK_AGAIN_MS = 50;
/** Time in which the last job's own end is written down. */
const QUIET_MS = 150;

/** Waits until no job is due or running, so that what clicks leave behind is not measured as part of what comes next. */
export async function emptied({ kysely }: Pick<Database, 'kysely'>): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      SELECT FROM pgboss.job WHERE state < 'completed' AND name <> ${FAILED} AND (start_after <= now() OR state = 'active') LIMIT 1
    `.execute(kysely);
    if (rows.length === 0) return delay(QUIET_MS);
    await delay(LOOK_AGAIN_MS);
  }
}

/** The processes of a local server that serve this database. */
export async function backendsOf({ kysely }: Pick<Database, 'kysely'>): Promise<number[]> {
  const { rows } = await sql<{
    pid: number;
  }>`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(kysely);
  return rows.map(({ pid }) => pid);
}

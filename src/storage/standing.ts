import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** What waits in the store, for the metrics (OP2): counts and seconds alone. `today` is the date in London. */
export async function standing(kysely: Kysely<Tables>, today: Temporal.PlainDate) {
  const { rows } = await sql<Record<'oldestJobSeconds' | 'waitingJobs' | 'failedJobs' | 'openCases' | 'overdueCases', number>>`
    SELECT jobs.*, cases.* FROM (
      SELECT
        coalesce(extract(epoch FROM now() - min(start_after) FILTER (WHERE name <> 'failed' AND start_after <= now())), 0)::float8 AS "oldestJobSeconds",
        (count(*) FILTER (WHERE name <> 'failed'))::float8 AS "waitingJobs",
        (count(*) FILTER (WHERE name = 'failed'))::float8 AS "failedJobs"
      FROM pgboss.job WHERE state < 'active'
    ) jobs, (
      SELECT count(*)::float8 AS "openCases", (count(*) FILTER (WHERE due_on < ${today.toString()}::date))::float8 AS "overdueCases"
      FROM case_view WHERE status = 'open'
    ) cases
  `.execute(kysely);
  return rows[0]!;
}

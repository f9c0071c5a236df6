import { type Kysely, sql } from 'kysely';

/**
 * What a closed case adds to the figures is told as of any moment: with the instants at which it was decided, ended and late. Those of
 * cases closed before are taken to have been so when the case closed, which is past.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    UPDATE case_view SET figures = jsonb_build_object(
      'about', 'dissent',
      'agency', figures -> 'agency',
      'decision', CASE WHEN figures ->> 'outcome' IS NOT NULL THEN
        jsonb_build_object('title', figures -> 'outcome', 'days', figures -> 'days', 'at', closed.at) END,
      'endedAt', CASE WHEN figures ->> 'outcome' IS NULL THEN closed.at END,
      'lateFrom', CASE WHEN (figures ->> 'overdue')::boolean THEN closed.at END
    )
    FROM (SELECT reference, to_char(closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM case_view) AS closed
    WHERE closed.reference = case_view.reference AND figures IS NOT NULL
  `.execute(db);
}

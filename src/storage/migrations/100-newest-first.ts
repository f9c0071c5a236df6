import { type Kysely, sql } from 'kysely';

/** Lists of a person's cases are read newest first, a page at a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX case_view_newest ON case_view (raised_at DESC, reference DESC)`.execute(db);
}

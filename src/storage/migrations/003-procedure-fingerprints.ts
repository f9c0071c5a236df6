import { type Kysely, sql } from 'kysely';

/** What the procedure said when a case was opened under it, so that an edit of that version is seen (X2). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE case_header ADD COLUMN procedure_fingerprint text`.execute(db);
}

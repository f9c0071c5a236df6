import { type Kysely, sql } from 'kysely';

/** Up to which change of each case the council's case system has been told (OP9). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE case_system_reach (reference text PRIMARY KEY, number integer NOT NULL)`.execute(db);
}

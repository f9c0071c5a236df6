import { type Kysely, sql } from 'kysely';

/** Who could not be told in Teams, since when and why, and when they were last sent a mail about it (TM1). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE unreached (
      person text PRIMARY KEY,
      since timestamptz NOT NULL,
      cause text NOT NULL,
      mailed_on text
    )
  `.execute(db);
}

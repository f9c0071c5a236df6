import { type Kysely, sql } from 'kysely';

/** Which replicas of the program run on this store, and which directory each goes by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE replica (
      id text PRIMARY KEY,
      directory text NOT NULL,
      seen_at timestamptz NOT NULL DEFAULT now()
    )
  `.execute(db);
}

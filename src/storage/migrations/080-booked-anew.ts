import { type Kysely, sql } from 'kysely';

/** How often an event that somebody deleted in Outlook was given up, so that the one booked in its place is another to Graph (OB5). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE booking_effect ADD COLUMN given_up integer NOT NULL DEFAULT 0`.execute(db);
}

import { type Kysely, sql } from 'kysely';

/** When the event of a booking was last looked at in Outlook, so that no replica looks again before its time (OB3). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE booking_effect ADD COLUMN looked_at timestamptz`.execute(db);
}

import { type Kysely, sql } from 'kysely';

/**
 * What a person is to be reminded of stands in as many rows as there were rounds that found something; all that waits goes as one message,
 * and when it went is kept, so that nobody has two on a day, however the clock was set in between.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE reminder DROP CONSTRAINT reminder_person_day_key;
    ALTER TABLE reminder ADD COLUMN sent_on text;
    UPDATE reminder SET sent_on = day WHERE state = 'sent';
    CREATE INDEX reminder_person ON reminder (person, day);
  `.execute(db);
}

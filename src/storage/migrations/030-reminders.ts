import { type Kysely, sql } from 'kysely';

/** The day's reminders to each person, which go once, and the days on which they were decided. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE reminder_round (
      calendar text PRIMARY KEY,
      day text NOT NULL
    );

    CREATE TABLE reminder (
      number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      person text NOT NULL,
      day text NOT NULL,
      about jsonb NOT NULL,
      state text NOT NULL,
      UNIQUE (person, day)
    );
    CREATE INDEX reminder_waiting ON reminder (person) WHERE state = 'waiting';
  `.execute(db);
}

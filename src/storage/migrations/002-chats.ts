import { type Kysely, sql } from 'kysely';

/** Where people and cards are in Teams, and the permanent rows of effects that must happen once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE posted_card (
      reference text NOT NULL,
      person text NOT NULL,
      key text NOT NULL,
      sealed text NOT NULL,
      activity_id text,
      shows text NOT NULL,
      PRIMARY KEY (reference, person, key)
    );

    CREATE TABLE conversation (
      person text PRIMARY KEY,
      sealed text NOT NULL,
      fingerprint text NOT NULL,
      updated_at timestamptz NOT NULL
    );

    CREATE TABLE booking_effect (
      reference text NOT NULL,
      booking integer NOT NULL,
      calendar_event text,
      attempted_at timestamptz NOT NULL,
      PRIMARY KEY (reference, booking)
    );

    CREATE TABLE sending_effect (
      reference text NOT NULL,
      sending text NOT NULL,
      sent boolean NOT NULL,
      attempted_at timestamptz NOT NULL,
      PRIMARY KEY (reference, sending)
    );
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

/**
 * Who is needed at a conference that the product books, and when: written before Outlook is asked, so that no two conferences claim one
 * person at one time (OB1).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE booking_claim (
      reference text NOT NULL,
      booking integer NOT NULL,
      person text NOT NULL,
      starts timestamptz NOT NULL,
      ends timestamptz NOT NULL,
      PRIMARY KEY (reference, booking, starts, person)
    );
    CREATE INDEX booking_claim_person ON booking_claim (person, starts);
  `.execute(db);
}

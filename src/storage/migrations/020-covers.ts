import { type Kysely, sql } from 'kysely';

/** Deputies named in chat and the early end of their cover (Q27), both append-only; who was told on which day that something is stuck. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE cover (
      number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      draft text NOT NULL UNIQUE,
      partnership text NOT NULL,
      role text NOT NULL,
      holder text NOT NULL,
      deputy text NOT NULL,
      from_date text NOT NULL,
      to_date text NOT NULL,
      made_at timestamptz NOT NULL
    );

    CREATE TABLE cover_end (
      cover integer PRIMARY KEY REFERENCES cover,
      ended_by text NOT NULL,
      ended_at timestamptz NOT NULL
    );

    CREATE TABLE stuck_notice (
      person text NOT NULL,
      day text NOT NULL,
      PRIMARY KEY (person, day)
    );

  `.execute(db);
  for (const table of ['cover', 'cover_end']) {
    await sql`
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${sql.table(table)} EXECUTE FUNCTION forbid_change();
      ALTER TABLE ${sql.table(table)} ENABLE ALWAYS TRIGGER append_only;
    `.execute(db);
  }
}

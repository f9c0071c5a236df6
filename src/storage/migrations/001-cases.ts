import { type Kysely, sql } from 'kysely';

/** The trails of cases and of looks at them (X1), append-only and hash-chained, and the view that lists are read from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE case_number (
      prefix text NOT NULL,
      year text NOT NULL,
      last integer NOT NULL,
      PRIMARY KEY (prefix, year)
    );

    CREATE TABLE case_header (
      reference text PRIMARY KEY,
      partnership text NOT NULL,
      procedure_id text NOT NULL,
      procedure_version integer NOT NULL,
      draft text NOT NULL UNIQUE,
      prefix text NOT NULL,
      year text NOT NULL,
      number integer NOT NULL,
      hash text NOT NULL,
      UNIQUE (prefix, year, number)
    );

    CREATE TABLE case_event (
      reference text NOT NULL REFERENCES case_header,
      revision integer NOT NULL,
      type text NOT NULL,
      data jsonb NOT NULL,
      actor_person text NOT NULL,
      actor_role text NOT NULL,
      at timestamptz NOT NULL,
      procedure_id text NOT NULL,
      procedure_version integer NOT NULL,
      previous_hash text NOT NULL,
      hash text NOT NULL,
      PRIMARY KEY (reference, revision)
    );

    CREATE TABLE case_access (
      reference text NOT NULL,
      sequence integer NOT NULL,
      person text NOT NULL,
      role text NOT NULL,
      action text NOT NULL,
      card_revision integer,
      result text NOT NULL,
      code text,
      rule text,
      at timestamptz NOT NULL,
      previous_hash text NOT NULL,
      hash text NOT NULL,
      PRIMARY KEY (reference, sequence)
    );

    CREATE TABLE chain_head (
      chain text NOT NULL,
      reference text NOT NULL,
      length integer NOT NULL,
      hash text NOT NULL,
      PRIMARY KEY (chain, reference)
    );

    CREATE TABLE case_view (
      reference text PRIMARY KEY REFERENCES case_header,
      partnership text NOT NULL,
      procedure_id text NOT NULL,
      procedure_version integer NOT NULL,
      status text NOT NULL,
      stage text NOT NULL,
      revision integer NOT NULL,
      raised_at timestamptz NOT NULL,
      dissenter text NOT NULL,
      chair text NOT NULL
    );
    CREATE INDEX case_view_dissenter ON case_view (dissenter);
    CREATE INDEX case_view_chair ON case_view (chair);
    CREATE INDEX case_view_partnership ON case_view (partnership, raised_at);
    CREATE INDEX case_view_open ON case_view (reference) WHERE status = 'open';

    CREATE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only: % is not allowed', TG_TABLE_NAME, TG_OP;
    END $$;
  `.execute(db);
  for (const table of ['case_header', 'case_event', 'case_access']) {
    await sql`
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${sql.table(table)} EXECUTE FUNCTION forbid_change();
      ALTER TABLE ${sql.table(table)} ENABLE ALWAYS TRIGGER append_only;
    `.execute(db);
  }
}

import { type Kysely, sql } from 'kysely';

/**
 * The trails of cases and of looks at them (X1), append-only and hash-chained, with a key for each case, the log of keeping and
 * erasing, and the view that lists are read from.
 */
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
      procedure_fingerprint text NOT NULL,
      draft text NOT NULL UNIQUE,
      prefix text NOT NULL,
      year text NOT NULL,
      number integer NOT NULL,
      hash text NOT NULL,
      UNIQUE (prefix, year, number)
    );

    CREATE TABLE case_key (
      reference text PRIMARY KEY,
      wrapped text,
      key_id text NOT NULL,
      erased_at timestamptz,
      CHECK ((wrapped IS NULL) = (erased_at IS NOT NULL))
    );

    CREATE TABLE case_event (
      reference text NOT NULL REFERENCES case_header,
      revision integer NOT NULL,
      type text NOT NULL,
      sealed text NOT NULL,
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

    CREATE TABLE retention_log (
      sequence integer PRIMARY KEY,
      reference text NOT NULL,
      action text NOT NULL,
      operator text NOT NULL,
      sealed text NOT NULL,
      early boolean NOT NULL,
      at timestamptz NOT NULL,
      previous_hash text NOT NULL,
      hash text NOT NULL
    );
    CREATE INDEX retention_log_reference ON retention_log (reference);

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
      closed_at timestamptz,
      agency text,
      dissenter text,
      chair text,
      conference text,
      due_on date,
      waits_for text,
      figures jsonb
    );
    CREATE INDEX case_view_dissenter ON case_view (dissenter);
    CREATE INDEX case_view_chair ON case_view (chair);
    CREATE INDEX case_view_partnership ON case_view (partnership, raised_at);
    CREATE INDEX case_view_conference ON case_view (conference);
    CREATE INDEX case_view_closed ON case_view (closed_at);
    CREATE INDEX case_view_open ON case_view (reference) WHERE status = 'open';
    CREATE INDEX case_view_soonest ON case_view (due_on, reference) WHERE status = 'open';

    CREATE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only: % is not allowed', TG_TABLE_NAME, TG_OP;
    END $$;

    -- Only a case whose removal at the end of its retention has been written down may go.
    CREATE FUNCTION forbid_removal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM retention_log WHERE reference = OLD.reference AND action = 'removed') THEN RETURN OLD; END IF;
      RAISE EXCEPTION '% is append-only: % is not allowed', TG_TABLE_NAME, TG_OP;
    END $$;

    CREATE FUNCTION forbid_return() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.wrapped IS NOT NULL THEN RETURN NEW; END IF;
      RAISE EXCEPTION 'an erased key does not come back: % is not allowed', TG_OP;
    END $$;
  `.execute(db);
  for (const table of ['case_header', 'case_event', 'case_access', 'retention_log'])
    await guard(db, table, 'UPDATE OR TRUNCATE', 'forbid_change');
  await guard(db, 'case_key', 'TRUNCATE', 'forbid_change');
  await guard(db, 'case_key', 'UPDATE', 'forbid_return');
  for (const table of ['case_header', 'case_event', 'case_access', 'case_key']) await guard(db, table, 'DELETE', 'forbid_removal');
  await guard(db, 'retention_log', 'DELETE', 'forbid_change');
}

/** A guard stays on for whoever writes as a replica would. */
async function guard(db: Kysely<unknown>, table: string, deeds: string, by: string): Promise<void> {
  const name = `${by}_${deeds.replaceAll(' ', '_').toLowerCase()}`;
  const each = by === 'forbid_change' ? '' : 'FOR EACH ROW';
  await sql`
    CREATE TRIGGER ${sql.ref(name)} BEFORE ${sql.raw(deeds)} ON ${sql.table(table)} ${sql.raw(each)} EXECUTE FUNCTION ${sql.ref(by)}();
    ALTER TABLE ${sql.table(table)} ENABLE ALWAYS TRIGGER ${sql.ref(name)};
  `.execute(db);
}

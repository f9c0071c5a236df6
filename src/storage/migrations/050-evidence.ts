import { type Kysely, sql } from 'kysely';

/**
 * What makes rows evidence: each carries a MAC under a key that the database does not have (EV1), covers and changes of the directory
 * become chains (EV7), and guards stand over everything that may only grow (EV5). Rows that were there before have no MAC yet:
 * `upgradeEvidence` checks them and gives them theirs.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE case_header ADD COLUMN mac text;
    ALTER TABLE case_event ADD COLUMN format integer NOT NULL DEFAULT 1, ADD COLUMN commitment text, ADD COLUMN mac text;
    ALTER TABLE case_event ALTER COLUMN format DROP DEFAULT;
    ALTER TABLE case_access ADD COLUMN mac text;
    ALTER TABLE retention_log ADD COLUMN mac text;
    ALTER TABLE case_key ADD COLUMN mac text;
    ALTER TABLE case_number ADD COLUMN mac text;
    ALTER TABLE chain_head ADD COLUMN at timestamptz, ADD COLUMN mac text;
    ALTER TABLE cover ALTER COLUMN number DROP IDENTITY;
    ALTER TABLE cover
      ADD COLUMN sequence integer UNIQUE, ADD COLUMN previous_hash text, ADD COLUMN hash text, ADD COLUMN mac text;
    ALTER TABLE cover_end
      ADD COLUMN sequence integer UNIQUE, ADD COLUMN previous_hash text, ADD COLUMN hash text, ADD COLUMN mac text;

    CREATE TABLE directory_change (
      sequence integer PRIMARY KEY,
      state text NOT NULL,
      sealed text NOT NULL,
      at timestamptz NOT NULL,
      previous_hash text NOT NULL,
      hash text NOT NULL,
      mac text
    );

    -- Every row that is a link of a chain, in one form: a case's header stands before its first event.
    CREATE VIEW evidence_row AS
      SELECT 'event' AS chain, reference, 0 AS sequence, hash FROM case_header
      UNION ALL SELECT 'event', reference, revision, hash FROM case_event
      UNION ALL SELECT 'access', reference, sequence, hash FROM case_access
      UNION ALL SELECT 'retention', '-', sequence, hash FROM retention_log
      UNION ALL SELECT 'cover', '-', sequence, hash FROM cover
      UNION ALL SELECT 'cover', '-', sequence, hash FROM cover_end
      UNION ALL SELECT 'directory', '-', sequence, hash FROM directory_change;
  `.execute(db);
  const { rows } = await sql<{ table: string; name: string }>`
    SELECT tgrelid::regclass::text AS table, tgname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT tgisinternal AND c.relnamespace = 'public'::regnamespace
  `.execute(db);
  for (const { table, name } of rows) await sql`DROP TRIGGER ${sql.ref(name)} ON ${sql.table(table)}`.execute(db);
  await sql`DROP FUNCTION forbid_change; DROP FUNCTION forbid_removal; DROP FUNCTION forbid_return`.execute(db);
  for (const [name, body] of Object.entries(guardFunctions))
    await sql`CREATE FUNCTION ${sql.ref(name)}() RETURNS trigger LANGUAGE plpgsql AS ${sql.lit(body)}`.execute(db);
  for (const { name, table, deeds, by, each } of guards)
    await sql`
      CREATE TRIGGER ${sql.ref(name)} BEFORE ${sql.raw(deeds.join(' OR '))} ON ${sql.table(table)}
        FOR EACH ${sql.raw(each)} EXECUTE FUNCTION ${sql.ref(by)}();
      ALTER TABLE ${sql.table(table)} ENABLE ALWAYS TRIGGER ${sql.ref(name)};
    `.execute(db);
  // Writes the table's file anew, for a role that does not own it. A change of type copies the rows that stand and no earlier form of them,
  // where VACUUM and CLUSTER keep what some older transaction may still see.
  await sql`
    CREATE FUNCTION rewrite_keys() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
      AS $$ ALTER TABLE case_key ALTER COLUMN wrapped TYPE text USING wrapped || '' $$;
    REVOKE EXECUTE ON FUNCTION rewrite_keys() FROM PUBLIC;
  `.execute(db);
}

/** The bodies of the guards' functions, in PostgreSQL's own language. */
export const guardFunctions = {
  forbid_change: `
    BEGIN
      RAISE EXCEPTION '% is append-only: % is not allowed', TG_TABLE_NAME, TG_OP;
    END`,
  // Only a case that was erased, and whose removal was written down after its erasure, may go; its key goes last.
  forbid_removal: `
    BEGIN
      IF EXISTS (
        SELECT FROM retention_log removed JOIN retention_log erased USING (reference)
        WHERE reference = OLD.reference AND removed.action = 'removed' AND erased.action = 'erased'
          AND erased.sequence < removed.sequence AND erased.at <= removed.at
      ) AND EXISTS (SELECT FROM case_key WHERE reference = OLD.reference AND wrapped IS NULL) THEN RETURN OLD; END IF;
      RAISE EXCEPTION '% is append-only: % is not allowed', TG_TABLE_NAME, TG_OP;
    END`,
  // A key may be wrapped anew; it is destroyed only where its erasure was written down and the case has closed, or had before a restore,
  // and never comes back.
  guard_key: `
    BEGIN
      IF OLD.wrapped IS NULL THEN RAISE EXCEPTION 'an erased key does not come back: % is not allowed', TG_OP; END IF;
      IF NEW.reference = OLD.reference AND (
        NEW.wrapped IS NOT NULL OR (
          EXISTS (
            SELECT FROM retention_log WHERE reference = OLD.reference AND action = 'erased' AND (
              operator = 'restore' OR EXISTS (SELECT FROM case_event WHERE reference = OLD.reference AND type = 'CaseClosed')
            )
          )
        )
      ) THEN RETURN NEW; END IF;
      RAISE EXCEPTION 'this key is not to be erased: % is not allowed', TG_OP;
    END`,
  only_longer: `
    BEGIN
      IF NEW.chain = OLD.chain AND NEW.reference = OLD.reference AND (NEW.length > OLD.length OR NEW IS NOT DISTINCT FROM OLD)
        THEN RETURN NEW; END IF;
      RAISE EXCEPTION 'a chain only grows: % is not allowed', TG_OP;
    END`,
  only_higher: `
    BEGIN
      IF NEW.prefix = OLD.prefix AND NEW.year = OLD.year AND NEW.last >= OLD.last THEN RETURN NEW; END IF;
      RAISE EXCEPTION 'numbers only rise: % is not allowed', TG_OP;
    END`,
};

type Deed = 'UPDATE' | 'DELETE' | 'TRUNCATE';

/** One trigger: on which table, against what, and which function decides. */
export type Guard = { name: string; table: string; deeds: Deed[]; by: keyof typeof guardFunctions; each: 'ROW' | 'STATEMENT' };

/** The same guard over several tables. */
export const guard = (by: Guard['by'], deeds: Deed[], tables: string[]): Guard[] =>
  tables.map((table) => ({
    name: `${by}_${deeds.join('_').toLowerCase()}`,
    table,
    deeds,
    by,
    each: by === 'forbid_change' ? 'STATEMENT' : 'ROW',
  }));

/** Every guard of the store, as this migration leaves them (later ones may add to them); all of them stay on for whoever writes as a replica would. */
export const guards: Guard[] = [
  ...guard('forbid_change', ['UPDATE', 'DELETE', 'TRUNCATE'], ['retention_log', 'cover', 'cover_end', 'directory_change']),
  ...guard('forbid_change', ['UPDATE', 'TRUNCATE'], ['case_header', 'case_event', 'case_access']),
  ...guard('forbid_change', ['TRUNCATE'], ['case_key', 'chain_head']),
  ...guard('forbid_change', ['DELETE', 'TRUNCATE'], ['case_number']),
  ...guard('forbid_removal', ['DELETE'], ['case_header', 'case_event', 'case_access', 'case_key', 'chain_head']),
  ...guard('guard_key', ['UPDATE'], ['case_key']),
  ...guard('only_longer', ['UPDATE'], ['chain_head']),
  ...guard('only_higher', ['UPDATE'], ['case_number']),
];

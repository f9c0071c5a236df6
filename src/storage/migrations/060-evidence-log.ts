import { type Kysely, sql } from 'kysely';
import { guard } from './050-evidence.ts';

/**
 * The log of all evidence (EV2): a leaf for each row of every chain, in the order in which they were taken in, and each checkpoint that
 * was signed over them; both append-only. `log_reach` is how far each chain has been taken in, so that what is new is found by comparing
 * the ends of chains. `log_place` is when each place outside last got a checkpoint.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE log_leaf (
      index bigint PRIMARY KEY,
      chain text NOT NULL,
      reference text NOT NULL,
      sequence integer NOT NULL,
      hash text NOT NULL,
      UNIQUE (chain, reference, sequence)
    );

    CREATE TABLE log_reach (
      chain text NOT NULL,
      reference text NOT NULL,
      logged integer NOT NULL,
      PRIMARY KEY (chain, reference)
    );

    CREATE TABLE log_checkpoint (
      number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      size bigint NOT NULL,
      root text NOT NULL,
      frontier text NOT NULL,
      note text NOT NULL,
      at timestamptz NOT NULL
    );
    CREATE INDEX log_checkpoint_size ON log_checkpoint (size);

    CREATE TABLE log_place (
      place text PRIMARY KEY,
      size bigint NOT NULL,
      at timestamptz NOT NULL
    );
  `.execute(db);
  for (const { name, table, deeds, by, each } of logGuards)
    await sql`
      CREATE TRIGGER ${sql.ref(name)} BEFORE ${sql.raw(deeds.join(' OR '))} ON ${sql.table(table)}
        FOR EACH ${sql.raw(each)} EXECUTE FUNCTION ${sql.ref(by)}();
      ALTER TABLE ${sql.table(table)} ENABLE ALWAYS TRIGGER ${sql.ref(name)};
    `.execute(db);
}

/** The guards over the log. */
export const logGuards = guard('forbid_change', ['UPDATE', 'DELETE', 'TRUNCATE'], ['log_leaf', 'log_checkpoint']);

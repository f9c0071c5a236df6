import { type Kysely, sql } from 'kysely';

/**
 * Lists know each child that a case is about by a keyed hash of its reference, so that whether there is one can be asked without opening any
 * (OP8). Rows written before have none until their case moves or the lists are made anew; till then those cases are opened to look.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE case_view ADD COLUMN children text[];
    CREATE INDEX case_view_children ON case_view USING gin (children);
    CREATE INDEX case_view_children_unkept ON case_view (partnership) WHERE children IS NULL;
  `.execute(db);
}

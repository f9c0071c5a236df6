import { type Kysely, sql } from 'kysely';

/**
 * Lists know who has a part in a case beside whoever raised and chaired it, and whether something of it failed and waits for a person. Rows
 * written before say neither until their case moves or the lists are made anew; till then whatever ever failed is looked at.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE case_view ADD COLUMN others text[];
    ALTER TABLE case_view ADD COLUMN unfinished boolean;
    CREATE INDEX case_view_others ON case_view USING gin (others);
    CREATE INDEX case_view_unfinished ON case_view (partnership) WHERE unfinished IS NOT FALSE;
  `.execute(db);
}

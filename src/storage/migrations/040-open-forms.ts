import { type Kysely, sql } from 'kysely';

/** Since when a person has a form open on a card, so that nothing is put in its place while they type. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE posted_card ADD COLUMN form_opened_at timestamptz, ADD COLUMN form_stage text;
    CREATE INDEX posted_card_message ON posted_card (person, activity_id);
    CREATE INDEX posted_card_form ON posted_card (form_opened_at) WHERE form_opened_at IS NOT NULL;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';
import type { Conversations } from '../app/ports.ts';
import type { Tables } from './tables.ts';

/** Where each person can be reached in Teams; a message that tells nothing new writes nothing. */
export function conversations(kysely: Kysely<Tables>): Conversations {
  return {
    async of(person) {
      const row = await kysely.selectFrom('conversation').select(['conversation', 'name']).where('person', '=', person).executeTakeFirst();
      return row ?? null;
    },
    async keep(person, conversation, name) {
      // A row that this statement made has no xmax; one that it changed has.
      const { rows } = await sql<{ made: boolean }>`
        INSERT INTO conversation AS kept (person, conversation, name, updated_at)
        VALUES (${person}, ${JSON.stringify(conversation)}::jsonb, ${name}, now())
        ON CONFLICT (person) DO UPDATE SET conversation = excluded.conversation, name = excluded.name, updated_at = excluded.updated_at
        WHERE (kept.conversation, kept.name) IS DISTINCT FROM (excluded.conversation, excluded.name)
        RETURNING xmax = 0 AS made
      `.execute(kysely);
      return rows[0]?.made ?? false;
    },
  };
}

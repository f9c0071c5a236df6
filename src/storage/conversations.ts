import { type Kysely, sql } from 'kysely';
import type { Conversations } from '../app/ports.ts';
import { canonicalJson } from '../domain/canonicalJson.ts';
import { find } from './look.ts';
import { keyedHash, seal, unseal } from './seal.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/** Where each person can be reached in Teams, sealed, since it holds their name; a message that tells nothing new writes nothing. */
export function conversations(kysely: Kysely<Tables>, { own }: StoreKeys): Conversations {
  return {
    async of(person) {
      const sealed = (await find(kysely, { text: 'SELECT sealed FROM conversation WHERE person = $1', values: [person] })) as string | null;
      return sealed === null ? null : JSON.parse(unseal(own, sealed, placeOf(person)));
    },
    async keep(person, conversation, name) {
      const content = canonicalJson({ conversation, name });
      // A row that this statement made has no xmax; one that it changed has.
      const { rows } = await sql<{ made: boolean }>`
        INSERT INTO conversation AS kept (person, sealed, fingerprint, updated_at)
        VALUES (${person}, ${seal(own, content, placeOf(person))}, ${keyedHash(own, content)}, now())
        ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, fingerprint = excluded.fingerprint, updated_at = excluded.updated_at
        WHERE kept.fingerprint <> excluded.fingerprint
        RETURNING xmax = 0 AS made
      `.execute(kysely);
      return rows[0]?.made ?? false;
    },
  };
}

/** A person's chat is that of the id which they go by now, unless there is one of that id already, which is the newer. */
export async function chatFollows(kysely: Kysely<Tables>, { own }: StoreKeys, from: string, to: string): Promise<void> {
  const row = await kysely.deleteFrom('conversation').where('person', '=', from).returningAll().executeTakeFirst();
  if (!row) return;
  const sealed = seal(own, unseal(own, row.sealed, placeOf(from)), placeOf(to));
  await kysely
    .insertInto('conversation')
    .values({ ...row, person: to, sealed, updated_at: row.updated_at.toISOString() })
    .onConflict((conflict) => conflict.column('person').doNothing())
    .execute();
}

function placeOf(person: string): string {
  return `conversation ${person}`;
}

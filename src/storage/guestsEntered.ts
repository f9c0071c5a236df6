import { type Kysely, sql } from 'kysely';
import type { Directory } from '../directory/directory.ts';
import { chatFollows } from './conversations.ts';
import { cardsFollow } from './postedCards.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/**
 * Has what is kept of somebody by their object id follow them to the id that the directory gives them now: lists, the chat in which they are
 * reached, the cards that stand in it, and their reminders. Evidence keeps what was written. Doing it again changes nothing.
 */
export async function guestsEntered(kysely: Kysely<Tables>, keys: StoreKeys, { people }: Pick<Directory, 'people'>): Promise<void> {
  const ids = new Map(people.map(({ id, aadObjectId }) => [aadObjectId.toLowerCase(), id]));
  const { rows } = await sql<{ person: string }>`
    SELECT person FROM (
      SELECT dissenter AS person FROM case_view UNION SELECT person FROM conversation
      UNION SELECT person FROM posted_card UNION SELECT person FROM reminder UNION SELECT person FROM unreached
    ) AS known WHERE person = ANY(${[...ids.keys()]})
  `.execute(kysely);
  for (const { person: from } of rows) {
    const to = ids.get(from);
    if (to === undefined || to === from) continue;
    await kysely.transaction().execute(async (transaction) => {
      await transaction.updateTable('case_view').set({ dissenter: to }).where('dissenter', '=', from).execute();
      // Under the id that they have now it is noted again, should it still be so.
      await transaction.deleteFrom('unreached').where('person', '=', from).execute();
      await transaction.updateTable('reminder').set({ person: to }).where('person', '=', from).execute();
      await chatFollows(transaction, keys, from, to);
      await cardsFollow(transaction, keys, from, to);
    });
  }
}

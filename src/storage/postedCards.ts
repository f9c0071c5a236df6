import type { Insertable, Kysely } from 'kysely';
import type { CardKey, PostedCard, PostedCards } from '../app/ports.ts';
import type { Tables } from './tables.ts';

/** The cards that stand in chats: one row for each case, person and kind of card. */
export function postedCards(kysely: Kysely<Tables>): PostedCards {
  return {
    async of(reference) {
      const rows = await kysely
        .selectFrom('posted_card')
        .selectAll()
        .where('reference', '=', reference)
        .orderBy('person')
        .orderBy('key')
        .execute();
      return rows.map(({ activity_id, key, ...row }) => ({ ...row, key: key as CardKey, activityId: activity_id }));
    },
    async keep(card) {
      const { conversation, activity_id, shows, ...key } = rowOf(card);
      await kysely
        .insertInto('posted_card')
        .values({ ...key, conversation, activity_id, shows })
        .onConflict((conflict) => conflict.columns(['reference', 'person', 'key']).doUpdateSet({ conversation, activity_id, shows }))
        .execute();
    },
  };
}

function rowOf({ reference, person, key, conversation, activityId, shows }: PostedCard): Insertable<Tables['posted_card']> {
  return { reference, person, key, conversation: JSON.stringify(conversation), activity_id: activityId, shows };
}

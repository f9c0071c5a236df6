import type { Kysely, Selectable } from 'kysely';
import type { CardKey, PostedCard, PostedCards } from '../app/ports.ts';
import { seal, unseal } from './seal.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/** The cards that stand in chats: one row for each case, person and kind of card. Where they stand is sealed, since it holds names. */
export function postedCards(kysely: Kysely<Tables>, { own }: StoreKeys): PostedCards {
  return {
    async of(reference) {
      const rows = await kysely
        .selectFrom('posted_card')
        .selectAll()
        .where('reference', '=', reference)
        .orderBy('person')
        .orderBy('key')
        .execute();
      return rows.map((row) => cardOf(row, own));
    },
    async keep({ reference, person, key, conversation, activityId: activity_id, shows }) {
      const place = { reference, person, key };
      const changing = { sealed: seal(own, JSON.stringify(conversation), placeOf(place)), activity_id, shows };
      await kysely
        .insertInto('posted_card')
        .values({ ...place, ...changing })
        .onConflict((conflict) => conflict.columns(['reference', 'person', 'key']).doUpdateSet(changing))
        .execute();
    },
  };
}

function cardOf(row: Selectable<Tables['posted_card']>, own: Buffer): PostedCard {
  const { reference, person, activity_id: activityId, shows } = row;
  return { reference, person, key: row.key as CardKey, conversation: JSON.parse(unseal(own, row.sealed, placeOf(row))), activityId, shows };
}

function placeOf({ reference, person, key }: Pick<Selectable<Tables['posted_card']>, 'reference' | 'person' | 'key'>): string {
  return `card ${reference} ${person} ${key}`;
}

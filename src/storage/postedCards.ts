import { type Kysely, type Selectable, sql } from 'kysely';
import type { CardKey, PostedCard, PostedCards } from '../app/ports.ts';
import { find } from './look.ts';
import { seal, unseal } from './seal.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

const FORM_OPEN = `
  SELECT EXISTS (SELECT FROM posted_card WHERE person = $1 AND activity_id = $2 AND form_opened_at IS NOT NULL)`;

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
        .onConflict((conflict) =>
          conflict.columns(['reference', 'person', 'key']).doUpdateSet({ ...changing, form_opened_at: sameMessage }),
        )
        .execute();
    },
    async formOpened(person, activityId, form_stage, at) {
      await kysely
        .updateTable('posted_card')
        .set({ form_opened_at: at.toString(), form_stage })
        .where('person', '=', person)
        .where('activity_id', '=', activityId)
        .execute();
    },
    async formClosed(person, activityId) {
      // Most presses are on a card without a form, and then there is nothing to write.
      if (!(await find(kysely, { text: FORM_OPEN, values: [person, activityId] }))) return [];
      const rows = await kysely
        .updateTable('posted_card')
        .set({ form_opened_at: null })
        .where('person', '=', person)
        .where('activity_id', '=', activityId)
        .where('form_opened_at', 'is not', null)
        .returning(['reference', 'shows'])
        .execute();
      return rows.flatMap(({ reference, shows }) => (shows === '' ? [reference] : []));
    },
    // One statement, so that a form closed in the same moment either is found closed, or finds the card out of date.
    async heldBack({ reference, person, key }, stage, openedAfter) {
      const open = sql`form_stage = ${stage} AND form_opened_at > ${openedAfter.toString()}`;
      const row = await kysely
        .updateTable('posted_card')
        .set({ shows: sql`CASE WHEN ${open} THEN '' ELSE shows END`, form_opened_at: sql`CASE WHEN ${open} THEN form_opened_at END` })
        .where('reference', '=', reference)
        .where('person', '=', person)
        .where('key', '=', key)
        .where('form_opened_at', 'is not', null)
        .returning('form_opened_at')
        .executeTakeFirst();
      return row !== undefined && row.form_opened_at !== null;
    },
    async heldBackUntil(opened) {
      const rows = await kysely
        .selectFrom('posted_card')
        .select('reference')
        .distinct()
        .where('form_opened_at', '<=', new Date(opened.epochMilliseconds))
        .where('shows', '=', '')
        .execute();
      return rows.map(({ reference }) => reference);
    },
  };
}

/** A person's cards are those of the id which they go by now, unless the same card stands under that id already. */
export async function cardsFollow(kysely: Kysely<Tables>, { own }: StoreKeys, from: string, to: string): Promise<void> {
  const rows = await kysely.deleteFrom('posted_card').where('person', '=', from).returningAll().execute();
  for (const row of rows) {
    const sealed = seal(own, unseal(own, row.sealed, placeOf(row)), placeOf({ ...row, person: to }));
    const form_opened_at = row.form_opened_at?.toISOString() ?? null;
    await kysely
      .insertInto('posted_card')
      .values({ ...row, person: to, sealed, form_opened_at })
      .onConflict((conflict) => conflict.columns(['reference', 'person', 'key']).doNothing())
      .execute();
  }
}

/** The instant that is kept while a card stands in the message that it stood in. */
const sameMessage = sql<string | null>`CASE WHEN posted_card.activity_id = excluded.activity_id THEN posted_card.form_opened_at END`;

function cardOf(row: Selectable<Tables['posted_card']>, own: Buffer): PostedCard {
  const { reference, person, activity_id: activityId, shows } = row;
  const conversation: unknown = JSON.parse(unseal(own, row.sealed, placeOf(row)));
  return { reference, person, key: row.key as CardKey, conversation, activityId, shows };
}

function placeOf({ reference, person, key }: Pick<Selectable<Tables['posted_card']>, 'reference' | 'person' | 'key'>): string {
  return `card ${reference} ${person} ${key}`;
}

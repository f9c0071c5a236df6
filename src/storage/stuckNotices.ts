import type { Kysely } from 'kysely';
import type { StuckNotices } from '../app/stuck.ts';
import type { Tables } from './tables.ts';

/** Who has been told on a day that something is stuck, so that nobody is told twice. */
export function stuckNotices(kysely: Kysely<Tables>): StuckNotices {
  return {
    async claim(person, day) {
      const { numInsertedOrUpdatedRows: made } = await kysely
        .insertInto('stuck_notice')
        .values({ person, day })
        .onConflict((conflict) => conflict.columns(['person', 'day']).doNothing())
        .executeTakeFirst();
      return made === 1n;
    },
    async release(person, day) {
      await kysely.deleteFrom('stuck_notice').where('person', '=', person).where('day', '=', day).execute();
    },
  };
}

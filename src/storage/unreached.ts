import type { Kysely } from 'kysely';
import type { UnreachedCause, UnreachedPeople } from '../app/unreached.ts';
import { instantText } from './instants.ts';
import { find } from './look.ts';
import type { Tables } from './tables.ts';

const EVERYBODY = `SELECT coalesce(json_agg(unreached ORDER BY since, person), '[]') FROM unreached`;

type Kept = { person: string; since: string; cause: string; mailed_on: string | null };

/** Who could not be told in Teams, one row each for as long as that is so (TM1). */
export function unreachedPeople(kysely: Kysely<Tables>): UnreachedPeople {
  return {
    async all() {
      const rows = (await find(kysely, { text: EVERYBODY, values: [] })) as Kept[];
      return rows.map(({ person, since, cause, mailed_on }) => ({
        person,
        since: instantText(new Date(since)),
        cause: cause as UnreachedCause,
        mailedOn: mailed_on,
      }));
    },
    async note(person, cause, at) {
      const { numInsertedOrUpdatedRows: made } = await kysely
        .insertInto('unreached')
        .values({ person, cause, since: at.toString(), mailed_on: null })
        .onConflict((conflict) => conflict.column('person').doNothing())
        .executeTakeFirst();
      return made === 1n;
    },
    async forget(person) {
      const row = await kysely.deleteFrom('unreached').where('person', '=', person).returning('since').executeTakeFirst();
      return row ? instantText(row.since) : null;
    },
    async claimMail(person, day) {
      const { numUpdatedRows: taken } = await kysely
        .updateTable('unreached')
        .set({ mailed_on: day })
        .where('person', '=', person)
        .where((row) => row.or([row('mailed_on', 'is', null), row('mailed_on', '<', day)]))
        .executeTakeFirst();
      return taken === 1n;
    },
    async releaseMail(person) {
      await kysely.updateTable('unreached').set({ mailed_on: null }).where('person', '=', person).execute();
    },
  };
}

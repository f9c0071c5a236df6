import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Replicas } from '../app/replicas.ts';
import type { Tables } from './tables.ts';

/** A replica that has not been heard of for so long has ended: it says every minute that it runs. */
const SILENT = sql`now() - interval '150 seconds'`;

/** The replicas of the program that run on this store, this process among them; in an embedded database it is the only one. */
export function replicas(kysely: Kysely<Tables>): Replicas {
  const id = randomUUID();
  return {
    async runsBy(directory) {
      await kysely
        .deleteFrom('replica')
        .where('seen_at', '<', SILENT as never)
        .execute();
      await kysely
        .insertInto('replica')
        .values({ id, directory })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ directory, seen_at: sql`now()` as never }))
        .execute();
    },
    async differ(directory) {
      const other = await kysely
        .selectFrom('replica')
        .select('id')
        .where('id', '<>', id)
        .where('directory', '<>', directory)
        .where('seen_at', '>=', SILENT as never)
        .limit(1)
        .executeTakeFirst();
      return other !== undefined;
    },
    async ended() {
      await kysely.deleteFrom('replica').where('id', '=', id).execute();
    },
  };
}

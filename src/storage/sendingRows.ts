import { type Kysely, sql } from 'kysely';
import type { SendingRows } from '../app/ports.ts';
import type { Tables } from './tables.ts';

/** The permanent row of each message: written before the deed, so that a message which may have gone is not sent again. */
export function sendingRows(kysely: Kysely<Tables>): SendingRows {
  const at = (reference: string, sending: string) => ({ reference, sending });
  return {
    async find(reference, sending) {
      const row = await kysely
        .selectFrom('sending_effect')
        .select('sent')
        .where('reference', '=', reference)
        .where('sending', '=', sending)
        .executeTakeFirst();
      return row ?? null;
    },
    async attempt(reference, sending) {
      await kysely
        .insertInto('sending_effect')
        .values({ ...at(reference, sending), sent: false, attempted_at: sql<string>`now()` })
        .execute();
    },
    async undo(reference, sending) {
      await kysely
        .deleteFrom('sending_effect')
        .where('reference', '=', reference)
        .where('sending', '=', sending)
        .where('sent', '=', false)
        .execute();
    },
    async done(reference, sending) {
      await kysely
        .updateTable('sending_effect')
        .set({ sent: true })
        .where('reference', '=', reference)
        .where('sending', '=', sending)
        .execute();
    },
  };
}

import type { Kysely } from 'kysely';
import type { Covers } from '../app/cover.ts';
import type { Outbox } from './caseStore.ts';
import { instantText } from './chain.ts';
import type { Tables } from './tables.ts';

/** The deputies named in chat (Q27). Each change leaves its job in the same transaction. */
export function covers(kysely: Kysely<Tables>, outbox: Outbox): Covers {
  return {
    async all() {
      const rows = await kysely
        .selectFrom('cover')
        .leftJoin('cover_end', 'cover_end.cover', 'cover.number')
        .select(['number', 'partnership', 'role', 'holder', 'deputy', 'from_date as from', 'to_date as to', 'ended_at'])
        .orderBy('from_date')
        .orderBy('number')
        .execute();
      return rows.map(({ ended_at, ...cover }) => ({ ...cover, endedAt: ended_at && instantText(ended_at) }));
    },
    async begin({ from: from_date, to: to_date, ...cover }, draft, at) {
      await kysely.transaction().execute(async (transaction) => {
        const { numInsertedOrUpdatedRows: made } = await transaction
          .insertInto('cover')
          .values({ ...cover, from_date, to_date, draft, made_at: at.toString() })
          .onConflict((conflict) => conflict.column('draft').doNothing())
          .executeTakeFirst();
        if (made) await outbox.enqueue({ name: 'tell-partnership', reference: cover.partnership }, transaction);
      });
      outbox.wake();
    },
    async end(number, by, at) {
      await kysely.transaction().execute(async (transaction) => {
        const { partnership } = await transaction
          .selectFrom('cover')
          .select('partnership')
          .where('number', '=', number)
          .executeTakeFirstOrThrow();
        const { numInsertedOrUpdatedRows: ended } = await transaction
          .insertInto('cover_end')
          .values({ cover: number, ended_by: by, ended_at: at.toString() })
          .onConflict((conflict) => conflict.column('cover').doNothing())
          .executeTakeFirst();
        if (ended) await outbox.enqueue({ name: 'tell-partnership', reference: partnership }, transaction);
      });
      outbox.wake();
    },
  };
}

import { type Kysely, sql } from 'kysely';
import type { BookingRows } from '../app/calendars.ts';
import type { Tables } from './tables.ts';

/** The permanent row of each booking: written before the deed, so that a retry knows that there may be something to find. */
export function bookingRows(kysely: Kysely<Tables>): BookingRows {
  const now = sql<string>`now()`;
  return {
    async find(reference, booking) {
      const row = await kysely
        .selectFrom('booking_effect')
        .select(['calendar_event as calendarEvent', 'given_up as givenUp'])
        .where('reference', '=', reference)
        .where('booking', '=', booking)
        .executeTakeFirst();
      return row ?? null;
    },
    async attempt(reference, booking) {
      await kysely
        .insertInto('booking_effect')
        .values({ reference, booking, calendar_event: null, attempted_at: now })
        .onConflict((conflict) => conflict.columns(['reference', 'booking']).doUpdateSet({ attempted_at: now }))
        .execute();
    },
    async giveUp(reference, booking, calendarEvent) {
      await kysely
        .updateTable('booking_effect')
        .set((row) => ({ calendar_event: null, given_up: row('given_up', '+', 1) }))
        .where('reference', '=', reference)
        .where('booking', '=', booking)
        .where('calendar_event', '=', calendarEvent)
        .execute();
    },
    async done(reference, booking, calendarEvent) {
      await kysely
        .insertInto('booking_effect')
        .values({ reference, booking, calendar_event: calendarEvent, attempted_at: now })
        .onConflict((conflict) => conflict.columns(['reference', 'booking']).doUpdateSet({ calendar_event: calendarEvent }))
        .execute();
    },
    async looked(reference, booking, at) {
      await kysely
        .updateTable('booking_effect')
        .set({ looked_at: at.toString() })
        .where('reference', '=', reference)
        .where('booking', '=', booking)
        .execute();
    },
    async booked() {
      const rows = await kysely
        .selectFrom('booking_effect as row')
        .innerJoin('case_view as view', 'view.reference', 'row.reference')
        .select(({ fn }) => ['row.reference', fn.max('row.looked_at').as('lookedAt')])
        .where('view.status', '=', 'open')
        .where('row.calendar_event', 'is not', null)
        .groupBy('row.reference')
        .orderBy('row.reference')
        .execute();
      return rows.map(({ reference, lookedAt }) => ({ reference, lookedAt: lookedAt === null ? null : lookedAt.toTemporalInstant() }));
    },
  };
}

import { type Kysely, sql } from 'kysely';
import type { Claims } from '../app/claims.ts';
import type { Tables } from './tables.ts';

/** Any number will do, as long as nothing else of the program locks by it. */
const CLAIMING = 8_101;

/** Who is claimed by which booking, and when. Claims are taken one after another on all replicas, so that of two in one moment one is first. */
export function bookingClaims(kysely: Kysely<Tables>): Claims {
  const others = (db: Kysely<Tables>, reference: string, people: string[], from: Temporal.Instant, to: Temporal.Instant) =>
    db
      .selectFrom('booking_claim')
      .select(['person', 'starts', 'ends'])
      .where('reference', '!=', reference)
      .where('person', 'in', [...people, ''])
      .where('starts', '<', asDate(to))
      .where('ends', '>', asDate(from));
  return {
    async ofOthers(reference, people, from, to) {
      const rows = await others(kysely, reference, people, from, to).execute();
      return rows.map(({ person, starts, ends }) => ({ person, start: starts.toTemporalInstant(), end: ends.toTemporalInstant() }));
    },
    async held(reference, booking, start) {
      const rows = kysely.selectFrom('booking_claim').select('person').where('reference', '=', reference).where('booking', '=', booking);
      return (await rows.where('starts', '=', asDate(start)).execute()).map(({ person }) => person);
    },
    take: ({ reference, booking, start, end, people }, despite) =>
      kysely.transaction().execute(async (transaction) => {
        await sql`SELECT pg_advisory_xact_lock(${CLAIMING})`.execute(transaction);
        const rows = await others(transaction, reference, people, start, end).execute();
        const taken = [...new Set(rows.map(({ person }) => person))].filter((person) => !despite.includes(person));
        if (taken.length > 0 || people.length === 0) return taken;
        const [starts, ends] = [start.toString(), end.toString()];
        // Whoever is needed there no more is free for others (CD5).
        const own = transaction.deleteFrom('booking_claim').where('reference', '=', reference).where('booking', '=', booking);
        await own.where('starts', '=', asDate(start)).where('person', 'not in', people).execute();
        await transaction
          .insertInto('booking_claim')
          .values(people.map((person) => ({ reference, booking, person, starts, ends })))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return [];
      }),
    async keepOnly(reference, booking, starts) {
      const own = kysely.deleteFrom('booking_claim').where('reference', '=', reference).where('booking', '=', booking);
      await (starts.length === 0 ? own : own.where('starts', 'not in', starts.map(asDate))).execute();
    },
  };
}

const asDate = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds);

import type { Kysely } from 'kysely';
import type { CasesRaised } from '../app/figures.ts';
import { storedInstant } from './instants.ts';
import type { Tables } from './tables.ts';

/** Which cases were raised in a span of time, and what each adds to the figures. */
export function casesRaised(kysely: Kysely<Tables>): CasesRaised {
  return async (partnership, from, to) => {
    const rows = await kysely
      .selectFrom('case_view')
      .select(['reference', 'figures'])
      .where('partnership', '=', partnership)
      .where('raised_at', '>=', storedInstant(from))
      .where('raised_at', '<', storedInstant(to))
      .orderBy('reference')
      .execute();
    return rows;
  };
}

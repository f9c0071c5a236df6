import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { CasesAboutChild } from '../app/childSearch.ts';
import { comparedChild } from '../domain/children.ts';
import { keyedHash } from './seal.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/** What tells children apart in the lists without saying who they are. */
export function childHash(own: StoreKeys['own'], child: string): string {
  return keyedHash(own, `child\n${comparedChild(child)}`);
}

/** Cases about a child, by the hash of its reference, and those of which that was not kept yet; none that was erased (OP8). */
export function casesAboutChild(kysely: Kysely<Tables>, { own }: StoreKeys): CasesAboutChild {
  return async (partnerships, child) => {
    const rows = await kysely
      .selectFrom('case_view')
      .select('reference')
      .where('partnership', '=', ({ fn, val }) => fn.any(val(partnerships)))
      .where('dissenter', 'is not', null)
      .where((where) => where.or([where('children', '@>', sql.val([childHash(own, child)])), where('children', 'is', null)]))
      .orderBy('reference')
      .execute();
    return rows.map(({ reference }) => reference);
  };
}

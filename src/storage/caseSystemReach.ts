import type { Kysely } from 'kysely';
import type { CaseSystemReach } from '../app/jobs/tellCaseSystem.ts';
import type { Tables } from './tables.ts';

/** Up to which change of each case the council's case system has been told (OP9); 0 for a case of which it has not heard. */
export function caseSystemReach(kysely: Kysely<Tables>): CaseSystemReach {
  return {
    async of(reference) {
      const row = await kysely.selectFrom('case_system_reach').select('number').where('reference', '=', reference).executeTakeFirst();
      return row?.number ?? 0;
    },
    async reached(reference, number) {
      await kysely
        .insertInto('case_system_reach')
        .values({ reference, number })
        .onConflict((conflict) => conflict.column('reference').doUpdateSet({ number }))
        .execute();
    },
  };
}

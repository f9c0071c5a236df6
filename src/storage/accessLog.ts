import type { Kysely, Selectable } from 'kysely';
import type { Access, AccessLog } from '../app/ports.ts';
import { accessHash, headMoved, holdChain, instantText, storedInstant } from './chain.ts';
import type { Tables } from './tables.ts';

/** Stands where there is no case. */
const NO_CASE = '-';

/** What a case can be called. Anything else that somebody typed may be a name, or a child's reference, and is not kept. */
const REFERENCE = /^[A-Z]{2,5}(-[A-Z])?-\d{2}-\d{3,}$/;

/** The looks at cases and the presses that changed nothing (X3, X4, Part E), append-only and chained by reference. */
export function accessLog(kysely: Kysely<Tables>): AccessLog {
  return {
    record: (access) =>
      kysely.transaction().execute(async (transaction) => {
        const { person, role, action, cardRevision: card_revision, result, code, rule } = access;
        const reference = REFERENCE.test(access.reference ?? '') ? access.reference! : NO_CASE;
        const head = await holdChain(transaction, 'access', reference);
        const sequence = head.length + 1;
        const at = storedInstant(access.at);
        const row = { reference, sequence, person, role, action, card_revision, result, code, rule };
        const hash = accessHash(head.hash, { ...row, at });
        await transaction
          .insertInto('case_access')
          .values({ ...row, at: instantText(at), previous_hash: head.hash, hash })
          .execute();
        await headMoved(transaction, 'access', reference, { length: sequence, hash }).execute();
      }),
    async of(reference) {
      const rows = await kysely.selectFrom('case_access').selectAll().where('reference', '=', reference).orderBy('sequence').execute();
      return rows.map(accessOf);
    },
  };
}

function accessOf(row: Selectable<Tables['case_access']>): Access {
  const { person, role, action, card_revision: cardRevision, result, code, rule } = row;
  const reference = row.reference === NO_CASE ? null : row.reference;
  const at = Temporal.Instant.fromEpochMilliseconds(row.at.getTime());
  return { reference, person, role, action, cardRevision, result, code, rule, at };
}

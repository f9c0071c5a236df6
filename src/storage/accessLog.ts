import type { Kysely, Selectable } from 'kysely';
import { TrailFault } from '../app/faults.ts';
import type { Access, AccessLog } from '../app/ports.ts';
import { headAfter, headMoved, holdChain, NO_CASE, nextInstant } from './chain.ts';
import { isGenuine, linked } from './evidenceRows.ts';
import { instantText } from './instants.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/** What a case can be called. Anything else that somebody typed may be a name, or a child's reference, and is not kept. */
const REFERENCE = /^[A-Z]{2,5}(-[A-Z])?-\d{2}-\d{3,}$/;

/** The looks at cases and the presses that changed nothing (X3, X4, Part E), append-only and chained by reference. */
export function accessLog(kysely: Kysely<Tables>, keys: StoreKeys): AccessLog {
  return {
    record: (access) =>
      kysely.transaction().execute(async (transaction) => {
        const { person, role, action, cardRevision: card_revision, result, code, rule } = access;
        const reference = REFERENCE.test(access.reference ?? '') ? access.reference! : NO_CASE;
        const head = await holdChain(transaction, keys, 'access', reference);
        const at = nextInstant(head, access.at);
        const content = { reference, sequence: head.length + 1, person, role, action, card_revision, result, code, rule, at };
        const row = linked(keys.rows, 'case_access', head.hash, content);
        const added = transaction.with('added', (step) => step.insertInto('case_access').values({ ...row, at: instantText(at) }));
        await headMoved(added, keys, headAfter(head, row, at)).execute();
      }),
    async of(reference) {
      const rows = await kysely.selectFrom('case_access').selectAll().where('reference', '=', reference).orderBy('sequence').execute();
      return rows.map((row) => {
        if (!isGenuine(keys.rows, 'case_access', row)) throw new TrailFault(reference, null, `look ${row.sequence} was altered`);
        return accessOf(row);
      });
    },
  };
}

function accessOf(row: Selectable<Tables['case_access']>): Access {
  const { person, role, action, card_revision: cardRevision, result, code, rule } = row;
  const reference = row.reference === NO_CASE ? null : row.reference;
  const at = Temporal.Instant.fromEpochMilliseconds(row.at.getTime());
  return { reference, person, role, action, cardRevision, result, code, rule, at };
}

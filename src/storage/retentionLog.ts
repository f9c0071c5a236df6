import type { Kysely, Selectable, Transaction } from 'kysely';
import { type Head, headMoved, holdChain, instantText, retentionHash, storedInstant } from './chain.ts';
import { seal, unseal } from './seal.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/** The one chain of this log is over all cases, so it hangs on no reference. */
const ALL_CASES = '-';

/** Something done about keeping or erasing a case. */
export type RetentionAct = {
  reference: string;
  action: Tables['retention_log']['action'];
  /** The operator's own account name; it stays readable after every key is gone. */
  operator: string;
  reason: string;
  /** Before the period was over, by force. */
  early: boolean;
  at: Temporal.Instant;
};

/** Holds the log until the transaction ends, so that no hold is set while a case is being erased. */
export function holdRetention(transaction: Transaction<Tables>): Promise<Head> {
  return holdChain(transaction, 'retention', ALL_CASES);
}

/** Adds to the log that the transaction holds. */
export async function logRetention(transaction: Transaction<Tables>, { own }: StoreKeys, head: Head, act: RetentionAct): Promise<void> {
  const { reference, action, operator, reason, early } = act;
  const sequence = head.length + 1;
  const at = storedInstant(act.at);
  const row = { sequence, reference, action, operator, sealed: seal(own, reason, placeOf({ sequence, reference, action })), early };
  const hash = retentionHash(head.hash, { ...row, at });
  await transaction
    .insertInto('retention_log')
    .values({ ...row, at: instantText(at), previous_hash: head.hash, hash })
    .execute();
  await headMoved(transaction, 'retention', ALL_CASES, { length: sequence, hash }).execute();
}

/** What was done about keeping and erasing, oldest first: of all cases, or of one. */
export async function retentionActs(on: Kysely<Tables>, { own }: StoreKeys, reference?: string): Promise<RetentionAct[]> {
  const rows = await on
    .selectFrom('retention_log')
    .selectAll()
    .$if(reference !== undefined, (all) => all.where('reference', '=', reference!))
    .orderBy('sequence')
    .execute();
  return rows.map((row) => {
    const { action, operator, early, at } = row;
    const reason = unseal(own, row.sealed, placeOf(row));
    return { reference: row.reference, action, operator, reason, early, at: Temporal.Instant.fromEpochMilliseconds(at.getTime()) };
  });
}

function placeOf({ sequence, reference, action }: Pick<Selectable<Tables['retention_log']>, 'sequence' | 'reference' | 'action'>): string {
  return `retention ${sequence} ${reference} ${action}`;
}

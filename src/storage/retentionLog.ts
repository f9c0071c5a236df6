import type { Kysely, Selectable, Transaction } from 'kysely';
import { TrailFault } from '../app/faults.ts';
import { type Head, headAfter, headMoved, holdChain, NO_CASE } from './chain.ts';
import { isGenuine, linked } from './evidenceRows.ts';
import { instantText, storedInstant } from './instants.ts';
import { seal, unseal } from './seal.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/** Who erases again, at a restore, what had been erased after the back-up was made: such a case may be open in it. */
export const RESTORE = 'restore';

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
export function holdRetention(transaction: Transaction<Tables>, keys: StoreKeys): Promise<Head> {
  return holdChain(transaction, keys, 'retention', NO_CASE);
}

/** Adds to the log that the transaction holds; returns the instant that stands there. */
export async function logRetention(transaction: Transaction<Tables>, keys: StoreKeys, head: Head, act: RetentionAct): Promise<Date> {
  const { reference, action, operator, reason, early } = act;
  const sequence = head.length + 1;
  const at = storedInstant(act.at);
  const content = {
    sequence,
    reference,
    action,
    operator,
    sealed: seal(keys.own, reason, placeOf({ sequence, reference, action })),
    early,
    at,
  };
  const row = linked(keys.rows, 'retention_log', head.hash, content);
  await transaction
    .insertInto('retention_log')
    .values({ ...row, at: instantText(at) })
    .execute();
  await headMoved(transaction, keys, headAfter(head, row, at)).execute();
  return at;
}

/** What was done about keeping and erasing, oldest first: of all cases, or of one. @throws TrailFault for a line of somebody else's */
export async function retentionActs(kysely: Kysely<Tables>, { own, rows: key }: StoreKeys, reference?: string): Promise<RetentionAct[]> {
  const rows = await kysely
    .selectFrom('retention_log')
    .selectAll()
    .$if(reference !== undefined, (all) => all.where('reference', '=', reference!))
    .orderBy('sequence')
    .execute();
  return rows.map((row) => {
    const { action, operator, early, at } = row;
    if (!isGenuine(key, 'retention_log', row))
      throw new TrailFault(NO_CASE, null, `entry ${row.sequence} of the retention log was altered`);
    const reason = unseal(own, row.sealed, placeOf(row));
    return { reference: row.reference, action, operator, reason, early, at: Temporal.Instant.fromEpochMilliseconds(at.getTime()) };
  });
}

function placeOf({ sequence, reference, action }: Pick<Selectable<Tables['retention_log']>, 'sequence' | 'reference' | 'action'>): string {
  return `retention ${sequence} ${reference} ${action}`;
}

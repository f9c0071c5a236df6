import type { QueryCreator, Selectable, Transaction } from 'kysely';
import { TrailFault } from '../app/faults.ts';
import { noEarlierThan } from '../domain/londonTime.ts';
import { isGenuine, type RowKey, signed } from './evidenceRows.ts';
import { instantText, storedInstant } from './instants.ts';
import type { Tables } from './tables.ts';

/** What stands before the first row of a chain. */
export const BEGINNING = '0'.repeat(64);

/** Stands in place of a reference for what hangs on no one case: the store's own key, and the chains that are over all cases. */
export const NO_CASE = '-';

/** A chain's end: how many rows it has, the hash of the last, and that row's instant. */
export type Head = Pick<Selectable<Tables['chain_head']>, 'chain' | 'reference' | 'length' | 'hash' | 'at'>;

/** The row of `chain_head` for a chain of which there is nothing yet. */
export function newHead(chain: Head['chain'], reference: string, hash = BEGINNING): Head {
  return { chain, reference, length: 0, hash, at: null };
}

/** A chain's end after one more row. */
export function headAfter(head: Head, row: { hash: string }, at: Date): Head {
  return { ...head, length: head.length + 1, hash: row.hash, at };
}

/** The instant of the next row about a case, to the millisecond: the clock's, but never before the row before it (corner 31). */
export function nextInstant({ at }: Pick<Head, 'at'>, clock: Temporal.Instant): Date {
  return storedInstant(at === null ? clock : noEarlierThan(clock, instantText(at)));
}

/** The row of `chain_head` as it is written, with its MAC. */
export function headRow({ rows }: RowKey, head: Head) {
  const { mac } = signed(rows, 'chain_head', head);
  return { ...head, at: head.at && instantText(head.at), mac };
}

/**
 * The end of a chain, held until the transaction ends; made if there is none.
 * @throws TrailFault when the end is not as the program left it
 */
export async function holdChain(transaction: Transaction<Tables>, keys: RowKey, chain: Head['chain'], reference: string): Promise<Head> {
  const { mac, ...head } = await transaction
    .insertInto('chain_head')
    .values(headRow(keys, newHead(chain, reference)))
    .onConflict((conflict) => conflict.columns(['chain', 'reference']).doUpdateSet((row) => ({ length: row.ref('chain_head.length') })))
    .returning(['chain', 'reference', 'length', 'hash', 'at', 'mac'])
    .executeTakeFirstOrThrow();
  if (!isGenuine(keys.rows, 'chain_head', { ...head, mac })) throw new TrailFault(reference, null, `the end of chain ${chain} was altered`);
  return head;
}

/** The statement that writes down a chain's new end. */
export function headMoved(kysely: QueryCreator<Tables>, keys: RowKey, head: Head) {
  const { chain, reference, ...moved } = headRow(keys, head);
  return kysely.updateTable('chain_head').set(moved).where('chain', '=', chain).where('reference', '=', reference);
}

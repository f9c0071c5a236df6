import type { Kysely } from 'kysely';
import { commitmentNonce, type EventRow, wordsOf } from './caseEvents.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';
import { type TrailRows, trailRows } from './trailRows.ts';

/** An event's row whole, with what opens its commitment; null where the case was erased, or the row is older than commitments. */
export type ChronologyEvent = { row: EventRow; words: string | null; nonce: string | null };

/** Everything of a case that hashes cover, opened, so that it can be checked against a checkpoint without a key (EV4). */
export type Chronology = { header: TrailRows['header']; events: ChronologyEvent[] };

/**
 * A case's rows, each found to be as the program wrote it, with the words that its commitment binds and the nonce (hexadecimal) that shows
 * it: `commitment` is the SHA-256 of nonce and words, and stands in what the row's hash covers. Null if there is no such case.
 * @throws TrailFault when a row is not as the program wrote it
 */
export async function chronologyRows(kysely: Kysely<Tables>, keys: StoreKeys, reference: string): Promise<Chronology | null> {
  const rows = await trailRows(kysely, keys, reference);
  if (!rows) return null;
  const { header, key, events } = rows;
  const opened = key.wrapped === null ? null : await keys.vault.unwrap({ wrapped: key.wrapped, keyId: key.key_id }, reference);
  return {
    header,
    events: events.map((row) => ({
      row,
      words: opened && wordsOf(row, opened),
      nonce: opened && row.commitment !== null ? commitmentNonce(row, opened).toString('hex') : null,
    })),
  };
}

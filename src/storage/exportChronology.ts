import type { Kysely } from 'kysely';
import { openCheckpoint } from '../evidence/checkpoint.ts';
import { CHRONOLOGY, type Chronology, type ChronologyRow } from '../evidence/chronology.ts';
import type { Verifier } from '../evidence/note.ts';
import { inclusionRanges, proofMaker } from '../evidence/proofs.ts';
import { BEGINNING } from './chain.ts';
import { chronologyRows } from './chronology.ts';
import { evidenceLog, lastNote } from './evidenceLog.ts';
import { hashedContent } from './evidenceRows.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

type Unproved = Omit<ChronologyRow, 'index' | 'proof'>;

/**
 * A case's chronology, opened, with the proof that each row is in the last checkpoint, and that checkpoint (EV4); or why there is none.
 * The log is read through once, whatever the case's length.
 * @throws TrailFault when a row of the case is not as the program wrote it
 */
export async function exportChronology(
  kysely: Kysely<Tables>,
  keys: StoreKeys,
  reference: string,
  verifier: Verifier,
): Promise<{ chronology: Chronology; note: string } | { why: string }> {
  const rows = await openedRows(kysely, keys, reference);
  if (rows === null) return { why: `There is no case ${reference}.` };
  const note = await lastNote(kysely);
  if (note === null) return { why: 'No checkpoint has been made yet. Run npm run checkpoint first.' };
  const { size } = openCheckpoint(note, [verifier]);
  const places = await placesOf(kysely, reference);
  const outside = rows.find(({ sequence }) => (places.get(sequence) ?? size) >= size);
  if (outside) return { why: `Event ${outside.sequence} of case ${reference} is in no checkpoint yet. Run npm run checkpoint first.` };

  const ranges = rows.map(({ sequence }) => inclusionRanges(places.get(sequence)!, { from: 0, to: size }));
  const maker = proofMaker(ranges.flat());
  for await (const leaf of evidenceLog(kysely).leaves(0, size)) maker.take(leaf);
  const proved = rows.map((row, place) => ({
    ...row,
    index: places.get(row.sequence)!,
    proof: maker.roots(ranges[place]!).map((root) => root.toString('base64')),
  }));
  return { chronology: { format: CHRONOLOGY, reference, size, rows: proved }, note };
}

/** What the case was opened with, and its events. */
async function openedRows(kysely: Kysely<Tables>, keys: StoreKeys, reference: string): Promise<Unproved[] | null> {
  const opened = await chronologyRows(kysely, keys, reference);
  if (!opened) return null;
  const { header, events } = opened;
  const contentOf = (table: 'case_header' | 'case_event', row: object) => hashedContent(table, { ...row }) as ChronologyRow['content'];
  return [
    { sequence: 0, content: contentOf('case_header', header), previous: BEGINNING, hash: header.hash, words: null, nonce: null },
    ...events.map(({ row, words, nonce }) => ({
      sequence: row.revision,
      content: contentOf('case_event', row),
      previous: row.previous_hash,
      hash: row.hash,
      words,
      nonce,
    })),
  ];
}

/** Where the log has each row of a case. */
async function placesOf(kysely: Kysely<Tables>, reference: string): Promise<Map<number, number>> {
  const leaves = await kysely
    .selectFrom('log_leaf')
    .select(['sequence', 'index'])
    .where('chain', '=', 'event')
    .where('reference', '=', reference)
    .execute();
  return new Map(leaves.map(({ sequence, index }) => [sequence, Number(index)]));
}

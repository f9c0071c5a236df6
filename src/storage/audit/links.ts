import { BEGINNING } from '../chain.ts';
import { type EvidenceTable, isGenuine, type Row, rowHash } from '../evidenceRows.ts';

/** What is wrong with one row of a chain, in words that follow upon its name. */
export type LinkFault = { number: number; what: string };

/** Follows one chain, row by row, from its beginning to its recorded end. Keeps the first fault, and nothing of the rows. */
export type Follower = {
  /** Takes the next row, by its number in the chain and its instant. */
  take(table: EvidenceTable, row: Row, number: unknown, at: unknown): void;
  /** The first fault, once the recorded end is known too; null where the chain is whole. */
  end(head: Row | undefined): LinkFault | null;
  /** How many rows there were. */
  length(): number;
};

/** `key` is what the rows' MACs were made with; without it only hashes and links are checked. */
export function follow(key: Buffer | null, beginning: unknown = BEGINNING): Follower {
  let previous = beginning;
  let length = 0;
  let last: string | null = null;
  let fault: LinkFault | null = null;

  const faultIn = (table: EvidenceTable, row: Row, number: unknown, at: unknown): LinkFault | null => {
    if (number !== length)
      return typeof number === 'number' && number < length
        ? { number, what: 'stands there twice' }
        : { number: length, what: 'is missing' };
    if (row.hash !== rowHash(table, String(row.previous_hash), row)) return { number, what: 'was altered' };
    if (row.previous_hash !== previous)
      return { number, what: 'does not follow from the one before it: one of the two was replaced or moved' };
    if (key && !isGenuine(key, table, row))
      return { number, what: 'was not written by this program, or was altered together with its hash' };
    const instant = instantOf(at);
    if (instant === null) return { number, what: 'has no instant' };
    if (last !== null && table === 'case_event' && row.format !== 1 && Temporal.Instant.compare(instant, last) < 0)
      return { number, what: 'was written at an instant before the one before it' };
    return null;
  };
  return {
    take(table, row, number, at) {
      length++;
      fault ??= faultIn(table, row, number, at);
      previous = row.hash;
      last = instantOf(at) ?? last;
    },
    end(head) {
      if (fault) return fault;
      if (!head) return length === 0 ? null : { number: 1, what: 'is there, though the end of its chain was never recorded' };
      if (Number(head.length) > length) return { number: length + 1, what: 'is missing' };
      if (Number(head.length) < length) return { number: Number(head.length) + 1, what: 'was added by something other than this program' };
      if (head.hash !== previous) return { number: length, what: 'was replaced' };
      if (key && (!isGenuine(key, 'chain_head', head) || instantOf(head.at) !== last))
        return { number: length, what: 'is not what the recorded end of its chain, which was altered, says' };
      return null;
    },
    length: () => length,
  };
}

/** An instant as the program writes it, or null for what is none, such as PostgreSQL's `infinity`. */
function instantOf(value: unknown): string | null {
  return typeof value === 'string' && /^\d{4}-.*Z$/.test(value) ? value : null;
}

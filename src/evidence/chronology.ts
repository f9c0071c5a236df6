import { createHash } from 'node:crypto';
import type { Checkpoint } from './checkpoint.ts';
import { hashOfLeaf } from './leaf.ts';
import { isIncluded } from './proofs.ts';

/**
 * A case's chronology as it is handed to an auditor (EV4): what the case was opened with (sequence 0) and each of its events, with all
 * that their hashes cover, and the proof that each hash is in the log.
 */
export type Chronology = { format: typeof CHRONOLOGY; reference: string; size: number; rows: ChronologyRow[] };

/** One row. */
export type ChronologyRow = {
  sequence: number;
  /** Everything that the hash covers beside the hash of the row before; what was typed stands there sealed, with a commitment to it. */
  content: Record<string, string | number | boolean | null>;
  previous: string;
  hash: string;
  /** What was typed or chosen, as JSON; null where the case was erased. */
  words: string | null;
  /** Opens the commitment to the words (hexadecimal); null where the case was erased, and for rows older than commitments. */
  nonce: string | null;
  /** The row's place in the log, and the proof that it stands there, each hash in base64. */
  index: number;
  proof: string[];
};

/** The form of the file. */
export const CHRONOLOGY = 'conference-dissent/chronology/v1';

/** What was found of a row: that it stands in the log with these words, that it stands there sealed, or what is wrong. */
export type Finding = 'words proved' | 'sealed form proved' | { wrong: string };

const BEGINNING = '0'.repeat(64);

/** Checks each row of a chronology against a checkpoint, whose signature has to have been checked before. */
export function checkChronology({ reference, size, rows }: Chronology, { root, ...checkpoint }: Checkpoint): Finding[] {
  return rows.map((row, place) => {
    const wrong = (what: string): Finding => ({ wrong: what });
    const { sequence, content, previous, hash, words, nonce } = row;
    if (size !== checkpoint.size) return wrong(`its proof is for a log of ${size} rows, and the checkpoint is of ${checkpoint.size}`);
    if (sequence !== place) return wrong(`it is number ${sequence}, where number ${place} should stand: a row is missing or was moved`);
    if (content.reference !== reference || (sequence > 0 && content.revision !== sequence)) return wrong('it is a row of something else');
    if (previous !== (rows[place - 1]?.hash ?? BEGINNING)) return wrong('it does not follow from the row before it');
    if (hash !== sha256(`${previous}\n`, canonical(content))) return wrong('its hash is not over what it says');
    if (nonce !== null && sha256(Buffer.from(nonce, 'hex'), words ?? '') !== content.commitment) return wrong('its words were altered');
    const leaf = hashOfLeaf({ chain: 'event', reference, sequence, hash });
    const proof = row.proof.map((text) => Buffer.from(text, 'base64'));
    if (!isIncluded(leaf, row.index, size, proof, root)) return wrong('it is not in the checkpoint');
    return sequence === 0 || nonce !== null ? 'words proved' : 'sealed form proved';
  });
}

/** JSON with sorted keys and no spaces, as rows are hashed. */
function canonical(content: ChronologyRow['content']): string {
  return JSON.stringify(Object.fromEntries(Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1))));
}

function sha256(...parts: (string | Buffer)[]): string {
  return parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
}

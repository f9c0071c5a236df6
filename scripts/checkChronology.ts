import { readFileSync } from 'node:fs';
import { openCheckpoint } from '../src/evidence/checkpoint.ts';
import { CHRONOLOGY, type Chronology, type ChronologyRow, checkChronology } from '../src/evidence/chronology.ts';
import { NoteFault, readVerifier } from '../src/evidence/note.ts';

/**
 * `npm run checkpoint -- verify <checkpoint> <chronology> --key <verifier key>`: shows that a case's chronology is what stood in the
 * program's evidence when the checkpoint was signed. It reads these two files and nothing else: no database, no network, no key but the
 * public one. All of its code is this file and `src/evidence/` (tree, proofs, notes, checkpoints), and Node's own SHA-256 and Ed25519.
 *
 * 1. The checkpoint is a signed note (c2sp.org/signed-note): the key's signature over its size and root has to hold.
 * 2. Each row's hash has to be the SHA-256 of the row before and of all that the row says; what was typed is in there as a commitment,
 *    the SHA-256 of a secret number and the words, and both are in the chronology.
 * 3. Each hash has to be a leaf of the Merkle tree (RFC 9162) with the checkpoint's root, by the proof that stands beside it.
 *
 * Ends with 0 when all of it holds, 1 when something does not, and 2 when the files cannot be read. Since a chronology may end early, it
 * says where this one ends: whether more had happened by then, the checkpoint does not tell.
 */
export function checkFiles(checkpointFile: string, chronologyFile: string, key: string, say: (line: string) => void): number {
  try {
    const checkpoint = openCheckpoint(readFileSync(checkpointFile, 'utf8'), [readVerifier(key)]);
    const chronology = readChronology(readFileSync(chronologyFile, 'utf8'));
    say(`The checkpoint of ${checkpoint.origin} is signed by the key given: ${checkpoint.size} rows of evidence.`);
    say(`Case ${chronology.reference}:`);
    const findings = checkChronology(chronology, checkpoint);
    for (const [place, row] of chronology.rows.entries()) {
      const finding = findings[place]!;
      if (typeof finding === 'object') {
        say(`Row ${row.sequence} of case ${chronology.reference} does not hold: ${finding.wrong}.`);
        return 1;
      }
      say(`  ${told(row)}  [${finding}]`);
    }
    const last = chronology.rows.at(-1)?.sequence ?? 0;
    say(`All of it is in the checkpoint, word for word where it says so. The chronology ends with event ${last}.`);
    if (findings.includes('sealed form proved'))
      say('Of a row whose sealed form is proved, the checkpoint shows who, when and what kind of thing; not its words.');
    return 0;
  } catch (fault) {
    say(fault instanceof NoteFault ? fault.message : `The files cannot be read: ${(fault as Error).message}`);
    return fault instanceof NoteFault ? 1 : 2;
  }
}

function told({ sequence, content, words }: ChronologyRow): string {
  if (sequence === 0) return `opened under ${content.procedure_id}, version ${content.procedure_version}`;
  return `${sequence}. ${content.at} ${content.type} by ${content.actor_person} as ${content.actor_role}: ${words ?? 'sealed'}`;
}

function readChronology(text: string): Chronology {
  const read = JSON.parse(text) as Chronology;
  const isOne = read.format === CHRONOLOGY && typeof read.reference === 'string' && Array.isArray(read.rows) && read.rows.length > 0;
  if (!isOne || !read.rows.every(isRow)) throw new NoteFault('This file is not a chronology, or it was damaged.');
  return read;
}

function isRow(row: ChronologyRow): boolean {
  const texts = [row.previous, row.hash, ...row.proof];
  return texts.every((each) => typeof each === 'string') && typeof row.content === 'object' && Number.isSafeInteger(row.index);
}

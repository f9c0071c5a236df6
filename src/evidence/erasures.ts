import { NoteFault, openNote, type Signer, signNote, type Verifier } from './note.ts';

/** A case whose content was erased, and the instant (ISO, UTC). */
export type Erasure = { reference: string; at: string };

/**
 * The list of all cases that were erased, signed like a checkpoint and kept beside them: a back-up from before an erasure holds the case's
 * key, and whoever restores one has to erase these again.
 */
export function signErasures(erased: readonly Erasure[], signer: Signer): Promise<string> {
  const lines = erased.map(({ reference, at }) => `${reference} ${at}`);
  return signNote(`${headingOf(signer.name)}\n${[`${erased.length}`, ...lines].join('\n')}\n`, signer);
}

/** Reads such a list. @throws NoteFault when it is none of this log's, or was altered */
export function openErasures(note: string, verifier: Verifier): Erasure[] {
  const [heading, count, ...lines] = openNote(note, [verifier]).text.trimEnd().split('\n');
  if (heading !== headingOf(verifier.name) || Number(count) !== lines.length) throw new NoteFault('This note is not a list of erasures.');
  return lines.map((line) => {
    const [reference = '', at = ''] = line.split(' ');
    return { reference, at };
  });
}

function headingOf(log: string): string {
  return `erasures of ${log}`;
}

/** `erasures-000000000012.note`: in order of how many there were. */
export function erasuresName(count: number): string {
  return `erasures-${String(count).padStart(12, '0')}.note`;
}

/** Whether a file in a place is a list of erasures, by its name. */
export function isErasures(name: string): boolean {
  return /^erasures-\d+\.note$/.test(name);
}

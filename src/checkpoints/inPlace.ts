import { readFile, stat } from 'node:fs/promises';
import { isCheckpoint, type Place } from '../app/checkpoint.ts';
import { type Checkpoint, openCheckpoint } from '../evidence/checkpoint.ts';
import { type Erasure, openErasures } from '../evidence/erasures.ts';
import { NoteFault, readNote, type Verifier } from '../evidence/note.ts';
import { folderPlace } from './folder.ts';

/** A checkpoint, and where it stands. */
export type PlacedCheckpoint = Checkpoint & { file: string };

/** The most that are read of one place, the newest of them. */
const MOST = 20_000;

/** The checkpoints that stand in a place, whose signature was checked; and those files that say they are of this log and are not. */
export async function checkpointsIn(place: Place, verifier: Verifier): Promise<{ checkpoints: PlacedCheckpoint[]; altered: string[] }> {
  const checkpoints: PlacedCheckpoint[] = [];
  const altered: string[] = [];
  for (const file of (await place.list()).filter(isCheckpoint).slice(-MOST)) {
    const note = await place.read(file);
    if (isOfAnother(note, verifier)) continue;
    try {
      checkpoints.push({ ...openCheckpoint(note, [verifier]), file });
    } catch (fault) {
      if (!(fault instanceof NoteFault)) throw fault;
      altered.push(file);
    }
  }
  return { checkpoints, altered };
}

/** A folder of checkpoints, or one file, as somebody named it. */
export async function placeAt(path: string): Promise<Place> {
  if ((await stat(path)).isDirectory()) return folderPlace(path);
  return { ...folderPlace(path), list: async () => ['given.checkpoint'], read: () => readFile(path, 'utf8') };
}

/**
 * The cases that were erased, by the longest list that stands in a place and is signed by the key: for whoever restores a back-up from
 * before. None where there is no list.
 */
export async function erasuresIn(place: Place, verifier: Verifier): Promise<Erasure[]> {
  for (const name of (await place.list()).filter((each) => each.startsWith('erasures-')).reverse()) {
    try {
      return openErasures(await place.read(name), verifier);
    } catch (fault) {
      if (!(fault instanceof NoteFault)) throw fault;
    }
  }
  return [];
}

/** The checkpoint of another log, or one signed by an earlier key, may stand in the same place. */
function isOfAnother(note: string, { name, id }: Verifier): boolean {
  try {
    const { text, signatures } = readNote(note);
    return text.split('\n')[0] !== name || !signatures.some((each) => each.id === id);
  } catch {
    return false;
  }
}

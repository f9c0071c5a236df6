import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartFault } from '../app/faults.ts';

/** The locks that this process holds: one that nobody refers to would be let go by the garbage collector. */
const held = new Set<DatabaseSync>();

/**
 * Takes a data folder for this process alone, making it if need be; answers how to give it back.
 * The lock is an exclusive transaction on an empty SQLite file: the operating system holds it and lets go when the process
 * ends, however it ends, so that a killed process leaves nothing to clear away.
 * @throws with a plain sentence naming the folder when another process, or this one, has it already
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, 'lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    const sentence = `The data folder ${folder} is in use by another copy of this program. Stop that copy, or start this one with another DATA_DIR.`;
    throw new StartFault(sentence, { cause });
  }
  held.add(lock);
  return () => {
    held.delete(lock);
    lock.close();
  };
}

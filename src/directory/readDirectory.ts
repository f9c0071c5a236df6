import { readFileSync, statSync } from 'node:fs';
import { FileFaults, readData, unreadable } from '../procedures/dataFile.ts';
import { type Directory, directorySchema } from './directory.ts';

/** What reading the directory needs beside its file. */
export type DirectoryWatch = {
  /** Faults that only other files can show, such as a role that a procedure names and nobody holds. */
  check?: (directory: Directory) => string[];
  /** Told, once for each change of the file, why the file as it is now is not used. */
  onFaults: (faults: readonly string[]) => void;
};

/**
 * Reads and checks DIRECTORY_FILE, and answers with a function that gives the directory as it is now: each call looks whether
 * the file has changed and reads it again if so. A changed file with a fault, or one that has gone, is reported and
 * the last good directory stays in use.
 * @throws FileFaults when the file has a fault to begin with, listing every one as `file: path.to.key: plain words`
 */
export function readDirectory(file: string, { check = () => [], onFaults }: DirectoryWatch): () => Directory {
  let seen = stateOf(file);
  let current = read(file, check);
  return () => {
    const now = stateOf(file);
    if (now === seen) return current;
    seen = now;
    try {
      current = read(file, check);
    } catch (fault) {
      if (!(fault instanceof FileFaults)) throw fault;
      onFaults(fault.faults);
    }
    return current;
  };
}

/** What changes whenever the file is written or replaced. Taken before the file is read, so that no change is missed. */
function stateOf(file: string): string {
  try {
    const { ino, mtimeNs, size } = statSync(file, { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch {
    return 'out of reach';
  }
}

function read(file: string, check: (directory: Directory) => string[]): Directory {
  const { value, faults } = readData({ file, text: textOf(file) }, directorySchema);
  if (value === null) throw new FileFaults(faults);
  const others = check(value).map((fault) => `${file}: ${fault}`);
  if (others.length > 0) throw new FileFaults(others);
  return value;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new FileFaults([unreadable(file, cause)]);
  }
}

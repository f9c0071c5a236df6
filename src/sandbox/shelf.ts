import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the sandbox's stand-ins keep what they know between starts: one JSON document a name. */
export type Shelf = {
  /** The document of that name, or `empty` when there is none yet. @throws Error if the file is not JSON */
  read<T>(name: string, empty: T): T;
  /** Writes the document whole: a process killed half-way leaves the one before. */
  write(name: string, value: unknown): void;
};

/**
 * A shelf of JSON files in a directory, which is made if it is not there. A file is written beside its place and then renamed,
 * so that it is always either the old one or the new one. What a killed process left half-written is cleared away.
 */
export function openShelf(directory: string): Shelf {
  mkdirSync(directory, { recursive: true });
  for (const left of readdirSync(directory).filter((file) => file.endsWith('.part'))) rmSync(join(directory, left), { force: true });

  const place = (name: string) => {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) throw new Error(`"${name}" cannot name a document: use lower-case letters, digits and -`);
    return join(directory, `${name}.json`);
  };
  return {
    read(name, empty) {
      const file = place(name);
      if (!existsSync(file)) return empty;
      try {
        return JSON.parse(readFileSync(file, 'utf8'));
      } catch (cause) {
        throw new Error(`${file} is not JSON; delete it to begin again without it`, { cause });
      }
    },
    write(name, value) {
      const file = place(name);
      writeFileSync(`${file}.part`, JSON.stringify(value));
      renameSync(`${file}.part`, file);
    },
  };
}

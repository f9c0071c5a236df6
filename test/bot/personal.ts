import { readDirectory } from '../../src/directory/readDirectory.ts';

const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} })();

/**
 * Whatever of the sandbox's people and agencies, or of what they wrote, stands in what came out of a program (X6): whole names and each
 * part of one, mailboxes, object ids, agencies, and the texts given. Nothing where all is well.
 */
export function personalIn(output: string, written: readonly string[]): string[] {
  // A name is sought as a word of its own: three letters of it may stand in the middle of a key's random id.
  const words = new Set(output.split(/[^\p{L}\p{N}_-]+/u));
  const names = directory.people.flatMap(({ name }) => name.split(' ')).filter((name) => words.has(name));
  const people = directory.people.flatMap(({ name, email, aadObjectId }) => [name, email, aadObjectId]);
  const agencies = Object.values(directory.partnerships).flatMap((partnership) =>
    Object.values(partnership.agencies).map(({ name }) => name),
  );
  const low = output.toLowerCase();
  return [...names, ...[...people, ...agencies, ...written].filter((each) => low.includes(each.toLowerCase()))];
}

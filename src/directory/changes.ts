import { canonicalJson } from '../domain/canonicalJson.ts';
import type { Directory } from './directory.ts';

/** What a directory says, by what it says it of: `people health-visitor`, `camden role service-manager`, `camden agency health`. */
export type DirectoryEntries = Record<string, unknown>;

/** How one entry changed; null where it was not there before, or is not any more. */
export type DirectoryChange = { entry: string; was: unknown; is: unknown };

/** A directory entry by entry: each person, post and agency by itself, and of each partnership all the rest. */
export function directoryEntries({ people, partnerships }: Pick<Directory, 'people' | 'partnerships'>): DirectoryEntries {
  const listed = people.map((person): [string, unknown] => [`people ${person.id}`, person]);
  const parts = Object.entries(partnerships).flatMap(([id, { roles, agencies, ...rest }]): [string, unknown][] => [
    [id, rest],
    ...Object.entries(roles).map(([role, post]): [string, unknown] => [`${id} role ${role}`, post]),
    ...Object.entries(agencies).map(([agency, each]): [string, unknown] => [`${id} agency ${agency}`, each]),
  ]);
  return Object.fromEntries([...listed, ...parts]);
}

/** What is otherwise after than before, in order of the entries. */
export function directoryChanges(before: DirectoryEntries, after: DirectoryEntries): DirectoryChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .toSorted()
    .map((entry) => ({ entry, was: before[entry] ?? null, is: after[entry] ?? null }))
    .filter(({ was, is }) => canonicalJson(was) !== canonicalJson(is));
}

/** The directory after changes. */
export function changed(before: DirectoryEntries, changes: DirectoryChange[]): DirectoryEntries {
  const after = { ...before };
  for (const { entry, is } of changes) {
    if (is === null) delete after[entry];
    else after[entry] = is;
  }
  return after;
}

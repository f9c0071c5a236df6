import type { PersonId, Signatory } from '../domain/events/trail.ts';
import { capitalised } from '../domain/words.ts';
import { type Directory, nameIn, type Partnership, personOf } from './directory.ts';

/** What people and agencies are called wherever somebody reads of them. */

/** A person's name, or words for somebody whom the directory does not know. */
export function nameOf(directory: Directory, person: PersonId): string {
  return nameIn(directory, person) ?? 'somebody who is not in the directory';
}

/** A person by name and job. */
export function nameAndJob(directory: Directory, id: PersonId): string {
  const { name, job } = knownAs(directory, id);
  return job === undefined ? capitalised(name) : `${name}, ${job}`;
}

/** A person as colleagues would introduce them: name, job, agency. */
export function introduce(directory: Directory, id: PersonId): string {
  const { name, job, agency } = knownAs(directory, id);
  return job === undefined ? capitalised(name) : [name, job, ...(agency === undefined ? [] : [agency])].join(', ');
}

/** A person's name, job and agency: the directory's, or for somebody who is not in it those that a case knows. */
export function knownAs(directory: Directory, id: PersonId): Pick<Signatory, 'name' | 'job' | 'agency'> {
  const person = personOf(directory, id);
  const name = nameOf(directory, id);
  if (!person) return { ...directory.unlisted?.[id], name };
  const agency = directory.partnerships[person.partnership]?.agencies[person.agency ?? '']?.name;
  return { name, job: person.role, ...(agency === undefined ? {} : { agency }) };
}

/** An agency's name; its id for one that is no longer in the directory. */
export function agencyName(partnership: Partnership, agency: string): string {
  return partnership.agencies[agency]?.name ?? agency;
}

/** The full title of a post as whoever holds it signs: the directory's for it, or their job; null where it has neither (LE1). */
export function postTitle(
  directory: Directory,
  partnership: Partnership | null | undefined,
  role: string,
  holder: PersonId,
): string | null {
  const post = partnership?.roles[role];
  return (post?.holder === holder ? post.title : undefined) ?? personOf(directory, holder)?.role ?? null;
}

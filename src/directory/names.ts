import type { PersonId } from '../domain/events/trail.ts';
import { capitalised } from '../domain/words.ts';
import { type Directory, nameIn, type Partnership, personOf } from './directory.ts';

/** What people and agencies are called wherever somebody reads of them. */

/** A person's name, or words for somebody whom the directory does not know. */
export function nameOf(directory: Directory, person: PersonId): string {
  return nameIn(directory, person) ?? 'somebody who is not in the directory';
}

/** A person by name and job. */
export function nameAndJob(directory: Directory, id: PersonId): string {
  const person = personOf(directory, id);
  return person ? `${person.name}, ${person.role}` : capitalised(nameOf(directory, id));
}

/** A person as colleagues would introduce them: name, job, agency. */
export function introduce(directory: Directory, id: PersonId): string {
  const person = personOf(directory, id);
  if (!person) return capitalised(nameOf(directory, id));
  const agency = person.agency === undefined ? undefined : directory.partnerships[person.partnership]?.agencies[person.agency]?.name;
  return [person.name, person.role, ...(agency === undefined ? [] : [agency])].join(', ');
}

/** An agency's name; its id for one that is no longer in the directory. */
export function agencyName(partnership: Partnership, agency: string): string {
  return partnership.agencies[agency]?.name ?? agency;
}

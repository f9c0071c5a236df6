import { z } from 'zod';
import type { Roster } from '../domain/authority.ts';
import type { PersonId, Signatory } from '../domain/events/trail.ts';
import { harmlessName } from '../domain/harmlessText.ts';

/**
 * The directory: who works here, what they may be asked to decide, which agencies there are, and where the links lead.
 * A council's administrator keeps it as one YAML file (DIRECTORY_FILE). Nothing about any child stands in it.
 */

/** What somebody or something is called, as it may stand in any sentence (EV9). */
const called = (longest: number) => z.string().min(1).max(longest).transform(harmlessName);
const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use lower-case letters, digits and -');
const link = z.strictObject({ title: z.string().min(1), url: z.url({ protocol: /^https$/ }) });

const personSchema = z.strictObject({
  /** What the audit trail calls the person; never given to anybody else. */
  id: identifier,
  name: called(80),
  /** The job, as colleagues say it: "Health visitor". */
  role: called(80),
  partnership: identifier,
  agency: identifier.optional(),
  aadObjectId: z.guid(),
  /** The mailbox that free/busy and invitations go by. */
  email: z.email(),
  chairs: z.boolean().default(false),
  administrates: z.boolean().default(false),
  manager: identifier.optional(),
});

/** A line of an address, as it is put on an envelope. */
const addressLine = called(120);

const postSchema = z.strictObject({
  /** What the post is called in full, as its holder signs letters; without it, their job. */
  title: called(120).optional(),
  holder: identifier,
  /** Acts when the holder chaired the conference, dissents, or decided before (C26). */
  alternate: identifier.optional(),
  deputies: z.array(z.strictObject({ person: identifier, from: z.iso.date(), to: z.iso.date() })).default([]),
});

const agencySchema = z.strictObject({
  name: called(120),
  kind: z.enum(['statutory', 'voluntary']),
  /** The agency's named safeguarding lead. */
  lead: identifier.optional(),
  /** Who represents the agency at the partnership (C24). */
  representative: identifier.optional(),
  /** Where its letters go; without one they go to its lead. */
  mailbox: z.email().optional(),
  /** Its postal address, a line each: in letters to it, and at the head of its professionals' own (LE1, LE2). */
  address: z.array(addressLine).max(6).optional(),
  phone: called(40).optional(),
});

/** A room that conferences may be held in, with the mailbox that it is booked by (OB10). */
const roomSchema = z.strictObject({ name: called(80), mailbox: z.email(), seats: z.int().min(1).max(1000) });

const partnershipSchema = z.strictObject({
  name: called(120),
  /** Ids of the procedures that its people may use. */
  procedures: z.array(identifier).min(1),
  /** The council's own calendar of working days, where it is not the procedure's (Q25). */
  calendar: identifier.optional(),
  roles: z.record(identifier, postSchema),
  agencies: z.record(identifier, agencySchema),
  links: z.record(identifier, link),
  /** The mailbox that conferences are booked from, and letters are sent from. */
  mailbox: z.email(),
  /** Who writes, in the first lines of every letter. */
  letterhead: z.array(z.string().min(1)).default([]),
  /** Its postal address, a line each, and its telephone, at the head of every letter (LE1). */
  address: z.array(addressLine).max(6).optional(),
  phone: called(40).optional(),
  /** How else to reach the partnership, such as an e-mail address, at the head of every letter (P13). */
  contact: z.array(z.string().min(1)).default([]),
  /** How its papers have to be protected, in its own words, on each of their pages: "OFFICIAL-SENSITIVE" (LE1). */
  marking: called(60).optional(),
  /** Where the partnership's own copy of a letter goes, and what no representative is named for (C18, C24). */
  copyTo: z.email().optional(),
  /** People who may see the figures, besides those who decide and administrate (Part E). */
  statisticsReaders: z.array(identifier).optional(),
  /** Rooms to book a conference into: the smallest that is free and seats everybody is invited. Without any, it meets in Teams alone (OB10). */
  rooms: z.array(roomSchema).optional(),
  /** The document library that reasons are filed in, under each child's reference; without one a person files by hand (C23). */
  library: z.strictObject({ drive: z.string().min(1).max(200) }).optional(),
});

/** The whole file: everything that it names has to be in it. */
export const directorySchema = z
  .strictObject({ partnerships: z.record(identifier, partnershipSchema), people: z.array(personSchema) })
  .superRefine((directory, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const known = new Set(directory.people.map((person) => person.id));
    const personNamed = (id: string | undefined, path: (string | number)[]) => {
      if (id !== undefined && !known.has(id)) fault(path, `nobody in "people" has the id "${id}"`);
    };
    for (const key of ['id', 'aadObjectId', 'email'] as const) {
      const seen = new Map<string, number>();
      directory.people.forEach((person, index) => {
        const value = person[key].toLowerCase();
        const first = seen.get(value);
        if (first !== undefined) fault(['people', index, key], `"${person[key]}" is already the ${key} of people[${first}]`);
        else seen.set(value, index);
      });
    }
    directory.people.forEach((person, index) => {
      const partnership = directory.partnerships[person.partnership];
      if (!partnership) fault(['people', index, 'partnership'], `there is no partnership "${person.partnership}"`);
      else if (person.agency && !partnership.agencies[person.agency])
        fault(['people', index, 'agency'], `there is no agency "${person.agency}"`);
      personNamed(person.manager, ['people', index, 'manager']);
    });
    for (const [id, partnership] of Object.entries(directory.partnerships)) {
      for (const [role, post] of Object.entries(partnership.roles)) {
        const path = ['partnerships', id, 'roles', role];
        personNamed(post.holder, [...path, 'holder']);
        personNamed(post.alternate, [...path, 'alternate']);
        if (post.alternate === post.holder) fault([...path, 'alternate'], 'is the holder, who cannot stand in for themselves');
        post.deputies.forEach(({ person, from, to }, index) => {
          personNamed(person, [...path, 'deputies', index, 'person']);
          if (to < from) fault([...path, 'deputies', index, 'to'], `${to} is before ${from}`);
        });
      }
      partnership.statisticsReaders?.forEach((reader, index) => {
        personNamed(reader, ['partnerships', id, 'statisticsReaders', index]);
      });
      for (const [agency, { lead, representative }] of Object.entries(partnership.agencies)) {
        const path = ['partnerships', id, 'agencies', agency];
        personNamed(lead, [...path, 'lead']);
        personNamed(representative, [...path, 'representative']);
      }
    }
  });

/** The directory as it is read. */
export type Directory = z.infer<typeof directorySchema> & {
  /** People who are not in the file, or not any more, as a case knows them: what Teams called them (C2), or how they signed (CD11). */
  unlisted?: Record<PersonId, Pick<Signatory, 'name' | 'job' | 'agency'>>;
  /** Who could not be told in Teams, since which instant, and whether they were sent a mail (TM1). */
  unreached?: Record<PersonId, { since: string; cause: 'permission' | 'not-found'; mailed: boolean }>;
};
/** Somebody who is in the directory. */
export type Person = z.infer<typeof personSchema>;
/** A partnership with its posts, agencies and links. */
export type Partnership = z.infer<typeof partnershipSchema>;

/** The person of that id, or null for somebody who is not (or no longer) in the directory. */
export function personOf(directory: Directory, id: PersonId): Person | null {
  return directory.people.find((person) => person.id === id) ?? null;
}

/** A person's name: the directory's, or how a case knows somebody who is not in it; null where nobody has said. */
export function nameIn(directory: Directory, id: PersonId): string | null {
  const unlisted = directory.unlisted?.[id];
  return personOf(directory, id)?.name ?? (unlisted === undefined ? null : harmlessName(unlisted.name));
}

/** The person's id in the directory by Entra object id, or the object id itself for somebody who is not in it (C2). */
export function personIdOf(directory: Directory, aadObjectId: string): PersonId {
  const wanted = aadObjectId.toLowerCase();
  return directory.people.find((person) => person.aadObjectId.toLowerCase() === wanted)?.id ?? wanted;
}

/** The last roster that was made of each partnership, as long as it and the people are the same. */
const rosters = new WeakMap<Partnership, { people: Person[]; partnershipId: string; roster: Roster }>();

/** Who holds what in a partnership, in the form that the domain reads. */
export function rosterOf(directory: Directory, partnershipId: string): Roster {
  const partnership = directory.partnerships[partnershipId];
  if (!partnership)
    throw new Error(`the directory has no partnership "${partnershipId}"; a case was opened under it, so it must stay in the file`);
  const { people } = directory;
  const kept = rosters.get(partnership);
  if (kept?.people === people && kept.partnershipId === partnershipId) return kept.roster;
  const roster = makeRoster(directory, partnership, partnershipId);
  rosters.set(partnership, { people, partnershipId, roster });
  return roster;
}

function makeRoster(directory: Directory, partnership: Partnership, partnershipId: string): Roster {
  const members = directory.people.filter((person) => person.partnership === partnershipId);
  const pairs = <T>(entries: [string, T | undefined][]) =>
    Object.fromEntries(entries.filter((entry): entry is [string, T] => entry[1] !== undefined));
  return {
    roles: Object.fromEntries(
      Object.entries(partnership.roles).map(([role, post]) => [
        role,
        { holder: post.holder, alternate: post.alternate ?? null, deputies: post.deputies },
      ]),
    ),
    people: directory.people.map((person) => person.id),
    administrators: members.filter((person) => person.administrates).map((person) => person.id),
    chairs: members.filter((person) => person.chairs).map((person) => person.id),
    agencyLeads: pairs(Object.entries(partnership.agencies).map(([id, agency]) => [id, agency.lead])),
    lineManagers: pairs(members.map((person) => [person.id, person.manager])),
    representatives: pairs(Object.entries(partnership.agencies).map(([id, agency]) => [id, agency.representative])),
  };
}

import { hasCopy, stagesOfKind } from '../domain/procedure.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import type { Directory, Partnership } from './directory.ts';

/**
 * What the directory and the procedures do not agree on, as `path.to.key: plain words`; the program does not start with any.
 * Every version counts, since a case keeps the one it was opened under (X2). Each procedure that a partnership names exists,
 * each role that it names is held, and each link that it shows or diverts to (P12, C4) is there.
 */
export function faultsBetween(directory: Directory, library: { procedures: readonly Procedure[]; calendars: readonly string[] }): string[] {
  return Object.entries(directory.partnerships).flatMap(([id, partnership]) => [
    ...(partnership.calendar === undefined || library.calendars.includes(partnership.calendar)
      ? []
      : [`partnerships.${id}.calendar: there is no calendar "${partnership.calendar}"; there are: ${library.calendars.join(', ')}`]),
    ...partnership.procedures.flatMap((name, index) => {
      const versions = library.procedures.filter((procedure) => procedure.id === name);
      if (versions.length > 0) return versions.flatMap((procedure) => faultsUnder(procedure, partnership, `partnerships.${id}`));
      const known = [...new Set(library.procedures.map((procedure) => procedure.id))].join(', ');
      return [`partnerships.${id}.procedures[${index}]: there is no procedure "${name}"; there are: ${known}`];
    }),
  ]);
}

/** A partnership with open cases, and how many. */
export type PartnershipInUse = { id: string; open: number };

/** Which partnerships have left the directory while cases of theirs are open, which nobody could then see or decide, as `path: plain words`. */
export function missingPartnerships({ partnerships }: Directory, inUse: readonly PartnershipInUse[]): string[] {
  return inUse
    .filter(({ id }) => !Object.hasOwn(partnerships, id))
    .map(
      ({ id, open }) =>
        `partnerships: "${id}" is not here, and ${open === 1 ? '1 case of its is' : `${open} cases of its are`} open: put it back`,
    );
}

function faultsUnder(procedure: Procedure, partnership: Partnership, path: string): string[] {
  const wantedBy = `which procedure ${procedure.id} version ${procedure.version} names`;
  const diverts = Object.values(procedure.grounds).flatMap(({ divert }) => divert ?? []);
  const roles = Object.keys(procedure.roles).filter((role) => !partnership.roles[role]);
  const escalation = procedure.escalation ? [procedure.escalation.link] : [];
  const links = [...new Set([...procedure.links, ...diverts, ...escalation])].filter((link) => !partnership.links[link]);
  return [
    ...roles.map((role) => `${path}.roles: nobody holds "${role}", ${wantedBy}`),
    ...links.map((link) => `${path}.links: there is no link "${link}", ${wantedBy}`),
  ];
}

/**
 * What the directory lacks without stopping the work, as `path.to.key: plain words`: shown at start, and never a bar to it. Of the
 * procedures, all versions count, as in {@link faultsBetween}.
 */
export function warningsAbout(directory: Directory, procedures: readonly Procedure[] = []): string[] {
  return Object.entries(directory.partnerships).flatMap(([id, partnership]) => {
    const path = `partnerships.${id}`;
    const members = directory.people.filter((person) => person.partnership === id);
    const lone = Object.entries(partnership.roles).filter(([, { alternate }]) => alternate === undefined);
    const unspoken = Object.entries(partnership.agencies).filter(([, { representative }]) => representative === undefined);
    const guidance = procedures.filter((each) => partnership.procedures.includes(each.id)).flatMap((each) => each.guidance);
    const copied = procedures.some(
      (each) =>
        partnership.procedures.includes(each.id) && stagesOfKind(each, 'decide').some(([, { letter }]) => letter && hasCopy(letter)),
    );
    const unset = [...new Set(guidance)].filter((link) => !partnership.links[link]);
    return [
      ...unset.map((link) => `${path}.links: there is no link "${link}", so cards cannot show where to read more (P10)`),
      ...lone.map(
        ([role]) => `${path}.roles.${role}: has no alternate, so nobody acts where its holder chaired the conference or dissents (C26)`,
      ),
      ...unspoken.map(
        ([agency]) => `${path}.agencies.${agency}: has no representative, so escalation goes to the partnership's contact (C24)`,
      ),
      ...(members.some((person) => person.chairs)
        ? []
        : [`people: nobody of "${id}" chairs conferences, so no dissent can be raised there`]),
      ...(members.some((person) => person.administrates)
        ? []
        : [`people: nobody of "${id}" is an administrator, so only deciders can book there`]),
      ...(copied && partnership.copyTo === undefined
        ? [`${path}.copyTo: is not set, so the partnership gets no copy of a decision's letter and no case with one can close (C18)`]
        : []),
      ...(partnership.address?.length ? [] : [`${path}.address: is empty, so letters give no address to write back to (LE1)`]),
      ...(partnership.phone === undefined ? [`${path}.phone: is not set, so letters give no telephone number (LE1)`] : []),
      ...(partnership.contact.length > 0 ? [] : [`${path}.contact: is empty, so letters give no way to reach the partnership (P13)`]),
    ];
  });
}

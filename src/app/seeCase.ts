import { type Directory, type Partnership, rosterOf } from '../directory/directory.ts';
import type { Roster, Standing } from '../domain/authority.ts';
import { standingsOf } from '../domain/authority.ts';
import { type Case, type PersonId, replay } from '../domain/case.ts';
import { dateOf } from '../domain/londonTime.ts';
import type { Procedure } from '../domain/procedure.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Calendar } from '../domain/workingDays.ts';
import type { AccessLog, Cases, Clock, Library, Log, ReadDirectory, Trail } from './ports.ts';

/** What every use case about a case needs. */
export type CaseDependencies = { cases: Cases; access: AccessLog; library: Library; directory: ReadDirectory; clock: Clock; log: Log };

/** A case as one person sees it now, with everything that a card about it is made from. */
export type Seen = {
  current: Case;
  procedure: Procedure;
  calendar: Calendar;
  directory: Directory;
  partnershipId: string;
  partnership: Partnership;
  roster: Roster;
  person: PersonId;
  /** Never empty: somebody with no standing sees nothing. */
  standings: Standing[];
  now: Temporal.Instant;
};

/** The one answer to a reference that does not exist and to one that is not this person's (X9). */
export function notFound(reference: string): Refusal {
  return {
    refused: 'not-found',
    rule: 'X9',
    sentence: `There is no case ${reference} that you can see. Check the reference, or type "my cases".`,
  };
}

/**
 * Looks at a case on a person's behalf and puts the look in the trail (Part E).
 * Refuses with `not-found`, in the same words, whether the case does not exist or is not theirs (X9).
 */
export async function seeCase(on: CaseDependencies, reference: string, person: PersonId): Promise<Seen | Refusal> {
  const seen = await findSeen(on, reference, person);
  const role = seen ? (seen.standings[0] ?? 'none') : 'none';
  const refusal = seen ? null : notFound(reference);
  await on.access.record({
    reference,
    person,
    role,
    action: 'view',
    cardRevision: null,
    result: seen ? 'viewed' : 'refused',
    code: refusal?.refused ?? null,
    rule: refusal?.rule ?? null,
    at: on.clock.now(),
  });
  return seen ?? notFound(reference);
}

/** As {@link seeCase}, for the program's own use: nothing goes in the trail, and no sight is null. */
export async function findSeen(on: CaseDependencies, reference: string, person: PersonId): Promise<Seen | null> {
  const trail = await on.cases.load(reference);
  if (!trail) return null;
  const seen = seenBy(on, trail, person);
  return seen.standings.length > 0 ? seen : null;
}

/** A trail as one person sees it; `standings` is empty for somebody who has no part in it. */
export function seenBy(on: Pick<CaseDependencies, 'library' | 'directory' | 'clock'>, trail: Trail, person: PersonId): Seen {
  const current = replay(trail.reference, trail.procedure, trail.events);
  if (!current) throw new Error(`case ${trail.reference} has a row but no events`);
  const { dissenter, dissenterName } = current.dissent;
  const directory = { ...on.directory(), unlisted: dissenterName === undefined ? {} : { [dissenter]: dissenterName } };
  const partnership = directory.partnerships[trail.partnership];
  if (!partnership)
    throw new Error(`case ${trail.reference} belongs to partnership "${trail.partnership}", which is not in the directory file`);
  const procedure = on.library.procedure(trail.procedure.id, trail.procedure.version);
  const roster = rosterOf(directory, trail.partnership);
  const now = on.clock.now();
  return {
    current,
    procedure,
    calendar: on.library.calendar(partnership.calendar ?? procedure.calendar),
    directory,
    partnershipId: trail.partnership,
    partnership,
    roster,
    person,
    standings: standingsOf(person, current, procedure, roster, dateOf(now)),
    now,
  };
}

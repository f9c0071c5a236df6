import { type Directory, type Partnership, rosterOf } from '../directory/directory.ts';
import type { Roster } from '../domain/authority.ts';
import { standingsOf } from '../domain/authority.ts';
import { type Case, forFamily, replay } from '../domain/case.ts';
import { haveChildInCommon } from '../domain/children.ts';
import type { PersonId, Standing } from '../domain/events/trail.ts';
import { dateOf } from '../domain/londonTime.ts';
import { deciders, titleOf } from '../domain/procedure.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Calendar } from '../domain/workingDays.ts';
import { asKnown } from './knownPeople.ts';
import type { AccessLog, Cases, Clock, Library, Log, ReadDirectory, Trail } from './ports.ts';

/** What every use case about a case needs. */
export type CaseDependencies = { cases: Cases; access: AccessLog; library: Library; directory: ReadDirectory; clock: Clock; log: Log };

/** A case as one person sees it now, with everything that a card about it is made from. */
export type CaseForViewer = {
  trail: Trail;
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
  /** The open cases beside it on the same conference, as much as this person may know of them; absent where nobody asked. */
  linked?: Linked[];
};

/** Another case on the same conference, as much as one person may know of it: never who raised it, or why (X10, Part E). */
export type Linked = {
  /** Null where this person has no part in the other case. */
  reference: string | null;
  /** What was raised there: "dissent", "complaint". */
  case: string;
  /** Whether it was raised under the same procedure. */
  alike: boolean;
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
export async function seeCase(deps: CaseDependencies, reference: string, person: PersonId): Promise<CaseForViewer | Refusal> {
  const seen = await findSeen(deps, reference, person);
  const role = seen ? (seen.standings[0] ?? 'none') : 'none';
  const refusal = seen ? null : notFound(reference);
  await deps.access.record({
    reference,
    person,
    role,
    action: 'view',
    cardRevision: null,
    result: seen ? 'viewed' : 'refused',
    code: refusal?.refused ?? null,
    rule: refusal?.rule ?? null,
    at: deps.clock.now(),
  });
  return seen ?? notFound(reference);
}

/**
 * As {@link seeCase}, for the program's own use: nothing goes in the trail, and no sight is null. `present` is waited for besides, before it
 * is decided who the person is to the case.
 */
export async function findSeen(
  deps: CaseDependencies,
  reference: string,
  person: PersonId,
  present?: Promise<void>,
): Promise<CaseForViewer | null> {
  const [trail, others] = await Promise.all([deps.cases.load(reference), deps.cases.onConference(reference), present]);
  if (!trail) return null;
  const seen = seenBy(deps, trail, person);
  return seen.standings.length > 0 ? withLinked(seen, await linkedCases(deps, seen, others)) : null;
}

/**
 * The other cases on a case's conference: the same partnership, kind of meeting, date and chair, and at least one child of both (X10). Without a child of
 * both, siblings of one conference look just like two families whom one chair saw on one day; and to link those would disclose the one to
 * those who see to the other. The bot's own sight of each, oldest first; one whose content was erased is left out. `found` is what
 * `onConference` answered, if it was asked.
 */
export async function linkedCases(deps: CaseDependencies, seen: CaseForViewer, found?: string[]): Promise<CaseForViewer[]> {
  const { current } = seen;
  const others: CaseForViewer[] = [];
  for (const reference of found ?? (await deps.cases.onConference(current.reference))) {
    const trail = await deps.cases.load(reference);
    const other = trail && seenBy(deps, trail, 'bot');
    if (other && haveChildInCommon(current.dissent.children, other.current.dissent.children) && sameMeeting(seen, other))
      others.push(other);
  }
  return others;
}

/** Whether two cases are about one kind of meeting, under whatever procedure: a kind goes by one name, or by one title. */
function sameMeeting(one: CaseForViewer, other: CaseForViewer): boolean {
  const [{ type }, { type: otherType }] = [one.current.dissent.conference, other.current.dissent.conference];
  const title = ({ procedure: { meetings } }: CaseForViewer, id: string) => titleOf(meetings, id).toLowerCase();
  return type === otherType || title(one, type) === title(other, otherType);
}

/**
 * What is seen, with the open cases beside it: told to those who decide or administer (X10, P7, Scenario 12). The chair of a dissent is told
 * of other dissents, whose chair they are too, and not of what a family said (CD8); nobody else is told of any.
 */
export function withLinked(seen: CaseForViewer, others: CaseForViewer[]): CaseForViewer {
  const { person, standings, procedure, now } = seen;
  const ofAll = ['administrator', 'decided', ...deciders(procedure)].some((standing) => standings.includes(standing));
  const ofDissents = standings.includes('chair') && !forFamily(seen.current.dissent);
  const told = others.filter(({ current }) => ofAll || (ofDissents && !forFamily(current.dissent)));
  const open = told.filter(({ current }) => current.status === 'open');
  const linked = open.map((other): Linked => {
    const theirs = standingsOf(person, other.current, other.procedure, other.roster, dateOf(now));
    return {
      reference: theirs.length > 0 ? other.current.reference : null,
      case: other.procedure.words.case,
      alike: other.procedure.id === procedure.id,
    };
  });
  return { ...seen, linked };
}

/** What Teams called somebody who was not in the directory, by the object id that the stored trail has for them. */
function namesIn({ events: [first] }: Trail): Directory['unlisted'] {
  if (first?.type !== 'DissentRaised' || first.dissent.dissenterName === undefined) return {};
  return { [first.dissent.dissenter]: { name: first.dissent.dissenterName } };
}

/** A trail as one person sees it; `standings` is empty for somebody who has no part in it. */
export function seenBy(deps: Pick<CaseDependencies, 'library' | 'directory' | 'clock'>, stored: Trail, person: PersonId): CaseForViewer {
  const trail = asKnown(stored, deps.directory());
  const current = replay(trail.reference, trail.procedure, trail.events);
  if (!current) throw new Error(`case ${trail.reference} has a row but no events`);
  const directory = { ...deps.directory(), unlisted: { ...current.signatories, ...namesIn(stored) } };
  const partnership = directory.partnerships[trail.partnership];
  if (!partnership)
    throw new Error(`case ${trail.reference} belongs to partnership "${trail.partnership}", which is not in the directory file`);
  const procedure = deps.library.procedure(trail.procedure.id, trail.procedure.version);
  const roster = rosterOf(directory, trail.partnership);
  const now = deps.clock.now();
  return {
    trail,
    current,
    procedure,
    calendar: deps.library.calendar(partnership.calendar ?? procedure.calendar),
    directory,
    partnershipId: trail.partnership,
    partnership,
    roster,
    person,
    standings: standingsOf(person, current, procedure, roster, dateOf(now)),
    now,
  };
}

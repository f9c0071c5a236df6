import { type Directory, type Partnership, personOf, rosterOf } from '../directory/directory.ts';
import { replay } from '../domain/case.ts';
import { haveChildInCommon } from '../domain/children.ts';
import type { Dissent } from '../domain/events/dissentEvents.ts';
import type { CaseEvent } from '../domain/events/events.ts';
import type { PersonId } from '../domain/events/trail.ts';
import { dateOf } from '../domain/londonTime.ts';
import { mayRaise } from '../domain/procedure.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { type Raised, raise } from '../domain/raise.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { jobsFor, recorded } from './actOnCase.ts';
import { caseSummary } from './caseSummary.ts';
import { keepWith } from './keepWith.ts';
import { type CaseDependencies, type CaseForViewer, notFound, seenBy } from './seeCase.ts';

/** A procedure that somebody may raise a dissent under, and what its form offers. */
export type RaisableProcedure = {
  /** Tells it apart from every other opening: partnership, procedure and, where it is fixed, kind of meeting. */
  id: string;
  person: PersonId;
  procedure: Procedure;
  /** The kind of meeting, where what may be raised depends on it (Q20); null where the form asks for it. */
  meeting: string | null;
  directory: Directory;
  partnershipId: string;
  partnership: Partnership;
  /** The person's agency, or null where the form has to ask (C2). */
  agency: string | null;
  /** Today in London: a conference is not in the future. */
  today: string;
};

/**
 * What came of a dissent: a case as its dissenter sees it, with what they have open about the same conference `besides`, oldest first; or
 * the link that the concern belongs to instead (C4).
 */
export type Raising =
  | { seen: CaseForViewer; repeated: boolean; besides: string[] }
  | { diverted: { title: string; url: string } }
  | Refusal;

/**
 * Every procedure under which a person may raise a dissent: their own partnership's, or every partnership's for somebody who
 * is not in the directory, who is held for the chair to confirm (C2). What staff log for families is for staff alone (P1).
 */
export function openingsFor(deps: CaseDependencies, person: PersonId): RaisableProcedure[] {
  const directory = deps.directory();
  const today = dateOf(deps.clock.now());
  const known = personOf(directory, person);
  const partnerships = Object.entries(directory.partnerships).filter(([id]) => !known || known.partnership === id);
  return partnerships.flatMap(([partnershipId, partnership]) =>
    partnership.procedures.flatMap((id) => {
      const procedure = deps.library.inForce(id, today);
      // Staff who log something for a family speak for no agency (P1).
      const agency = procedure?.raisedBy === 'staff' ? null : (known?.agency ?? null);
      if (!procedure || !mayRaise(procedure, person, rosterOf(directory, partnershipId))) return [];
      const shared = { person, procedure, directory, partnershipId, partnership, agency, today: today.toString() };
      return meetingsApart(procedure).map((meeting) => ({
        ...shared,
        id: [partnershipId, procedure.id, ...(meeting === null ? [] : [meeting])].join('.'),
        meeting,
      }));
    }),
  );
}

/** Kinds of meeting that need forms of their own, since not every ground or decision is offered at each (S7, S8). */
function meetingsApart({ meetings, grounds, decisions }: Procedure): (string | null)[] {
  const differ = [...Object.values(grounds), ...Object.values(decisions)].some(({ only }) => only !== undefined);
  return differ ? Object.keys(meetings) : [null];
}

/**
 * Raises a dissent: one case for one draft, however often the form arrives (X4). A concern about process or management alone
 * opens no case; it is answered with the policy it belongs to, and the diversion is in the trail (C4).
 */
export async function raiseDissent(deps: CaseDependencies, opening: RaisableProcedure, draft: string, dissent: Dissent): Promise<Raising> {
  const now = deps.clock.now();
  const roster = rosterOf(opening.directory, opening.partnershipId);
  // What Teams calls somebody who is not in the directory is theirs from the first event on (C2).
  const { dissenter, dissenterName } = dissent;
  const directory =
    dissenterName === undefined ? opening.directory : { ...opening.directory, unlisted: { [dissenter]: { name: dissenterName } } };
  const calendar = deps.library.calendar(opening.partnership.calendar ?? opening.procedure.calendar);
  const raised: Raised | Refusal = raise(dissent, opening.procedure, roster, Object.keys(opening.partnership.agencies), now, calendar);
  if (isRefusal(raised)) return raised;
  if ('divert' in raised) return divert(deps, opening, raised.divert);
  const { person, procedure, partnershipId } = opening;
  // A form that somebody else forwards is that person's own draft.
  const own = `${person}/${draft}`;
  const besides = await openBeside(deps, opening, own, dissent);
  const actor = { person, role: procedure.raisedBy === 'staff' ? 'logger' : 'dissenter' };
  const identity = { id: procedure.id, version: procedure.version };
  const { reference, repeated } = await deps.cases.open({
    draft: own,
    prefix: procedure.prefix,
    year: String(dateOf(now).year % 100).padStart(2, '0'),
    partnership: partnershipId,
    procedure: { ...identity, fingerprint: deps.library.fingerprint(procedure.id, procedure.version) },
    build(reference) {
      const afterAll = (all: CaseEvent[]) => {
        const after = replay(
          reference,
          identity,
          all.map((event, index) => recorded(event, index + 1, now, actor)),
        );
        if (!after) throw new Error('a dissent was raised without events');
        return after;
      };
      const events = keepWith(raised.events, actor, afterAll(raised.events), { procedure, calendar, directory, roster, now });
      const after = afterAll(events);
      const summary = caseSummary(after, procedure, calendar, now);
      return { events, actor, at: now, jobs: jobsFor(reference, raised.events, procedure), after, summary };
    },
  });
  const trail = await deps.cases.load(reference);
  // An old form whose case has been erased since: there is nothing left to see (X9).
  if (!trail) return notFound(reference);
  return { seen: seenBy(deps, trail, person), repeated, besides };
}

/**
 * The dissents that the same person has open already about the same conference, with a child of both: their own and nobody else's (X9).
 * What staff log is for whichever of a family complains, and may come from several.
 */
async function openBeside(
  deps: CaseDependencies,
  { person, partnershipId, procedure }: RaisableProcedure,
  draft: string,
  dissent: Dissent,
) {
  if (procedure.raisedBy === 'staff') return [];
  const { date, chair } = dissent.conference;
  const besides: string[] = [];
  for (const reference of await deps.cases.raisedOn(person, { partnership: partnershipId, date, chair }, draft)) {
    const trail = await deps.cases.load(reference);
    const { children = [] } = (trail && seenBy(deps, trail, person).current.dissent) ?? {};
    if (haveChildInCommon(children, dissent.children)) besides.push(reference);
  }
  return besides;
}

async function divert(deps: CaseDependencies, opening: RaisableProcedure, link: string): Promise<Raising> {
  const { person, partnership } = opening;
  await deps.access.record({
    reference: null,
    person,
    role: 'dissenter',
    action: 'raise',
    cardRevision: null,
    result: 'diverted',
    code: link,
    rule: 'C4',
    at: deps.clock.now(),
  });
  const diverted = partnership.links[link];
  if (!diverted)
    throw new Error(`the directory has no link "${link}", to which the procedure diverts; add it under the partnership's links`);
  return { diverted };
}

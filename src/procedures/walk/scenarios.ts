import type { Dissent } from '../../domain/events/dissentEvents.ts';
import { forMeeting } from '../../domain/procedure.ts';
import type { Procedure } from '../../domain/procedureShape.ts';
import { castOf } from './cast.ts';
import { answersTo } from './ways.ts';
import type { World } from './world.ts';

/** One way to begin a walk: what is raised, among whom, and how. */
export type Scenario = { said: string; world: World; dissent: Dissent; late: boolean };

const CONFERENCE = '2027-02-02';

/**
 * Every way to begin: one child and three, in time and late, at each kind of meeting where that matters, for each level and each ground
 * that goes its own way, and with the holder of each role as the chair of the conference or as the one who raised it (C26).
 */
export function scenariosOf(procedure: Procedure, calendar: World['calendar']): Scenario[] {
  const plain = { children: 1, late: false, level: Object.keys(procedure.levels)[0], meeting: meetingsOf(procedure)[0] ?? '' };
  const scene = (said: string, changes: Partial<typeof plain & { people: Parameters<typeof castOf>[1]; ground: string }>): Scenario => {
    const { children, late, level, meeting, people, ground } = { ...plain, people: {}, ground: undefined, ...changes };
    const cast = castOf(procedure, people);
    const world: World = { procedure, calendar, cast };
    return { said, world, late, dissent: dissentFor(world, { children, level, meeting, ground }) };
  };
  const staff = procedure.raisedBy === 'staff';
  const routed = Object.entries(procedure.grounds).flatMap(([id, { routes }]) => (routes ? [id] : []));
  return [
    scene('one child', {}),
    scene('three children', { children: 3 }),
    scene('late', { late: true }),
    ...meetingsOf(procedure)
      .slice(1)
      .map((meeting) => scene(`meeting "${meeting}"`, { meeting })),
    ...Object.keys(procedure.levels)
      .slice(1)
      .map((level) => scene(`level "${level}"`, { level })),
    ...routed.map((ground) => scene(`ground "${ground}" alone`, { ground })),
    ...Object.keys(procedure.roles).flatMap((role) => [
      ...(procedure.chaired ? [scene(`"${role}" chaired the conference`, { people: { chair: role } })] : []),
      ...(staff ? [] : [scene(`"${role}" raised it`, { people: { professional: role } })]),
    ]),
  ];
}

/** The kinds of meeting between which anything differs; the first alone where nothing does. */
function meetingsOf({ meetings, grounds, decisions, stages }: Procedure): string[] {
  const all = Object.keys(meetings);
  return JSON.stringify([grounds, decisions, stages]).includes('"only":[') ? all : all.slice(0, 1);
}

function dissentFor(
  { procedure, cast }: World,
  { children, level, meeting, ground }: { children: number; level: string | undefined; meeting: string; ground: string | undefined },
): Dissent {
  const grounds = Object.entries(forMeeting(procedure.grounds, meeting));
  const plain = grounds.find(([, { divert, routes }]) => divert === undefined && routes === undefined) ?? grounds[0];
  const staff = procedure.raisedBy === 'staff';
  const { chaired } = procedure;
  const chosen = ground ?? plain?.[0] ?? '';
  const wanted = procedure.otherAgency !== undefined || procedure.grounds[chosen]?.routes !== undefined;
  const complainant = Object.keys(procedure.complainants)[0];
  return {
    conference: { type: meeting, date: CONFERENCE, chair: chaired ? cast.chair : '' },
    decision: Object.keys(forMeeting(procedure.decisions, meeting))[0] ?? '',
    children: ['CH-1', 'CH-2', 'CH-3'].slice(0, children),
    dissenter: staff ? cast.logger : cast.professional,
    agency: staff ? null : (cast.agencies[0] ?? null),
    grounds: [chosen],
    ...(level === undefined ? {} : { level }),
    reasons: 'As it was.',
    newInformation: null,
    affirmed: true,
    ...(complainant === undefined ? {} : { complainant }),
    ...(wanted ? { agencyConcerned: cast.agencies[1] ?? '' } : {}),
    ...(Object.keys(procedure.asks).length === 0 ? {} : { answers: answersTo(procedure.asks) }),
    ...(procedure.raising ? { late: { by: 1, reason: 'As it was.' } } : {}),
  };
}

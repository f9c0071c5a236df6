import fc from 'fast-check';
import { actOnCase } from '../../src/app/actOnCase.ts';
import type { Job } from '../../src/app/job.ts';
import type { Trail } from '../../src/app/ports.ts';
import { raiseDissent } from '../../src/app/raiseDissent.ts';
import { type CaseDependencies, type CaseForViewer, seenBy } from '../../src/app/seeCase.ts';
import type { Directory, Partnership } from '../../src/directory/directory.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { standingsOf } from '../../src/domain/authority.ts';
import type { Command } from '../../src/domain/commands.ts';
import type { Dissent } from '../../src/domain/events/dissentEvents.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { mayDo } from '../../src/domain/mayDo.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { casesInMemory } from '../support/casesInMemory.ts';
import { commandsFor, typed } from './anyCommand.ts';
import { jobsOf, type Out, summaryOf } from './inMemory.ts';

/**
 * A conference of which anything may come: dissents and a complaint, pressed on by anybody through the product's own use cases and jobs,
 * with the store in memory and everything that goes out kept.
 */

const library = loadLibrary('procedures');
const file = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} })();

/** Some references are the beginning of others (X11). */
export const CHILDREN = ['CH-10', 'CH-10-B', 'KV 77'];

/** Somebody whom the directory does not know (C2). */
export const GUEST = { person: '00000000-0000-4000-8000-00000000000f', name: 'Zelda Guestworthy' };

/** Where it is: who chairs there, who dissents, and everybody else who could look. */
const places = {
  camden: {
    procedure: 'camden-dissent',
    meeting: 'initial',
    decision: 'make',
    ground: 'threshold',
    date: '2027-10-11',
    chairs: ['chair', 'service-manager'],
    dissenters: ['gp', 'teacher', 'head-of-service', GUEST.person],
    others: [
      ...['chair', 'second-chair', 'service-manager', 'service-manager-deputy', 'service-manager-alternate', 'head-of-service'],
      ...['head-of-service-deputy', 'head-of-service-alternate', 'administrator', 'second-administrator', 'surgery-lead', 'school-lead'],
      ...[
        'camhs-lead',
        'social-worker',
        'police-officer',
        'health-representative',
        'education-representative',
        'camhs-representative',
        'midwife',
      ],
    ],
    attending: ['social-worker', 'police-officer'],
    agencies: ['police', 'hospital'],
    teller: 'social-worker',
  },
  strathmallow: {
    procedure: 'scottish-dissent',
    meeting: 'cppm',
    decision: 'meeting',
    ground: 'plan',
    date: '2027-10-11',
    chairs: ['scottish-chair'],
    dissenters: ['family-nurse', 'guidance-teacher'],
    others: [
      ...['scottish-chair', 'second-scottish-chair', 'scottish-head-of-service', 'scottish-head-of-service-deputy', 'register-keeper'],
      ...['scottish-head-of-service-alternate', 'scottish-administrator', 'scottish-council-lead', 'health-board-lead', 'academy-lead'],
      ...['lead-professional', 'carm-lead'],
    ],
    attending: ['lead-professional'],
    agencies: ['strathmallow-council'],
    teller: 'lead-professional',
  },
} as const;

const move = fc.record({
  which: fc.nat(),
  what: fc.nat(),
  /** By whom, or to what end: by somebody who may, on to the next stage, for once what ends or undoes a case, or by anybody at all. */
  urge: fc.oneof(
    { weight: 4, arbitrary: fc.constant('on' as const) },
    { weight: 6, arbitrary: fc.constant('any' as const) },
    { weight: 1, arbitrary: fc.constantFrom('seldom' as const, 'anybody' as const) },
  ),
  hours: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 40 }) }, { weight: 1, arbitrary: fc.integer({ min: 100, max: 200 }) }),
});

/** Mostly with a child in common, since else the cases have nothing to do with one another (X10). */
const someChildren = fc.oneof(
  { weight: 3, arbitrary: fc.subarray(CHILDREN.slice(1)).map((others) => [...CHILDREN.slice(0, 1), ...others]) },
  { weight: 1, arbitrary: fc.subarray(CHILDREN, { minLength: 1 }) },
);

/** What a conference comes to, drawn at random. */
export const anyConference = fc.record({
  place: fc.oneof({ weight: 2, arbitrary: fc.constant('camden' as const) }, { weight: 1, arbitrary: fc.constant('strathmallow' as const) }),
  chair: fc.nat(1),
  dissents: fc.array(fc.record({ who: fc.nat(3), children: someChildren }), { minLength: 1, maxLength: 2 }),
  complaint: fc.option(fc.record({ children: someChildren, child: fc.boolean() }), { nil: null }),
  library: fc.boolean(),
  covered: fc.boolean(),
  /** Whether calendars can be read, and whether mail and files are taken. */
  reads: fc.boolean(),
  takes: fc.integer({ min: 0, max: 3 }).map((each) => each > 0),
  /** Whether every case first goes on, as far as its conference's meeting again. */
  hurries: fc.boolean(),
  moves: fc.array(move, { maxLength: 60, size: 'max' }),
});
export type Drawn = typeof anyConference extends fc.Arbitrary<infer T> ? T : never;

/** Plays it. Returns the cases as anybody sees them, and what went out. */
export async function play(drawn: Drawn) {
  const place = places[drawn.place];
  const directory = directoryOf(drawn);
  const trails = new Map<string, Trail>();
  const queue: Job[] = [];
  let now = Temporal.Instant.from('2027-10-11T15:00:00Z');
  const out: Out = { mails: [], files: [], events: [], refusals: [], logged: [] };
  const log = (message: string, ...rest: unknown[]) => void out.logged.push(JSON.stringify([message, ...rest.map(said)]));
  const deps: CaseDependencies = {
    cases: casesInMemory({ trails, left: queue, listed: () => [...trails.keys()].map((reference) => summaryOf(see(reference, 'bot'))) }),
    access: { record: async () => {}, of: async () => [] },
    library,
    directory: () => directory,
    clock: { now: () => now },
    log: { info: log, warn: log, error: log },
  };
  const see = (reference: string, person: string): CaseForViewer => seenBy(deps, trails.get(reference) as Trail, person);
  const jobs = jobsOf(deps, see, out, drawn);
  const work = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) await jobs[job.name]?.(job.reference);
  };

  const { procedure: id, chairs, dissenters } = place;
  const people = new Set(drawn.dissents.map(({ who }) => dissenters[who % dissenters.length] ?? 'gp'));
  const raised = [...people].map((dissenter, index) => ({ id, dissenter, children: drawn.dissents[index]?.children ?? [] }));
  const logged =
    drawn.complaint && drawn.place === 'camden' ? [{ id: 'camden-complaint', dissenter: 'administrator', ...drawn.complaint }] : [];
  for (const [index, each] of [...raised, ...logged].entries()) {
    const dissent = aDissent(place, chairs[drawn.chair % chairs.length] ?? '', each, index);
    const procedure = library.procedure(each.id, 1);
    const partnership = directory.partnerships[drawn.place] as Partnership;
    const opening = { id: '', person: each.dissenter, procedure, meeting: null, directory, partnershipId: drawn.place, partnership };
    const came = await raiseDissent(deps, { ...opening, agency: dissent.agency, today: place.date }, `${index}`, dissent);
    if (!('seen' in came)) throw new Error(`nothing was raised: ${JSON.stringify(came)}`);
    await work();
  }

  const everybody: string[] = [...new Set([...dissenters, ...place.others])];
  for (const [number, { which, what, urge, hours }] of drawn.moves.entries()) {
    now = now.add({ hours });
    const references = [...trails.keys()];
    const reference = references[which % references.length] ?? '';
    const seen = see(reference, 'bot');
    const all = commandsFor(seen, { ...place, letter: 'ABC'[which % references.length] ?? '', number });
    const standing = everybody.flatMap((person) => {
      const context = { ...seen, person, standings: standingsOf(person, seen.current, seen.procedure, seen.roster, dateOf(now)) };
      return context.standings.length > 0 ? [context] : [];
    });
    const able = standing.flatMap((context) =>
      all.flatMap((command) => (isRefusal(mayDo(seen.current, command, context)) ? [] : [{ person: context.person, command }])),
    );
    const onward = able.filter(({ command }) => leadsOn(command));
    const wanted =
      urge === 'on' && onward.length > 0 ? onward : able.filter(({ command }) => urge === 'seldom' || !SELDOM.has(command.type));
    const kinds = [...Map.groupBy(wanted, ({ command }) => command.type).values()];
    const theirs = kinds[what % Math.max(1, kinds.length)] ?? [];
    const chosen =
      urge === 'anybody'
        ? { person: everybody[what % everybody.length] ?? '', command: all[which % all.length] }
        : theirs[which % Math.max(1, theirs.length)];
    if (!chosen?.command) continue;
    const { person, command } = chosen;
    const { revision } = seen.current;
    const { refusal } = await actOnCase(deps, { reference, revision, person, verb: 'press' }, command);
    if (refusal) out.refusals.push({ person, reference, said: JSON.stringify(refusal) });
    await work();
  }
  return { deps, trails: [...trails.values()], everybody, out, now, today: dateOf(now), see };
}
export type Played = Awaited<ReturnType<typeof play>>;

/** Whether it brings a case towards its conference's meeting again. */
function leadsOn(command: Command): boolean {
  if (command.type === 'Decide') return ['upheld', 'reconvene', 'reconvened', 'new_meeting'].includes(command.outcome);
  return ['Record', 'Submit', 'JudgeLateness', 'ShareMeeting', 'ChooseChair', 'ChooseTime', 'ReportHeld', 'ApproveLetter'].includes(
    command.type,
  );
}

const SELDOM = new Set(['Withdraw', 'DeclineChair', 'CancelMeeting', 'RequestDocument', 'LookForTimes']);

const said = (each: unknown) => (Error.isError(each) ? `${each.message} ${each.stack} ${String(each.cause)}` : each);

function aDissent(
  { meeting, decision, ground, date }: (typeof places)[keyof typeof places],
  chair: string,
  { id, dissenter, children, ...more }: { id: string; dissenter: string; children: string[]; child?: boolean },
  index: number,
): Dissent {
  const text = (kind: string) => typed(kind, { letter: 'ABC'[index] ?? '', number: 0 });
  const family = id === 'camden-complaint';
  return {
    conference: { type: meeting, date, chair },
    decision: family ? '' : decision,
    children,
    dissenter,
    ...(dissenter === GUEST.person ? { dissenterName: GUEST.name } : {}),
    agency: family ? null : (file.people.find((person) => person.id === dissenter)?.agency ?? null),
    grounds: [family ? 'outcome' : ground],
    reasons: `${text('reasons')} of ${children.join(', ')}`,
    newInformation: text('new'),
    affirmed: !family,
    ...(family ? { complainant: more.child ? 'child' : 'parent' } : {}),
  };
}

/** The sandbox's directory, with or without a library, and with deputies who cover now or not. */
function directoryOf({ library: files, covered }: Drawn): Directory {
  const covering = { from: '2027-10-11', to: covered ? '2027-12-31' : '2027-10-20' };
  return {
    ...file,
    // Who works there says nothing of an agency that dissents.
    people: file.people.map(({ agency, ...person }) =>
      agency === undefined || agency === 'childrens-services' ? person : { ...person, agency },
    ),
    partnerships: Object.fromEntries(
      Object.entries(file.partnerships).map(([id, { library: drive, ...partnership }]) => {
        const roles = Object.entries(partnership.roles).map(([role, post]) => {
          const deputies = post.deputies.map((deputy) => ({ ...deputy, ...covering }));
          return [role, { ...post, deputies }];
        });
        return [id, { ...partnership, roles: Object.fromEntries(roles), ...(files ? { library: drive } : {}) }];
      }),
    ) as Directory['partnerships'],
  };
}

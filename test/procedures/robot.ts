import { cardsDue } from '../../src/app/cardsDue.ts';
import type { CardKey } from '../../src/app/ports.ts';
import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { caseAction } from '../../src/cards/actions.ts';
import type { Field } from '../../src/cards/inputs.ts';
import { keyFor, present } from '../../src/cards/present/present.ts';
import { showCase } from '../../src/cards/show.ts';
import { toldBy } from '../../src/conversation/jobs/tellEveryone.ts';
import type { Directory } from '../../src/directory/directory.ts';
import { standingsOf } from '../../src/domain/authority.ts';
import { currentBooking } from '../../src/domain/bookings.ts';
import type { Report } from '../../src/domain/commands.ts';
import type { Dissent } from '../../src/domain/events/dissentEvents.ts';
import { dateOf, LONDON } from '../../src/domain/londonTime.ts';
import { attendeesOf } from '../../src/domain/sharing.ts';
import { timeLimitsOf } from '../../src/domain/timeLimits.ts';
import { countWorkingDays } from '../../src/domain/workingDays.ts';
import type { Cast } from '../../src/procedures/walk/cast.ts';
import { later, pressed, raisedAt, reports, type Scene, type World } from '../../src/procedures/walk/world.ts';

/**
 * A robot that finishes cases by pressing buttons that cards offer, and by nothing else: it draws every card that people ought to have,
 * presses the first button that brings the case on, and fills in the form that opens as its fields ask (PL11).
 */

/** What may be pressed, foremost first: what brings a case on. What only asks, withdraws, moves or cancels is left alone. */
const ONWARD = [
  /^refer$/,
  /^submit$/,
  /^choose:/,
  /^late:/,
  /^decide:/,
  /^held$/,
  /^move$/,
  /^chair$/,
  /^approve:/,
  /^teller:/,
  /^contact:/,
  /^parents:/,
  /^tick:/,
  /^file:/,
];

/** Which of several ways to take: asked wherever there is more than one. */
export type Choose = (options: string[]) => string;

/** How a case went: every press, and whether it came to its end. */
export type Played = { closed: boolean; presses: string[]; scene: Scene; faults: string[]; stages: string[] };

/** Sees each press before it is made. */
export type Watch = (directory: Directory, scene: Scene, offer: Offer) => void;

type Offer = { person: string; key: CardKey; verb: string };

/** Plays one case to its end by pressing buttons. `late` lets each time limit pass first. */
export function playWithCards(
  world: World,
  dissent: Dissent,
  choose: Choose,
  { late = false, watch }: { late?: boolean; watch?: Watch } = {},
): Played {
  const begun = raisedAt(world, dissent, Temporal.Instant.from('2027-02-03T10:00:00Z'));
  if ('refused' in begun) throw new Error(`${begun.sentence} ${JSON.stringify(begun.fields)}`);
  const presses: string[] = [];
  const faults: string[] = [];
  const stages = [begun.current.stage];
  const directory = directoryOf(world);
  let scene = settled(world, begun);
  for (let step = 0; step < 120 && scene.current.status === 'open' && faults.length === 0; step += 1) {
    scene = later(scene, timeOfNext(world, scene, late));
    const offers = offersIn(world, directory, scene).filter((each) => wanted(each, scene));
    const [first] = ONWARD.map((verb) => offers.filter((each) => verb.test(each.verb))).filter((some) => some.length > 0);
    if (!first) break;
    const verbs = [...new Set(first.map(({ verb }) => verb))];
    const chosen = /^(decide|late|choose):/.test(verbs[0] ?? '') && verbs.length > 1 ? choose(verbs) : verbs[0];
    const offer = first.find(({ verb }) => verb === chosen) as Offer;
    watch?.(directory, scene, offer);
    const came = press(world, directory, scene, offer, choose);
    presses.push(`${scene.current.stage}: ${offer.person} presses ${offer.verb}`);
    if ('fault' in came) faults.push(`${offer.person} pressed ${offer.verb} at ${scene.current.stage}: ${came.fault}`);
    else scene = settled(world, came);
    if (scene.current.stage !== stages.at(-1)) stages.push(scene.current.stage);
  }
  // The last card of everybody is drawn whole.
  for (const { person, key } of cardsDue(scene.current, world.procedure, world.cast.roster, dateOf(scene.now)))
    showCase(key, sight(world, directory, scene, person));
  return { closed: scene.current.status === 'closed', presses, scene, faults, stages };
}

/** Whether a button brings a case on: not where somebody is named, a way was looked for, or a time is booked already. */
function wanted({ verb, person }: Offer, { current }: Scene): boolean {
  const [name, stage = ''] = verb.split(':');
  const parents = current.conclusion.parents[stage];
  // Of several who decide together each says it once, and agrees with whoever spoke first (PL4).
  const views = name === 'decide' ? (current.views[stage.split('.')[0] ?? ''] ?? []) : [];
  if (views.some(({ by }) => by === person)) return false;
  if (views[0] && !verb.endsWith(`.${Object.values(views[0].perChild)[0]}`)) return false;
  if (name === 'teller') return !parents?.teller;
  if (name === 'contact') return !parents?.contact;
  if (name === 'chair') return current.otherChair === null;
  return name !== 'move' || currentBooking(current) === null;
}

/** The people of a walk as a directory has them. */
export function directoryOf({ procedure, cast }: World): Directory {
  const { roster, people, agencies } = cast;
  const links = [...procedure.links, ...procedure.guidance, ...Object.values(procedure.grounds).flatMap(({ divert }) => divert ?? [])];
  const escalation = procedure.escalation ? [procedure.escalation.link] : [];
  return {
    partnerships: {
      here: {
        name: 'A partnership',
        procedures: [procedure.id],
        roles: Object.fromEntries(
          Object.entries(roster.roles).map(([role, { holder, alternate }]) => [
            role,
            { holder, ...(alternate ? { alternate } : {}), deputies: [] },
          ]),
        ),
        agencies: Object.fromEntries(
          agencies.map((id) => [
            id,
            {
              name: `The ${id}`,
              kind: 'statutory' as const,
              ...(roster.agencyLeads[id] ? { lead: roster.agencyLeads[id] } : {}),
              ...(roster.representatives[id] ? { representative: roster.representatives[id] } : {}),
            },
          ]),
        ),
        links: Object.fromEntries([...links, ...escalation].map((id) => [id, { title: id, url: `https://partnership.example/${id}` }])),
        mailbox: 'partnership@example.org',
        letterhead: [],
        contact: [],
        copyTo: 'copy@example.org',
      },
    },
    people: people.map((id, index) => ({
      id,
      name: `Person ${id}`,
      role: 'Somebody',
      partnership: 'here',
      ...agencyFor(cast, id),
      aadObjectId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      email: `${id}@example.org`,
      chairs: roster.chairs.includes(id),
      administrates: roster.administrators.includes(id),
    })),
  };
}

const agencyFor = ({ professional, agencies }: Cast, id: string) => (id === professional ? { agency: agencies[0] ?? '' } : {});

/** A case as somebody sees it. */
export function sight(world: World, directory: Directory, { current, now }: Scene, person: string): CaseForViewer {
  const { procedure, calendar, cast } = world;
  const partnership = directory.partnerships.here;
  if (!partnership) throw new Error('no partnership');
  return {
    trail: {
      reference: current.reference,
      partnership: 'here',
      procedure: current.procedure,
      events: [],
      end: { hash: '', wrapped: '', keyId: '' },
    },
    current,
    procedure,
    calendar,
    directory,
    partnershipId: 'here',
    partnership,
    roster: cast.roster,
    person,
    standings: standingsOf(person, current, procedure, cast.roster, dateOf(now)),
    now,
  };
}

/** Every button on every card that somebody ought to have. */
function offersIn(world: World, directory: Directory, scene: Scene): Offer[] {
  const due = cardsDue(scene.current, world.procedure, world.cast.roster, dateOf(scene.now));
  return due.flatMap(({ person, key: asked }) => {
    const seen = sight(world, directory, scene, person);
    const key = keyFor(asked, seen);
    const { buttons, parts } = present(key, seen, 9);
    const steps = parts.flatMap(({ sections }) => sections.flatMap((each) => each.steps.flatMap((step) => step.buttons)));
    return [...new Set([...buttons, ...steps].map(({ verb }) => verb))].map((verb) => ({ person, key, verb }));
  });
}

/** Presses a button, fills in its form, and returns what came of it. */
function press(world: World, directory: Directory, scene: Scene, { person, verb }: Offer, choose: Choose): Scene | { fault: string } {
  const seen = sight(world, directory, scene, person);
  const action = caseAction(verb);
  if (!action) return { fault: 'no action' };
  const form = action.form(seen);
  if (action.hasForm && !form) return { fault: 'its form does not open' };
  const inputs = form ? Object.fromEntries(form.fields.map((field) => [field.id, fill(field, world, scene, verb, choose)])) : {};
  const read = action.read(inputs, seen);
  if ('fields' in read) return { fault: `the form does not hold: ${JSON.stringify(read.fields)} of ${JSON.stringify(inputs)}` };
  const came = pressed(world, scene, read.command, person);
  return 'refused' in came ? { fault: `refused: ${came.sentence} ${JSON.stringify(came.fields ?? {})}` } : came;
}

function fill(field: Field, { calendar }: World, { current, now }: Scene, verb: string, choose: Choose): string {
  const { id, kind, value, choices, isRequired } = field;
  if (kind === 'fact') return value;
  if (kind === 'tick') return 'yes';
  if (kind === 'text' && !isRequired) return value;
  if (kind === 'date')
    return value || (verb === 'move' ? countWorkingDays(calendar, dateOf(now), 4).due.toString() : dateOf(now).toString());
  if (kind === 'time') return value || '10:00';
  if (kind === 'choices') return value || (isRequired ? (choices[0]?.value ?? '') : '');
  if (kind === 'one' && verb === 'refer' && choices.some((each) => each.value === 'no'))
    return choose(choices.map((each) => `${id}=${each.value}`)).split('=')[1] ?? '';
  if (kind === 'one' || kind === 'choice')
    return value || (id === 'slot' && current.times ? (choices[0]?.value ?? '') : (choices[0]?.value ?? ''));
  return value || 'As it was';
}

/** What the bot does of itself: times are found, letters go, people are told in Teams. */
function settled(world: World, from: Scene): Scene {
  let scene = from;
  for (const report of reportsFor(world, scene)) scene = reports(world, scene, report);
  const { current } = scene;
  if (current.status === 'closed') return scene;
  const due = cardsDue(current, world.procedure, world.cast.roster, dateOf(scene.now));
  const told = toldBy({ ...scene, procedure: world.procedure, roster: world.cast.roster }, (person, key) =>
    due.some((card) => card.person === person && card.key === key),
  );
  for (const task of told) scene = reports(world, scene, { type: 'ConfirmTold', task });
  return scene;
}

function reportsFor({ calendar }: World, { current, now }: Scene): Report[] {
  const start = countWorkingDays(calendar, dateOf(now), 4).due.toZonedDateTime({ timeZone: LONDON, plainTime: '10:00' }).toInstant();
  const slot = {
    start: start.toString(),
    end: start.add({ hours: 2 }).toString(),
    workingDay: 1,
    meetsTarget: null,
    free: attendeesOf(current).map(({ person }) => person),
    tentative: [],
    busy: [],
    unknown: [],
  };
  const booking = currentBooking(current);
  const wanted = booking?.status === 'wanted' ? booking : null;
  return [
    ...(current.timesWanted ? [{ type: 'ReportTimes' as const, found: { slots: [slot], leastBad: [], blockers: [] } }] : []),
    ...(wanted
      ? [
          {
            type: 'ConfirmInvitation' as const,
            booking: wanted.number,
            start: wanted.slot.start,
            calendarEvent: 'event',
            joinUrl: 'https://meet.example',
            ...(wanted.round === undefined ? {} : { round: wanted.round }),
          },
        ]
      : []),
    ...current.conclusion.sendings.flatMap(({ number, status }): Report[] =>
      status === 'wanted' ? [{ type: 'ConfirmSending', sending: number }] : [],
    ),
  ];
}

function timeOfNext({ procedure, calendar }: World, { current, now }: Scene, late: boolean): Temporal.Instant {
  const booking = currentBooking(current);
  if (booking?.status === 'sent') return Temporal.Instant.from(booking.slot.end).add({ minutes: 1 });
  const limit = timeLimitsOf(current, procedure, calendar, now).find(({ kind }) => kind === 'time limit');
  return late && limit ? Temporal.Instant.from(limit.lateFrom).add({ minutes: 1 }) : now.add({ minutes: 10 });
}

/** Every way of choosing, one after the other, as far as there is room for: each choice that was met is tried each way. */
export function* everyWay(most: number): Generator<Choose> {
  const ahead: number[][] = [[]];
  for (let count = 0; count < most; count += 1) {
    const prefix = ahead.pop();
    if (!prefix) return;
    const met: number[] = [];
    yield (options) => {
      const place = met.length;
      const taken = Math.min(prefix[place] ?? 0, options.length - 1);
      if (place >= prefix.length) for (let other = 1; other < options.length; other += 1) ahead.push([...met, other]);
      met.push(taken);
      return options[taken] as string;
    };
  }
}

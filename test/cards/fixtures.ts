import type { RaisableProcedure } from '../../src/app/raiseDissent.ts';
import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { type Directory, type Person, rosterOf } from '../../src/directory/directory.ts';
import { standingsOf } from '../../src/domain/authority.ts';
import { type Case, evolve, replay } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { closing, decide } from '../../src/domain/decide.ts';
import type { ConferenceRecord, Dissent } from '../../src/domain/events/dissentEvents.ts';
import type { CaseEvent } from '../../src/domain/events/events.ts';
import type { Slot } from '../../src/domain/events/meetingEvents.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { raise } from '../../src/domain/raise.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';

/** A small invented partnership, and cases in it that have come as far as their steps take them. */

const library = loadLibrary('procedures');
export const camden = library.procedure('camden-dissent', 1);
export const scottish = library.procedure('scottish-dissent', 1);
const england = library.calendar('england-and-wales');
const scotland = library.calendar('scotland');

const person = (id: string, name: string, role: string, rest: Partial<Person> = {}): Person => ({
  id,
  name,
  role,
  partnership: 'camden',
  aadObjectId: `00000000-0000-4000-8000-${String(id.length).padStart(4, '0')}${Buffer.from(id).toString('hex').slice(0, 8).padEnd(8, '0')}`,
  email: `${id}@example.org`,
  chairs: false,
  administrates: false,
  ...rest,
});

export const directory: Directory = {
  partnerships: {
    camden: {
      name: 'Camden Safeguarding Children Partnership',
      procedures: ['camden-dissent'],
      roles: {
        'service-manager': {
          holder: 'sm',
          alternate: 'sm-alternate',
          deputies: [{ person: 'sm-deputy', from: '2027-01-14', to: '2027-01-15' }],
        },
        'head-of-service': { holder: 'hos', alternate: 'hos-alternate', deputies: [] },
      },
      agencies: {
        health: { name: 'North Quarter Community Health', kind: 'statutory', lead: 'health-lead', representative: 'health-representative' },
        school: { name: 'Larkfield Primary School', kind: 'statutory' },
        kites: { name: 'Kites Family Support', kind: 'voluntary' },
      },
      links: {
        thresholds: { title: 'Thresholds', url: 'https://partnership.example/thresholds' },
        'escalation-policy': { title: 'Escalation Policy', url: 'https://partnership.example/escalation' },
      },
      mailbox: 'conferences@example.org',
      letterhead: ['Camden Safeguarding Children Partnership', 'Quality Assurance'],
      contact: ['partnership@example.org', '020 7000 0000'],
      copyTo: 'partnership@example.org',
    },
    strathmallow: {
      name: 'Strathmallow Child Protection Committee',
      procedures: ['scottish-dissent'],
      roles: {
        'head-of-service': { holder: 'head', alternate: 'head-alternate', deputies: [] },
        'register-keeper': { holder: 'keeper', deputies: [] },
      },
      agencies: {
        board: { name: 'Glenaldie Health Board', kind: 'statutory', lead: 'nurse-lead' },
        council: { name: 'Strathmallow Council Social Work', kind: 'statutory' },
      },
      links: {},
      mailbox: 'meetings@example.org',
      letterhead: [],
      contact: [],
      library: { drive: 'b!files' },
    },
  },
  people: [
    person('health-visitor', 'Amara Okoro', 'Health visitor', { agency: 'health', manager: 'health-lead' }),
    person('managed-worker', 'Ed Marsh', 'Family worker', { agency: 'kites', manager: 'sm' }),
    person('health-lead', 'Priya Anand', 'Named nurse', { agency: 'health' }),
    person('chair', 'Ruth Calder', 'Conference chair', { chairs: true }),
    person('other-chair', 'Owen Price', 'Conference chair', { chairs: true }),
    person('sm', 'Helen Stroud', 'Service Manager', { chairs: true }),
    person('sm-alternate', 'Joan Petty', 'Service Manager, north'),
    person('sm-deputy', 'Tariq Aziz', 'Team manager'),
    person('hos', 'Grace Lindqvist', 'Head of Service'),
    person('hos-alternate', 'Paul Dunne', 'Head of Service, west'),
    person('administrator', 'Bela Novak', 'Conference administrator', { administrates: true }),
    person('social-worker', 'Dev Shah', 'Social worker'),
    person('health-representative', 'Nia Brook', 'Designated doctor', { agency: 'health' }),
    person('teacher', 'Lena Fox', 'Designated safeguarding lead', { agency: 'school' }),
    ...[
      person('nurse', 'Catriona Elm', 'Family nurse', { agency: 'board' }),
      person('nurse-lead', 'Saoirse Drum', 'Lead nurse', { agency: 'board' }),
      person('meeting-chair', 'Ruaridh Kint', 'Meeting chair', { chairs: true }),
      person('head', 'Shona Aber', "Head of Children's Health, Care and Justice Services"),
      person('head-alternate', 'Ngozi Inver', 'Head of Adult Services'),
      person('meeting-administrator', 'Isla Corrie', 'Meeting administrator', { administrates: true }),
      person('keeper', 'Hamish Glen', 'Keeper of the Register'),
      person('lead-professional', 'Morag Pit', 'Lead professional', { agency: 'council' }),
    ].map((each) => ({ ...each, partnership: 'strathmallow' })),
  ],
};

/** Where a case is: under which procedure, by which calendar, in which partnership. */
const places = {
  camden: { procedure: camden, calendar: england, roster: rosterOf(directory, 'camden') },
  strathmallow: { procedure: scottish, calendar: scotland, roster: rosterOf(directory, 'strathmallow') },
};
const placeOf = ({ procedure }: Pick<Case, 'procedure'>) => (procedure.id === scottish.id ? 'strathmallow' : 'camden');

/** A dissent with every field in order; a test changes what it is about. */
export function aDissent(changes: Partial<Omit<Dissent, 'conference'>> & { conference?: Partial<Dissent['conference']> } = {}): Dissent {
  const { conference, ...rest } = changes;
  return {
    conference: { type: 'initial', date: '2027-01-12', chair: 'chair', ...conference },
    decision: 'not_make',
    children: ['CH-1041', 'CH-1042'],
    dissenter: 'health-visitor',
    agency: 'health',
    grounds: ['threshold'],
    reasons: 'I saw three injuries in six weeks.\nNobody could say how they came about.',
    newInformation: null,
    affirmed: false,
    ...rest,
  };
}

/** A Scottish dissent with every field in order. */
export const aScottishDissent = (type = 'cppm'): Dissent =>
  aDissent({
    conference: { type, date: '2026-11-25', chair: 'meeting-chair' },
    decision: 'meeting',
    dissenter: 'nurse',
    agency: 'board',
    grounds: type === 'cppm' ? ['category', 'plan'] : ['plan'],
    affirmed: true,
  });

export const aRecord: ConferenceRecord = {
  answers: {
    consensus: 'yes',
    threshold: 'We read out the threshold and talked about each part of it.',
    decision: 'No plan is needed.',
    basis: 'What was shared at the conference.',
  },
  documents: { notes: null },
  agencies: ['health', 'school'],
  required: ['social-worker'],
  optional: ['teacher'],
};

export const aScottishRecord: ConferenceRecord = {
  answers: { asked: 'yes', resolved: 'no', account: 'We went round the table twice.' },
  documents: { notes: 'https://files.example/notes/41', plan: null },
  agencies: ['board'],
  required: ['lead-professional'],
  optional: [],
};

/** A case and the moment at which it is looked at. */
export type State = { current: Case; now: string };

/** Something that happens to a case: a command by somebody, or the bot's report of its work. */
export type Step = (before: Case, now: Temporal.Instant) => Case;

const add = (before: Case, events: CaseEvent[], now: Temporal.Instant, actor: { person: string; role: string }) =>
  events.reduce((current, event) => evolve(current, { ...event, revision: current.revision + 1, at: now.toString(), actor }), before);

/** A dissent as it was raised at an instant, whose flags are the domain's own. */
export function raised(at = '2027-01-12T15:10:00Z', dissent: Dissent = aDissent()): Case {
  const now = Temporal.Instant.from(at);
  const place = Object.hasOwn(scottish.meetings, dissent.conference.type) ? 'strathmallow' : 'camden';
  const { procedure, roster, calendar } = places[place];
  const outcome = raise(dissent, procedure, roster, Object.keys(directory.partnerships[place]?.agencies ?? {}), now, calendar);
  if (!('events' in outcome)) throw new Error(`the dissent was not raised: ${JSON.stringify(outcome)}`);
  const actor = { person: dissent.dissenter, role: 'dissenter' };
  const trail = outcome.events.map((event, index) => ({ ...event, revision: index + 1, at, actor }));
  const current = replay('DIS-27-004', { id: procedure.id, version: procedure.version }, trail);
  if (!current) throw new Error('no events');
  return current;
}

/** The case after somebody did something that they may do. */
export function after(before: Case, by: string, at: string, command: Command): Case {
  const now = Temporal.Instant.from(at);
  const { procedure, calendar, roster } = places[placeOf(before)];
  const standings = standingsOf(by, before, procedure, roster, dateOf(now));
  const answer = decide(before, command, { person: by, standings, procedure, calendar, roster, now });
  if ('refused' in answer) throw new Error(`${command.type} was refused: ${answer.sentence} ${JSON.stringify(answer.fields ?? {})}`);
  return add(before, answer.events, now, { person: by, role: answer.role });
}

/** The case after the bot reported what it found or did outside. */
export function reported(before: Case, at: string, report: Parameters<typeof takeReport>[1]): Case {
  const bot = { person: 'bot', role: 'bot' };
  const now = Temporal.Instant.from(at);
  const { procedure } = places[placeOf(before)];
  return add(before, closing(before, takeReport(before, report, procedure), procedure, now, bot), now, bot);
}

/** A case as a person sees it at an instant. */
export function seenBy(personId: string, current: Case, at: string): CaseForViewer {
  const now = Temporal.Instant.from(at);
  const partnershipId = placeOf(current);
  const { procedure, calendar, roster } = places[partnershipId];
  const standings = standingsOf(personId, current, procedure, roster, dateOf(now));
  const end = { hash: '', wrapped: '', keyId: '' };
  return {
    trail: { reference: current.reference, partnership: partnershipId, procedure: current.procedure, events: [], end },
    current,
    procedure,
    calendar,
    directory,
    partnershipId,
    partnership: partnershipNamed(partnershipId),
    roster,
    person: personId,
    standings,
    now,
  };
}

function partnershipNamed(id: string) {
  const partnership = directory.partnerships[id];
  if (!partnership) throw new Error(`no partnership ${id}`);
  return partnership;
}

/** What a person's dissent form offers on a date. */
export function openingFor(personId: string, today = '2027-01-12', agency: string | null = 'health'): RaisableProcedure {
  const partnership = partnershipNamed('camden');
  return {
    id: 'camden.camden-dissent',
    person: personId,
    procedure: camden,
    meeting: null,
    directory,
    partnershipId: 'camden',
    partnership,
    agency,
    today,
  };
}

/** What the family nurse's dissent form offers for a kind of meeting. */
export function scottishOpening(meeting: 'cppm' | 'carm'): RaisableProcedure {
  const partnership = partnershipNamed('strathmallow');
  const id = `strathmallow.scottish-dissent.${meeting}`;
  return {
    id,
    person: 'nurse',
    procedure: scottish,
    meeting,
    directory,
    partnershipId: 'strathmallow',
    partnership,
    agency: 'board',
    today: '2026-11-25',
  };
}

export function aSlot(start: string, workingDay: number, changes: Partial<Slot> = {}): Slot {
  const end = Temporal.Instant.from(start).add({ hours: 2 }).toString();
  return {
    start,
    end,
    workingDay,
    meetsTarget: true,
    free: ['chair', 'health-visitor', 'social-worker'],
    tentative: [],
    busy: [],
    unknown: ['teacher'],
    ...changes,
  };
}

/** All the words of a card, in order, one a line; what only an old client would see is left out. */
export function wordsOf(value: unknown): string {
  const words: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return void node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      if (typeof inner === 'string' && ['text', 'title', 'label', 'value', 'errorMessage'].includes(key)) words.push(inner);
      else if (key !== 'fallback' && key !== 'refresh') walk(inner);
    }
  };
  walk(value);
  return words.join('\n');
}

/** The titles of a card's buttons that do something to the case, in order; not those that only show more. */
export function buttonsOf(card: Record<string, unknown>): string[] {
  return (card.actions as { title: string }[]).map(({ title }) => title);
}

import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { rosterOf } from '../../src/directory/directory.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { standingsOf } from '../../src/domain/authority.ts';
import type { Command, Report } from '../../src/domain/commands.ts';
import type { ConferenceRecord, Dissent } from '../../src/domain/events/dissentEvents.ts';
import type { RecordedEvent } from '../../src/domain/events/events.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { aDissent, bot, caseOf, doing, raising, recorded } from '../support/dissents.ts';

/** Cases of the sandbox's two partnerships, played by the domain's own rules, from which documents are made. */

const library = loadLibrary('procedures');
const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} })();

/** A case as the program sees it, with the trail that it is. */
export type Told = { seen: CaseForViewer; events: RecordedEvent[] };

/** Something done by somebody at an instant: a command, or the bot's report of its work. */
type Step = [at: string, by: string, does: Command] | [at: string, by: 'bot', reports: Report];

const england = library.calendar('england-and-wales');
const places = {
  camden: { partnershipId: 'camden', procedure: library.procedure('camden-dissent', 2), calendar: england },
  complaint: { partnershipId: 'camden', procedure: library.procedure('camden-complaint', 2), calendar: england },
  strathmallow: {
    partnershipId: 'strathmallow',
    procedure: library.procedure('scottish-dissent', 2),
    calendar: library.calendar('scotland'),
  },
};

/** A case with what happened in it, seen as the program sees it when the last of it has happened. */
export function told(place: keyof typeof places, reference: string, raisedAt: string, dissent: Dissent, steps: Step[]): Told {
  const { partnershipId, procedure, calendar } = places[place];
  const partnership = directory.partnerships[partnershipId]!;
  const roster = rosterOf(directory, partnershipId);
  const setting = { procedure, calendar, roster };
  const trail = raising(setting, dissent, Object.keys(partnership.agencies), raisedAt);
  const now = () => caseOf(reference, procedure, trail);
  for (const [at, by, does] of steps) {
    const reported = () => recorded(takeReport(now(), does as Report, procedure), at, bot, trail.length + 1);
    trail.push(...(by === 'bot' ? reported() : doing(setting, now(), does as Command, by, at)));
  }
  const last = trail.at(-1)?.at ?? raisedAt;
  const person = dissent.dissenter;
  const standings = standingsOf(person, now(), procedure, roster, dateOf(last));
  const end = { hash: '', wrapped: '', keyId: '' };
  const read = { reference, partnership: partnershipId, procedure: now().procedure, events: trail, end };
  const seen = { trail: read, current: now(), procedure, calendar, directory, partnershipId, partnership, roster, person, standings };
  return { seen: { ...seen, now: Temporal.Instant.from(last) }, events: trail };
}

const camdenDissent = aDissent({
  agency: 'community-health',
  grounds: ['threshold', 'information'],
  reasons: 'I saw three injuries in six weeks.\n\nNobody could say how they came about.',
});
const camdenRecord: ConferenceRecord = {
  answers: {
    consensus: 'yes',
    threshold: 'We read out the threshold and talked about each part of it.',
    decision: 'No plan is needed.',
    basis: 'What was shared at the conference.',
  },
  documents: { notes: 'https://files.example/notes/1' },
  agencies: ['community-health', 'police', 'school'],
  required: ['social-worker'],
  optional: ['teacher'],
};

/** Scenario 1: not upheld by the Service Manager herself. */
export const notUpheld = told('camden', 'DIS-27-001', '2027-01-12T15:10:00Z', camdenDissent, [
  ['2027-01-12T16:30:00Z', 'chair', { type: 'Record', record: camdenRecord, agency: null }],
  ['2027-01-13T09:00:00Z', 'service-manager', { type: 'Ask', of: 'dissenter', question: 'On which days did you see them?' }],
  ['2027-01-13T09:05:00Z', 'service-manager', { type: 'Ask', of: 'chair', question: 'Was the school report read out?' }],
  ['2027-01-13T09:06:00Z', 'service-manager', { type: 'AskAdvice', question: 'Is the threshold applied as elsewhere?' }],
  ['2027-01-14T10:00:00Z', 'health-visitor', { type: 'AddToDissent', text: 'The hospital wrote to me <today> & called.' }],
  ['2027-01-15T10:00:00Z', 'health-visitor', { type: 'Answer', request: 1, answer: 'On 4, 18 and 29 December.' }],
  ['2027-01-18T10:00:00Z', 'head-of-service', { type: 'Answer', request: 3, answer: 'Compare the guidance on repeated injuries.' }],
  [
    '2027-01-21T10:00:00Z',
    'service-manager',
    {
      type: 'Decide',
      stage: 'decide',
      outcome: 'not_upheld',
      reasons: 'The injuries were looked into and explained.',
      answers: {},
      delayReason: null,
    },
  ],
]);

const LONG = Array.from(
  { length: 60 },
  (_, index) =>
    `Paragraph ${index + 1}. What was read bears on this point, and so the whole of it is set out here for the agencies that were there.`,
).join('\n\n');

/** Decided by two deputies at Christmas, with three children of whom one is decided otherwise, and long texts; reconvened and booked. */
export const byDeputies = told(
  'camden',
  'DIS-27-051',
  '2027-12-14T15:10:00Z',
  {
    ...camdenDissent,
    conference: { type: 'review', date: '2027-12-14', chair: 'chair' },
    decision: 'end',
    children: ['CH-1041', 'CH-1042', 'CH-104'],
    dissenter: 'community-paediatrician',
    reasons: `About CH-1041 and ch-1042, and less about CH-104.\n${LONG}`,
    newInformation: 'A letter from the hospital.',
  },
  [
    ['2027-12-14T16:30:00Z', 'chair', { type: 'Record', record: { ...camdenRecord, documents: { notes: null } }, agency: null }],
    [
      '2027-12-21T10:00:00Z',
      'service-manager-deputy',
      {
        type: 'Decide',
        stage: 'decide',
        outcome: 'upheld',
        own: { 'CH-104': { outcome: 'not_upheld', reasons: null, answers: {} } },
        reasons: LONG,
        answers: {},
        delayReason: null,
      },
    ],
    [
      '2027-12-22T10:00:00Z',
      'service-manager-deputy',
      {
        type: 'ApproveLetter',
        stage: 'decide',
        wording: 'The reasons as they are put in the letter.',
        recipients: ['agency:community-health', 'agency:police'],
        changes: 'The school was not there.',
      },
    ],
    [
      '2027-12-23T10:00:00Z',
      'head-of-service-deputy',
      {
        type: 'Decide',
        stage: 'review',
        outcome: 'reconvene',
        reasons: 'The letter is new.',
        answers: { new_information: 'A letter from the hospital, of 20 December.' },
        delayReason: null,
      },
    ],
    ['2027-12-23T11:00:00Z', 'administrator', { type: 'ChooseTime', start: '2028-01-11T10:00:00Z', reason: null }],
    [
      '2027-12-23T11:01:00Z',
      'bot',
      { type: 'ConfirmInvitation', booking: 1, start: '2028-01-11T10:00:00Z', calendarEvent: 'event', joinUrl: null },
    ],
  ],
);

const scottishDissent: Dissent = {
  ...camdenDissent,
  conference: { type: 'cppm', date: '2026-11-25', chair: 'scottish-chair' },
  decision: 'plan',
  children: ['SC-2001', 'SC-2002'],
  dissenter: 'family-nurse',
  agency: 'health-board',
  grounds: ['category'],
  reasons: 'The category does not fit what I saw.',
  affirmed: true,
};
const scottishRecord = {
  answers: { asked: 'yes', resolved: 'no', account: 'We went round the table twice.' },
  documents: { notes: 'https://files.example/notes/41', plan: null },
  agencies: ['health-board', 'strathmallow-council'],
  required: ['lead-professional'],
  optional: [],
};

/** Scenario 9: the letter came late and was accepted, and the category changed. */
export const categoryChanged = told('strathmallow', 'DIS-S-26-041', '2026-11-25T16:00:00Z', scottishDissent, [
  ['2026-11-25T16:30:00Z', 'scottish-chair', { type: 'Record', record: scottishRecord, agency: null }],
  [
    '2026-12-04T09:12:00Z',
    'family-nurse',
    {
      type: 'Submit',
      text: 'I cannot support category A.\n\nThe bruises point to category B.',
      link: 'https://files.example/letter/41',
      lateReason: 'I was at court for two days.',
    },
  ],
  [
    '2026-12-07T10:00:00Z',
    'scottish-head-of-service',
    { type: 'JudgeLateness', accepted: true, reasons: 'Two days at court are a good reason.' },
  ],
  [
    '2026-12-16T10:00:00Z',
    'scottish-head-of-service',
    {
      type: 'Decide',
      stage: 'review',
      outcome: 'change_category',
      reasons: 'Notes and letter were read together.',
      answers: {
        guidance: 'yes',
        edition: '2021, updated 2023',
        parents: 'lead-professional',
        improvements: 'Share reports two days before.',
        old_category: 'A: physical',
        new_category: 'B: neglect',
      },
      delayReason: null,
    },
  ],
]);

/** A CARM, decided by the deputy. */
export const carmByDeputy = told(
  'strathmallow',
  'DIS-S-27-012',
  '2027-12-20T16:00:00Z',
  {
    ...scottishDissent,
    conference: { type: 'carm', date: '2027-12-20', chair: 'scottish-chair' },
    dissenter: 'guidance-teacher',
    agency: 'academy',
    grounds: ['plan'],
    children: ['SC-2001'],
  },
  [
    ['2027-12-20T16:30:00Z', 'scottish-chair', { type: 'Record', record: scottishRecord, agency: null }],
    ['2027-12-22T09:12:00Z', 'guidance-teacher', { type: 'Submit', text: 'The plan is not enough.', link: null, lateReason: null }],
    [
      '2027-12-29T10:00:00Z',
      'scottish-head-of-service-deputy',
      {
        type: 'Decide',
        stage: 'review',
        outcome: 'keep',
        reasons: 'The plan is enough for now.',
        answers: { guidance: 'yes', edition: '2021, updated 2023', parents: 'carm-lead' },
        delayReason: null,
      },
    ],
  ],
);

/** Scenario 12: a parent's complaint, logged by an administrator, beside a dissent that it knows nothing of. */
export const complaint = told(
  'complaint',
  'CMP-27-011',
  '2027-10-14T10:00:00Z',
  {
    ...camdenDissent,
    conference: { type: 'initial', date: '2027-10-11', chair: 'chair' },
    decision: '',
    dissenter: 'administrator',
    agency: null,
    grounds: ['category', 'process'],
    reasons: 'They say that neglect is the wrong word.',
    complainant: 'child',
    madeOn: '2027-10-12',
  },
  [
    [
      '2027-10-14T11:00:00Z',
      'administrator',
      { type: 'Record', record: { ...camdenRecord, answers: {}, documents: { notes: null }, agencies: [] }, agency: null },
    ],
    [
      '2027-10-29T11:00:00Z',
      'service-manager',
      { type: 'Decide', stage: 'outcome', outcome: 'stands', reasons: 'The notes were read.', answers: {}, delayReason: null },
    ],
  ],
);

import type { Case } from '../../src/domain/case.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { caseAfter, deeds, dissent, type Place, type Step } from './cast.ts';

/** Where a case can be when somebody presses a button: under each procedure, by the names that the tables use. */

const library = loadLibrary('procedures');
const setting = (id: string, calendar: string): Place => ({ procedure: library.procedure(id, 1), calendar: library.calendar(calendar) });

const { records, decides, asks, asksAdvice, answers, namesTeller, checksContact, tells, approves, ticks, books } = deeds;
const JANUARY = 'service-manager-deputy-of-january';

const camden = setting('camden-dissent', 'england-and-wales');
const referred = records({ consensus: 'yes', threshold: 'Read out.', decision: 'No plan.', basis: 'What was shared.' });
const asked = [referred, asks('service-manager', 'dissenter'), asks('service-manager', 'chair'), asksAdvice('service-manager')];
const upheld = [referred, decides(JANUARY, 'decide', 'upheld')];
const reconvening = [...upheld, decides('head-of-service', 'review', 'reconvene')];
const notUpheld = [referred, decides(JANUARY, 'decide', 'not_upheld')];
const named = [...notUpheld, namesTeller('service-manager', 'decide')];
const told = [...named, checksContact('decide'), tells('decide')];
const lettered = [...notUpheld, approves(JANUARY, 'decide')];
const bothSent: Step[] = [[{ type: 'SendingDone', sending: 1 }], [{ type: 'SendingDone', sending: 2 }]];
const filed: Step = ['administrator', { type: 'FileReasons', child: 'CH-1041', fileReference: 'File 7' }];

/** One conference serves this case and another, which has booked it for a time. */
const followed = (start: string): Step => {
  const slot = { start, end: start, workingDay: 1, meetsTarget: null, free: [], tentative: [], busy: [], unknown: [] };
  const by = { person: 'administrator', role: 'administrator' };
  const booking = { slot, status: 'sent' as const, reason: null, joinUrl: null, failure: null, heldOn: null, chosenBy: by };
  return [{ type: 'MeetingFollowed', booking }];
};

const camdenCases: Record<string, Step[]> = {
  raised: [],
  chairless: [['chair', { type: 'DeclineChair', reason: 'I was ill.' }]],
  referred: [referred],
  asked,
  answered: [...asked, answers('dissenter', 1), answers('chair', 2), answers('head-of-service', 3)],
  upheld,
  reconvening,
  offered: [...reconvening, [{ type: 'SharingOffered', with: 'DIS-27-002' }]],
  shared: [...reconvening, [{ type: 'MeetingShared', with: 'DIS-27-002' }]],
  joined: [...reconvening, [{ type: 'MeetingShared', with: 'DIS-27-002' }], followed('2027-06-01T10:00:00Z')],
  booked: [...reconvening, ...books()],
  unbooked: [...reconvening, ...books(), [{ type: 'InvitationFailed', booking: 1, cause: 'permission' }]],
  held: [
    ...reconvening,
    ...books(),
    [{ type: 'MeetingHeld', booking: 1, on: '2027-02-16' }],
    [{ type: 'StageEntered', stage: 'conclude' }],
  ],
  'not upheld': notUpheld,
  lettered,
  sent: [...lettered, ...bothSent],
  doubtful: [...lettered, [{ type: 'SendingFailed', sending: 1, cause: 'uncertain' }]],
  named,
  checked: [...named, checksContact('decide')],
  told,
  ticked: [...notUpheld, ticks('service-manager', 'chair:decide')],
  unfiled: [...notUpheld, [{ type: 'FilingFailed', child: 'CH-1041', cause: 'permission' }]],
  filed: [...notUpheld, filed],
  concerned: [...notUpheld, ['dissenter', { type: 'RemainConcerned' }]],
  withdrawn: [['dissenter', { type: 'Withdraw', reason: 'We agreed.' }]],
  closed: [...told, ticks('administrator', 'chair:decide'), approves('service-manager', 'decide'), ...bothSent, filed],
};

const scotland = setting('scottish-dissent', 'scotland');
const atCppm = { ...dissent, conference: { ...dissent.conference, type: 'cppm' }, decision: 'meeting', grounds: ['plan'] };
const atCarm = { ...atCppm, conference: { ...atCppm.conference, type: 'carm' } };
const longAgo = { ...atCppm, conference: { ...atCppm.conference, date: '2026-12-01' } };
const unresolved = records({ asked: 'yes', resolved: 'no', account: 'We talked.' });
const written: Step[] = [
  ['dissenter', { type: 'Submit', text: 'I dissent.', link: null, lateReason: 'I was ill.' }],
  [{ type: 'SendingDone', sending: 1 }],
];
const guidance = { guidance: 'yes', edition: '2021', parents: 'teller' };
const HOS_JANUARY = 'head-of-service-deputy-of-january';
const kept = [unresolved, ...written, decides(HOS_JANUARY, 'review', 'keep', guidance)];
const changed = [
  unresolved,
  ...written,
  decides(HOS_JANUARY, 'review', 'change_category', { ...guidance, old_category: 'A', new_category: 'B' }),
];
const judged = (accepted: boolean): Step => ['head-of-service', { type: 'JudgeLateness', accepted, reasons: 'It came from a ward.' }];

const scottishCases: Record<string, Step[]> = {
  raised: [],
  early: written.slice(0, 1),
  passed: [...written.slice(0, 1), unresolved, ...written.slice(1)],
  recorded: [unresolved],
  written: [unresolved, ...written],
  asked: [unresolved, ...written, asks('head-of-service', 'dissenter'), asks('head-of-service', 'chair')],
  kept,
  changed,
  'new meeting': [unresolved, ...written, decides(HOS_JANUARY, 'review', 'new_meeting', guidance)],
  checked: [...kept, checksContact('review')],
  resolved: [records({ asked: 'yes', resolved: 'yes', account: 'We talked.' })],
};
const lateCases: Record<string, Step[]> = {
  late: [unresolved, ...written],
  accepted: [unresolved, ...written, judged(true)],
  refused: [unresolved, ...written, judged(false)],
};

const complaint = setting('camden-complaint', 'england-and-wales');
const complained = {
  ...dissent,
  dissenter: 'third-chair',
  complainant: 'parent',
  agency: null,
  decision: '',
  grounds: ['outcome'],
  affirmed: false,
};
const aboutAgency = { ...complained, grounds: ['agency'], agencyConcerned: 'school' };
const passedOn = records({}, 'administrator');
const stands = [passedOn, decides(JANUARY, 'outcome', 'stands')];
const reconvened = [passedOn, decides(JANUARY, 'outcome', 'reconvened')];
const tellerNamed = namesTeller('administrator', 'acknowledge');
const acknowledged: Step[] = [
  ticks('administrator', 'chair:acknowledge'),
  ticks('administrator', 'task:acknowledge.decider'),
  tellerNamed,
  checksContact('acknowledge'),
  tells('acknowledge'),
];

const complaintCases: Record<string, Step[]> = {
  logged: [],
  chairless: [['chair', { type: 'DeclineChair', reason: 'I was ill.' }]],
  named: [tellerNamed],
  acknowledged,
  'passed on': [passedOn],
  asked: [passedOn, asks('service-manager', 'chair')],
  stands,
  forward: [passedOn, decides(JANUARY, 'outcome', 'brought_forward')],
  reconvened,
  chaired: [...reconvened, ['administrator', { type: 'ChooseChair', chair: 'other-chair' }]],
  withdrawn: [['third-chair', { type: 'Withdraw', reason: 'We agreed.' }]],
  closed: [...acknowledged, ...stands, ticks('administrator', 'chair:outcome'), checksContact('outcome'), tells('outcome')],
};

/** The cases of one procedure by situation, the setting that they are in, and who is meant by the column `decided`. */
export type Situations = { setting: Place; decided: string; cases: Record<string, Case> };

const built = (where: Place, raised: typeof dissent, histories: Record<string, Step[]>): Record<string, Case> =>
  Object.fromEntries(Object.entries(histories).map(([name, steps]) => [name, caseAfter(where, raised, steps)]));

/** Every situation, by procedure. */
export const situations: Record<string, Situations> = {
  'camden-dissent': { setting: camden, decided: JANUARY, cases: built(camden, dissent, camdenCases) },
  'camden-complaint': {
    setting: complaint,
    decided: JANUARY,
    cases: { ...built(complaint, complained, complaintCases), ...built(complaint, aboutAgency, { routed: [] }) },
  },
  'scottish-dissent': {
    setting: scotland,
    decided: HOS_JANUARY,
    cases: {
      ...built(scotland, atCppm, scottishCases),
      ...built(scotland, longAgo, lateCases),
      ...built(scotland, atCarm, { carm: [unresolved, ...written] }),
    },
  },
};

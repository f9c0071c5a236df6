import type { CardKey } from '../../src/app/ports.ts';
import type { Showing } from '../../src/cards/show.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { aDissent, after, aRecord, aSlot, raised, reported } from './fixtures.ts';

/** Cases at every point of Camden's procedure, each with the moment at which it is looked at. Dates are Scenario 3's unless said. */

const refer = (changes: Partial<typeof aRecord> = {}): Command => ({ type: 'Refer', record: { ...aRecord, ...changes }, agency: null });
const decides = (stage: string, outcome: string, rest: { newInformation?: string; delayReason?: string } = {}): Command => ({
  type: 'Decide',
  stage,
  outcome,
  reasons: 'The notes and the reasons were read together.',
  newInformation: rest.newInformation ?? null,
  delayReason: rest.delayReason ?? null,
});

const at = {
  raised: '2027-02-04T15:10:00Z',
  referred: '2027-02-05T10:00:00Z',
  asked: '2027-02-08T09:00:00Z',
  answered: '2027-02-10T14:30:00Z',
  upheld: '2027-02-12T11:00:00Z',
  requested: '2027-02-17T11:00:00Z',
  booked: '2027-02-17T11:01:00Z',
  held: '2027-03-02T14:00:00Z',
};

const dissent = aDissent({ conference: { type: 'review', date: '2027-02-04' }, decision: 'end' });
const started = raised(at.raised, dissent);
const declined = after(started, 'chair', at.referred, { type: 'DeclineChair', reason: 'Owen Price chaired that one.' });
const referred = after(started, 'chair', at.referred, refer({ notesLink: 'https://files.example/notes/4' }));
const withoutNotes = after(started, 'chair', at.referred, refer());
const asked = after(
  after(referred, 'sm', at.asked, { type: 'Ask', of: 'dissenter', question: 'What did you see on Monday?' }),
  'sm',
  at.asked,
  {
    type: 'Ask',
    of: 'chair',
    question: 'Was the school report read out?',
  },
);
const advised = after(asked, 'sm', at.asked, { type: 'AskAdvice', question: 'Is the threshold applied as elsewhere?' });
const answered = after(after(advised, 'chair', at.answered, { type: 'Answer', request: 2, answer: 'Yes, in full.' }), 'hos', at.answered, {
  type: 'Answer',
  request: 3,
  answer: 'Compare it with the guidance on repeated injuries.',
});
const added = after(referred, 'health-visitor', at.asked, { type: 'AddToDissent', text: 'The hospital wrote to me today.' });
const upheld = after(answered, 'sm', at.upheld, decides('decide', 'upheld'));
const notUpheld = after(referred, 'sm', at.upheld, decides('decide', 'not_upheld'));
const notReconvened = after(upheld, 'hos', at.requested, decides('review', 'no_reconvene'));
const requested = after(upheld, 'hos', at.requested, decides('review', 'reconvene', { newInformation: 'A letter from the hospital.' }));

const slots = [
  aSlot('2027-03-02T10:00:00Z', 9),
  aSlot('2027-03-03T13:30:00Z', 10, { busy: ['teacher'], unknown: [] }),
  aSlot('2027-03-08T10:00:00Z', 13, { meetsTarget: false }),
];
const found = reported(requested, at.booked, { type: 'ReportTimes', found: { slots, leastBad: [], blockers: [] } });
const sent = reported(found, at.booked, {
  type: 'ConfirmInvitation',
  booking: 1,
  start: slots[0]?.start ?? '',
  calendarEvent: 'event',
  joinUrl: 'https://teams.example/join/1',
});
const failed = reported(found, at.booked, { type: 'FailInvitation', booking: 1, cause: 'permission' });
const unread = reported(requested, at.booked, {
  type: 'ReportTimes',
  found: { slots: slots.map((slot) => ({ ...slot, free: ['health-visitor'], unknown: ['chair'] })), leastBad: [], blockers: [] },
});
const blocked = reported(requested, at.booked, {
  type: 'ReportTimes',
  found: {
    slots: [],
    leastBad: [aSlot('2027-03-02T10:00:00Z', 9, { free: ['health-visitor', 'social-worker'], busy: ['chair'] })],
    blockers: ['chair', 'social-worker'],
  },
});
const exhausted = reported(requested, at.booked, { type: 'ReportTimes', found: { slots: [], leastBad: [], blockers: [] } });
const moved = after(sent, 'administrator', at.booked, { type: 'ChooseTime', start: '2027-03-08T10:00:00Z', reason: null });
const movedLate = after(sent, 'hos', at.booked, {
  type: 'ChooseTime',
  start: '2027-03-11T10:00:00Z',
  reason: 'The hospital can come only then.',
});
const cancelled = after(sent, 'administrator', at.booked, { type: 'CancelMeeting', reason: 'The building is shut.' });
const held = after(sent, 'administrator', at.held, { type: 'ReportHeld', on: '2027-03-02' });

const late = after(
  raised('2027-08-11T15:00:00Z', aDissent({ conference: { date: '2027-08-11' } })),
  'chair',
  '2027-08-16T10:00:00Z',
  refer(),
);
const decidedLate = after(late, 'sm', '2027-08-31T10:00:00Z', decides('decide', 'upheld', { delayReason: 'I waited for the hospital.' }));

export type State = { current: Case; now: string };

/** Every state, by name. */
export const states: Record<string, State> = {
  raised: { current: started, now: at.raised },
  notReferred: { current: started, now: '2027-02-09T09:00:00Z' },
  flagged: {
    current: raised('2027-02-08T10:00:00Z', {
      ...dissent,
      decision: 'continue',
      grounds: ['threshold', 'category'],
      agency: null,
      dissenter: '8d1f4c1e-5d47-4a90-9e6b-0c7d1a2f4b58',
    }),
    now: '2027-02-08T10:00:00Z',
  },
  declined: { current: declined, now: at.referred },
  referred: { current: referred, now: at.referred },
  withoutNotes: { current: withoutNotes, now: at.referred },
  lineManaged: {
    current: after(raised(at.raised, { ...dissent, dissenter: 'managed-worker', agency: 'kites' }), 'chair', at.referred, refer()),
    now: at.referred,
  },
  chairedByManager: {
    current: after(raised(at.raised, { ...dissent, conference: { ...dissent.conference, chair: 'sm' } }), 'sm', at.referred, refer()),
    now: at.referred,
  },
  added: { current: added, now: at.asked },
  asked: { current: advised, now: at.asked },
  answered: { current: answered, now: at.answered },
  notUpheld: { current: notUpheld, now: at.upheld },
  upheld: { current: upheld, now: at.upheld },
  notReconvened: { current: notReconvened, now: at.requested },
  requested: { current: requested, now: at.requested },
  found: { current: found, now: at.booked },
  booked: { current: sent, now: at.booked },
  onTheDay: { current: sent, now: at.held },
  failed: { current: failed, now: at.booked },
  chairUnread: { current: unread, now: at.booked },
  blocked: { current: blocked, now: at.booked },
  exhausted: { current: exhausted, now: at.booked },
  moved: { current: moved, now: at.booked },
  movedLate: { current: movedLate, now: at.booked },
  cancelled: { current: cancelled, now: at.booked },
  held: { current: held, now: at.held },
  withdrawn: {
    current: after(referred, 'health-visitor', at.asked, { type: 'Withdraw', reason: 'A plan was made after all.' }),
    now: at.asked,
  },
  overdue: { current: late, now: '2027-08-26T08:00:00Z' },
  decidedLate: { current: decidedLate, now: '2027-08-31T10:00:00Z' },
};

/** The people of the small partnership, who look at every case. */
export const viewers = [
  'health-visitor',
  'managed-worker',
  'health-lead',
  'chair',
  'other-chair',
  'sm',
  'sm-alternate',
  'hos',
  'hos-alternate',
  'administrator',
  'teacher',
];

/** Every key that a card of a case can have. */
export const keysOf = ({ current }: State): CardKey[] => [
  'receipt',
  'record',
  'status',
  'stage:decide',
  'stage:review',
  'stage:reconvene',
  'stage:conclude',
  ...current.questions.map(({ request }): CardKey => `question:${request}`),
];

/** Every form that a verb can open. */
export const formVerbs = [
  'refer',
  'decline-chair',
  'name-chair',
  'withdraw',
  'add',
  'ask:dissenter',
  'ask:chair',
  'advice',
  'answer:1',
  'answer:2',
  'answer:3',
  'move',
  'cancel',
  'held',
  'decide:decide.upheld',
  'decide:decide.not_upheld',
  'decide:review.reconvene',
  'decide:review.no_reconvene',
];

/** The views and cases that are kept as golden files and as sample data: `<view>.<case>`. */
export const golden: Record<string, { state: string; viewer: string; key: CardKey; showing?: Showing }> = {
  'receipt.raised': { state: 'raised', viewer: 'health-visitor', key: 'receipt' },
  'receipt.not-referred': { state: 'notReferred', viewer: 'health-visitor', key: 'receipt' },
  'receipt.declined': { state: 'declined', viewer: 'health-visitor', key: 'receipt' },
  'receipt.withdraw-form': {
    state: 'referred',
    viewer: 'health-visitor',
    key: 'receipt',
    showing: { form: { verb: 'withdraw', values: {}, errors: {} } },
  },
  'receipt.not-upheld': { state: 'notUpheld', viewer: 'health-visitor', key: 'receipt' },
  'receipt.booked': { state: 'booked', viewer: 'health-visitor', key: 'receipt' },
  'receipt.overdue': { state: 'overdue', viewer: 'health-visitor', key: 'receipt' },
  'receipt.agency-lead': { state: 'referred', viewer: 'health-lead', key: 'receipt' },
  'record.raised': { state: 'raised', viewer: 'chair', key: 'record' },
  'record.flagged': { state: 'flagged', viewer: 'chair', key: 'record' },
  'record.refer-form': {
    state: 'raised',
    viewer: 'chair',
    key: 'record',
    showing: {
      form: { verb: 'refer', values: { consensus: 'yes', basis: 'What was shared.' }, errors: { decision: 'Write the decision.' } },
    },
  },
  'record.referred': { state: 'referred', viewer: 'chair', key: 'record' },
  'decide.referred': { state: 'referred', viewer: 'sm', key: 'stage:decide' },
  'decide.answered': { state: 'answered', viewer: 'sm', key: 'stage:decide' },
  'decide.overdue-form': {
    state: 'overdue',
    viewer: 'sm',
    key: 'stage:decide',
    showing: { form: { verb: 'decide:decide.upheld', values: {}, errors: {} } },
  },
  'decide.alternate': { state: 'chairedByManager', viewer: 'sm-alternate', key: 'stage:decide' },
  'decide.line-manager': { state: 'lineManaged', viewer: 'sm', key: 'stage:decide' },
  'decide.decided': {
    state: 'notUpheld',
    viewer: 'sm',
    key: 'stage:decide',
    showing: { notice: 'Already decided Fri 12 Feb 2027: Not upheld.' },
  },
  'decide.review': { state: 'upheld', viewer: 'hos', key: 'stage:review' },
  'decide.review-form': {
    state: 'upheld',
    viewer: 'hos',
    key: 'stage:review',
    showing: { form: { verb: 'decide:review.reconvene', values: {}, errors: {} } },
  },
  'question.asked': { state: 'asked', viewer: 'health-visitor', key: 'question:1' },
  'question.answered': { state: 'answered', viewer: 'chair', key: 'question:2' },
  'question.advice': { state: 'asked', viewer: 'hos', key: 'question:3' },
  'booking.reading': { state: 'requested', viewer: 'administrator', key: 'stage:reconvene' },
  'booking.booked': { state: 'booked', viewer: 'administrator', key: 'stage:reconvene' },
  'booking.move-form': {
    state: 'booked',
    viewer: 'administrator',
    key: 'stage:reconvene',
    showing: { form: { verb: 'move', values: {}, errors: {} } },
  },
  'booking.failed': { state: 'failed', viewer: 'administrator', key: 'stage:reconvene' },
  'booking.moved': { state: 'moved', viewer: 'hos', key: 'stage:reconvene' },
  'booking.moved-late': { state: 'movedLate', viewer: 'hos', key: 'stage:reconvene' },
  'booking.blocked': { state: 'blocked', viewer: 'administrator', key: 'stage:reconvene' },
  'booking.cancelled': { state: 'cancelled', viewer: 'administrator', key: 'stage:reconvene' },
  'booking.on-the-day': { state: 'onTheDay', viewer: 'administrator', key: 'stage:reconvene' },
  'booking.held': { state: 'held', viewer: 'administrator', key: 'stage:reconvene' },
  'status.administrator': { state: 'notUpheld', viewer: 'administrator', key: 'status' },
  'status.decider': { state: 'raised', viewer: 'hos', key: 'status' },
  'reading.reasons': { state: 'referred', viewer: 'sm', key: 'stage:decide', showing: { reading: 'reasons' } },
};

import type { CardKey } from '../../src/app/ports.ts';
import type { Command } from '../../src/domain/commands.ts';
import { camdenConclusions } from './conclusionStates.ts';
import { aDissent, after, aRecord, aSlot, raised, reported, type State, seenBy } from './fixtures.ts';
import { scottishStates } from './scottishStates.ts';

export type { State } from './fixtures.ts';

/** Cases at every point of Camden's procedure, and of the Scottish one beside them, each with the moment at which it is looked at. Dates are Scenario 3's unless said. */

const refer = (changes: Partial<typeof aRecord> = {}): Command => ({ type: 'Record', record: { ...aRecord, ...changes }, agency: null });
const decides = (stage: string, outcome: string, rest: { answers?: Record<string, string>; delayReason?: string } = {}): Command => ({
  type: 'Decide',
  stage,
  outcome,
  reasons: 'The notes and the reasons were read together.',
  answers: rest.answers ?? {},
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
const referred = after(started, 'chair', at.referred, refer({ documents: { notes: 'https://files.example/notes/4' } }));
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
const upheldForOne = after(referred, 'sm', at.upheld, {
  ...decides('decide', 'upheld'),
  own: { 'CH-1041': { outcome: 'not_upheld', reasons: null, answers: {} } },
} as Command);
const notReconvened = after(upheld, 'hos', at.requested, decides('review', 'no_reconvene'));
const requested = after(
  upheld,
  'hos',
  at.requested,
  decides('review', 'reconvene', { answers: { new_information: 'A letter from the hospital.' } }),
);

const slots = [
  aSlot('2027-03-02T10:00:00Z', 9),
  aSlot('2027-03-03T13:30:00Z', 10, { busy: ['teacher'], unknown: [] }),
  aSlot('2027-03-08T10:00:00Z', 13, { meetsTarget: false }),
];
const found = reported(requested, at.booked, { type: 'ReportTimes', found: { slots, leastBad: [], blockers: [] } });
const invited = {
  type: 'ConfirmInvitation',
  booking: 1,
  start: slots[0]?.start ?? '',
  calendarEvent: 'event',
  joinUrl: 'https://teams.example/join/1',
} as const;
const sent = reported(found, at.booked, invited);
const failed = reported(found, at.booked, { type: 'FailInvitation', booking: 1, cause: 'permission' });
const unread = reported(requested, at.booked, {
  type: 'ReportTimes',
  found: {
    slots: slots.map((slot) => ({ ...slot, free: ['health-visitor', 'social-worker'], unknown: ['chair', 'teacher'] })),
    leastBad: [],
    blockers: [],
  },
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
const otherChair = after(requested, 'administrator', at.booked, { type: 'ChooseChair', chair: 'other-chair' });
const invitedAnew = { ...invited, round: 2 };
const chairedByAnother = reported(
  after(sent, 'administrator', at.booked, { type: 'ChooseChair', chair: 'other-chair' }),
  at.booked,
  invitedAnew,
);
const held = after(sent, 'administrator', at.held, { type: 'ReportHeld', on: '2027-03-02', reason: null });

const late = after(
  raised('2027-08-11T15:00:00Z', aDissent({ conference: { date: '2027-08-11' } })),
  'chair',
  '2027-08-16T10:00:00Z',
  refer(),
);
const decidedLate = after(late, 'sm', '2027-08-31T10:00:00Z', decides('decide', 'upheld', { delayReason: 'I waited for the hospital.' }));

const heldLater = after(sent, 'administrator', '2027-03-04T09:00:00Z', {
  type: 'ReportHeld',
  on: '2027-03-03',
  reason: 'The heating failed.',
});
const mayBeBusy = reported(requested, at.booked, {
  type: 'ReportTimes',
  found: {
    slots: slots.map((slot) => ({ ...slot, free: ['health-visitor', 'social-worker'], tentative: ['chair'] })),
    leastBad: [],
    blockers: [],
  },
});

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
  otherChair: { current: otherChair, now: at.booked },
  chairedByAnother: { current: chairedByAnother, now: at.booked },
  held: { current: held, now: at.held },
  withdrawn: {
    current: after(referred, 'health-visitor', at.asked, { type: 'Withdraw', reason: 'A plan was made after all.' }),
    now: at.asked,
  },
  overdue: { current: late, now: '2027-08-26T08:00:00Z' },
  decidedLate: { current: decidedLate, now: '2027-08-31T10:00:00Z' },
  heldLater: { current: heldLater, now: '2027-03-04T09:00:00Z' },
  mayBeBusy: { current: mayBeBusy, now: at.booked },
  upheldForOne: { current: upheldForOne, now: at.upheld },
  reviewedForOne: { current: after(upheldForOne, 'hos', at.requested, decides('review', 'no_reconvene')), now: at.requested },
  ...camdenConclusions(notUpheld),
  ...scottishStates,
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
  'social-worker',
  'health-representative',
  'nurse',
  'nurse-lead',
  'meeting-chair',
  'head',
  'head-alternate',
  'meeting-administrator',
  'lead-professional',
  'keeper',
];

/** Every key that a card of a case can have. */
export const keysOf = ({ current, now }: State): CardKey[] => [
  'receipt',
  'record',
  'status',
  'meeting',
  'checklist',
  'escalation',
  ...Object.keys(seenBy('nobody', current, now).procedure.stages).map((name): CardKey => `stage:${name}`),
  ...Object.keys(current.decisions).flatMap((name): CardKey[] => [`outcome:${name}`, `parents:${name}`]),
  ...(current.decisions.review?.outcome === 'change_category' ? (['task:review.register'] as const) : []),
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
  'submit',
  'late:accept',
  'late:refuse',
  'decide:review.keep',
  'decide:review.change_category',
  'decide:review.new_meeting',
  'approve:decide',
  'approve:review',
  'tick:agency:decide',
  'tick:chair:decide',
  'tick:task:review.register',
  'teller:decide',
  'contact:decide',
  'parents:decide',
  'file:1',
  'escalation-note',
];

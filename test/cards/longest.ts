import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { type Directory, rosterOf } from '../../src/directory/directory.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import type { Recipient } from '../../src/domain/events/concludingEvents.ts';
import { aDissent, after, aRecord, aScottishDissent, aScottishRecord, directory, raised, reported } from './fixtures.ts';

/** 4,000 characters of three bytes each, the most that a field takes. */
const text = '児童保護会議の記録。'.repeat(400);

type State = { current: Case; now: string };

/** Cases in which everybody wrote as much as they may, and a partnership with many people, agencies and long names. */
export function longest(): {
  cases: Record<
    | 'recording'
    | 'deciding'
    | 'asking'
    | 'reviewing'
    | 'booking'
    | 'noting'
    | 'writing'
    | 'judging'
    | 'accepted'
    | 'changed'
    | 'approved'
    | 'troubled'
    | 'done',
    State
  >;
  values: Record<string, string>;
  inBigPartnership(seen: CaseForViewer): CaseForViewer;
} {
  const at = '2027-01-12T15:10:00Z';
  const now = '2027-03-01T10:00:00Z';
  const children = Array.from({ length: 12 }, (_, index) => `CHILD-REFERENCE-OF-FULL-LENGTH-${1000 + index}`);
  const dissent = aDissent({
    children,
    grounds: ['threshold', 'information', 'needs', 'category'],
    decision: 'continue',
    reasons: text,
    newInformation: text,
    conference: { date: '2027-01-11' },
  });
  const record = {
    ...aRecord,
    answers: { consensus: 'yes', threshold: text, decision: text, basis: text },
    documents: { notes: `https://files.example/${'n'.repeat(970)}` },
  };
  const recording = raised(at, dissent);
  let deciding = after(recording, 'chair', at, { type: 'Record', record, agency: null });
  for (let time = 0; time < 9; time += 1) {
    deciding = after(deciding, 'health-visitor', at, { type: 'AddToDissent', text });
    deciding = after(deciding, 'sm', at, { type: 'Ask', of: 'dissenter', question: text });
    deciding = after(deciding, 'health-visitor', at, { type: 'Answer', request: deciding.questions.length, answer: text });
  }
  deciding = after(deciding, 'sm', at, { type: 'Ask', of: 'chair', question: text });
  deciding = after(deciding, 'sm', at, { type: 'AskAdvice', question: text });
  const decides = (stage: string, outcome: string): Command => ({
    type: 'Decide',
    stage,
    outcome,
    reasons: text,
    answers: { new_information: text },
    delayReason: text,
  });
  const asking = deciding;
  deciding = after(after(deciding, 'chair', at, { type: 'Answer', request: 10, answer: text }), 'hos', at, {
    type: 'Answer',
    request: 11,
    answer: text,
  });
  const reviewing = after(deciding, 'sm', now, decides('decide', 'upheld'));
  const requested = after(reviewing, 'hos', now, decides('review', 'reconvene'));
  const concluding = concluded(reviewing, decides, now);
  const booking = after(requested, 'hos', now, { type: 'ChooseTime', start: '2027-06-01T10:00:00Z', reason: text });
  const link = `https://files.example/${'n'.repeat(970)}`;
  const noting = raised('2026-11-25T16:00:00Z', { ...aScottishDissent(), children, reasons: text, newInformation: text });
  const writing = after(noting, 'meeting-chair', at, {
    type: 'Record',
    record: { ...aScottishRecord, answers: { ...aScottishRecord.answers, account: text }, documents: { notes: link, plan: link } },
    agency: null,
  });
  const judging = after(writing, 'nurse', at, { type: 'Submit', text, link, lateReason: text });
  const accepted = after(judging, 'head', at, { type: 'JudgeLateness', accepted: true, reasons: text });
  const short = '記'.repeat(200);
  const changed = after(accepted, 'head', at, {
    type: 'Decide',
    stage: 'review',
    outcome: 'change_category',
    reasons: text,
    answers: {
      guidance: 'yes',
      edition: short,
      old_category: short,
      new_category: short,
      parents: 'lead-professional',
      improvements: text,
    },
    delayReason: null,
  });
  const ids = [
    'reasons',
    'newInformation',
    'new_information',
    'threshold',
    'account',
    'letter',
    'lateReason',
    'improvements',
    'decision',
    'basis',
    'question',
    'answer',
    'reason',
    'text',
    'delayReason',
    'notes',
    'plan',
    'children',
    'required',
    'wording',
    'recipients',
    'changes',
    'note',
    'approach',
    'fileReference',
  ];
  const cases = {
    recording: { current: recording, now },
    deciding: { current: deciding, now },
    asking: { current: asking, now },
    reviewing: { current: reviewing, now },
    booking: { current: booking, now },
    noting: { current: noting, now },
    writing: { current: writing, now },
    judging: { current: judging, now },
    accepted: { current: accepted, now },
    changed: { current: changed, now },
    ...concluding,
  };
  return { cases, values: Object.fromEntries(ids.map((id) => [id, text])), inBigPartnership };
}

/** Everything that follows a review that ends the case, written at full length, with every letter in trouble, and then all of it done. */
function concluded(reviewing: Case, decides: (stage: string, outcome: string) => Command, now: string) {
  const ended = after(reviewing, 'hos', now, decides('review', 'no_reconvene'));
  const agencies: Recipient[] = ['agency:health', 'agency:school', 'agency:kites'];
  const approves = (stage: string): Command => ({ type: 'ApproveLetter', stage, wording: text, recipients: agencies, changes: text });
  const approved = after(after(ended, 'sm', now, approves('decide')), 'hos', now, approves('review'));
  const all = Array.from({ length: approved.conclusion.sendings.length }, (_, index) => index + 1);
  const told = ['decide', 'review'].reduce(
    (before, stage) => {
      // Whoever is named for one decision is named for the other too.
      const naming: Command = { type: 'NameTeller', stage, person: 'social-worker' };
      const named = stage === 'decide' ? after(before, 'administrator', now, naming) : before;
      const checked = after(named, 'social-worker', now, { type: 'CheckContact', stage, safe: false, approach: text });
      const tells: Command = { type: 'TellParents', stage, on: '2027-03-01', means: 'at a contact centre', everyone: false, note: text };
      return after(after(checked, 'social-worker', now, tells), 'social-worker', now, tells);
    },
    after(approved, 'health-visitor', now, { type: 'RemainConcerned' }),
  );
  const noted = Array.from({ length: 5 }).reduce<Case>((before) => after(before, 'sm', now, { type: 'NoteEscalation', text }), told);
  const troubled = all.reduce((before, sending) => reported(before, now, { type: 'FailSending', sending, cause: 'uncertain' }), noted);
  const ticked = ['agency:decide', 'agency:review', 'chair:decide', 'chair:review'].reduce(
    (before, task) => after(before, 'administrator', now, { type: 'TickTask', task, note: text }),
    troubled,
  );
  const done = ended.dissent.children.reduce(
    (before, child) => after(before, 'sm', now, { type: 'FileReasons', child, fileReference: text.slice(0, 200) }),
    ticked,
  );
  return { approved: { current: approved, now }, troubled: { current: troubled, now }, done: { current: done, now } };
}

function inBigPartnership(seen: CaseForViewer): CaseForViewer {
  const template = directory.people[0];
  const { partnershipId } = seen;
  if (!template) throw new Error('the fixtures have people');
  const many = Array.from({ length: 300 }, (_, index) => ({
    ...template,
    partnership: partnershipId,
    id: `worker-${index}`,
    name: `Worker with a rather long name number ${index}`,
    email: `worker.${index}@example.org`,
  }));
  const agencies = Object.fromEntries(
    Array.from({ length: 25 }, (_, index) => [
      `agency-${index}`,
      { name: `Agency with quite a long name, number ${index}`, kind: 'voluntary' as const },
    ]),
  );
  const big: Directory = {
    partnerships: { [partnershipId]: { ...seen.partnership, agencies: { ...seen.partnership.agencies, ...agencies } } },
    people: [...directory.people, ...many],
  };
  const partnership = big.partnerships[partnershipId] ?? seen.partnership;
  return { ...seen, directory: big, partnership, roster: rosterOf(big, partnershipId) };
}

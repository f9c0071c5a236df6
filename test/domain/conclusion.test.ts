import { describe, expect, test } from '@jest/globals';
import type { Case } from '../../src/domain/case.ts';
import type { Command, Report } from '../../src/domain/commands.ts';
import { closing } from '../../src/domain/decide.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { childrenAt, tasksOf } from '../../src/domain/tasks.ts';
import { aDissent, aRecord, camden, decides, events, given, inCamden, referred, roster, type Step, when } from './given.ts';

const decidedOn = '2027-01-21T10:00:00Z';
const later = '2027-01-22T10:00:00Z';
const notUpheld = [referred, decides('sm', decidedOn, 'decide', 'not_upheld')];
const bot =
  (report: Report): ((current: Case) => Step[]) =>
  (current) =>
    closing(current, takeReport(current, report, camden), camden, Temporal.Instant.from(later), { person: 'bot', role: 'bot' }).map(
      (event) => ({
        at: later,
        by: 'bot',
        event,
      }),
    );

/** A case with what people did, and what the bot reported, in order. */
function played(steps: (Step | ((current: Case) => Step[]))[], dissent = aDissent()): Case {
  return steps.reduce<{ done: Step[]; current: Case }>(
    ({ done }, step) => {
      const next = typeof step === 'function' ? step(given(dissent, done)) : [step];
      return { done: [...done, ...next], current: given(dissent, [...done, ...next]) };
    },
    { done: [], current: given(dissent) },
  ).current;
}

const does = (by: string, command: Command, at = later): Step => ({ at, by, does: command });
const approval = (changes: Partial<Extract<Command, { type: 'ApproveLetter' }>> = {}): Command => ({
  type: 'ApproveLetter',
  stage: 'decide',
  wording: 'We read everything. The threshold is not met.',
  recipients: ['agency:health'],
  changes: null,
  ...changes,
});
const sent = (sending: number) => bot({ type: 'ConfirmSending', sending });
const left = (current: Case) =>
  tasksOf(current, camden)
    .filter(({ done }) => done === null)
    .map(({ id }) => id);
const naming: Command = { type: 'NameTeller', stage: 'decide', person: 'social-worker' };
const contact: Command = { type: 'CheckContact', stage: 'decide', safe: true, approach: null };
const telling = (changes: Partial<Extract<Command, { type: 'TellParents' }>> = {}): Command => ({
  type: 'TellParents',
  stage: 'decide',
  on: '2027-01-22',
  means: 'visit',
  everyone: true,
  note: null,
  ...changes,
});

describe('what follows a decision', () => {
  test('C17 C18 C22 C23: a decision leaves a letter, its copy, three people to tell and a file for each child', () => {
    const current = played(notUpheld, aDissent({ children: ['CH-1', 'CH-2'] }));
    expect(left(current)).toEqual([
      'letter:decide',
      'copy:decide',
      'agency:decide',
      'chair:decide',
      'parents:decide',
      'file:CH-1',
      'file:CH-2',
    ]);
    expect(tasksOf(played([referred]), camden)).toEqual([]);
  });

  test('Q9 C22: the parents are told of each decision, and each time by somebody who is named for it', () => {
    const reviewed = [referred, decides('sm', decidedOn, 'decide', 'upheld'), decides('hos', later, 'review', 'no_reconvene')];
    expect(left(played(reviewed)).filter((id) => id.startsWith('parents:'))).toEqual(['parents:decide', 'parents:review']);
    const told = [does('sm', naming), does('social-worker', contact), does('social-worker', telling())];
    expect(left(played([...reviewed, ...told])).filter((id) => id.startsWith('parents:'))).toEqual(['parents:review']);
  });

  test('C17 Q7: whoever decided sends the letter once, to the agencies that the chair confirmed, and to others only with a reason', () => {
    const current = played(notUpheld);
    expect(events(when(current, approval(), 'sm', later))).toEqual([
      { type: 'LetterApproved', stage: 'decide', wording: 'We read everything. The threshold is not met.', changes: null },
      { type: 'SendingsWanted', document: 'letter:decide', to: ['agency:health', 'copy'] },
    ]);
    const more = ['agency:health', 'agency:police'] as const;
    expect(when(current, approval({ recipients: [...more] }), 'sm', later)).toMatchObject({
      refused: 'invalid',
      fields: { changes: expect.any(String) },
    });
    expect(events(when(current, approval({ recipients: [...more], changes: 'They were there.' }), 'sm', later))).toHaveLength(2);
    expect(when(current, approval({ recipients: ['copy'] }), 'sm', later)).toMatchObject({ fields: { recipients: expect.any(String) } });
    expect(when(played([...notUpheld, does('sm', approval())]), approval(), 'sm', later)).toMatchObject({ refused: 'already-done' });
    for (const other of ['hos', 'chair', 'health-visitor', 'administrator'])
      expect(when(current, approval(), other, later)).toMatchObject({ refused: 'not-allowed' });
    expect(when(played([referred]), approval(), 'sm', later)).toMatchObject({ refused: 'not-now' });
  });

  test('C18 C22 Q29: the case closes by itself with the last thing done, and not before the copy went', () => {
    const all = [
      ...notUpheld,
      does('sm', approval()),
      sent(1),
      bot({ type: 'ConfirmTold', task: 'chair:decide' }),
      does('sm', naming),
      does('social-worker', contact),
      does('social-worker', telling()),
      bot({ type: 'ConfirmFiling', child: 'CH-1041', fileReference: 'CH-1041/DIS-27-001-reasons.docx', item: '01' }),
    ];
    const open = played(all);
    expect(open.status).toBe('open');
    expect(left(open)).toEqual(['copy:decide']);
    expect(played([...all, sent(2)]).status).toBe('closed');
  });

  test('C17: a letter that may have gone waits for a person to say so, and is sent again only when they want it', () => {
    const unsure = played([...notUpheld, does('sm', approval()), bot({ type: 'FailSending', sending: 1, cause: 'uncertain' }), sent(2)]);
    expect(unsure.conclusion.sendings[0]).toMatchObject({ status: 'uncertain' });
    expect(left(unsure)).toContain('letter:decide');
    const settle = (as: 'sent' | 'again' | 'dropped'): Command => ({ type: 'SettleSending', sending: 1, as });
    const again = given(aDissent(), []);
    expect(when(again, settle('sent'), 'sm', later)).toMatchObject({ refused: 'already-done' });
    expect(events(when(unsure, settle('again'), 'administrator', later))).toEqual([{ type: 'SendingSettled', sending: 1, as: 'again' }]);
    expect(when(unsure, settle('sent'), 'health-visitor', later)).toMatchObject({ refused: 'not-allowed' });
    expect(when(unsure, { type: 'SettleSending', sending: 2, as: 'again' }, 'sm', later)).toMatchObject({ refused: 'already-done' });
    const lost = played([...notUpheld, does('sm', approval()), bot({ type: 'FailSending', sending: 2, cause: 'no-address' })]);
    expect(when(lost, { type: 'SettleSending', sending: 2, as: 'dropped' }, 'sm', later)).toMatchObject({
      refused: 'not-now',
      rule: 'C18',
    });
    const dropped = played([
      ...notUpheld,
      does('sm', approval()),
      bot({ type: 'FailSending', sending: 1, cause: 'not-found' }),
      does('sm', settle('dropped')),
    ]);
    expect(left(dropped)).toEqual(['copy:decide', 'agency:decide', 'chair:decide', 'parents:decide', 'file:CH-1041']);
  });

  test('C22 X8: only the person named tells the parents, after saying whether there is a safe way to', () => {
    const named = played([...notUpheld, does('sm', naming)]);
    expect(when(named, telling(), 'social-worker', later)).toMatchObject({ refused: 'not-now', rule: 'X8' });
    expect(when(named, contact, 'sm', later)).toMatchObject({ refused: 'not-allowed' });
    expect(when(named, { ...contact, safe: false } as Command, 'social-worker', later)).toMatchObject({
      fields: { approach: expect.any(String) },
    });
    const agreed: Command = {
      type: 'CheckContact',
      stage: 'decide',
      safe: false,
      approach: 'Agreed with manager: tell at contact centre.',
    };
    const checked = played([...notUpheld, does('sm', naming), does('social-worker', agreed)]);
    expect(events(when(checked, telling(), 'social-worker', later))).toMatchObject([
      { type: 'ParentsTold', on: '2027-01-22', everyone: true },
    ]);
    expect(when(checked, telling({ on: '2027-01-23' }), 'social-worker', later)).toMatchObject({ fields: { on: expect.any(String) } });
    expect(when(checked, telling({ on: '2027-01-20' }), 'social-worker', later)).toMatchObject({ fields: { on: expect.any(String) } });
    expect(when(checked, telling({ everyone: false }), 'social-worker', later)).toMatchObject({ fields: { note: expect.any(String) } });
    const one = played([
      ...notUpheld,
      does('sm', naming),
      does('social-worker', agreed),
      does('social-worker', telling({ everyone: false, note: 'The father, at the contact centre.' })),
    ]);
    expect(left(one)).toContain('parents:decide');
  });

  test('C22: the bot never tells the parents, and a person ticks what it could not do', () => {
    const current = played(notUpheld);
    expect(when(current, { type: 'TickTask', task: 'parents:decide', note: null }, 'sm', later)).toMatchObject({ refused: 'not-allowed' });
    expect(events(when(current, { type: 'TickTask', task: 'chair:decide', note: 'By phone.' }, 'administrator', later))).toEqual([
      { type: 'TaskTicked', task: 'chair:decide', note: 'By phone.' },
    ]);
    expect(when(current, { type: 'TickTask', task: 'file:CH-1041', note: null }, 'sm', later)).toMatchObject({ refused: 'not-allowed' });
  });

  test('C23 X11: reasons are filed child by child, by the bot or by hand', () => {
    const current = played(notUpheld, aDissent({ children: ['CH-1', 'CH-2'] }));
    expect(events(when(current, { type: 'FileReasons', child: 'CH-1', fileReference: 'M123' }, 'administrator', later))).toEqual([
      { type: 'ReasonsFiled', child: 'CH-1', fileReference: 'M123', item: null },
    ]);
    expect(when(current, { type: 'FileReasons', child: 'CH-9', fileReference: 'M123' }, 'administrator', later)).toMatchObject({
      refused: 'not-now',
    });
    expect(when(current, { type: 'FileReasons', child: 'CH-1', fileReference: 'M123' }, 'health-visitor', later)).toMatchObject({
      refused: 'not-allowed',
    });
  });
});

describe('several children', () => {
  const two = aDissent({ children: ['CH-1', 'CH-2'] });
  const upheldForOne: Step = {
    at: decidedOn,
    by: 'sm',
    does: {
      type: 'Decide',
      stage: 'decide',
      outcome: 'not_upheld',
      own: { 'CH-2': { outcome: 'upheld', reasons: null, answers: {} } },
      reasons: 'x',
      answers: {},
      delayReason: null,
    },
  };

  test('X11 Q16: the outcome is each child’s own, and the case goes on while it goes on for any child', () => {
    const current = given(two, [referred, upheldForOne]);
    expect(current.decisions.decide).toMatchObject({ outcome: 'upheld', perChild: { 'CH-1': 'not_upheld', 'CH-2': 'upheld' } });
    expect(current.stage).toBe('review');
    expect(childrenAt(current, camden, 'review')).toEqual(['CH-2']);
  });

  test('X4 X11: a second press is told of every outcome, not only of the one that leads on', () => {
    const again: Command = { type: 'Decide', stage: 'decide', outcome: 'upheld', reasons: 'x', answers: {}, delayReason: null };
    expect(when(given(two, [referred, upheldForOne]), again, 'sm', decidedOn)).toMatchObject({
      refused: 'already-done',
      sentence: expect.stringMatching(/^Already decided .*: Not upheld for 1 child and Upheld for 1 child\.$/),
    });
  });

  test('X11: a decision is about one child at least, and only about children of the dissent', () => {
    const open = given(two, [referred]);
    const decide = { type: 'Decide', stage: 'decide', outcome: 'upheld', reasons: 'x', answers: {}, delayReason: null } as const;
    const own = (...children: string[]) =>
      Object.fromEntries(children.map((child) => [child, { outcome: 'not_upheld', reasons: null, answers: {} }]));
    expect(when(open, { ...decide, own: own('CH-1', 'CH-2') }, 'sm', decidedOn)).toMatchObject({
      rule: 'X11',
      fields: { C1_outcome: expect.stringMatching(/^No child is left that gets "Upheld"/) },
    });
    expect(events(when(open, { ...decide, own: own('CH-9') }, 'sm', decidedOn))[0]).toMatchObject({
      perChild: { 'CH-1': 'upheld', 'CH-2': 'upheld' },
    });
    expect(events(when(open, decide, 'sm', decidedOn))[0]).toMatchObject({ perChild: { 'CH-1': 'upheld', 'CH-2': 'upheld' } });
  });
});

describe('remaining concerned', () => {
  const concerned: Command = { type: 'RemainConcerned' };

  test('C24 C25 Q11: the dissenter is shown their agency’s representative, once, after either outcome; no stage opens', () => {
    const current = played(notUpheld);
    expect(events(when(current, concerned, 'health-visitor', later))).toEqual([
      { type: 'ConcernRaised', after: 'decide', representative: 'health-representative' },
    ]);
    const raised = played([...notUpheld, does('health-visitor', concerned)]);
    expect(raised.stage).toBe(current.stage);
    expect(when(raised, concerned, 'health-visitor', later)).toMatchObject({ refused: 'already-done' });
    expect(when(played([referred]), concerned, 'health-visitor', later)).toMatchObject({ refused: 'not-now', rule: 'C24' });
    for (const other of ['chair', 'sm', 'health-lead', 'administrator'])
      expect(when(current, concerned, other, later)).toMatchObject({ refused: 'not-allowed' });
  });

  test('C24: with no representative the partnership’s contact is told', () => {
    const without = { ...roster, representatives: {} };
    expect(events(when(played(notUpheld), concerned, 'health-visitor', later, without, inCamden))).toEqual([
      { type: 'ConcernRaised', after: 'decide', representative: null },
      { type: 'SendingsWanted', document: 'escalation', to: ['copy'] },
    ]);
  });

  test('C24: it may be said, and what came of it noted, after the case has closed', () => {
    const closed = given(aDissent(), [...notUpheld, { at: later, by: 'bot', event: { type: 'CaseClosed' } }]);
    expect(events(when(closed, concerned, 'health-visitor', later))).toHaveLength(1);
    const raised = given(aDissent(), [
      ...notUpheld,
      { at: later, by: 'bot', event: { type: 'CaseClosed' } },
      does('health-visitor', concerned),
    ]);
    expect(events(when(raised, { type: 'NoteEscalation', text: 'Talked through.' }, 'sm', later))).toEqual([
      { type: 'EscalationNoted', text: 'Talked through.' },
    ]);
  });
});

describe('documents', () => {
  test('C8: the chair may have the entry for the notes, those who decide the whole case, and nobody else', () => {
    const current = given(aDissent(), [
      { at: '2027-01-12T16:30:00Z', by: 'chair', does: { type: 'Record', record: aRecord, agency: null } },
    ]);
    const wants = (document: 'entry' | 'case' | 'dissent-letter', by: string) =>
      when(current, { type: 'RequestDocument', document }, by, later);
    expect(events(wants('entry', 'chair'))).toEqual([{ type: 'SendingsWanted', document: 'entry', to: ['person:chair'] }]);
    expect(events(wants('case', 'sm'))).toHaveLength(1);
    for (const other of ['chair', 'health-visitor', 'administrator', 'health-lead'])
      expect(wants('case', other)).toMatchObject({ refused: 'not-allowed' });
    expect(wants('dissent-letter', 'sm')).toMatchObject({ refused: 'not-now' });
  });
});

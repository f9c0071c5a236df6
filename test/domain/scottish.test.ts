import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../src/domain/commands.ts';
import { raise } from '../../src/domain/raise.ts';
import { timeLimitsOf } from '../../src/domain/timeLimits.ts';
import { aDissent, aRoster, type Setting } from '../support/dissents.ts';
import { events, given, type Step, scotland, scottish, when } from './given.ts';

const setting: Setting = {
  procedure: scottish,
  calendar: scotland,
  roster: aRoster({ 'head-of-service': 'hos' }, { agencyLeads: { health: 'health-lead' } }),
};
const nurse = aDissent({
  conference: { type: 'cppm', date: '2026-11-25' },
  decision: 'meeting',
  dissenter: 'nurse',
  grounds: ['category'],
  affirmed: true,
});
const raised = (changes: Parameters<typeof aDissent>[0]) =>
  raise(
    aDissent({
      decision: 'meeting',
      grounds: ['plan'],
      affirmed: true,
      ...changes,
      conference: { type: 'cppm', date: '2026-11-25', ...changes?.conference },
    }),
    scottish,
    setting.roster,
    ['health'],
    Temporal.Instant.from('2026-11-25T16:00:00Z'),
    scotland,
  );

const recordWith = (answers: Record<string, string>): Command => ({
  type: 'Record',
  record: {
    answers: { asked: 'yes', resolved: 'no', account: 'We went round the table.', ...answers },
    documents: { notes: 'https://notes.example/1', plan: null },
    agencies: [],
    required: [],
    optional: [],
  },
  agency: null,
});
const recorded: Step = { at: '2026-11-25T16:30:00Z', by: 'chair', does: recordWith({}) };
const letter = (lateReason: string | null = null): Command => ({
  type: 'Submit',
  text: 'I dissent because the category is wrong.',
  link: null,
  lateReason,
});
const at = (steps: Step[]) => given(nurse, steps, '2026-11-25T16:00:00Z', setting);
const does = (steps: Step[], command: Command, by: string, instant: string) =>
  when(at(steps), command, by, instant, setting.roster, setting);
const late: Step[] = [recorded, { at: '2026-12-04T09:12:00Z', by: 'nurse', does: letter('I was at court.') }];
const accepted: Step[] = [
  ...late,
  { at: '2026-12-07T10:00:00Z', by: 'hos', does: { type: 'JudgeLateness', accepted: true, reasons: 'Court came first.' } },
];
const answers = { guidance: 'yes', edition: '2021, updated 2023', parents: 'lead-professional' };
const decision = (outcome: string, more: Record<string, string> = {}): Command => ({
  type: 'Decide',
  stage: 'review',
  outcome,
  reasons: 'Read with care.',
  answers: { ...answers, ...more },
  delayReason: null,
});

describe('raising at a CPPM or CARM', () => {
  test('S1: the meeting is a CPPM or a CARM', () => {
    expect(raised({ conference: { type: 'initial' } })).toMatchObject({ refused: 'invalid', fields: { meeting: expect.any(String) } });
  });

  test('S5: the professional has to affirm that they cannot support the decision', () => {
    expect(raised({ affirmed: false })).toMatchObject({ refused: 'invalid', fields: { affirmed: expect.any(String) } });
  });

  test.each(['plan', 'category', 'registration'])('S6 S7 S8: a CPPM can be dissented from about the %s', (ground) => {
    expect(raised({ grounds: [ground] })).toMatchObject({ events: [{ type: 'DissentRaised' }, {}] });
  });

  test.each(['category', 'registration'])('S7 S8 Q20: a CARM has no %s', (ground) => {
    expect(raised({ conference: { type: 'carm' }, grounds: [ground] })).toMatchObject({
      refused: 'invalid',
      fields: { grounds: expect.any(String) },
    });
    expect(raised({ conference: { type: 'carm' }, grounds: ['plan'] })).toMatchObject({ events: [{}, {}] });
  });
});

describe('recording', () => {
  test('S9 S10 S11: the chair says that people were asked, and what was tried; unanswered questions are named', () => {
    expect(
      does(
        [],
        { ...recordWith({}), record: { answers: { asked: 'yes' }, documents: {}, agencies: [], required: [], optional: [] } } as Command,
        'chair',
        '2026-11-25T16:30:00Z',
      ),
    ).toMatchObject({
      refused: 'invalid',
      fields: { resolved: expect.any(String), account: expect.any(String) },
    });
  });

  test('X4: recorded once; a dissent that does not go straight to a decider is not called referred', () => {
    expect(does([recorded], recordWith({}), 'chair', '2026-11-26T09:00:00Z')).toMatchObject({
      refused: 'already-done',
      sentence: 'Already recorded Wed 25 Nov 2026.',
    });
  });

  test('S11: resolved in the meeting closes it, with the reasons kept', () => {
    expect(events(does([], recordWith({ resolved: 'yes' }), 'chair', '2026-11-25T16:30:00Z')).map(({ type }) => type)).toEqual([
      'ConferenceRecorded',
      'DissentResolved',
      'CaseClosed',
    ]);
    const resolved = at([{ at: '2026-11-25T16:30:00Z', by: 'chair', does: recordWith({ resolved: 'yes' }) }]);
    expect(resolved).toMatchObject({ status: 'closed', resolved: true, dissent: { reasons: nurse.reasons } });
  });
});

describe('writing to the Head of Service', () => {
  test('S12: only the professional writes it, never the chair', () => {
    expect(does([recorded], letter(), 'chair', '2026-11-26T09:00:00Z')).toMatchObject({
      refused: 'not-allowed',
      sentence: 'Only the person who raised this dissent can write the letter.',
    });
    expect(events(does([recorded], letter(), 'nurse', '2026-11-26T09:00:00Z'))).toEqual([
      { type: 'LetterSubmitted', letter: { text: 'I dissent because the category is wrong.', link: null, lateReason: null, lateBy: 0 } },
      { type: 'DissentReferred', to: 'hos', insteadOf: null },
      { type: 'StageEntered', stage: 'review' },
      { type: 'SendingsWanted', document: 'dissent-letter', to: ['person:hos'] },
    ]);
  });

  test('S12 Q18: words or a link will do, and neither will not', () => {
    expect(
      events(
        does(
          [recorded],
          { type: 'Submit', text: null, link: 'https://letters.example/1', lateReason: null },
          'nurse',
          '2026-11-26T09:00:00Z',
        ),
      ),
    ).toHaveLength(4);
    expect(does([recorded], { type: 'Submit', text: null, link: null, lateReason: null }, 'nurse', '2026-11-26T09:00:00Z')).toMatchObject({
      refused: 'invalid',
      fields: { letter: expect.any(String) },
    });
  });

  test("S13: within five working days of the meeting, St Andrew's Day not counted", () => {
    expect(timeLimitsOf(at([recorded]), scottish, scotland, Temporal.Instant.from('2026-11-26T09:00:00Z'))).toMatchObject([
      { kind: 'time limit', due: '2026-12-03' },
    ]);
  });

  test('S13 Q17: late, it says how late and asks why, and goes all the same', () => {
    expect(does([recorded], letter(), 'nurse', '2026-12-04T09:12:00Z')).toMatchObject({
      refused: 'invalid',
      rule: 'S13',
      fields: { lateReason: expect.stringContaining('1 working day late') },
    });
    expect(at(late)).toMatchObject({ stage: 'review', letter: { lateBy: 1, lateReason: 'I was at court.' } });
  });

  test('X4: a second letter changes nothing', () => {
    expect(does(late, letter(), 'nurse', '2026-12-04T10:00:00Z')).toMatchObject({
      refused: 'already-done',
      sentence: 'Already sent Fri 4 Dec 2026.',
    });
  });
});

describe('reviewing', () => {
  test('Q17: a late letter is accepted or not, with reasons, before anything is decided', () => {
    expect(does(late, decision('keep'), 'hos', '2026-12-07T10:00:00Z')).toMatchObject({ refused: 'not-now', rule: 'Q17' });
    expect(at(accepted)).toMatchObject({ stage: 'review', lateness: { accepted: true, reasons: 'Court came first.' } });
    const refused = at([
      ...late,
      { at: '2026-12-07T10:00:00Z', by: 'hos', does: { type: 'JudgeLateness', accepted: false, reasons: 'Too late.' } },
    ]);
    expect(refused).toMatchObject({ stage: 'conclude', lateness: { accepted: false } });
  });

  test('Q17: once a late letter is not accepted, nothing can be added or withdrawn any more', () => {
    const over: Step[] = [
      ...late,
      { at: '2026-12-07T10:00:00Z', by: 'hos', does: { type: 'JudgeLateness', accepted: false, reasons: 'Too late.' } },
    ];
    for (const command of [
      { type: 'Withdraw', reason: 'x' },
      { type: 'AddToDissent', text: 'x' },
    ] as Command[]) {
      expect(does(over, command, 'nurse', '2026-12-08T10:00:00Z')).toMatchObject({
        refused: 'already-done',
        sentence: 'The letter came late and was not accepted Mon 7 Dec 2026.',
      });
    }
  });

  test("X3: an outcome that the procedure does not have is nobody's to choose", () => {
    expect(does(accepted, decision('constructor'), 'hos', '2026-12-16T10:00:00Z')).toMatchObject({ refused: 'not-allowed' });
  });

  test('X3: nobody but the Head of Service judges lateness', () => {
    expect(does(late, { type: 'JudgeLateness', accepted: false, reasons: 'x' }, 'chair', '2026-12-07T10:00:00Z')).toMatchObject({
      refused: 'not-allowed',
    });
  });

  test('S24: the review has a local target and no time limit', () => {
    expect(timeLimitsOf(at(late), scottish, scotland, Temporal.Instant.from('2026-12-07T10:00:00Z'))).toMatchObject([
      { kind: 'local target', due: '2026-12-18' },
    ]);
  });

  test('S15 S21: guidance is confirmed with its edition, and somebody is named to tell the parents', () => {
    expect(does(accepted, { ...decision('keep'), answers: { guidance: 'no' } } as Command, 'hos', '2026-12-16T10:00:00Z')).toMatchObject({
      refused: 'invalid',
      fields: { guidance: expect.any(String), edition: expect.any(String), parents: expect.any(String) },
    });
  });

  test('S16 S17: keep, with improvements to practice beside it', () => {
    expect(
      events(does(accepted, decision('keep', { improvements: 'Share reports two days before.' }), 'hos', '2026-12-16T10:00:00Z')),
    ).toMatchObject([
      { type: 'DecisionMade', outcome: 'keep', answers: { improvements: 'Share reports two days before.', edition: '2021, updated 2023' } },
      { type: 'TellerNamed', stage: 'review', person: 'lead-professional' },
      { type: 'StageEntered', stage: 'conclude' },
    ]);
  });

  test.each([
    ['keep', {}],
    ['change_category', { old_category: 'A', new_category: 'B' }],
    ['new_meeting', {}],
  ])('Q19: "%s" excludes the other outcomes, and takes improvements or none beside it', (outcome, more: Record<string, string>) => {
    const onceDecided = (own: Record<string, string>) =>
      at([...accepted, { at: '2026-12-16T10:00:00Z', by: 'hos', does: decision(outcome, { ...more, ...own }) }]);
    expect(onceDecided({}).decisions.review?.answers).not.toHaveProperty('improvements');
    const decided = onceDecided({ improvements: 'Share reports two days before.' });
    expect(decided.decisions.review).toMatchObject({ outcome, answers: { improvements: 'Share reports two days before.' } });
    const another = decision(outcome === 'keep' ? 'new_meeting' : 'keep');
    expect(when(decided, another, 'hos', '2026-12-16T10:01:00Z', setting.roster, setting)).toMatchObject({ refused: 'already-done' });
  });

  test('S18: change the category, with the old one and the new; a CARM has none to change', () => {
    expect(does(accepted, decision('change_category'), 'hos', '2026-12-16T10:00:00Z')).toMatchObject({
      refused: 'invalid',
      fields: { old_category: expect.any(String), new_category: expect.any(String) },
    });
    expect(
      events(does(accepted, decision('change_category', { old_category: 'A', new_category: 'B' }), 'hos', '2026-12-16T10:00:00Z'))[0],
    ).toMatchObject({ outcome: 'change_category' });
    const carm = given(
      { ...nurse, conference: { ...nurse.conference, type: 'carm' }, grounds: ['plan'] },
      accepted,
      '2026-11-25T16:00:00Z',
      setting,
    );
    expect(
      when(
        carm,
        decision('change_category', { old_category: 'A', new_category: 'B' }),
        'hos',
        '2026-12-16T10:00:00Z',
        setting.roster,
        setting,
      ),
    ).toMatchObject({ refused: 'not-allowed' });
  });

  test('S19 S24: a new meeting is offered for booking, with no time limit', () => {
    const meeting = at([...accepted, { at: '2026-12-16T10:00:00Z', by: 'hos', does: decision('new_meeting') }]);
    expect(meeting).toMatchObject({ stage: 'reconvene', timesWanted: true });
    expect(timeLimitsOf(meeting, scottish, scotland, Temporal.Instant.from('2026-12-16T10:00:00Z'))).toEqual([]);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Case } from '../../src/domain/case.ts';
import { allCommands } from '../../src/domain/commands/allCommands.ts';
import type { Command } from '../../src/domain/commands.ts';
import { notYours } from '../../src/domain/notYours.ts';
import { peopleTold, remindersOn } from '../../src/domain/reminders.ts';
import { timeLimitsOf, timeLimitsOfStage } from '../../src/domain/timeLimits.ts';
import { aDissent, aRecord, events, given, roster, type Setting, type Step, scotland, scottish, when } from './given.ts';

const setting: Setting = { procedure: scottish, calendar: scotland, roster };
const nurse = aDissent({ conference: { type: 'cppm', date: '2026-11-25' }, decision: 'meeting', dissenter: 'nurse', affirmed: true });
const at = (steps: Step[]) => given(nurse, steps, '2026-11-25T16:00:00Z', setting);
const does = (steps: Step[], command: Command, by: string, instant: string) =>
  when(at(steps), command, by, instant, setting.roster, setting);
const recordWith = (changes: Record<string, string>): Command => ({
  type: 'Record',
  agency: null,
  record: { ...aRecord, answers: { asked: 'yes', resolved: 'no', account: 'We went round the table.', ...changes } },
});
const letter = (lateReason: string | null = null): Command => ({ type: 'Submit', text: 'I dissent.', link: null, lateReason });
const keeps: Command = {
  type: 'Decide',
  stage: 'review',
  outcome: 'keep',
  reasons: 'Read with care.',
  answers: { guidance: 'yes', edition: '2021, updated 2023', parents: 'lead-professional' },
  delayReason: null,
};

describe('writing while the chair is silent', () => {
  const early: Step = { at: '2026-12-03T22:00:00Z', by: 'nurse', does: letter() };
  const recordedOn = (instant: string, resolved = 'no'): Step => ({ at: instant, by: 'chair', does: recordWith({ resolved }) });
  const judgedAt = Temporal.Instant.from('2026-12-09T09:00:00Z');

  test('S12 S13: a letter of the fifth day is kept, and goes to the Head of Service in time however late the chair records', () => {
    expect(events(does([], letter(), 'nurse', '2026-12-03T22:00:00Z'))).toEqual([
      { type: 'LetterSubmitted', letter: { text: 'I dissent.', link: null, lateReason: null, lateBy: 0 } },
    ]);
    expect(at([early])).toMatchObject({ stage: 'record', letter: { lateBy: 0, at: '2026-12-03T22:00:00Z' } });
    expect(events(does([early], recordWith({}), 'chair', '2026-12-08T10:00:00Z'))).toEqual([
      expect.objectContaining({ type: 'ConferenceRecorded' }),
      { type: 'StageEntered', stage: 'write' },
      { type: 'DissentReferred', to: 'hos', insteadOf: null },
      { type: 'StageEntered', stage: 'review' },
      { type: 'SendingsWanted', document: 'dissent-letter', to: ['person:hos'] },
    ]);
    const reviewing = at([early, recordedOn('2026-12-08T10:00:00Z')]);
    expect(timeLimitsOfStage(reviewing, scottish, 'write', scotland, judgedAt)).toMatchObject([{ due: '2026-12-03', overdueBy: 0 }]);
    // The local target runs from when the Head of Service had it.
    expect(timeLimitsOf(reviewing, scottish, scotland, judgedAt)).toMatchObject([{ kind: 'local target', due: '2026-12-22' }]);
    expect(when(reviewing, keeps, 'hos', '2026-12-09T09:00:00Z', setting.roster, setting)).toHaveProperty('events');
  });

  test('S13 Q17: a letter is late by its own day, and then the Head of Service says whether it is accepted', () => {
    expect(does([], letter(), 'nurse', '2026-12-04T09:12:00Z')).toMatchObject({ rule: 'S13', fields: { lateReason: expect.any(String) } });
    const steps: Step[] = [{ ...early, at: '2026-12-04T09:12:00Z', does: letter('I was at court.') }, recordedOn('2026-12-08T10:00:00Z')];
    expect(at(steps)).toMatchObject({ stage: 'review', letter: { lateBy: 1 } });
    expect(does(steps, keeps, 'hos', '2026-12-09T09:00:00Z')).toMatchObject({ refused: 'not-now', rule: 'Q17' });
  });

  test('S11 S12: once the letter is there the chair cannot say that it was resolved, and the form says why; without it, it closes', () => {
    expect(does([early], recordWith({ resolved: 'yes' }), 'chair', '2026-12-08T10:00:00Z')).toMatchObject({
      refused: 'invalid',
      fields: { resolved: expect.stringContaining('was handed in Thu 3 Dec 2026, so for its writer this is not resolved. Choose No') },
    });
    expect(at([recordedOn('2026-12-02T10:00:00Z', 'yes')])).toMatchObject({ status: 'closed', resolved: true });
  });

  test('X4: one letter, before the record or after it', () => {
    for (const steps of [[early], [early, recordedOn('2026-12-08T10:00:00Z')]])
      expect(does(steps, letter(), 'nurse', '2026-12-08T11:00:00Z')).toMatchObject({ sentence: 'Already sent Thu 3 Dec 2026.' });
  });

  test('S12: a procedure that nobody writes under has nothing to write before its record either', () => {
    expect(when(given(aDissent()), letter(), 'health-visitor', '2027-01-12T16:00:00Z')).toMatchObject({
      refused: 'not-now',
      sentence: 'There is nothing to write at this stage.',
    });
  });

  test('S13: the professional is reminded of their own five days, until they have written, and the chair of theirs', () => {
    const said = (current: Case, to: string) =>
      Array.from({ length: 13 }, (_, days) => Temporal.PlainDate.from('2026-11-25').add({ days })).flatMap((day) =>
        remindersOn(current, scottish, scotland, day).flatMap((each) => (each.to === to ? [`${day} ${each.kind}`] : [])),
      );
    expect(said(at([]), 'those who write')).toEqual([
      '2026-11-27 reminder',
      '2026-12-02 reminder',
      '2026-12-03 reminder',
      '2026-12-04 overdue',
      '2026-12-07 overdue',
    ]);
    expect(said(at([]), 'those who act')).toContain('2026-11-27 not-recorded');
    expect(said(at([early]), 'those who write')).toEqual([]);
    expect(peopleTold('those who write', at([]), scottish, roster, Temporal.PlainDate.from('2026-12-02'))).toEqual(['nurse']);
  });
});

describe('words', () => {
  test("X3: a refusal is in the procedure's words, with its own button", () => {
    expect(does([], recordWith({}), 'nurse', '2026-11-26T09:00:00Z')).toMatchObject({
      sentence: 'Only the chair of this meeting can record.',
    });
    expect(does([], { type: 'LookForTimes' }, 'nurse', '2026-11-26T09:00:00Z')).toMatchObject({
      sentence: 'Only those who book this meeting can look for times.',
    });
  });

  test('X3 X9: none speaks of a conference where the procedure does not, or where no procedure is known', () => {
    const types = Object.keys(allCommands) as Command['type'][];
    for (const procedure of [scottish, null])
      for (const type of types) expect(notYours(type, procedure).sentence).not.toMatch(/conference/);
  });
});

import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../src/domain/commands.ts';
import { diagramOf, summaryOf } from '../../src/procedures/describe.ts';
import { decides, england, events, type Step, scotland } from '../domain/given.ts';
import { aDissent, aRoster, type Setting } from '../support/dissents.ts';
import { decision, folder, play, procedureOf, records } from './play.ts';

test.each(readdirSync(folder))('X2: %s is a whole procedure, told in plain English and as a diagram', (file) => {
  const procedure = procedureOf(basename(file, '.yaml'));
  expect(summaryOf(procedure)[0]).toMatch(/^The chair records the dissent/);
  expect(diagramOf(procedure)).toContain('[*] --> record: Dissent raised');
});

describe('Pan-Sussex: in writing within 72 hours of the conference', () => {
  const procedure = procedureOf('pan-sussex');
  const setting: Setting = { procedure, calendar: england, roster: aRoster({ 'local-manager': 'manager' }) };
  const dissent = aDissent({ conference: { date: '2027-01-12' }, decision: 'outcome', grounds: ['outcome'], dissenter: 'nurse' });
  const { at, raised, does, limits } = play(setting, dissent, '2027-01-12T15:00:00Z');
  const recorded = records('2027-01-12T16:00:00Z');
  const letter = (lateReason: string | null = null): Command => ({ type: 'Submit', text: 'I dissent.', link: null, lateReason });
  const written: Step = { at: '2027-01-15T23:59:59Z', by: 'nurse', does: letter() };

  test("Part C: 72 hours run from the end of the day of the conference: Tuesday's to the end of Friday", () => {
    expect(raised()).toMatchObject({ events: [{}, {}] });
    expect(limits([recorded], '2027-01-15T23:59:59Z')).toMatchObject([
      { kind: 'time limit', unit: 'hours', start: '2027-01-12', due: '2027-01-15', lateFrom: '2027-01-16T00:00:00Z', overdueBy: 0 },
    ]);
    expect(at([recorded, written])).toMatchObject({ stage: 'decide', letter: { lateBy: 0, lateReason: null } });
    expect(summaryOf(procedure)).toContain(
      'The professional writes the written dissent within 72 hours of the end of the day of the conference.',
    );
  });

  test('Q4: in summer the day ends an hour earlier in UTC', () => {
    const summer = play(setting, { ...dissent, conference: { ...dissent.conference, date: '2027-06-08' } }, '2027-06-08T14:00:00Z');
    expect(summer.limits([records('2027-06-08T15:00:00Z')], '2027-06-09T09:00:00Z')).toMatchObject([
      { due: '2027-06-11', lateFrom: '2027-06-11T23:00:00Z' },
    ]);
  });

  test('Q17: from midnight on it says why it is late, and goes all the same; the manager accepts it or not', () => {
    expect(does([recorded], letter(), 'nurse', '2027-01-16T00:00:00Z')).toMatchObject({
      refused: 'invalid',
      fields: { lateReason: expect.any(String) },
    });
    const late: Step[] = [recorded, { at: '2027-01-16T00:00:00Z', by: 'nurse', does: letter('I was on call.') }];
    expect(does(late, decision('decide', 'agreed'), 'manager', '2027-01-18T09:00:00Z')).toMatchObject({ refused: 'not-now', rule: 'Q17' });
    expect(events(does(late, { type: 'JudgeLateness', accepted: false, reasons: 'x' }, 'manager', '2027-01-18T09:00:00Z'))).toMatchObject([
      {},
      { stage: 'conclude' },
    ]);
  });

  test('Part C: the professional writes, nobody else; the manager decides by a local target', () => {
    expect(does([recorded], letter(), 'chair', '2027-01-13T09:00:00Z')).toMatchObject({ refused: 'not-allowed' });
    expect(limits([recorded, written], '2027-01-18T09:00:00Z')).toMatchObject([{ kind: 'local target', due: '2027-01-22' }]);
    expect(does([recorded, written], decision('decide', 'agreed'), 'nurse', '2027-01-18T09:00:00Z')).toMatchObject({
      refused: 'not-allowed',
    });
    expect(events(does([recorded, written], decision('decide', 'agreed'), 'manager', '2027-01-18T09:00:00Z'))).toMatchObject([
      { outcome: 'agreed' },
      { stage: 'conclude' },
    ]);
  });
});

describe('South Ayrshire: 28 calendar days to reply', () => {
  const setting: Setting = { procedure: procedureOf('south-ayrshire'), calendar: scotland, roster: aRoster({ 'head-of-service': 'hos' }) };
  const dissent = aDissent({
    conference: { type: 'case-conference', date: '2027-02-08' },
    decision: 'decision',
    grounds: ['registration'],
    dissenter: 'teacher',
  });
  const { raised, does, limits } = play(setting, dissent, '2027-02-08T15:00:00Z');
  const recorded = records('2027-02-09T10:00:00Z');

  test('Part C: it is passed on at once, a local target to the minute', () => {
    expect(raised()).toMatchObject({ events: [{}, {}] });
    expect(limits([], '2027-02-08T16:00:00Z')).toMatchObject([
      { kind: 'local target', due: '2027-02-09', lateFrom: '2027-02-09T15:00:00Z' },
    ]);
    expect(events(does([], recorded.does, 'chair', recorded.at))).toMatchObject([
      {},
      { type: 'DissentReferred', to: 'hos' },
      { stage: 'reply' },
    ]);
  });

  test('Part C C16: the Head of Service replies by the 28th day after it came, weekends and holidays counted; later with a reason', () => {
    expect(limits([recorded], '2027-03-09T23:59:59Z')).toMatchObject([
      { kind: 'time limit', unit: 'calendar-days', start: '2027-02-09', due: '2027-03-09', overdueBy: 0 },
    ]);
    expect(events(does([recorded], decision('reply', 'upheld'), 'hos', '2027-03-09T23:59:59Z'))).toMatchObject([
      { delayReason: null },
      { stage: 'conclude' },
    ]);
    expect(does([recorded], decision('reply', 'upheld'), 'hos', '2027-03-10T00:00:00Z')).toMatchObject({
      refused: 'invalid',
      fields: { delayReason: expect.any(String) },
    });
    expect(events(does([recorded], decision('reply', 'upheld', 'I was ill.'), 'hos', '2027-03-10T00:00:00Z'))[0]).toMatchObject({
      delayReason: 'I was ill.',
    });
  });

  test('C26: a Head of Service who chaired has the alternate reply', () => {
    const chaired = play(
      { ...setting, roster: { ...setting.roster, chairs: ['hos'] } },
      { ...dissent, conference: { ...dissent.conference, chair: 'hos' } },
      '2027-02-08T15:00:00Z',
    );
    expect(events(chaired.does([], recorded.does, 'hos', recorded.at))[1]).toEqual({
      type: 'DissentReferred',
      to: 'hos-alternate',
      insteadOf: 'hos',
    });
  });
});

describe('Another Scottish council: one senior manager, 28 calendar days of the meeting, registration only', () => {
  const setting: Setting = {
    procedure: procedureOf('another-council'),
    calendar: scotland,
    roster: aRoster({ 'senior-manager': 'manager' }),
  };
  const dissent = aDissent({
    conference: { type: 'planning', date: '2027-02-08' },
    decision: 'registration',
    grounds: ['registration'],
    dissenter: 'teacher',
  });
  const { at, raised, does, limits } = play(setting, dissent, '2027-02-08T15:00:00Z');
  const sent = records('2027-02-18T10:00:00Z', { answers: { summary: 'The teacher dissents.' } });

  test('Part C: only registration can be dissented about', () => {
    expect(raised({ grounds: ['plan'] })).toMatchObject({ refused: 'invalid', fields: { grounds: expect.any(String) } });
    expect(raised()).toMatchObject({ events: [{}, {}] });
  });

  test('Part C: the chair writes to the senior manager, or it does not go', () => {
    expect(does([], records(sent.at).does, 'chair', sent.at)).toMatchObject({
      refused: 'invalid',
      fields: { summary: expect.any(String) },
    });
    expect(at([sent])).toMatchObject({ stage: 'decide', record: { answers: { summary: 'The teacher dissents.' } } });
  });

  test('Part C: the 28 days run from the meeting, however late the chair wrote, and the senior manager alone decides', () => {
    expect(limits([sent], '2027-02-18T10:00:00Z')).toMatchObject([
      { start: '2027-02-08', due: '2027-03-08', lateFrom: '2027-03-09T00:00:00Z' },
    ]);
    for (const person of ['chair', 'teacher', 'administrator', 'manager-alternate']) {
      expect(does([sent], decision('decide', 'register'), person, '2027-03-08T12:00:00Z')).toMatchObject({ refused: 'not-allowed' });
    }
    const done: Step[] = [sent, decides('manager', '2027-03-08T12:00:00Z', 'decide', 'register')];
    expect(at(done)).toMatchObject({ stage: 'conclude', decisions: { decide: { outcome: 'register', by: 'manager' } } });
    expect(does(done, decision('decide', 'not_register'), 'manager', '2027-03-08T13:00:00Z')).toMatchObject({ refused: 'already-done' });
  });
});

describe('Wales: the record of the conference holds the dissent, and nothing limits the answer', () => {
  const procedure = procedureOf('wales');
  const setting: Setting = { procedure, calendar: england, roster: aRoster({ 'safeguarding-manager': 'manager' }) };
  const dissent = aDissent({ conference: { date: '2027-01-12' }, decision: 'registration', grounds: ['decision'], dissenter: 'nurse' });
  const { at, raised, does, limits } = play(setting, dissent, '2027-01-12T15:00:00Z');
  const recorded = records('2027-02-09T16:00:00Z', { documents: { summary: 'https://files.example/summary', record: null } });

  test('Part C: the summary by the 5th working day, the record by the 20th', () => {
    expect(raised()).toMatchObject({ events: [{}, {}] });
    expect(limits([], '2027-01-13T09:00:00Z')).toMatchObject([
      { kind: 'time limit', due: '2027-02-09' },
      { kind: 'local target', due: '2027-01-19' },
    ]);
  });

  test('S24: the answer has no time limit, which is said, and is never late', () => {
    expect(limits([recorded], '2030-01-01T09:00:00Z')).toEqual([]);
    expect(does([recorded], decision('answer', 'noted'), 'chair', '2027-02-10T09:00:00Z')).toMatchObject({ refused: 'not-allowed' });
    expect(events(does([recorded], decision('answer', 'noted'), 'manager', '2030-01-01T09:00:00Z'))).toMatchObject([
      { delayReason: null },
      { stage: 'conclude' },
    ]);
    expect(at([recorded, decides('manager', '2030-01-01T09:00:00Z', 'answer', 'noted')])).toMatchObject({ stage: 'conclude' });
    expect(summaryOf(procedure)).toContain('The Safeguarding manager decides, with no time limit.');
  });
});

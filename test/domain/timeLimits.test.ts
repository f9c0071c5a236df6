import { describe, expect, test } from '@jest/globals';
import { startAt, startOf } from '../../src/domain/anchors.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Window } from '../../src/domain/procedureParts.ts';
import { dueIn, type TimeLimit, timeLimitsOf, timeLimitsOfStage } from '../../src/domain/timeLimits.ts';
import { aDissent, camden, decides, england, given, referred, type Step } from './given.ts';

const at = (instant: string) => Temporal.Instant.from(instant);
const conferenceOn = (date: string, steps: Step[] = [], raisedAt = `${date}T15:10:00Z`) =>
  given(aDissent({ conference: { date } }), steps, raisedAt);
const refersAt = (instant: string): Step => ({ ...referred, at: instant });

function limitOf(current: Case, stage: string, kind: TimeLimit['kind'], now: string): TimeLimit {
  const found = timeLimitsOfStage(current, camden, stage, england, at(now)).find((each) => each.kind === kind);
  if (!found) throw new Error(`${stage} has no ${kind}`);
  return found;
}

const window = (changes: Partial<Window>): Window => ({ within: 10, unit: 'working-days', from: 'conference', source: 'C16', ...changes });
const due = (changes: Partial<Window>, start: string, now: string) =>
  dueIn(window(changes), startAt(start), 'decide', 'time limit', england, at(now));

describe('C16: the Service Manager decides within 10 working days of the conference', () => {
  test('Scenario 1, Q3: counted from the conference, which is day 0', () => {
    const referredCase = conferenceOn('2027-01-12', [refersAt('2027-01-12T16:30:00Z')]);
    const [limit] = timeLimitsOf(referredCase, camden, england, at('2027-01-12T16:30:00Z'));
    expect(limit).toMatchObject({
      stage: 'decide',
      kind: 'time limit',
      source: 'C16',
      from: 'conference',
      start: '2027-01-12',
      due: '2027-01-26',
      today: 0,
      overdueBy: 0,
    });
  });

  test('Scenario 1: on 21 January it is day 7', () => {
    expect(limitOf(conferenceOn('2027-01-12'), 'decide', 'time limit', '2027-01-21T09:00:00Z').today).toBe(7);
  });

  test('Scenario 6, Q1: a late referral does not move the date', () => {
    const late = conferenceOn('2027-08-11', [refersAt('2027-08-16T09:00:00Z')]);
    expect(limitOf(late, 'decide', 'time limit', '2027-08-16T09:00:00Z').due).toBe('2027-08-25');
  });

  test('Scenario 4, Q13: open questions do not move the date', () => {
    const steps = [refersAt('2027-04-19T16:00:00Z')];
    const question = {
      request: 1,
      kind: 'information',
      of: 'dissenter',
      to: 'health-visitor',
      question: 'What did you see?',
      wantedBy: '2027-04-27',
    } as const;
    const asks: Step = { at: '2027-04-22T09:00:00Z', by: 'sm', event: { type: 'InformationRequested', ...question } };
    const unasked = conferenceOn('2027-04-19', steps);
    const asked = conferenceOn('2027-04-19', [...steps, asks]);
    expect(asked.questions).toHaveLength(1);
    const now = at('2027-04-28T09:00:00Z');
    expect(timeLimitsOf(asked, camden, england, now)).toEqual(timeLimitsOf(unasked, camden, england, now));
  });
});

describe('Q4: a date is kept until 23:59:59 in London', () => {
  test.each([
    { season: 'winter', date: '2027-01-12', last: '2027-01-26T23:59:59Z', late: '2027-01-27T00:00:00Z' },
    { season: 'summer', date: '2027-08-11', last: '2027-08-25T22:59:59.999Z', late: '2027-08-25T23:00:00Z' },
    { season: 'the week in which the clocks go back', date: '2027-10-15', last: '2027-10-29T22:59:59Z', late: '2027-10-29T23:00:00Z' },
    { season: 'the week after the clocks went back', date: '2027-10-18', last: '2027-11-01T23:59:59Z', late: '2027-11-02T00:00:00Z' },
  ])('in $season', ({ date, last, late }) => {
    const current = conferenceOn(date);
    expect(limitOf(current, 'decide', 'time limit', last).overdueBy).toBe(0);
    expect(limitOf(current, 'decide', 'time limit', late)).toMatchObject({ overdueBy: 1, lateFrom: late });
  });

  test('Scenario 4: Tue 4 May 16:40 and 23:59:59 are in time, 5 May 00:00 is overdue', () => {
    const current = conferenceOn('2027-04-19');
    const overdueAt = (now: string) => limitOf(current, 'decide', 'time limit', now).overdueBy;
    expect(['2027-05-04T16:40:00+01:00', '2027-05-04T23:59:59+01:00', '2027-05-05T00:00:00+01:00'].map(overdueAt)).toEqual([0, 0, 1]);
  });
});

describe('Q12: lateness is counted in working days, and decides nothing', () => {
  const current = conferenceOn('2027-08-11');
  test.each([
    ['2027-08-25T12:00:00Z', 0],
    ['2027-08-26T00:00:00+01:00', 1],
    ['2027-08-27T12:00:00Z', 2],
    ['2027-08-29T12:00:00Z', 2],
    ['2027-08-30T12:00:00Z', 2],
    ['2027-08-31T12:00:00Z', 3],
  ])('Scenario 6: due Wed 25 August; at %s it is %i working days over', (now, days) => {
    expect(limitOf(current, 'decide', 'time limit', now).overdueBy).toBe(days);
  });

  test('late on a Saturday is already late by one', () => {
    const dueFriday = conferenceOn('2027-08-06');
    expect(limitOf(dueFriday, 'decide', 'time limit', '2027-08-21T09:00:00Z')).toMatchObject({ due: '2027-08-20', overdueBy: 1 });
  });
});

describe('X12: the date explains itself', () => {
  test('Scenario 4: start, ten days counted, and the days skipped with their names', () => {
    const { start, count } = limitOf(conferenceOn('2027-04-19'), 'decide', 'time limit', '2027-04-20T09:00:00Z');
    expect(start).toBe('2027-04-19');
    expect(count.counted).toHaveLength(10);
    expect(count.skipped).toEqual([
      { date: '2027-04-24', why: 'Saturday' },
      { date: '2027-04-25', why: 'Sunday' },
      { date: '2027-05-01', why: 'Saturday' },
      { date: '2027-05-02', why: 'Sunday' },
      { date: '2027-05-03', why: 'Early May bank holiday' },
    ]);
  });

  test('Part F: a date beyond the holidays that are known says so', () => {
    expect(due({}, '2028-12-14T10:00:00Z', '2028-12-14T10:00:00Z')).toMatchObject({ due: '2029-01-01', beyondCoverage: true });
    expect(due({}, '2028-12-13T10:00:00Z', '2028-12-13T10:00:00Z')).toMatchObject({ due: '2028-12-29', beyondCoverage: false });
  });
});

describe('Q1, Q10: local targets are labelled as what they are', () => {
  test('Q1: the chair refers by the next working day', () => {
    const raisedOnFriday = conferenceOn('2027-04-30');
    expect(timeLimitsOf(raisedOnFriday, camden, england, at('2027-04-30T16:00:00Z'))).toMatchObject([
      { stage: 'record', kind: 'local target', source: 'Q1', from: 'raised', due: '2027-05-04' },
    ]);
  });

  test('Q4: a dissent raised after midnight in London in summer counts from that day, whatever the date in UTC', () => {
    const raised = conferenceOn('2027-08-10', [], '2027-08-10T23:30:00Z');
    expect(limitOf(raised, 'record', 'local target', '2027-08-11T09:00:00Z')).toMatchObject({ start: '2027-08-11', due: '2027-08-12' });
  });

  test('Q10: the Head of Service has a local target of 5 working days and no time limit', () => {
    const upheld = conferenceOn('2027-02-04', [
      refersAt('2027-02-04T16:00:00Z'),
      decides('sm', '2027-02-12T11:00:00Z', 'decide', 'upheld'),
    ]);
    expect(timeLimitsOf(upheld, camden, england, at('2027-02-12T11:00:00Z'))).toMatchObject([
      { stage: 'review', kind: 'local target', source: 'Q10', from: 'decide', due: '2027-02-19' },
    ]);
  });
});

describe('C21, Q2: reconvening', () => {
  const reconvening = conferenceOn('2027-02-04', [
    refersAt('2027-02-04T16:00:00Z'),
    decides('sm', '2027-02-12T11:00:00Z', 'decide', 'upheld'),
    { at: '2027-02-17T11:00:00Z', by: 'hos', event: { type: 'StageEntered', stage: 'reconvene' } },
  ]);

  test("Scenario 3: within 15 working days of the Head of Service's request; the target runs from the Service Manager's decision", () => {
    expect(timeLimitsOf(reconvening, camden, england, at('2027-02-17T11:00:00Z'))).toMatchObject([
      { kind: 'time limit', source: 'C21', from: 'review', start: '2027-02-17', due: '2027-03-10' },
      { kind: 'local target', source: 'Q2', from: 'decide', start: '2027-02-12', due: '2027-03-05' },
    ]);
  });

  test('what is counted from a stage that has not ended has no date yet', () => {
    const undecided = conferenceOn('2027-02-04', [refersAt('2027-02-04T16:00:00Z')]);
    expect(timeLimitsOfStage(undecided, camden, 'reconvene', england, at('2027-02-05T09:00:00Z'))).toEqual([]);
  });

  test('a closed case has nothing left to meet', () => {
    const closed: Case = { ...reconvening, status: 'closed' };
    expect(timeLimitsOf(closed, camden, england, at('2027-06-01T09:00:00Z'))).toEqual([]);
  });
});

describe('windows in other units (Part C)', () => {
  test('S24: a procedure may say that there is no limit', () => {
    expect(due({ within: null }, '2027-01-12T10:00:00Z', '2030-01-01T00:00:00Z')).toBeNull();
  });

  test('calendar days run through weekends and holidays, to the end of the last day', () => {
    expect(due({ within: 28, unit: 'calendar-days' }, '2027-03-22T10:00:00Z', '2027-04-19T22:59:59Z')).toMatchObject({
      due: '2027-04-19',
      lateFrom: '2027-04-19T23:00:00Z',
      overdueBy: 0,
      count: { counted: [], skipped: [] },
    });
    expect(due({ within: 28, unit: 'calendar-days' }, '2027-03-22T10:00:00Z', '2027-04-19T23:00:00Z')?.overdueBy).toBe(1);
  });

  test('hours run to the minute, over a change of the clocks', () => {
    const within72 = (now: string) => due({ within: 72, unit: 'hours' }, '2027-03-26T10:00:00Z', now);
    expect(within72('2027-03-29T09:59:59Z')).toMatchObject({ due: '2027-03-29', lateFrom: '2027-03-29T10:00:00Z', overdueBy: 0 });
    expect(within72('2027-03-29T10:00:00Z')?.overdueBy).toBe(1);
  });

  test('hours from a conference, which has a date and no time, run from the end of its day in London', () => {
    expect(startOf(conferenceOn('2027-01-12'), 'conference')).toEqual({
      date: Temporal.PlainDate.from('2027-01-12'),
      instant: at('2027-01-13T00:00:00Z'),
    });
    expect(startOf(conferenceOn('2027-06-08'), 'conference')?.instant).toEqual(at('2027-06-08T23:00:00Z'));
  });

  test('hours that end with a day are in time on that day, and the next is no part of them', () => {
    expect(due({ within: 24, unit: 'hours' }, '2027-01-13T00:00:00Z', '2027-01-13T23:59:59Z')).toMatchObject({
      due: '2027-01-13',
      lateFrom: '2027-01-14T00:00:00Z',
      overdueBy: 0,
    });
  });
});

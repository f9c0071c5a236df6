import { describe, expect, test } from '@jest/globals';
import type { Case } from '../../src/domain/case.ts';
import type { Slot } from '../../src/domain/events/meetingEvents.ts';
import { inWorkingHours, morningOf, peopleTold, type Reminder, remindersOn } from '../../src/domain/reminders.ts';
import type { Calendar } from '../../src/domain/workingDays.ts';
import { calendars } from '../support/calendars.ts';
import { aDissent, aRecord, camden, decides, england, given, roster, type Setting, type Step, scottish } from './given.ts';

const shut = calendars.get('ENGSHUT') as Calendar;
const scotland = calendars.get('SCT') as Calendar;
const inScotland: Setting = { procedure: scottish, calendar: scotland, roster };

/** Every day from the first to the last on which something is said: `2027-08-20 reminder those who act`. */
function said(
  current: Case,
  from: string,
  to: string,
  { procedure, calendar }: Pick<Setting, 'procedure' | 'calendar'> = { procedure: camden, calendar: england },
) {
  const lines: string[] = [];
  const last = Temporal.PlainDate.from(to);
  for (let day = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    for (const { kind, to: whom } of remindersOn(current, procedure, calendar, day)) lines.push(`${day} ${kind}, ${whom}`);
  }
  return lines;
}
const without = (kind: Reminder['kind'], lines: string[]) => lines.filter((line) => !line.includes(` ${kind},`));
/** What is said of the present stage's own date: without the week's list, and what earlier decisions leave to do. */
const ofStage = (lines: string[]) => without('summary', lines).filter((line) => !line.includes('those who finish'));
const told = (to: Reminder['to'], current: Case, today: string, setting: Pick<Setting, 'procedure'> = { procedure: camden }) =>
  peopleTold(to, current, setting.procedure, roster, Temporal.PlainDate.from(today));

const raisedOn = (date: string, steps: Step[] = []) => given(aDissent({ conference: { date } }), steps, `${date}T15:10:00Z`);
const refersAt = (at: string): Step => ({ at, by: 'chair', does: { type: 'Record', record: aRecord, agency: null } });

describe('C16: a decision that is due', () => {
  const referred = raisedOn('2027-08-11', [refersAt('2027-08-16T10:00:00Z')]);

  test('Scenario 6, Q12: reminders on days 7, 9 and 10; overdue on the next working day and then once a week; nothing at weekends or on the holiday', () => {
    expect(without('summary', said(referred, '2027-08-16', '2027-09-08'))).toEqual([
      '2027-08-20 reminder, those who act',
      '2027-08-24 reminder, those who act',
      '2027-08-25 reminder, those who act',
      '2027-08-26 overdue, those who act',
      '2027-08-26 overdue, next up',
      '2027-08-31 overdue, those who act',
      '2027-09-06 overdue, those who act',
    ]);
  });

  test('managers have the week on its first working day, which after a holiday is Tuesday, and none for the morning before it was raised', () => {
    expect(said(referred, '2027-08-02', '2027-09-06').filter((line) => line.includes('summary'))).toEqual([
      '2027-08-16 summary, managers',
      '2027-08-23 summary, managers',
      '2027-08-31 summary, managers',
      '2027-09-06 summary, managers',
    ]);
  });

  test('C13, Scenario 6: the Service Manager acts, the Head of Service is next up, and both are managers', () => {
    expect(told('those who act', referred, '2027-08-26')).toEqual(['sm']);
    expect(told('next up', referred, '2027-08-26')).toEqual(['hos']);
    expect(told('managers', referred, '2027-08-26')).toEqual(['sm', 'hos']);
  });

  test('Q27 C26: a deputy has it too while covering, and the alternate has it where the holder stands aside', () => {
    expect(told('those who act', referred, '2027-12-20')).toEqual(['sm', 'sm-deputy']);
    const chaired = given(aDissent({ conference: { date: '2027-08-11', chair: 'sm' } }), [
      { ...refersAt('2027-08-11T16:00:00Z'), by: 'sm' },
    ]);
    expect(told('those who act', chaired, '2027-08-26')).toEqual(['sm-alternate']);
    expect(told('next up', { ...referred, dissent: { ...referred.dissent, dissenter: 'hos' } }, '2027-08-26')).toEqual(['hos-alternate']);
  });

  test('a case that was referred when the date had passed is told of on the next working morning', () => {
    const late = raisedOn('2027-08-11', [refersAt('2027-08-27T10:00:00Z')]);
    expect(without('summary', said(late, '2027-08-27', '2027-09-03'))).toEqual([
      '2027-08-31 overdue, those who act',
      '2027-08-31 overdue, next up',
    ]);
  });

  test('Part F, X12: over Christmas at a council that closes until New Year, nothing is said on a day that is not worked', () => {
    const current = raisedOn('2027-12-15', [refersAt('2027-12-15T16:00:00Z')]);
    // By hand: 16, 17, 20-24 December are days 1 to 7; 25-26 weekend, 27-28 holidays, 29-31 closed, 1-2 weekend, 3 January a holiday.
    expect(said(current, '2027-12-16', '2028-01-14', { procedure: camden, calendar: shut })).toEqual([
      '2027-12-20 summary, managers',
      '2027-12-24 reminder, those who act',
      '2028-01-04 summary, managers',
      '2028-01-05 reminder, those who act',
      '2028-01-06 reminder, those who act',
      '2028-01-07 overdue, those who act',
      '2028-01-07 overdue, next up',
      '2028-01-10 overdue, those who act',
      '2028-01-10 summary, managers',
    ]);
  });
});

describe('Q1 Q30: a chair who does not refer', () => {
  const raised = raisedOn('2027-08-11');

  test('is reminded on the target day and on the next working day; the Service Manager sees it on the one after', () => {
    expect(without('summary', said(raised, '2027-08-11', '2027-08-20'))).toEqual([
      '2027-08-12 reminder, those who act',
      '2027-08-13 not-recorded, those who act',
      '2027-08-16 not-recorded, those who act',
      '2027-08-16 not-recorded, next up',
    ]);
    expect(told('those who act', raised, '2027-08-13')).toEqual(['chair']);
    expect(told('next up', raised, '2027-08-16')).toEqual(['sm']);
  });

  test('where the chair has to be named, the person who raised it acts', () => {
    const declined = raisedOn('2027-08-11', [
      { at: '2027-08-12T09:00:00Z', by: 'chair', does: { type: 'DeclineChair', reason: 'Not mine.' } },
    ]);
    expect(told('those who act', declined, '2027-08-13')).toEqual(['health-visitor']);
  });
});

describe('Q10: the Head of Service reviews', () => {
  const upheld = raisedOn('2027-02-04', [refersAt('2027-02-04T16:00:00Z'), decides('sm', '2027-02-12T11:00:00Z', 'decide', 'upheld')]);

  test('by the local target: reminders before it, and once it has passed nobody decides next, so the administrators are told', () => {
    expect(ofStage(said(upheld, '2027-02-12', '2027-02-23'))).toEqual([
      '2027-02-16 reminder, those who act',
      '2027-02-18 reminder, those who act',
      '2027-02-19 reminder, those who act',
      '2027-02-22 overdue, those who act',
      '2027-02-22 overdue, next up',
    ]);
    expect(told('those who act', upheld, '2027-02-16')).toEqual(['hos']);
    expect(told('next up', upheld, '2027-02-22')).toEqual(['administrator']);
  });

  describe('C21: and asks for the conference to be reconvened', () => {
    const asked = given(
      aDissent({ conference: { date: '2027-02-04' } }),
      [
        refersAt('2027-02-04T16:00:00Z'),
        decides('sm', '2027-02-12T11:00:00Z', 'decide', 'upheld'),
        { at: '2027-02-17T11:00:00Z', by: 'hos', event: { type: 'StageEntered', stage: 'reconvene' } },
      ],
      '2027-02-04T15:10:00Z',
    );
    const slot: Slot = {
      start: '2027-03-02T10:00:00Z',
      end: '2027-03-02T12:00:00Z',
      workingDay: 9,
      meetsTarget: true,
      free: [],
      tentative: [],
      busy: [],
      unknown: [],
    };
    const booked = (status: 'sent' | 'failed'): Case => ({
      ...asked,
      bookings: [
        {
          number: 1,
          slot,
          reason: null,
          chosenBy: { person: 'bot', role: 'bot' },
          status,
          calendarEvent: null,
          joinUrl: null,
          failure: null,
          heldOn: null,
        },
      ],
    });
    const reminders = ['2027-03-05 reminder, those who act', '2027-03-09 reminder, those who act', '2027-03-10 reminder, those who act'];

    test.each([
      { what: 'not booked', current: asked, reminders },
      { what: 'booked, and not in the calendar', current: booked('failed'), reminders },
      { what: 'booked', current: booked('sent'), reminders: [] },
    ])(
      '$what: those who book it and the Head of Service are reminded of the last day, as far as it is not booked',
      ({ current, reminders: expected }) => {
        const lines = said(current, '2027-02-17', '2027-03-10').filter((line) => line.includes(' reminder, those who act'));
        expect(lines).toEqual(expected);
        expect(told('those who act', current, '2027-03-05')).toEqual(['administrator', 'hos']);
      },
    );

    test('a meeting that nobody recorded as held is asked after on the next working day', () => {
      expect(ofStage(said(booked('sent'), '2027-03-01', '2027-03-04'))).toEqual([
        '2027-03-03 overdue, those who act',
        '2027-03-03 overdue, next up',
      ]);
    });
  });
});

describe('S13: the professional writes', () => {
  const toWrite = given(
    aDissent({ conference: { type: 'cppm', date: '2026-11-25' }, decision: 'meeting', grounds: ['category'] }),
    [
      {
        at: '2026-11-25T16:30:00Z',
        by: 'chair',
        does: { type: 'Record', agency: null, record: { ...aRecord, answers: { asked: 'yes', resolved: 'no', account: 'We tried.' } } },
      },
    ],
    '2026-11-25T16:00:00Z',
    inScotland,
  );

  test("Scenario 9: by Thu 3 December, past St Andrew's Day; the reminder of 2 December is among them, and late the Head of Service knows", () => {
    expect(without('summary', said(toWrite, '2026-11-25', '2026-12-05', inScotland))).toEqual([
      '2026-11-27 reminder, those who act',
      '2026-12-02 reminder, those who act',
      '2026-12-03 reminder, those who act',
      '2026-12-04 overdue, those who act',
      '2026-12-04 overdue, next up',
    ]);
    expect(told('those who act', toWrite, '2026-12-02', inScotland)).toEqual(['health-visitor']);
    expect(told('next up', toWrite, '2026-12-04', inScotland)).toEqual(['hos']);
  });

  test('S24: where there is no limit and no target, only managers have their list', () => {
    const procedure = structuredClone(scottish);
    delete procedure.stages.write?.limit;
    expect(said(toWrite, '2026-11-25', '2026-12-31', { procedure, calendar: scotland }).every((line) => line.includes('summary'))).toBe(
      true,
    );
  });
});

test('C14 C15 Scenario 4: somebody who was asked is reminded the working day before the answer is wanted and on it, until they answer', () => {
  const asks: Step = { at: '2027-04-22T10:00:00Z', by: 'sm', does: { type: 'Ask', of: 'chair', question: 'Who was there?' } };
  const asked = raisedOn('2027-04-19', [refersAt('2027-04-19T16:00:00Z'), asks]);
  const toAsked = (lines: string[]) => lines.filter((line) => line.includes('those asked'));
  expect(toAsked(said(asked, '2027-04-22', '2027-05-04'))).toEqual([
    '2027-04-26 reminder, those asked',
    '2027-04-27 reminder, those asked',
  ]);
  expect(told('those asked', asked, '2027-04-26')).toEqual(['chair']);
  const answers: Step = { at: '2027-04-23T10:00:00Z', by: 'chair', does: { type: 'Answer', request: 1, answer: 'All of them.' } };
  const answered = raisedOn('2027-04-19', [refersAt('2027-04-19T16:00:00Z'), asks, answers]);
  expect(toAsked(said(answered, '2027-04-22', '2027-05-04'))).toEqual([]);
});

test('C17 C22 C23: once all is decided, those who still have to tell, send or file are reminded once a week; a closed case is said nothing about', () => {
  const decided = raisedOn('2027-08-11', [refersAt('2027-08-11T16:00:00Z'), decides('sm', '2027-08-12T10:00:00Z', 'decide', 'not_upheld')]);
  expect(said(decided, '2027-08-13', '2027-08-31')).toEqual(
    ['2027-08-16', '2027-08-23', '2027-08-31'].flatMap((day) => [`${day} reminder, those who finish`, `${day} summary, managers`]),
  );
  const withdrawn = raisedOn('2027-08-11', [
    { at: '2027-08-11T16:00:00Z', by: 'health-visitor', does: { type: 'Withdraw', reason: 'Settled.' } },
  ]);
  expect(said(withdrawn, '2027-08-11', '2027-09-30')).toEqual([]);
});

test.each([
  ['2027-01-12T08:59:59Z', false],
  ['2027-01-12T09:00:00Z', true],
  ['2027-01-12T16:59:59Z', true],
  ['2027-01-12T17:00:00Z', false],
  ['2027-08-12T08:00:00Z', true],
])('working hours are those of London: %s is in them: %s', (instant, isIn) => {
  expect(inWorkingHours(Temporal.Instant.from(instant))).toBe(isIn);
  expect(morningOf(Temporal.PlainDate.from('2027-08-12')).toString()).toBe('2027-08-12T08:00:00Z');
});

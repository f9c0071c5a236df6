import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Calendar, countWorkingDays, isWorkingDay, workingDaysAfter } from '../../src/domain/workingDays.ts';
import { calendars } from '../support/calendars.ts';
import { alwaysHolds } from '../support/properties.ts';

/** The facts that the worked scenarios state, to the day: `start +N CAL = due`. */
const FACTS = `
  2027-01-12 +10 ENG      = 2027-01-26   Scenario 1, C16
  2027-02-04 +10 ENG      = 2027-02-18   Scenario 3, C16
  2027-02-12 +15 ENG      = 2027-03-05   Scenario 3, Q2: from the Service Manager's decision
  2027-02-17 +15 ENG      = 2027-03-10   Scenario 3, C21: from the Head of Service's request
  2027-04-19 +10 ENG      = 2027-05-04   Scenario 4, C16: over the Early May bank holiday
  2027-04-19 +10 WEEKENDS = 2027-05-03   Scenario 4: the wrong answer
  2027-04-22 +3  ENG      = 2027-04-27   Scenario 4, C14
  2027-08-11 +10 ENG      = 2027-08-25   Scenario 6, C16
  2027-08-25 +3  ENG      = 2027-08-31   Scenario 6: over the summer bank holiday
  2027-08-11 +7  ENG      = 2027-08-20   Scenario 6
  2027-08-11 +9  ENG      = 2027-08-24   Scenario 6
  2027-03-22 +10 ENG      = 2027-04-07   Scenario 8a: over Easter
  2027-03-22 +10 WEEKENDS = 2027-04-05   Scenario 8a: the wrong answer
  2027-03-23 +5  SCT      = 2027-03-31   Scenario 8b, S13: Easter Monday is worked
  2027-03-23 +5  ENG      = 2027-04-01   Scenario 8b
  2027-03-23 +5  SCTW     = 2027-04-01   Scenario 8b, Q25: a council that closes on Easter Monday
  2026-11-25 +5  SCT      = 2026-12-03   Scenario 9, S13: over St Andrew's Day
  2026-11-25 +5  SCTW     = 2026-12-02   Scenario 9, Q25: a council that works on St Andrew's Day
  2026-11-25 +5  ENG      = 2026-12-02   Scenario 9
  2026-12-04 +10 SCT      = 2026-12-18   Scenario 9
  2027-05-06 +10 ENG      = 2027-05-20   Scenario 10, C16
  2027-05-06 +4  ENG      = 2027-05-12   Scenario 10
  2027-10-11 +10 ENG      = 2027-10-25   Scenario 12, C16
  2027-10-20 +15 ENG      = 2027-11-10   Scenario 12, Q2
  2027-10-22 +15 ENG      = 2027-11-12   Scenario 12, C21
  2027-11-02 +10 ENG      = 2027-11-16   Scenario 13, C16
  2027-11-02 +6  ENG      = 2027-11-10   Scenario 13
  2026-06-09 +5  SCT      = 2026-06-17   over the one-off World Cup bank holiday
  2026-12-29 +5  SCT      = 2027-01-07   over New Year, 2nd January on its substitute day
  2027-07-29 +5  SCT      = 2027-08-06   over the summer bank holiday
  2027-12-23 +5  SCT      = 2028-01-05   over Christmas and New Year on substitute days
  2028-04-07 +10 ENG      = 2028-04-25   over Easter
  2028-08-04 +1  SCT      = 2028-08-08   over a weekend and the summer bank holiday
`;
const facts = FACTS.trim()
  .split('\n')
  .map((line) => {
    const [, start = '', days = '', calendar = '', due = '', why = ''] = /^\s*(\S+) \+(\d+)\s+(\S+)\s+= (\S+)\s+(.*)$/.exec(line) ?? [];
    return { start, days: Number(days), calendar, due, why };
  });

const named = (name: string): Calendar => {
  const calendar = calendars.get(name);
  if (!calendar) throw new Error(`no calendar ${name}`);
  return calendar;
};
const day = (date: string) => Temporal.PlainDate.from(date);

describe('Part F: calendar facts', () => {
  test.each(facts)('$start + $days $calendar = $due ($why)', ({ start, days, calendar, due }) => {
    expect(countWorkingDays(named(calendar), day(start), days).due.toString()).toBe(due);
    expect(workingDaysAfter(named(calendar), day(start), day(due))).toBe(days);
  });

  test('Q25: days on which a council closes between Christmas and New Year are not counted', () => {
    const start = day('2027-12-24');
    expect(countWorkingDays(named('ENG'), start, 1).due.toString()).toBe('2027-12-29');
    expect(countWorkingDays(named('ENGSHUT'), start, 1).due.toString()).toBe('2028-01-04');
  });

  test.each([
    ['ENG', 2025, '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26'],
    ['ENG', 2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
    ['ENG', 2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'],
    ['ENG', 2028, '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26'],
    ['SCT', 2025, '01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26'],
    ['SCT', 2026, '01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28'],
    ['SCT', 2027, '01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28'],
    ['SCT', 2028, '01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26'],
  ])('%s in %i has the bank holidays as published', (calendar, year, dates) => {
    const published = [...named(calendar).holidays.keys()].filter((date) => date.startsWith(`${year}-`));
    expect(published).toEqual(dates.split(' ').map((date) => `${year}-${date}`));
    expect(named(calendar).coveredUntil).toBe('2028-12-31');
  });
});

describe('Q3: the day that counting starts on is day 0', () => {
  test('a start on a weekend or a holiday counts from the next working day', () => {
    expect(countWorkingDays(named('ENG'), day('2027-05-01'), 1).due.toString()).toBe('2027-05-04');
    expect(countWorkingDays(named('ENG'), day('2027-05-03'), 1).due.toString()).toBe('2027-05-04');
  });

  test('no days after a start is the start itself, and dates up to it are no days after it', () => {
    expect(countWorkingDays(named('ENG'), day('2027-05-01'), 0)).toEqual({ due: day('2027-05-01'), counted: [], skipped: [] });
    expect(workingDaysAfter(named('ENG'), day('2027-05-04'), day('2027-05-04'))).toBe(0);
    expect(workingDaysAfter(named('ENG'), day('2027-05-04'), day('2027-04-01'))).toBe(0);
  });
});

describe('X12: a count explains itself', () => {
  test('Scenario 4: the days counted, and each day passed over with its name', () => {
    const { counted, skipped } = countWorkingDays(named('ENG'), day('2027-04-29'), 3);
    expect(counted).toEqual(['2027-04-30', '2027-05-04', '2027-05-05']);
    expect(skipped).toEqual([
      { date: '2027-05-01', why: 'Saturday' },
      { date: '2027-05-02', why: 'Sunday' },
      { date: '2027-05-03', why: 'Early May bank holiday' },
    ]);
  });

  test('a holiday on a weekend is passed over as the weekend it is', () => {
    const council: Calendar = { ...named('ENG'), holidays: new Map([['2027-12-25', 'Christmas Day']]) };
    expect(countWorkingDays(council, day('2027-12-24'), 1).skipped[0]).toEqual({ date: '2027-12-25', why: 'Saturday' });
  });
});

describe('properties, against a count day by day that shares no code', () => {
  const DAY = 86_400_000;
  const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
  const worked = (time: number, holidays: ReadonlySet<string>) => new Date(time).getUTCDay() % 6 !== 0 && !holidays.has(iso(time));

  const someDate = fc.integer({ min: Date.UTC(2025, 0, 1) / DAY, max: Date.UTC(2028, 10, 30) / DAY }).map((days) => iso(days * DAY));
  const someHolidays = fc.uniqueArray(someDate, { maxLength: 120 });
  const someCalendar = fc.oneof(
    fc.constantFrom(...calendars.values()),
    someHolidays.map(
      (dates): Calendar => ({
        id: 'some',
        title: 'Some',
        coveredUntil: '2028-12-31',
        holidays: new Map(dates.map((date) => [date, `Day of ${date}`])),
      }),
    ),
  );

  test('the due date is the one that brute force finds, and is a working day', () => {
    alwaysHolds(
      fc.property(someCalendar, someDate, fc.integer({ min: 1, max: 60 }), (calendar, start, days) => {
        const holidays = new Set(calendar.holidays.keys());
        let time = Date.parse(start);
        for (let left = days; left > 0; ) {
          time += DAY;
          if (worked(time, holidays)) left -= 1;
        }
        const { due } = countWorkingDays(calendar, day(start), days);
        expect(due.toString()).toBe(iso(time));
        expect(isWorkingDay(calendar, due)).toBe(true);
        expect(workingDaysAfter(calendar, day(start), due)).toBe(days);
      }),
    );
  });

  test('how far a date lies after a start is what brute force counts', () => {
    alwaysHolds(
      fc.property(someCalendar, someDate, fc.integer({ min: -30, max: 90 }), (calendar, start, ahead) => {
        const holidays = new Set(calendar.holidays.keys());
        const between = Array.from({ length: Math.max(0, ahead) }, (_, index) => Date.parse(start) + (index + 1) * DAY);
        const date = day(start).add({ days: ahead });
        expect(workingDaysAfter(calendar, day(start), date)).toBe(between.filter((time) => worked(time, holidays)).length);
      }),
    );
  });

  test('X12: the days counted and passed over are every day from the start to the due date, each once', () => {
    alwaysHolds(
      fc.property(someCalendar, someDate, fc.integer({ min: 0, max: 60 }), (calendar, start, days) => {
        const { due, counted, skipped } = countWorkingDays(calendar, day(start), days);
        const explained = [...counted, ...skipped.map(({ date }) => date)].toSorted();
        const passed = Array.from({ length: (Date.parse(due.toString()) - Date.parse(start)) / DAY }, (_, index) =>
          iso(Date.parse(start) + (index + 1) * DAY),
        );
        expect(explained).toEqual(passed);
        expect(counted).toHaveLength(days);
        for (const { why } of skipped) expect(why).not.toBe('');
      }),
    );
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Calendar, countWorkingDays, isWorkingDay, workingDaysAfter } from '../../src/domain/workingDays.ts';
import { calendars } from '../support/calendars.ts';
import { alwaysHolds } from '../support/properties.ts';

/** The facts that `docs/scenarios.md` states, to the day: `CHECK start +N CAL = due`, why, each under the heading of its scenario. */
const facts = readFileSync('docs/scenarios.md', 'utf8')
  .split(/^## /m)
  .flatMap((section) => {
    const scenario = /^[^:\n]*/.exec(section)?.[0] ?? '';
    return [...section.matchAll(/^CHECK (\S+) \+(\d+) (\S+) = (\S+) *(.*)$/gm)].map(
      ([, start = '', days = '', calendar = '', due = '', why = '']) => ({ start, days: Number(days), calendar, due, why, scenario }),
    );
  });

const named = (name: string): Calendar => {
  const calendar = calendars.get(name);
  if (!calendar) throw new Error(`no calendar ${name}`);
  return calendar;
};
const day = (date: string) => Temporal.PlainDate.from(date);

describe('Part F: calendar facts', () => {
  test.each(facts)('$scenario: $start + $days $calendar = $due $why', ({ start, days, calendar, due }) => {
    expect(countWorkingDays(named(calendar), day(start), days).due.toString()).toBe(due);
    expect(workingDaysAfter(named(calendar), day(start), day(due))).toBe(days);
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

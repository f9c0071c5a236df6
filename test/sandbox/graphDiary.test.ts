import { describe, expect, test } from '@jest/globals';
import { openDiary } from '../../src/sandbox/graph/diary.ts';

const diary = openDiary();
const PEOPLE = ['chair', 'second-chair', 'health-visitor', 'community-paediatrician', 'social-worker', 'service-manager', 'teacher', 'gp'];
const london = (date: Temporal.PlainDate, minutes: number) => date.toZonedDateTime('Europe/London').add({ minutes }).toInstant();

/** Starts, in minutes of the London day, of the two-hour times between 09:00 and 17:00 at which everybody is free. */
function freeTimes(people: string[], date: Temporal.PlainDate): number[] {
  const items = people.flatMap((person) => diary(person, date)).filter((item) => item.status !== 'workingElsewhere');
  return Array.from({ length: 13 }, (_, step) => 540 + step * 30).filter((minutes) => {
    const [start, end] = [london(date, minutes), london(date, minutes + 120)];
    return items.every((item) => Temporal.Instant.compare(item.end, start) <= 0 || Temporal.Instant.compare(item.start, end) >= 0);
  });
}

function weekdays(from: string, to: string): Temporal.PlainDate[] {
  const first = Temporal.PlainDate.from(from);
  const days = first.until(to).days + 1;
  return Array.from({ length: days }, (_, day) => first.add({ days: day })).filter((date) => date.dayOfWeek <= 5);
}

describe('design 8: the sandbox’s calendars look real', () => {
  test('the same person and day are always the same, and differ between people and days', () => {
    const date = Temporal.PlainDate.from('2027-05-11');
    const seen = (person: string, day: Temporal.PlainDate) => JSON.stringify(openDiary()(person, day));
    expect(seen('gp', date)).toBe(seen('gp', date));
    expect(new Set(PEOPLE.map((person) => seen(person, date))).size).toBeGreaterThan(6);
    expect(new Set(weekdays('2027-05-10', '2027-05-21').map((day) => seen('gp', day))).size).toBeGreaterThan(7);
  });

  test('people are busy for 35 to 50 hundredths of their days, leave aside, and never at weekends', () => {
    const days = weekdays('2025-01-01', '2028-12-31').flatMap((date) => PEOPLE.map((person) => diary(person, date)));
    const worked = days
      .filter((items) => items.every((item) => item.status !== 'oof'))
      .map((items) => items.filter((item) => item.status !== 'workingElsewhere'));
    const minutes = worked.flat().reduce((sum, item) => sum + item.end.since(item.start).total('minutes'), 0);
    expect(minutes / worked.length / 480).toBeGreaterThan(0.35);
    expect(minutes / worked.length / 480).toBeLessThan(0.5);
    expect(diary('gp', Temporal.PlainDate.from('2027-05-15'))).toEqual([]);
  });

  test('C21: four people find two hours in common on most days', () => {
    const days = weekdays('2026-01-01', '2027-12-31');
    const found = days.filter((date) => freeTimes(['health-visitor', 'social-worker', 'service-manager', 'gp'], date).length > 0);
    expect(found.length / days.length).toBeGreaterThan(0.6);
  });

  test('appointments keep London hours in summer as in winter', () => {
    for (const day of [...weekdays('2027-01-11', '2027-01-15'), ...weekdays('2027-07-12', '2027-07-16')]) {
      for (const item of PEOPLE.flatMap((person) => diary(person, day)).filter(({ status }) => status !== 'oof')) {
        expect(Temporal.Instant.compare(item.start, london(day, 540))).toBeGreaterThanOrEqual(0);
        expect(Temporal.Instant.compare(item.end, london(day, 1020))).toBeLessThanOrEqual(0);
      }
    }
  });
});

describe('Scenario 3 (C21): asked for on Wed 17 Feb 2027, the first two hours are Tue 2 Mar 2027 at 10:00', () => {
  test.each(['chair', 'second-chair'])('%s has no two hours before', (person) => {
    expect(weekdays('2027-02-17', '2027-03-01').flatMap((date) => freeTimes([person], date))).toEqual([]);
    expect(freeTimes([person], Temporal.PlainDate.from('2027-03-02'))[0]).toBe(600);
  });

  test('everybody is free from 10:00 to 12:30, whoever they are', () => {
    const everybody = [...PEOPLE, ...Array.from({ length: 200 }, (_, number) => `person-${number}`)];
    expect(freeTimes(everybody, Temporal.PlainDate.from('2027-03-02'))).toEqual([600, 630]);
  });
});

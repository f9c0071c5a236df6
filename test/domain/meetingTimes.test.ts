import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Slot } from '../../src/domain/events/meetingEvents.ts';
import { type Attendee, findTimes, type TakenTime, type TimesWanted } from '../../src/domain/meetingTimes.ts';
import { countWorkingDays } from '../../src/domain/workingDays.ts';
import { alwaysHolds } from '../support/properties.ts';
import { england } from './given.ts';

const day = (date: string) => Temporal.PlainDate.from(date);
const london = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/London').toInstant();

/** Scenario 3: asked for on Wed 17 Feb 2027, to be held by Wed 10 Mar, the earlier target Fri 5 Mar. */
function wanted(changes: Partial<TimesWanted> = {}): TimesWanted {
  return {
    calendar: england,
    hours: { from: '09:30', to: '16:30' },
    minutes: 120,
    earliest: day('2027-02-22'),
    notBefore: london('2027-02-17T11:00'),
    windowStart: day('2027-02-17'),
    limit: day('2027-03-10'),
    target: day('2027-03-05'),
    attendees: [],
    ...changes,
  };
}

const taken = (status: TakenTime['status'], from: string, to: string): TakenTime => ({ status, start: london(from), end: london(to) });
const needed = (person: string, ...times: TakenTime[]): Attendee => ({ person, required: true, times });
const welcome = (person: string, ...times: TakenTime[]): Attendee => ({ person, required: false, times });
const starts = (slots: Slot[]) => slots.map(({ start }) => start);

describe('C21: times inside the window', () => {
  test('with nobody in the way, the earliest time after notice is the best, and says which working day it is', () => {
    const { slots, leastBad, blockers } = findTimes(wanted({ attendees: [needed('chair'), needed('dissenter')] }));
    expect(slots[0]).toEqual({
      start: '2027-02-22T09:30:00Z',
      end: '2027-02-22T11:30:00Z',
      workingDay: 3,
      meetsTarget: true,
      free: ['chair', 'dissenter'],
      tentative: [],
      busy: [],
      unknown: [],
    });
    expect({ leastBad, blockers }).toEqual({ leastBad: [], blockers: [] });
  });

  test('Scenario 3: the first time at which everybody needed is free, up to the minute at which another meeting ends', () => {
    const chair = needed('chair', taken('busy', '2027-02-18T00:00', '2027-03-02T10:00'));
    expect(findTimes(wanted({ attendees: [chair] })).slots[0]).toMatchObject({ start: '2027-03-02T10:00:00Z', workingDay: 9 });
  });

  test('the times offered are no more than one each half-day, so that they are a real choice', () => {
    expect(starts(findTimes(wanted()).slots)).toEqual([
      '2027-02-22T09:30:00Z',
      '2027-02-22T12:00:00Z',
      '2027-02-23T09:30:00Z',
      '2027-02-23T12:00:00Z',
      '2027-02-24T09:30:00Z',
      '2027-02-24T12:00:00Z',
    ]);
  });

  test('nothing is offered after the limit, on a weekend, on a holiday, outside the hours or in the past', () => {
    const { slots } = findTimes(
      wanted({ earliest: day('2027-03-25'), notBefore: london('2027-03-25T14:00'), limit: day('2027-03-30'), target: null }),
    );
    expect(starts(slots)).toEqual(['2027-03-25T14:00:00Z', '2027-03-30T08:30:00Z', '2027-03-30T11:00:00Z']);
  });

  test('the hours are those of London, before and after the clocks change', () => {
    const { slots } = findTimes(
      wanted({ earliest: day('2027-10-29'), notBefore: london('2027-10-01T00:00'), limit: day('2027-11-01'), target: null }),
    );
    expect(starts(slots)).toEqual(['2027-10-29T08:30:00Z', '2027-10-29T11:00:00Z', '2027-11-01T09:30:00Z', '2027-11-01T12:00:00Z']);
  });

  test('S19: with no limit, times are looked for up to thirty working days after the earliest', () => {
    const busy = needed('chair', taken('busy', '2027-02-22T00:00', '2027-04-06T00:00'));
    const { slots } = findTimes(wanted({ limit: null, target: null, attendees: [busy] }));
    expect(starts(slots)).toEqual(['2027-04-06T08:30:00Z', '2027-04-06T11:00:00Z', '2027-04-07T08:30:00Z', '2027-04-07T11:00:00Z']);
    expect(slots[0]?.meetsTarget).toBeNull();
  });

  test('a window with no time left gives nothing to choose and blames nobody', () => {
    const late = wanted({
      earliest: day('2027-03-11'),
      attendees: [needed('chair', taken('busy', '2027-03-01T00:00', '2027-04-01T00:00'))],
    });
    expect(findTimes(late)).toEqual({ slots: [], leastBad: [], blockers: [] });
  });
});

describe('Q2: the order in which times are offered', () => {
  const oneDay = { earliest: day('2027-03-05'), limit: day('2027-03-08') };

  test('a time that meets the earlier target comes before every one that does not, however good', () => {
    const chair = needed('chair', taken('tentative', '2027-03-05T00:00', '2027-03-06T00:00'));
    const { slots } = findTimes(
      wanted({ ...oneDay, attendees: [chair, welcome('teacher', taken('busy', '2027-03-05T00:00', '2027-03-06T00:00'))] }),
    );
    expect(slots.map(({ start, meetsTarget }) => [start.slice(0, 10), meetsTarget])).toEqual([
      ['2027-03-05', true],
      ['2027-03-05', true],
      ['2027-03-08', false],
      ['2027-03-08', false],
    ]);
  });

  test('a required person who is only tentative does not rule a time out, but a time when all are free is better', () => {
    const chair = needed('chair', taken('tentative', '2027-03-05T09:00', '2027-03-05T13:00'));
    const { slots } = findTimes(wanted({ ...oneDay, attendees: [chair] }));
    expect(starts(slots).slice(0, 2)).toEqual(['2027-03-05T13:00:00Z', '2027-03-05T09:30:00Z']);
    expect(slots[1]).toMatchObject({ free: [], tentative: ['chair'], busy: [], unknown: [] });
  });

  test('then the time that most of the optional people can make, and they are named', () => {
    const attendees = [needed('chair'), welcome('teacher', taken('away', '2027-03-05T09:00', '2027-03-05T12:30')), welcome('gp')];
    const { slots } = findTimes(wanted({ ...oneDay, attendees }));
    expect(slots[0]).toMatchObject({ start: '2027-03-05T12:30:00Z', free: ['chair', 'teacher', 'gp'], busy: [] });
    expect(slots[1]).toMatchObject({ start: '2027-03-05T09:30:00Z', free: ['chair', 'gp'], busy: ['teacher'] });
  });

  test('working elsewhere is as good as free, but a time without it is better', () => {
    const { slots } = findTimes(
      wanted({ ...oneDay, attendees: [needed('chair', taken('elsewhere', '2027-03-05T09:00', '2027-03-05T12:00'))] }),
    );
    expect(starts(slots).slice(0, 2)).toEqual(['2027-03-05T12:00:00Z', '2027-03-05T09:30:00Z']);
    expect(slots[1]?.free).toEqual(['chair']);
  });

  test('somebody whose calendar cannot be read is unknown, never free, and rules nothing out', () => {
    const { slots } = findTimes(wanted({ attendees: [needed('chair'), { person: 'dissenter', required: true, times: 'unknown' }] }));
    expect(slots[0]).toMatchObject({ free: ['chair'], busy: [], unknown: ['dissenter'] });
  });
});

describe('C21: when every time is ruled out', () => {
  const window = { earliest: day('2027-03-04'), limit: day('2027-03-05') };
  const attendees = [
    needed('dissenter', taken('busy', '2027-03-05T09:00', '2027-03-05T17:00')),
    needed('chair', taken('away', '2027-03-04T00:00', '2027-03-06T00:00')),
    needed('gp'),
  ];

  test('the least bad times are those with the fewest people in the way', () => {
    const { slots, leastBad } = findTimes(wanted({ ...window, attendees }));
    expect(slots).toEqual([]);
    expect(leastBad.map(({ start, busy }) => [start, busy])).toEqual([
      ['2027-03-04T09:30:00Z', ['chair']],
      ['2027-03-04T12:00:00Z', ['chair']],
      ['2027-03-05T09:30:00Z', ['dissenter', 'chair']],
      ['2027-03-05T12:00:00Z', ['dissenter', 'chair']],
    ]);
  });

  test('those in the way are named, the one most often in the way first', () => {
    expect(findTimes(wanted({ ...window, attendees })).blockers).toEqual(['chair', 'dissenter']);
  });
});

describe('properties, against a search that tries every time and shares no code', () => {
  const HALF_HOUR = 30;
  const someTimes = (longest: number) =>
    fc.array(
      fc
        .tuple(
          fc.integer({ min: 0, max: 24 * 24 * 4 }),
          fc.integer({ min: 1, max: longest }),
          fc.constantFrom('tentative', 'busy', 'away', 'elsewhere'),
        )
        .map(([from, length, status]): TakenTime => {
          const start = london('2027-03-15T00:00').add({ minutes: from * 15 });
          return { start, end: start.add({ minutes: length * 15 }), status };
        }),
      { maxLength: 25 },
    );
  const someAttendees = fc
    .array(
      fc.tuple(
        fc.boolean(),
        fc.oneof({ arbitrary: someTimes(12), weight: 3 }, { arbitrary: someTimes(24 * 4 * 5), weight: 2 }, fc.constant('unknown' as const)),
      ),
      { maxLength: 5 },
    )
    .map((each) => each.map(([required, times], index): Attendee => ({ person: `person-${index}`, required, times })));
  const someWanted = fc
    .record({
      start: fc.integer({ min: 0, max: 6 }),
      notice: fc.integer({ min: 0, max: 4 }),
      within: fc.integer({ min: 1, max: 10 }),
      toTarget: fc.integer({ min: 0, max: 8 }),
      minutes: fc.constantFrom(60, 90, 120),
      attendees: someAttendees,
    })
    .map(({ start, notice, within, toTarget, minutes, attendees }) => {
      const windowStart = day('2027-03-15').add({ days: start });
      const after = (days: number) => countWorkingDays(england, windowStart, days).due;
      return wanted({
        windowStart,
        earliest: after(notice),
        notBefore: london(`${windowStart}T13:00`),
        limit: after(within),
        target: after(toTarget),
        minutes,
        attendees,
      });
    });

  type Tried = { start: string; ruledOut: number; key: number[] };

  /** Every half-hour of every day, with no cleverness. */
  function tryEvery({ calendar, earliest, limit, notBefore, hours, minutes, target, attendees }: TimesWanted): Tried[] {
    const tried: Tried[] = [];
    for (
      let date = new Date(`${earliest}T00:00Z`);
      date.toISOString().slice(0, 10) <= String(limit);
      date = new Date(date.getTime() + 86_400_000)
    ) {
      const iso = date.toISOString().slice(0, 10);
      if ([0, 6].includes(date.getUTCDay()) || calendar.holidays.has(iso)) continue;
      for (let minute = 0; minute + minutes <= 24 * 60; minute += HALF_HOUR) {
        const clock = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
        if (clock(minute) < hours.from || clock(minute + minutes) > hours.to) continue;
        const start = Temporal.ZonedDateTime.from(`${iso}T${clock(minute)}[Europe/London]`).toInstant();
        const end = start.add({ minutes });
        if (Temporal.Instant.compare(start, notBefore) < 0) continue;
        const has = ({ times }: Attendee, ...statuses: string[]) =>
          times !== 'unknown' &&
          times.some(
            (each) =>
              statuses.includes(each.status) &&
              Temporal.Instant.compare(each.start, end) < 0 &&
              Temporal.Instant.compare(each.end, start) > 0,
          );
        const blocked = (each: Attendee) => has(each, 'busy', 'away');
        const tentative = (each: Attendee) => !blocked(each) && has(each, 'tentative');
        const ruledOut = attendees.filter((each) => each.required && blocked(each)).length;
        tried.push({
          start: start.toString(),
          ruledOut,
          key: [
            ruledOut,
            iso <= String(target) ? 0 : 1,
            attendees.filter((each) => each.required && tentative(each)).length,
            attendees.filter((each) => !each.required && (each.times === 'unknown' || blocked(each) || tentative(each))).length,
            attendees.filter((each) => !blocked(each) && !tentative(each) && has(each, 'elsewhere')).length,
          ],
        });
      }
    }
    return tried;
  }

  const best = (tried: Tried[]) =>
    tried.reduce<Tried | null>((least, each) => {
      const place = least ? each.key.findIndex((value, index) => value !== least.key[index]) : 0;
      return least === null || (place >= 0 && (each.key[place] ?? 0) < (least.key[place] ?? 0)) ? each : least;
    }, null);

  test('the best time is the one that trying every time finds; there is none only if there is none', () => {
    const seen = { some: 0, none: 0 };
    alwaysHolds(
      fc.property(someWanted, (request) => {
        const tried = tryEvery(request);
        const { slots, leastBad, blockers } = findTimes(request);
        const possible = tried.filter(({ ruledOut }) => ruledOut === 0);
        expect(slots[0]?.start).toBe(best(possible)?.start);
        if (possible.length === 0) expect(leastBad[0]?.start).toBe(best(tried)?.start);
        expect(blockers.length > 0).toBe(possible.length === 0 && tried.length > 0);
        seen[possible.length > 0 ? 'some' : 'none'] += 1;
      }),
      300,
    );
    expect(Math.min(seen.some, seen.none)).toBeGreaterThan(20);
  });

  test('every time offered is one of those tried, is not ruled out, and names each attendee once', () => {
    alwaysHolds(
      fc.property(someWanted, (request) => {
        const tried = new Map(tryEvery(request).map((each) => [each.start, each]));
        const { slots, leastBad } = findTimes(request);
        const people = request.attendees.map(({ person }) => person).toSorted();
        for (const slot of slots) expect(tried.get(slot.start)?.ruledOut).toBe(0);
        for (const slot of [...slots, ...leastBad]) {
          expect(tried.has(slot.start)).toBe(true);
          expect([...slot.free, ...slot.tentative, ...slot.busy, ...slot.unknown].toSorted()).toEqual(people);
          expect(Temporal.Instant.from(slot.start).until(slot.end).total('minutes')).toBe(request.minutes);
        }
        const targets = slots.map(({ meetsTarget }) => meetsTarget);
        expect(targets).toEqual(targets.toSorted((one, other) => Number(other) - Number(one)));
      }),
    );
  });
});

import { expect, test } from '@jest/globals';
import type { CaseDependencies } from '../../../src/app/seeCase.ts';
import { seenBy } from '../../../src/app/seeCase.ts';
import { readDirectory } from '../../../src/directory/readDirectory.ts';
import { dateOf } from '../../../src/domain/londonTime.ts';
import { peopleTold, remindersOn } from '../../../src/domain/reminders.ts';
import { loadLibrary } from '../../../src/procedures/loadLibrary.ts';
import { aCase, aProcess, at, eachInAnEmptyWorld, world } from './rounds.ts';

eachInAnEmptyWorld();

const deps = {
  library: loadLibrary('procedures'),
  directory: readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} }),
  clock: { now: () => world.now },
} as unknown as CaseDependencies;

const WAITS = ['those who act', 'those who write', 'those who finish', 'those asked'] as const;

/**
 * How many cases each person has to hear of, by what fell due on each day by itself since the first look: those that wait for them, or where
 * none does, all.
 */
function due(from: string): Record<string, number> {
  const counts: Record<string, { all: number; waiting: number }> = {};
  for (const trail of world.open) {
    const { current, procedure, calendar, roster } = seenBy(deps, trail, 'bot');
    const today = dateOf(world.now);
    const told = new Set<string>();
    for (let day = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(day, today) <= 0; day = day.add({ days: 1 }))
      for (const { to } of remindersOn(current, procedure, calendar, day))
        for (const person of peopleTold(to, current, procedure, roster, today)) told.add(person);
    for (const person of told) {
      const { all, waiting } = counts[person] ?? { all: 0, waiting: 0 };
      const waits = WAITS.some((to) => peopleTold(to, current, procedure, roster, today).includes(person));
      counts[person] = { all: all + 1, waiting: waiting + (waits ? 1 : 0) };
    }
  }
  return Object.fromEntries(Object.entries(counts).map(([person, { all, waiting }]) => [person, waiting || all]));
}

test.each([
  ['a week', '2027-08-18T11:00:00+01:00', '2027-08-19T09:00:00+01:00'],
  ['a month', '2027-09-09T11:00:00+01:00', '2027-09-10T09:00:00+01:00'],
  ['a year', '2028-08-10T11:00:00+01:00', '2028-08-11T09:00:00+01:00'],
])(
  'C16: after %s with the program off each person has one message, of as many cases as they have to hear of, and none on the next day',
  async (_how, back, next) => {
    at('2027-08-11T10:00:00+01:00');
    await aProcess().look();
    world.open = [aCase('DIS-27-001', '2027-08-11'), aCase('DIS-27-002', '2027-08-11', false), aCase('DIS-27-003', '2027-08-09')];
    at(back);
    const [one, other] = [aProcess(), aProcess()];
    await Promise.all([one.look(), other.look()]);
    const said = world.sent.map((line) => line.split(': '));
    expect(Object.fromEntries(said.map(([person = '', words = '']) => [person, Number.parseInt(words, 10)]))).toEqual(due('2027-08-11'));
    expect(new Set(said.map(([person]) => person)).size).toBe(said.length);
    expect(said.length).toBeGreaterThan(0);
    world.sent = [];
    at(next);
    await one.look();
    expect(world.sent).toEqual([]);
  },
);

import { expect, test } from '@jest/globals';
import { sandboxClock } from '../../src/sandbox/clock.ts';
import { passTime } from '../../src/sandbox/passTime.ts';
import { memoryShelf } from './standIn.ts';

const begin = Temporal.Instant.from('2037-06-01T12:00:00Z');

/**
 * A clock with some mornings and a job that fails so often, each time to be tried again so many seconds later. What is done is told with
 * the minute at which it was.
 */
function aWorld(mornings: string[], job: { due: Temporal.Instant; failures: number; again: number } | null) {
  const clock = sandboxClock(memoryShelf());
  clock.set(begin, { mayGoBack: true });
  const done: string[] = [];
  const note = (what: string) => void done.push(`${what} ${clock.now().toString().slice(5, 16)}`);
  let waits = job;
  const passed: number[] = [];
  return {
    done,
    /** How much of time has passed, as the jobs were told, in minutes. */
    passed: () => Math.round(passed.reduce((sum, each) => sum + each, 0)),
    deps: {
      clock,
      stops: async () => mornings.map((morning) => Temporal.Instant.from(morning)),
      nextTry: async () => waits?.due ?? null,
      timePassed: async (by: Temporal.Duration) => void passed.push(by.total('minutes')),
      runDue: async () => note('look'),
      async settle() {
        if (!waits || Temporal.Instant.compare(waits.due, clock.now()) > 0) return;
        note('try');
        waits = waits.failures > 0 ? { ...waits, due: waits.due.add({ seconds: waits.again }), failures: waits.failures - 1 } : null;
      },
    },
  };
}

test('design 9: a job that waits for its next try is done at its time, and as often as it takes, before the clock is where it was to go', async () => {
  const { deps, done, passed } = aWorld([], { due: begin.add({ minutes: 1 }), failures: 2, again: 600 });
  await passTime(deps, begin.add({ hours: 1 }));
  expect(done).toEqual(['try 06-01T12:01', 'try 06-01T12:11', 'try 06-01T12:21', 'look 06-01T13:00']);
  expect(passed()).toBe(60);
});

test('design 9: a job whose next try lies behind that waits on, nearer by as much as the clock has moved', async () => {
  const { deps, done, passed } = aWorld([], { due: begin.add({ minutes: 90 }), failures: 0, again: 0 });
  await passTime(deps, begin.add({ hours: 1 }));
  expect(done).toEqual(['look 06-01T13:00']);
  expect(passed()).toBe(60);
});

test('design 9: mornings and tries come in their order', async () => {
  const { deps, done } = aWorld(['2037-06-02T08:00:00Z'], { due: begin.add({ hours: 2 }), failures: 1, again: 86_400 });
  await passTime(deps, begin.add({ hours: 48 }));
  expect(done).toEqual(['try 06-01T14:00', 'look 06-02T08:00', 'try 06-02T14:00', 'look 06-03T12:00']);
});

test('a clock that is to stand at the very morning stands there, however long the morning takes', async () => {
  const morning = begin.add({ hours: 1 });
  const { deps, done } = aWorld([morning.toString()], null);
  await passTime(deps, morning);
  expect(done).toEqual(['look 06-01T13:00', 'look 06-01T13:00']);
});

import { describe, expect, test } from '@jest/globals';
import type { Cover, Covers } from '../../src/app/cover.ts';
import { coveredDirectory } from '../../src/app/coveredDirectory.ts';
import type { Directory } from '../../src/directory/directory.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { unreachedInMemory } from '../support/unreached.ts';

const file = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} })();
const cover: Cover = {
  number: 1,
  partnership: 'camden',
  role: 'service-manager',
  holder: 'service-manager',
  deputy: 'second-chair',
  from: '2027-01-12',
  to: '2027-01-22',
  endedAt: null,
};
const at = (now: string) => ({ now: () => Temporal.Instant.from(now) });

/** The directory over a store that answers what it is told to, when it is told to. */
function over(answers: Promise<Cover[]>[], now = '2027-01-12T15:10:00Z', read: () => Directory = () => file) {
  let times = 0;
  const covers = {
    all() {
      times += 1;
      return answers.shift() ?? Promise.resolve([]);
    },
  } as unknown as Covers;
  const covered = coveredDirectory({ read, covers, unreached: unreachedInMemory(), clock: at(now) });
  const deputies = () => covered.directory().partnerships.camden?.roles['service-manager']?.deputies.map(({ person }) => person);
  const dates = () => covered.directory().partnerships.camden?.roles['service-manager']?.deputies.slice(1);
  return { ...covered, deputies, dates, readings: () => times };
}

describe('Q27: who covers, as every click reads it', () => {
  test("a cover stands beside the deputies of the directory's file, once it is read again", async () => {
    const { presentCovers, deputies } = over([Promise.resolve([cover])]);
    expect(deputies()).toEqual(['service-manager-deputy']);
    await presentCovers();
    expect(deputies()).toEqual(['service-manager-deputy', 'second-chair']);
    await presentCovers();
    expect(deputies()).toEqual(['service-manager-deputy']);
  });

  test('one made by a former holder, or for somebody who has left or is elsewhere, counts no more', async () => {
    const others = [
      { ...cover, holder: 'head-of-service' },
      { ...cover, deputy: 'nobody' },
      { ...cover, deputy: 'scottish-administrator' },
    ];
    const { presentCovers, deputies } = over([Promise.resolve(others)]);
    await presentCovers();
    expect(deputies()).toEqual(['service-manager-deputy']);
  });

  test("given a reading under way, when several ask, then one more serves them all, begun after they asked; one that fails stands in nobody else's way", async () => {
    const slow = Promise.withResolvers<Cover[]>();
    const { presentCovers, deputies, readings } = over([slow.promise, Promise.resolve([cover])]);
    const first = presentCovers();
    await Promise.resolve();
    const rest = [presentCovers(), presentCovers(), presentCovers()];
    slow.reject(new Error('the power failed'));
    await expect(first).rejects.toThrow('the power failed');
    await Promise.all(rest);
    expect(deputies()).toEqual(['service-manager-deputy', 'second-chair']);
    expect(readings()).toBe(2);
  });

  test.each([
    ['on that day, no more', '2027-01-14T12:00:00Z', '2027-01-13'],
    ['looked back on, up to that day, so that a letter about it names both', '2027-03-01T12:00:00Z', '2027-01-14'],
  ])('one ended early counts %s', async (_how, now, to) => {
    const { presentCovers, dates } = over([Promise.resolve([{ ...cover, endedAt: '2027-01-14T09:00:00Z' }])], now);
    await presentCovers();
    expect(dates()).toEqual([{ person: 'second-chair', from: '2027-01-12', to }]);
  });

  test('one ended on the day it began counts on no day: its last day is before its first', async () => {
    const { presentCovers, dates } = over([Promise.resolve([{ ...cover, endedAt: '2027-01-12T15:00:00Z' }])]);
    await presentCovers();
    expect(dates()).toEqual([{ person: 'second-chair', from: '2027-01-12', to: '2027-01-11' }]);
  });
});

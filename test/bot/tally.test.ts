import { expect, test } from '@jest/globals';
import { tally } from '../../src/bot/tally.ts';

test('house rule 6: what comes thirty times in a while is said at once, and once more with how often', async () => {
  const said: number[] = [];
  const again = Promise.withResolvers<void>();
  const knock = tally((times) => {
    said.push(times);
    if (said.length === 2) again.resolve();
  }, 50);
  for (let times = 0; times < 30; times += 1) knock();
  expect(said).toEqual([1]);
  await again.promise;
  expect(said).toEqual([1, 29]);
});

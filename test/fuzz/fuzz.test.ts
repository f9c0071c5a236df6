import { expect, test } from '@jest/globals';
import { fuzz } from './fuzz.ts';

/** The short form; `npm run soak -- fuzz` is the long one. */
test('issue 5, X3 X4 X5: of recorded activities changed at random none ends the process, is a fault, or changes a case for somebody who may not', async () => {
  const { sent, statuses, changes } = await fuzz({ activities: 80, seed: 20_270_112 });
  expect(sent).toBe(80);
  // Not all are turned away at the door, or the rest would prove nothing.
  expect(statuses[200]).toBeGreaterThan(40);
  expect(statuses[400]).toBeGreaterThan(10);
  expect(Object.keys(changes).length).toBeGreaterThan(2);
});

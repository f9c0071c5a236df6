import { expect, test } from '@jest/globals';
import { openQueue } from '../../src/jobs/queue.ts';
import { startJobs } from '../../src/jobs/startJobs.ts';
import { freshDatabase } from '../support/database.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
/** More than the queue tells of where it is not asked for all. */
const MANY = 1200;

test('however many jobs wait, all of them are seen, and each was left once', async () => {
  const database = await freshDatabase();
  const queue = await openQueue({ database, log });
  const references = Array.from({ length: MANY }, (_, index) => `DIS-27-${index + 1}`);
  await queue.enqueueAll([
    ...references.map((reference) => ({ name: 'tell', reference, byTime: true }) as const),
    { name: 'check-evidence', reference: 'DIS-27-1' },
  ]);
  const jobs = startJobs({ queue, log, works: false, handlers: {} as never });
  const pending = await jobs.pending();
  expect(
    pending
      .filter(({ name }) => name === 'tell')
      .map(({ reference }) => reference)
      .toSorted(),
  ).toEqual(references.toSorted());
  expect(pending.filter(({ name }) => name !== 'tell')).toMatchObject([{ name: 'check-evidence', state: 'waiting' }]);
  await jobs.stop();
  await queue.close();
  await database.close();
});

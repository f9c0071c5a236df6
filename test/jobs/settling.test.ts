import { expect, test } from '@jest/globals';
import type { Job } from '../../src/app/job.ts';
import { jobNames, openQueue } from '../../src/jobs/queue.ts';
import { startJobs } from '../../src/jobs/startJobs.ts';
import type { Handler } from '../../src/jobs/worker.ts';
import { freshDatabase } from '../support/database.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

test('given a job that leaves another and ends while the queue is looked at, when the queue is settled, then the other has been done too', async () => {
  const database = await freshDatabase();
  const queue = await openQueue({ database, log });
  const begun = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const done: string[] = [];
  const idle = Object.fromEntries(jobNames.map((name) => [name, async () => {}])) as unknown as Record<Job['name'], Handler>;
  const jobs = startJobs({
    queue,
    log,
    pollMilliseconds: 3_600_000,
    handlers: {
      ...idle,
      tell: async (reference) => {
        begun.resolve();
        await mayEnd.promise;
        await jobs.enqueue({ name: 'send', reference });
      },
      send: async (reference) => void done.push(reference),
    },
  });
  await jobs.settle();

  await jobs.enqueue({ name: 'tell', reference: 'DIS-27-001' });
  await begun.promise;
  const { fetch, complete } = queue.boss;
  queue.boss.fetch = (async (name: string, options: object) => {
    if (name === 'tell') await ended.promise;
    return fetch.call(queue.boss, name, options);
  }) as typeof fetch;
  queue.boss.complete = (async (name: string, job: never) => {
    const completed = await complete.call(queue.boss, name, job);
    if (name === 'tell') setImmediate(ended.resolve);
    return completed;
  }) as typeof complete;
  const settled = jobs.settle();
  mayEnd.resolve();
  await settled;

  expect(done).toEqual(['DIS-27-001']);
  await jobs.stop();
  await queue.close();
  await database.close();
});

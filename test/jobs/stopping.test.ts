import { expect, test } from '@jest/globals';
import type { Job } from '../../src/app/job.ts';
import type { Log } from '../../src/app/ports.ts';
import { jobNames, openQueue } from '../../src/jobs/queue.ts';
import { startJobs } from '../../src/jobs/startJobs.ts';
import type { Handler } from '../../src/jobs/worker.ts';
import { freshDatabase } from '../support/database.ts';

const log: Log = { info: () => {}, warn: () => {}, error: () => {} };
const idle = Object.fromEntries(jobNames.map((name) => [name, async () => {}])) as unknown as Record<Job['name'], Handler>;

test('OP3: in a program that is to end the deed in hand is finished, no other is begun, and the job is due at once for whoever looks next', async () => {
  const database = await freshDatabase();
  const queue = await openQueue({ database, log });
  const start = (handlers: { send: Handler }) => startJobs({ queue, log, pollMilliseconds: 3_600_000, handlers: { ...idle, ...handlers } });
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const deeds: string[] = [];
  const letters: Handler = async (reference, _job, _tried, stopping) => {
    for (const deed of [`${reference} one`, `${reference} two`].filter((each) => !deeds.includes(each))) {
      stopping.throwIfAborted();
      begun.resolve();
      await finish.promise;
      deeds.push(deed);
    }
  };
  const jobs = start({ send: letters });
  await jobs.enqueue({ name: 'send', reference: 'DIS-27-001' });
  await begun.promise;
  const stopped = jobs.stop();
  await jobs.enqueue({ name: 'send', reference: 'DIS-27-002' });
  finish.resolve();
  await stopped;
  expect(deeds).toEqual(['DIS-27-001 one']);
  expect(jobs.running()).toEqual([]);

  const another = start({ send: letters });
  await another.settle();
  expect(deeds.toSorted()).toEqual(['DIS-27-001 one', 'DIS-27-001 two', 'DIS-27-002 one', 'DIS-27-002 two']);
  expect(await another.pending()).toEqual([]);
  await another.stop();
  await queue.close();
  await database.close();
});

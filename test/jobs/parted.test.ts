import { expect, test } from '@jest/globals';
import type { Job } from '../../src/app/job.ts';
import { jobNames, openQueue } from '../../src/jobs/queue.ts';
import { startJobs } from '../../src/jobs/startJobs.ts';
import type { Handler } from '../../src/jobs/worker.ts';
import { freshDatabase } from '../support/database.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

test('a copy that only answers people leaves its jobs, and lists them, for one that does them', async () => {
  const database = await freshDatabase();
  const queue = await openQueue({ database, log });
  const done: string[] = [];
  const by = (who: string) => {
    const handler: Handler = async (reference) => void done.push(`${who} ${reference}`);
    return Object.fromEntries(jobNames.map((name) => [name, handler])) as Record<Job['name'], Handler>;
  };
  const web = startJobs({ queue, log, works: false, handlers: by('web'), pollMilliseconds: 3_600_000 });
  await web.enqueue({ name: 'tell', reference: 'DIS-27-001' });
  await web.settle();
  expect(done).toEqual([]);
  expect(await web.pending()).toMatchObject([{ name: 'tell', reference: 'DIS-27-001', state: 'waiting' }]);

  const worker = startJobs({ queue, log, handlers: by('worker'), pollMilliseconds: 3_600_000 });
  await worker.settle();
  expect(done).toEqual(['worker DIS-27-001']);
  expect(await web.pending()).toEqual([]);
  await Promise.all([web.stop(), worker.stop()]);
  await queue.close();
  await database.close();
});

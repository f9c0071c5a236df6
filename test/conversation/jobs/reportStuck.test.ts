import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OutsideFault } from '../../../src/app/faults.ts';
import type { Job } from '../../../src/app/job.ts';
import type { Cases, Log } from '../../../src/app/ports.ts';
import { stuckReported } from '../../../src/conversation/jobs/reportStuck.ts';
import { readDirectory } from '../../../src/directory/readDirectory.ts';
import { jobNames, openQueue, type Queue } from '../../../src/jobs/queue.ts';
import { type Jobs, startJobs } from '../../../src/jobs/startJobs.ts';
import type { Handler } from '../../../src/jobs/worker.ts';
import type { Database } from '../../../src/storage/database.ts';
import { stuckNotices } from '../../../src/storage/stuckNotices.ts';
import { freshDatabase } from '../../support/database.ts';
import { unreachedInMemory } from '../../support/unreached.ts';

const log: Log = { info: () => {}, warn: () => {}, error: () => {} };
const clock = { at: '2027-01-12T15:10:00Z', now: () => Temporal.Instant.from(clock.at) };
const notices: string[] = [];
/** People whom Teams cannot reach. */
const away = new Set<string>();

let database: Database;
let queue: Queue;
let jobs: Jobs;
beforeAll(async () => {
  database = await freshDatabase();
  queue = await openQueue({ database, log });
  const report = stuckReported({
    clock,
    directory: readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} }),
    cases: { partnershipOf: async () => 'camden', erasedAt: async () => null } as unknown as Cases,
    conversations: { of: async (person) => ({ conversation: person, name: '' }), keep: async () => false },
    chat: {
      async post(person, card, summary) {
        if (away.has(String(person))) throw new OutsideFault('not-found', 'no chat', 'the chat');
        notices.push(`${person} ${summary}`);
        expect(JSON.stringify(card)).not.toContain('DIS-27-00');
        return 'id';
      },
      update: async () => {},
      begin: async () => null,
      members: async () => new Set<string>(),
    },
    notices: stuckNotices(database.kysely),
    unreached: unreachedInMemory(),
    enqueue: async () => {},
  });
  const idle = Object.fromEntries(jobNames.map((name) => [name, async () => {}])) as unknown as Record<Job['name'], Handler>;
  const file = async () => {
    throw new OutsideFault('permission', 'no', 'the library');
  };
  jobs = startJobs({ queue, log, pollMilliseconds: 3_600_000, handlers: { ...idle, file, 'report-stuck': report } });
});
afterAll(async () => {
  await jobs.stop();
  await queue.close();
  await database.close();
});

const fails = async (reference: string) => {
  await jobs.enqueue({ name: 'file', reference });
  await jobs.settle();
  return notices.splice(0).toSorted();
};

test('X6: when jobs fail for good, each administrator of the partnership has one notice a day, without a reference', async () => {
  const both = ['administrator Something is stuck', 'second-administrator Something is stuck'];
  expect(await fails('DIS-27-001')).toEqual(both);
  expect(await fails('DIS-27-002')).toEqual([]);
  clock.at = '2027-01-13T00:00:00Z';
  expect(await fails('DIS-27-003')).toEqual(both);
  expect((await jobs.pending()).map(({ name, state }) => [name, state])).toEqual(Array(3).fill(['file', 'failed']));
});

test('one who could not be reached does not keep it from the other, has it later that day, and is no cause for notices without end', async () => {
  clock.at = '2027-01-14T10:00:00Z';
  away.add('administrator');
  expect(await fails('DIS-27-004')).toEqual(['second-administrator Something is stuck']);
  away.clear();
  expect(await fails('DIS-27-005')).toEqual(['administrator Something is stuck']);
});

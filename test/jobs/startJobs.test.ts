import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OutsideFault } from '../../src/app/faults.ts';
import type { Job } from '../../src/app/job.ts';
import { jobNames, openQueue, type Queue } from '../../src/jobs/queue.ts';
import { type Jobs, startJobs } from '../../src/jobs/startJobs.ts';
import type { Handler } from '../../src/jobs/worker.ts';
import { caseStore } from '../../src/storage/caseStore.ts';
import type { Database } from '../../src/storage/database.ts';
import { keysOf, opening } from '../storage/caseFixtures.ts';
import { freshDatabase } from '../support/database.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
const idle = async () => {};

let database: Database;
let queue: Queue;
let running: Jobs[];

beforeAll(async () => {
  database = await freshDatabase();
  await (await openQueue({ database, log })).close();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.pool.query('TRUNCATE pgboss.job');
  queue = await openQueue({ database, log });
  running = [];
});
afterEach(async () => {
  for (const jobs of running) await jobs.stop();
  await queue.close();
});

/** Jobs that are looked for only when somebody asks, so that nothing in a test happens by the clock. */
function start(handlers: Partial<Record<Job['name'], Handler>>, on = queue): Jobs {
  const jobs = startJobs({
    queue: on,
    log,
    pollMilliseconds: 3_600_000,
    handlers: { ...(Object.fromEntries(jobNames.map((name) => [name, idle])) as unknown as Record<Job['name'], Handler>), ...handlers },
  });
  running.push(jobs);
  return jobs;
}

const tell = (reference: string): Job => ({ name: 'tell', reference });

describe('doing jobs', () => {
  test('given jobs that leave further jobs, when the queue is settled, then all have been done', async () => {
    const done: string[] = [];
    const jobs = start({
      tell: async (reference) => void done.push(`tell ${reference}`),
      'find-times': async (reference) => {
        done.push(`find-times ${reference}`);
        await jobs.enqueue({ name: 'align-calendar', reference });
      },
      'align-calendar': async (reference) => {
        done.push(`align-calendar ${reference}`);
        await jobs.enqueue(tell(reference));
      },
    });
    await jobs.enqueue({ name: 'find-times', reference: 'DIS-27-001' });
    await jobs.settle();
    expect(done).toEqual(['find-times DIS-27-001', 'align-calendar DIS-27-001', 'tell DIS-27-001']);
    expect(await jobs.pending()).toEqual([]);
  });

  test('X4: given many jobs of one name for one case, then no two run at once, while those of other cases go on', async () => {
    const now = new Map<string, number>();
    const most = { ofOneCase: 0, altogether: 0, done: 0 };
    const jobs = start({
      tell: async (reference) => {
        now.set(reference, (now.get(reference) ?? 0) + 1);
        most.ofOneCase = Math.max(most.ofOneCase, ...now.values());
        most.altogether = Math.max(
          most.altogether,
          [...now.values()].reduce((sum, each) => sum + each),
        );
        await queue.boss.getQueue('tell');
        now.set(reference, now.get(reference)! - 1);
        most.done++;
      },
    });
    await Promise.all(Array.from({ length: 12 }, (_, index) => queue.enqueue(tell(`DIS-27-00${index % 3}`))));
    await jobs.settle();
    expect(most.done).toBe(12);
    expect(most.ofOneCase).toBe(1);
    expect(most.altogether).toBeGreaterThan(1);
  });

  test('given a commit, then its jobs are done at once, without waiting for the next look at the queue', async () => {
    const done = Promise.withResolvers<string>();
    start({ tell: async (reference) => done.resolve(reference) });
    const { reference } = await caseStore(database.kysely, await keysOf(database), queue).open(opening('draft', (made) => [tell(made)]));
    expect(await done.promise).toBe(reference);
  });

  test('house rule 1: given a commit that does not come about, then its jobs are not there either', async () => {
    const jobs = start({});
    const cases = caseStore(database.kysely, await keysOf(database), {
      ...queue,
      // What one of the commit's parts cannot keep.
      leaving: async (job) =>
        job.name === 'tell' ? queue.leaving(job) : { text: 'INSERT INTO case_number (last) VALUES (0)', values: [] },
    });
    const failing = opening('another draft', (made) => [tell(made), { name: 'find-times', reference: made }]);
    await expect(cases.open(failing)).rejects.toThrow('violates not-null constraint');
    const opened = await database.kysely.selectFrom('case_header').select('draft').where('draft', '=', 'another draft').execute();
    expect(opened).toEqual([]);
    expect(await jobs.pending()).toEqual([]);
  });

  test('given a job that runs, when the worker stops, then it is finished first and nothing more is begun', async () => {
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const jobs = start({
      tell: async () => {
        begun.resolve();
        await finish.promise;
      },
    });
    await queue.enqueue(tell('DIS-27-001'));
    await begun.promise;
    const stopping = jobs.stop();
    expect(await jobs.pending()).toMatchObject([{ name: 'tell', reference: 'DIS-27-001', state: 'running', attempts: 1 }]);
    finish.resolve();
    await stopping;
    await queue.enqueue(tell('DIS-27-002'));
    expect(await jobs.pending()).toMatchObject([{ reference: 'DIS-27-002', state: 'waiting', attempts: 0 }]);
  });

  test('given several who wait for quiet at once, when all is done, then each of them is answered', async () => {
    const done: string[] = [];
    const jobs = start({ tell: async (reference) => void done.push(reference) });
    await jobs.enqueue(tell('DIS-27-001'));
    await jobs.enqueue(tell('DIS-27-001'));
    await Promise.all([jobs.settle(), jobs.settle(), jobs.settle()]);
    expect(done).toEqual(['DIS-27-001', 'DIS-27-001']);
  });
});

describe('jobs that fail', () => {
  const busy = (retryAfterSeconds: number | null) =>
    new OutsideFault('throttled', 'Mrs Example has too many cards', 'nothing: it is tried again', { retryAfterSeconds });

  test('given a fault that may mend, then the job waits for its next try, is not due before, and can be asked for', async () => {
    let fault: Error | null = busy(null);
    let tries = 0;
    const jobs = start({
      tell: async () => {
        tries++;
        if (fault) throw fault;
      },
    });
    await jobs.enqueue(tell('DIS-27-001'));
    await jobs.settle();
    await jobs.settle();
    expect(tries).toBe(1);
    const [waiting] = await jobs.pending();
    expect(waiting).toEqual({
      name: 'tell',
      reference: 'DIS-27-001',
      state: 'waiting',
      attempts: 1,
      lastError: { kind: 'throttled', check: 'nothing: it is tried again' },
      retryAt: expect.any(String),
      since: expect.any(String),
    });
    fault = null;
    expect(await jobs.retry('tell', 'DIS-27-001')).toBe(true);
    await jobs.settle();
    expect(tries).toBe(2);
    expect(await jobs.pending()).toEqual([]);
    expect(await jobs.retry('tell', 'DIS-27-001')).toBe(false);
  });

  test('given a fault that says how long to wait, then the next try is not before', async () => {
    const jobs = start({ tell: () => Promise.reject(busy(3600)) });
    const earliest = Date.now() + 3_590_000;
    await jobs.enqueue(tell('DIS-27-001'));
    await jobs.settle();
    const [waiting] = await jobs.pending();
    expect(Date.parse(waiting!.retryAt!)).toBeGreaterThan(earliest);
  });

  test("design 9: given a program's clock that is elsewhere, then jobs are told by it, and its being moved on brings a next try nearer", async () => {
    let ahead = Temporal.Duration.from({ hours: 24 });
    const clock = { now: () => Temporal.Now.instant().add(ahead) };
    const elsewhere = await openQueue({ database, log, clock });
    let fault: Error | null = busy(3600);
    const jobs = start(
      {
        tell: async () => {
          if (fault) throw fault;
        },
      },
      elsewhere,
    );
    const begun = clock.now();
    const minutesFrom = (instant: string) => Math.round(begun.until(Temporal.Instant.from(instant)).total('minutes'));
    const times = async () => (await jobs.pending()).map(({ since, retryAt }) => [minutesFrom(since!), minutesFrom(retryAt!)]);
    expect(await jobs.nextTry()).toBeNull();
    await jobs.enqueue(tell('DIS-27-001'));
    await jobs.settle();
    expect(await times()).toEqual([[0, 60]]);
    expect(minutesFrom(String(await jobs.nextTry()))).toBe(60);

    const passes = async (by: Temporal.DurationLike) => {
      ahead = ahead.add(by);
      await jobs.timePassed(Temporal.Duration.from(by));
      await jobs.settle();
    };
    fault = null;
    await passes({ minutes: 45 });
    expect(await times()).toEqual([[0, 60]]);
    await passes({ minutes: 15 });
    expect(await jobs.pending()).toEqual([]);
    await elsewhere.close();
  });

  test.each(['permission', 'not-found', 'rejected'] as const)(
    'given a fault of the kind "%s", then the job fails at once and stays to be seen until it goes well',
    async (kind) => {
      let broken = true;
      const jobs = start({
        'align-calendar': async () => {
          if (broken) throw new OutsideFault(kind, 'no', 'the application permission Calendars.ReadWrite');
        },
      });
      await jobs.enqueue({ name: 'align-calendar', reference: 'DIS-27-001' });
      await jobs.enqueue({ name: 'align-calendar', reference: 'DIS-27-001' });
      await jobs.settle();
      const failed = {
        name: 'align-calendar',
        reference: 'DIS-27-001',
        state: 'failed',
        attempts: 1,
        retryAt: null,
        since: expect.any(String),
      };
      expect(await jobs.pending()).toEqual([{ ...failed, lastError: { kind, check: 'the application permission Calendars.ReadWrite' } }]);
      broken = false;
      expect(await jobs.retry('align-calendar', 'DIS-27-001')).toBe(true);
      await jobs.settle();
      expect(await jobs.pending()).toEqual([]);
    },
  );

  test("X6: given an error of the program's own, then the job is tried again, and nothing of its message is kept", async () => {
    const jobs = start({ tell: () => Promise.reject(new Error('Baby Example has no address')) });
    await jobs.enqueue(tell('DIS-27-001'));
    await jobs.settle();
    expect(await jobs.pending()).toMatchObject([{ state: 'waiting', lastError: { kind: 'fault', check: 'the log of the program' } }]);
    const { rows } = await database.executeSql('SELECT to_jsonb(job)::text AS stored FROM pgboss.job AS job');
    expect(JSON.stringify(rows)).not.toContain('Baby');
  });

  test("corner 29: given an error of the program's own again and again, then administrators are told at the third try, and it is tried on", async () => {
    const reported: string[] = [];
    const jobs = start({
      tell: () => Promise.reject(new Error('a row was altered')),
      'report-stuck': async (reference) => void reported.push(reference),
    });
    await jobs.enqueue(tell('DIS-27-001'));
    await jobs.settle();
    for (let tries = 1; tries < 5; tries += 1) {
      expect(reported).toHaveLength(tries < 3 ? 0 : 1);
      await jobs.retry('tell', 'DIS-27-001');
      await jobs.settle();
    }
    expect(reported).toEqual(['DIS-27-001']);
    expect(await jobs.pending()).toMatchObject([{ state: 'waiting', attempts: 5 }]);
  });

  test('corner 29: given a job whose data somebody took away, then it is taken out of the queue, and those beside it are done', async () => {
    await queue.enqueue(tell('DIS-27-001'));
    await database.executeSql('UPDATE pgboss.job SET data = NULL');
    await queue.enqueue(tell('DIS-27-002'));
    const done: string[] = [];
    const jobs = start({ tell: async (reference) => void done.push(reference) });
    await jobs.settle();
    expect(done).toEqual(['DIS-27-002']);
    expect(await jobs.pending()).toEqual([]);
  });

  test('given a job that a killed process left running, when the program starts again, then it is done', async () => {
    await queue.enqueue(tell('DIS-27-001'));
    expect(await queue.boss.fetch('tell')).toHaveLength(1);
    if (!database.embedded) await database.executeSql("UPDATE pgboss.job SET heartbeat_on = now() - interval '1 minute'");
    const restarted = await openQueue({ database, log });
    if (!database.embedded) await restarted.boss.supervise();
    const done: string[] = [];
    const jobs = start({ tell: async (reference) => void done.push(reference) }, restarted);
    if (!database.embedded) await jobs.retry('tell', 'DIS-27-001');
    await jobs.settle();
    await jobs.stop();
    await restarted.close();
    expect(done).toEqual(['DIS-27-001']);
  });
});

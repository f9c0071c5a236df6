import { type Db, fromKysely, type KyselyTransactionLike, PgBoss, type Queue as QueueSettings } from 'pg-boss';
import type { Job } from '../app/job.ts';
import type { Clock, Log } from '../app/ports.ts';

/** What is stored with a job: references only (X6), and the instant, by the program's clock, at which it was left. */
export type JobData = Job & { at: string };

/** Whether a job says what it is for: somebody may have written to its row. */
export function isWhole({ data }: { data: Partial<JobData> | null }): boolean {
  return typeof data?.reference === 'string' && typeof data.name === 'string' && typeof data.at === 'string';
}

/** The names that jobs go by, each with a queue of its own. */
const queues: Record<Job['name'], true> = {
  tell: true,
  'find-times': true,
  'align-calendar': true,
  'find-link': true,
  'look-at-outlook': true,
  send: true,
  file: true,
  'tell-partnership': true,
  'tell-case-system': true,
  'catch-up': true,
  'mail-unreached': true,
  'report-stuck': true,
  'check-evidence': true,
  remind: true,
  checkpoint: true,
};
export const jobNames = Object.keys(queues) as Job['name'][];

/** A second of these that waited would find what the first does. */
const ONE_WAITS: Job['name'][] = ['checkpoint', 'look-at-outlook'];

/** Where jobs go that will not mend by being tried again, to wait for the operator. */
export const FAILED = 'failed';

/** As many jobs as are ever looked at: the queue's own answer to many would be a thousand of them. */
export const ALL = 100_000;

/** How often a running job says that its process is alive, in seconds. */
export const HEARTBEAT_SECONDS = 5;

const DAY = 86_400;

/** Times in seconds. A job's process is taken for dead after three missed heartbeats, and the job is given to another. */
const settings: Omit<QueueSettings, 'name'> = {
  // At most one job of a name is running for any one case; others wait behind it. Of those that see to all that there is when they begin, one waits at most.
  policy: 'singleton',
  retryLimit: 10_000,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 10 * 60,
  expireInSeconds: 15 * 60,
  heartbeatSeconds: 3 * HEARTBEAT_SECONDS,
  retentionSeconds: 400 * DAY,
  deleteAfterSeconds: 7 * DAY,
  deadLetter: FAILED,
};

/** The job queue as the stores and the worker see it. */
export type Queue = {
  boss: PgBoss;
  /** The program's clock. The queue itself goes by the real time, as everything does that waits for another system. */
  clock: Clock;
  /**
   * Leaves a job. With a transaction the job is there if and when that commits, and the caller calls `wake` afterwards;
   * inside an open transaction it must be given, since an embedded database has one connection.
   */
  enqueue(job: Job, transaction?: KyselyTransactionLike): Promise<void>;
  /** Leaves many jobs, those of one name in one statement. */
  enqueueAll(jobs: Job[]): Promise<void>;
  /** The statement that leaves a job, to be made a part of another; the caller calls `wake` once that has been run. */
  leaving(job: Job): Promise<{ text: string; values: unknown[] }>;
  /** Tells this process's workers that there may be something to do now; with names, only those of these jobs. */
  wake(names?: Job['name'][]): void;
  /** Who is told; one at a time. */
  onWake(listener: (names?: Job['name'][]) => void): void;
  close(): Promise<void>;
};

/**
 * Opens the job queue in the store's own database, making its tables and queues if need be.
 * `embedded` says that no other process uses the database: jobs that a killed process left running are due at once, where
 * otherwise their missing heartbeat tells, within half a minute.
 */
export async function openQueue(deps: { database: Db & { embedded: boolean }; log: Log; clock?: Clock }): Promise<Queue> {
  const { database, log, clock = { now: () => Temporal.Now.instant() } } = deps;
  const boss = new PgBoss({
    db: { executeSql: database.executeSql },
    backend: database.embedded ? 'pglite' : 'postgres',
    reindex: !database.embedded,
    monitorVacuum: !database.embedded,
    schedule: false,
    registerInstance: false,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  boss.on('error', (fault) => log.error('the job queue could not look after itself', fault));
  boss.on('warning', ({ message }) => log.warn(message));
  // Replicas that start together on an empty database get in each other's way while they make the queue's tables.
  await boss.start({ attempts: 5 });
  await boss.createQueue(FAILED, { retentionSeconds: 400 * DAY });
  const known = new Set((await boss.getQueues()).map(({ name }) => name));
  for (const name of jobNames) {
    if (!known.has(name)) await boss.createQueue(name, ONE_WAITS.includes(name) ? { ...settings, policy: 'stately' } : settings);
    const { policy: _, ...changeable } = settings;
    await boss.updateQueue(name, changeable);
    if (database.embedded) await takeBack(boss, name);
  }
  let listener: Parameters<Queue['onWake']>[0] = () => {};
  const leave = (job: Job, db?: Db) => {
    const data: JobData = { ...job, at: clock.now().toString() };
    return boss.send(job.name, data, { singletonKey: job.reference, ...(db ? { db } : {}) });
  };
  const queue: Queue = {
    boss,
    clock,
    async enqueue(job, transaction) {
      await leave(job, transaction && fromKysely(transaction));
      if (!transaction) queue.wake([job.name]);
    },
    async enqueueAll(jobs) {
      const at = clock.now().toString();
      const byName = Map.groupBy(jobs, ({ name }) => name);
      for (const [name, named] of byName)
        await boss.insert(
          name,
          named.map((job) => ({ data: { ...job, at } satisfies JobData, singletonKey: job.reference })),
        );
      if (byName.size > 0) queue.wake([...byName.keys()]);
    },
    async leaving(job) {
      const statements: { text: string; values: unknown[] }[] = [];
      const db: Db = {
        async executeSql(text, values = []) {
          statements.push({ text, values });
          return { rows: [] };
        },
      };
      await leave(job, db);
      const [statement] = statements;
      if (!statement || statements.length > 1) throw new Error(`a job is left by ${statements.length} statements, where one was expected`);
      return statement;
    },
    wake: (names) => listener(names),
    onWake(next) {
      listener = next;
    },
    close: () => boss.stop({ close: false }),
  };
  return queue;
}

/** Makes the jobs due that were running when the process before this one was killed. */
async function takeBack(boss: PgBoss, name: Job['name']): Promise<void> {
  const left = (await boss.findJobs<JobData>(name, { limit: ALL })).filter(({ state }) => state === 'active');
  for (const job of left) await giveBack(boss, name, job);
}

/** Leaves a job that a stopping or stopped process did not do to whoever looks next: another copy, or the next start. */
export async function giveBack(boss: PgBoss, name: Job['name'], { id }: { id: string }): Promise<void> {
  await boss.fail(name, id, { kind: 'stopped' });
  await boss.update(name, undefined, { id, startAfter: new Date() });
}

import type { JobWithMetadata } from 'pg-boss';
import type { Job } from '../app/job.ts';
import type { Log } from '../app/ports.ts';
import type { JobList, PendingJob } from '../app/stuck.ts';
import { clicksFirst } from './clicksFirst.ts';
import { ALL, FAILED, isWhole, type JobData, jobNames, type Queue } from './queue.ts';
import { forgetFailures, type Handler, workerOf } from './worker.ts';

/** The running jobs of this process. */
export type Jobs = Pick<Queue, 'enqueue' | 'wake'> &
  JobList & {
    /**
     * Runs and awaits jobs, and those that they leave, until none is due; a job waiting for its next try is not due. With names, only
     * those jobs.
     */
    settle(names?: Job['name'][]): Promise<void>;
    /** When a job that this process has put off is due first, by the program's clock; null when none waits. */
    nextTry(): Promise<Temporal.Instant | null>;
    /** For a program's clock that has been moved on: brings the jobs that wait for their next try nearer by as much. */
    timePassed(by: Temporal.Duration): Promise<void>;
    /** What this process is doing. */
    running(): { name: Job['name']; reference: string; attempts: number }[];
    /** Starts nothing more and waits for what is in flight; the queue itself stays open. */
    stop(): Promise<void>;
  };

/**
 * Starts doing jobs, unless others do them (`works` false) and this process only leaves and lists them; up to `concurrency` of each name at a time. The queue is looked at soon after this process leaves a job, in a moment
 * without clicks, and every `pollMilliseconds` for what others leave and for what falls due.
 * A handler's `OutsideFault` that may mend is tried again later and later, never before its own `retryAfterSeconds`;
 * one that will not mend fails at once and waits for the operator. Anything else thrown is tried again.
 * A next try is waited for in real time, and told by the program's clock, which may be another.
 */
export function startJobs(deps: {
  queue: Queue;
  handlers: Record<Job['name'], Handler>;
  log: Log;
  concurrency?: number;
  pollMilliseconds?: number;
  works?: boolean;
}): Jobs {
  const { queue, handlers, log, concurrency = 4, pollMilliseconds = 2000, works = true } = deps;
  const { boss, clock } = queue;
  const { clicked, turn } = clicksFirst();
  const workers = (works ? jobNames : []).map((name) =>
    workerOf({ boss, clock, name, handler: handlers[name], log, turn, enqueue: (job) => queue.enqueue(job) }, concurrency),
  );

  let reachable = true;
  const called = (names?: Job['name'][]) => (names ? workers.filter(({ name }) => names.includes(name)) : workers);
  async function look(names?: Job['name'][]): Promise<void> {
    try {
      await Promise.all(called(names).map((worker) => worker.fetch()));
      reachable = true;
    } catch (fault) {
      if (reachable) log.error('the job queue cannot be read; trying on', fault);
      reachable = false;
    }
  }
  const poll = setInterval(() => void look(), pollMilliseconds);
  const left = new Set<Job['name']>();
  let wakes = 0;
  queue.onWake(async (names = [...jobNames]) => {
    wakes += 1;
    clicked();
    for (const worker of called(names)) worker.expect();
    const awaited = left.size > 0;
    for (const name of names) left.add(name);
    if (awaited) return;
    await turn();
    const due = [...left];
    left.clear();
    await look(due);
  });
  void look();

  const running = () => workers.flatMap(({ name, running }) => running().map((job) => ({ name, ...job })));
  const waiting = async () =>
    (await Promise.all(jobNames.map((name) => boss.findJobs<JobData>(name, { queued: true, limit: ALL })))).flat().filter(isWhole);
  const tries = async () =>
    (await Promise.all(workers.map((worker) => worker.waiting())))
      .flat()
      .filter((job) => isWhole(job) && job.startAfter.getTime() > Date.now());
  /** What the program's clock shows when the real time is another. */
  const byClock = (real: Date) => real.toTemporalInstant().add(Temporal.Now.instant().until(clock.now()));

  return {
    enqueue: queue.enqueue,
    wake: queue.wake,
    async settle(names) {
      // A job may end, and leave another, after the one's worker has been looked at and before its own has.
      for (let busy = true, seen = wakes; busy || seen !== wakes; ) {
        seen = wakes;
        busy = (await Promise.all(called(names).map((worker) => worker.settle()))).includes(true);
      }
    },
    async nextTry() {
      const [first] = (await tries()).toSorted((one, other) => one.startAfter.getTime() - other.startAfter.getTime());
      return first ? byClock(first.startAfter) : null;
    },
    async timePassed(by) {
      const milliseconds = by.total('milliseconds');
      for (const { name, id, startAfter } of await tries())
        await boss.update(name, undefined, { id, startAfter: new Date(startAfter.getTime() - milliseconds) });
    },
    async pending() {
      const failed = await boss.findJobs<Failure>(FAILED, { queued: true, limit: ALL });
      const now = running().map((job) => ({ ...job, state: 'running' as const, lastError: null, retryAt: null, since: null }));
      const left = (await waiting()).map((job) => waitingJob(job, byClock(job.startAfter)));
      return [...now, ...left, ...failed.filter(isWhole).map(failedJob)];
    },
    async retry(name, reference) {
      const forgotten = await forgetFailures(boss, name, reference);
      if (forgotten > 0) await queue.enqueue({ name, reference });
      const { updated } = await boss.update(name, undefined, { singletonKey: reference, match: 'all', startAfter: new Date() });
      queue.wake([name]);
      return forgotten > 0 || updated > 0;
    },
    running,
    async stop() {
      clearInterval(poll);
      queue.onWake(() => {});
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

/** A failed job as the worker left it, or as the queue did when a job's tries were used up. */
type Failure = JobData & { error?: PendingJob['lastError']; attempts?: number };

function waitingJob(
  { data: { name, reference, at }, state, retryCount, output }: JobWithMetadata<JobData>,
  due: Temporal.Instant,
): PendingJob {
  const attempts = state === 'retry' ? retryCount + 1 : 0;
  return {
    name,
    reference,
    state: 'waiting',
    attempts,
    lastError: errorOf(output),
    retryAt: due.toString(),
    since: at,
  };
}

function failedJob({ data, sourceOutput, sourceRetryCount }: JobWithMetadata<Failure>): PendingJob {
  const { name, reference, error = errorOf(sourceOutput), attempts = (sourceRetryCount ?? 0) + 1 } = data;
  return { name, reference, state: 'failed', attempts, lastError: error, retryAt: null, since: data.at };
}

/** What the worker noted, or the queue's own word for a job whose process was killed or did not answer. */
function errorOf(output: object | null): PendingJob['lastError'] {
  if (output === null) return null;
  const { kind = 'stopped', check = 'whether the program was stopped while the job ran' } = output as Partial<
    NonNullable<PendingJob['lastError']>
  >;
  return { kind, check };
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Job as Fetched, JobWithMetadata, PgBoss } from 'pg-boss';
import { OutsideFault, TrailFault, triesAgain } from '../app/faults.ts';
import type { Job } from '../app/job.ts';
import type { Clock, Log } from '../app/ports.ts';
import { ALL, FAILED, giveBack, HEARTBEAT_SECONDS, isWhole, type JobData } from './queue.ts';

/**
 * Does the jobs of one name, by the case's reference and what else a job of that name says, and which try at it this is. `stopping` is aborted when the program is to
 * end: a handler with several deeds before it heeds it between two of them (`throwIfAborted`), and the job is given back.
 */
export type Handler = (reference: string, job: Job, tried: number, stopping: AbortSignal) => Promise<void>;

/** The worker of one queue. */
export type Worker = {
  name: Job['name'];
  /** Cases whose job of this name is running in this process. */
  running(): { reference: string; attempts: number }[];
  /** Says that a job may have been left, to be fetched in a moment. */
  expect(): void;
  /** Starts what is due, as far as there is room. @throws when the queue cannot be read */
  fetch(): Promise<number>;
  /** What this process knows to wait, be it due or not: nothing where nothing was left when last looked at, and nothing has been since. */
  waiting(): Promise<JobWithMetadata<JobData>[]>;
  /** Waits until nothing is due and nothing is running; returns whether there was anything. */
  settle(): Promise<boolean>;
  /** Starts nothing more, has what is running told so, and waits for it. */
  stop(): Promise<void>;
};

/** A handler that has taken this long will not come back. */
const TIME_LIMIT_MS = 10 * 60_000;

const LOOK_AGAIN_MS = 20;

/** After so many tries a fault of the program's own is told to administrators; the job is tried on, ever more rarely. */
const TOLD_AFTER = 3;

/** `turn` is waited for before a job that ended has the next one begun; `enqueue` leaves another. */
type Context = {
  boss: PgBoss;
  clock: Clock;
  name: Job['name'];
  handler: Handler;
  log: Log;
  turn(): Promise<void>;
  enqueue(job: Job): Promise<void>;
};

/** Makes the worker of a queue; it runs up to `concurrency` jobs at a time, of different cases. */
export function workerOf(context: Context, concurrency: number): Worker {
  const { boss, name, log, turn } = context;
  const inHand = new Map<Fetched<JobData>, Promise<void>>();
  const stopping = new AbortController();
  let fetching: Promise<number> = Promise.resolve(0);
  /** Nothing was left when last looked at, and nothing has been left since: there is no need to ask again. */
  let empty = false;
  let expected = 0;

  async function fetchOnce(): Promise<number> {
    const room = concurrency - inHand.size;
    if (stopping.signal.aborted || room <= 0) return 0;
    const jobs = await boss.fetch<JobData>(name, { batchSize: room });
    if (jobs.length > 0) worker.expect();
    for (const job of jobs) {
      const done = (isWhole(job) ? run(context, job, stopping.signal) : discard(context, job))
        .catch((fault: unknown) =>
          log.error('a job could not be marked as done; it will be tried again', fault, { job: name, reference: referenceOf(job) }),
        )
        .finally(() => {
          inHand.delete(job);
          void turn()
            .then(worker.fetch)
            .catch(() => {});
        });
      inHand.set(job, done);
    }
    return jobs.length;
  }

  async function findWaiting(): Promise<JobWithMetadata<JobData>[]> {
    const before = expected;
    const waiting = await boss.findJobs<JobData>(name, { queued: true, limit: ALL });
    empty = waiting.length === 0 && inHand.size === 0 && before === expected;
    return waiting;
  }
  const isAnyDue = async () => (await findWaiting()).some(({ startAfter }) => startAfter.getTime() <= Date.now());

  const worker: Worker = {
    name,
    running: () => [...inHand.keys()].map((job) => ({ reference: referenceOf(job), attempts: job.retryCount + 1 })),
    expect() {
      empty = false;
      expected += 1;
    },
    waiting: async () => (empty ? [] : findWaiting()),
    fetch: () => (fetching = fetching.catch(() => {}).then(fetchOnce)),
    async settle() {
      if (empty && inHand.size === 0) return false;
      for (let busy = false; ; ) {
        await worker.fetch();
        if (inHand.size > 0) {
          busy = true;
          await Promise.all(inHand.values());
        } else if (!stopping.signal.aborted && (await isAnyDue())) {
          // A row that somebody else holds for a moment is passed over by a fetch, and is there at the next.
          await delay(LOOK_AGAIN_MS);
        } else {
          // A job that ended meanwhile has the next one fetched; what that brings is not settled yet.
          await fetching.catch(() => {});
          if (inHand.size === 0) return busy;
        }
      }
    },
    async stop() {
      stopping.abort();
      await fetching.catch(() => {});
      await Promise.all(inHand.values());
    },
  };
  return worker;
}

const referenceOf = ({ data }: Fetched<JobData | null>): string => data?.reference ?? 'unknown';

/** A job that does not say what it is for can be done by nobody; what a case still wants is left again by the daily round. */
async function discard({ boss, name, log }: Context, job: Fetched<JobData>): Promise<void> {
  log.error('a job does not say what it is for and is taken out of the queue', new Error('its data is gone or altered'), { job: name });
  await boss.complete(name, job);
}

async function run(context: Context, job: Fetched<JobData>, stopping: AbortSignal): Promise<void> {
  const { boss, name, handler, log } = context;
  const { reference } = job.data;
  const heartbeat = setInterval(() => void boss.touch(name, job).catch(() => {}), HEARTBEAT_SECONDS * 1000);
  try {
    await withinTimeLimit(handler(reference, job.data, job.retryCount + 1, stopping));
    await boss.complete(name, job);
    await forgetFailures(boss, name, reference);
  } catch (fault) {
    if (stopping.aborted && fault === stopping.reason) return await giveBack(boss, name, job);
    const facts = { job: name, reference, attempt: job.retryCount + 1 };
    if (fault instanceof OutsideFault) log.warn(fault.message, { ...facts, kind: fault.kind, check: fault.check });
    else log.error('a job failed', fault, facts);
    await setAside(context, job, fault);
  } finally {
    clearInterval(heartbeat);
  }
}

/** Puts a failed job where it belongs: back in the queue for later, or with those that wait for the operator. */
async function setAside({ boss, clock, name, enqueue }: Context, job: Fetched<JobData>, fault: unknown): Promise<void> {
  const error = errorOf(fault);
  if (fault instanceof TrailFault || (fault instanceof OutsideFault && !triesAgain(fault.kind, job.retryCount + 1))) {
    await forgetFailures(boss, name, job.data.reference);
    await boss.send(FAILED, { ...job.data, at: clock.now().toString(), error, attempts: job.retryCount + 1 });
    // A notice that cannot be sent is not worth a notice.
    if (name !== 'report-stuck') await enqueue({ name: 'report-stuck', reference: job.data.reference });
    await boss.complete(name, job);
    return;
  }
  if (!(fault instanceof OutsideFault) && job.retryCount + 1 === TOLD_AFTER && name !== 'report-stuck')
    await enqueue({ name: 'report-stuck', reference: job.data.reference });
  await boss.fail(name, job, error);
  const seconds = fault instanceof OutsideFault ? fault.retryAfterSeconds : null;
  if (seconds === null) return;
  const earliest = new Date(Date.now() + seconds * 1000);
  const waiting = await boss.getJobById(name, job.id);
  if (waiting && waiting.startAfter < earliest) await boss.update(name, undefined, { id: job.id, startAfter: earliest });
}

/** What is kept of a fault: its kind, and what to check. What was altered in the store does not mend by being tried again (EV1). */
function errorOf(fault: unknown): { kind: string; check: string } {
  if (fault instanceof OutsideFault) return { kind: fault.kind, check: fault.check };
  return fault instanceof TrailFault ? { kind: 'altered', check: fault.message } : { kind: 'fault', check: 'the log of the program' };
}

/** Once a job of the case has gone well, or is to be tried anew, its earlier failures say nothing any more. Returns how many there were. */
export async function forgetFailures(boss: PgBoss, name: Job['name'], reference: string): Promise<number> {
  const failures = await boss.findJobs(FAILED, { data: { name, reference } });
  if (failures.length > 0)
    await boss.deleteJob(
      FAILED,
      failures.map(({ id }) => id),
    );
  return failures.length;
}

async function withinTimeLimit(work: Promise<void>): Promise<void> {
  const abort = new AbortController();
  const limit = delay(TIME_LIMIT_MS, undefined, { signal: abort.signal, ref: false }).then(() => {
    throw new OutsideFault('unreachable', 'a job did not come to an end', 'whether Teams and Microsoft Graph answer');
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    abort.abort();
    limit.catch(() => {});
  }
}

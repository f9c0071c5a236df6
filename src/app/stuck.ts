import type { PersonId } from '../domain/case.ts';
import { type OversightDependencies, oversightOf } from './oversight.ts';
import type { Cases, Job } from './ports.ts';

/** A job that is not done yet. Never about a person. */
export type PendingJob = {
  name: Job['name'];
  reference: string;
  /** `waiting` for its turn or for its next try, `running` in this process, or `failed` until somebody sees to it. */
  state: 'waiting' | 'running' | 'failed';
  attempts: number;
  /** The last fault's kind and what to check. */
  lastError: { kind: string; check: string } | null;
  /** When it is tried next, in UTC; null when it is running or failed. */
  retryAt: string | null;
  /** The instant it was left at, or since when it has failed; null when it is running. */
  since: string | null;
};

/** The queue, as far as somebody who looks after it needs it. */
export type JobList = {
  pending(): Promise<PendingJob[]>;
  /** Tries a failed or waiting job again now; answers whether there was one. */
  retry(name: Job['name'], reference: string): Promise<boolean>;
};

/** Who has been told on a day (a date in London) that something is stuck: one notice a day at most. */
export type StuckNotices = {
  /** Answers whether the person had not been told yet that day; they count as told from then on. */
  claim(person: PersonId, day: string): Promise<boolean>;
  /** They could not be told after all. */
  release(person: PersonId, day: string): Promise<void>;
};

type StuckDependencies = OversightDependencies & { cases: Cases; jobs: JobList };

/** A job that has failed so often is stuck, though it is still tried. */
const OFTEN = 3;

/** More than a person can see to at once. */
const MOST = 10;

/** What cannot finish: the failed jobs, and those tried often in vain, of the partnerships that a person administrates. */
export async function stuckFor(on: StuckDependencies, person: PersonId): Promise<{ stuck: PendingJob[]; more: boolean } | null> {
  const theirs = oversightOf(on, person).stuck;
  if (theirs.length === 0) return null;
  const found: PendingJob[] = [];
  const jobs = (await on.jobs.pending()).filter(({ state, attempts }) => state === 'failed' || (state === 'waiting' && attempts >= OFTEN));
  for (const job of jobs.toSorted((one, other) => (one.since ?? '').localeCompare(other.since ?? ''))) {
    if (found.length > MOST) break;
    if (await concerns(on, theirs, job.reference)) found.push(job);
  }
  return { stuck: found.slice(0, MOST), more: found.length > MOST };
}

/** Tries a job again now. Answers null for somebody who does not administrate its partnership, and otherwise whether there was one. */
export async function retryStuck(on: StuckDependencies, person: PersonId, name: string, reference: string): Promise<boolean | null> {
  const theirs = oversightOf(on, person).stuck;
  if (!(await concerns(on, theirs, reference))) return null;
  const job = (await on.jobs.pending()).find((each) => each.name === name && each.reference === reference);
  return job ? on.jobs.retry(job.name, reference) : false;
}

/**
 * The partnerships whose administrators see to a job: that of its case, or the one that it is about itself. Any administrator may see to
 * one about neither, such as a message of reminders.
 */
export async function partnershipsSeeing(on: Pick<StuckDependencies, 'cases' | 'directory'>, reference: string): Promise<string[]> {
  const { partnerships } = on.directory();
  if (partnerships[reference]) return [reference];
  const trail = await on.cases.load(reference);
  if (trail) return [trail.partnership];
  return (await on.cases.erasedAt(reference)) === null ? Object.keys(partnerships) : [];
}

async function concerns(on: StuckDependencies, theirs: string[], reference: string): Promise<boolean> {
  return (await partnershipsSeeing(on, reference)).some((partnership) => theirs.includes(partnership));
}

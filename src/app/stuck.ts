import { type Directory, personOf } from '../directory/directory.ts';
import { introduce } from '../directory/names.ts';
import type { CaseEvent } from '../domain/events/events.ts';
import type { PersonId } from '../domain/events/trail.ts';
import { failuresOf } from '../domain/failures.ts';
import type { OutsideFault } from './faults.ts';
import { TrailFault } from './faults.ts';
import type { Job } from './job.ts';
import { oversightOf } from './oversight.ts';
import type { CardKey } from './ports.ts';
import type { CaseDependencies, CaseForViewer } from './seeCase.ts';
import { seeEach } from './seeEach.ts';
import type { UnreachedCause } from './unreached.ts';

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

/** Something of a case that failed and waits for a person, who sees to it on one of the case's own cards. Never about a person. */
export type Unfinished = {
  reference: string;
  revision: number;
  /** Letters and other messages that did not go or may not have gone, reasons that are not on file, an invitation that is in no calendar. */
  what: 'letters' | 'filings' | 'invitation';
  count: number;
  /** The instant since which it waits. */
  since: string;
  /** The card that says why, with the buttons to try again. */
  card: CardKey;
};

/** The queue, as far as somebody who looks after it needs it. */
export type JobList = {
  pending(): Promise<PendingJob[]>;
  /** Tries a failed or waiting job again now; returns whether there was one. */
  retry(name: Job['name'], reference: string): Promise<boolean>;
};

/** Who has been told on a day (a date in London) that something is stuck: one notice a day at most. */
export type StuckNotices = {
  /** Returns whether the person had not been told yet that day; they count as told from then on. */
  claim(person: PersonId, day: string): Promise<boolean>;
  /** They could not be told after all. */
  release(person: PersonId, day: string): Promise<void>;
};

type StuckDependencies = CaseDependencies & { jobs: JobList };

/** Somebody who could not be told in Teams, as the administrators of their partnership see them (TM1). */
export type NotTold = { who: string; since: string; cause: UnreachedCause; mailed: boolean };

/** What cannot finish, as much as a card shows. */
export type Stuck = { stuck: PendingJob[]; unfinished: Unfinished[]; notTold: NotTold[]; more: boolean };

/** A job that has failed so often is stuck, though it is still tried. */
const OFTEN = 3;

/** More than a person can see to at once. */
const MOST = 10;

/**
 * What cannot finish in the partnerships that a person administrates: the failed jobs, those tried often in vain, and what failed on a
 * case itself. Null for somebody who administrates none.
 */
export async function stuckFor(deps: StuckDependencies, person: PersonId): Promise<Stuck | null> {
  const theirs = oversightOf(deps, person).stuck;
  if (theirs.length === 0) return null;
  const stuck: PendingJob[] = [];
  const jobs = (await deps.jobs.pending()).filter(
    ({ state, attempts, lastError }) =>
      state === 'failed' || (state === 'waiting' && attempts >= OFTEN && lastError?.kind !== ('not-yet' satisfies OutsideFault['kind'])),
  );
  for (const job of jobs.toSorted((one, other) => (one.since ?? '').localeCompare(other.since ?? ''))) {
    if (stuck.length > MOST) break;
    if (await concerns(deps, theirs, job.reference)) stuck.push(job);
  }
  const unfinished: Unfinished[] = [];
  for (const reference of await deps.cases.unfinished(theirs)) {
    if (stuck.length + unfinished.length > MOST) break;
    unfinished.push(...(await seeEach(deps, [reference], person)).flatMap(unfinishedOn));
  }
  const notTold = notToldIn(deps.directory(), theirs);
  const room = Math.max(0, MOST - stuck.length);
  return {
    stuck: stuck.slice(0, MOST),
    unfinished: unfinished.slice(0, room),
    notTold: notTold.slice(0, MOST),
    more: stuck.length + unfinished.length > MOST || notTold.length > MOST,
  };
}

/** Who could not be told in Teams, of some partnerships; somebody who is in none is everybody's to see to. */
function notToldIn(directory: Directory, theirs: string[]): NotTold[] {
  return Object.entries(directory.unreached ?? {}).flatMap(([person, { since, cause, mailed }]) => {
    const listed = personOf(directory, person);
    return !listed || theirs.includes(listed.partnership) ? [{ who: introduce(directory, person), since, cause, mailed }] : [];
  });
}

/** How each kind of failure is told: since which event, and on which card it is seen to. */
const FAILURES: { [W in Unfinished['what']]: { event: CaseEvent['type']; card(stage: string): CardKey } } = {
  letters: { event: 'SendingFailed', card: () => 'checklist' },
  filings: { event: 'FilingFailed', card: () => 'checklist' },
  invitation: { event: 'InvitationFailed', card: (stage) => `stage:${stage}` },
};

function unfinishedOn({ trail: { events }, current }: CaseForViewer): Unfinished[] {
  const { reference, revision, stage, raisedAt } = current;
  const failures = Object.entries(failuresOf(current)) as [Unfinished['what'], number][];
  return failures
    .filter(([, count]) => count > 0)
    .map(([what, count]) => {
      const { event, card } = FAILURES[what];
      const since = events.findLast(({ type }) => type === event)?.at ?? raisedAt;
      return { reference, revision, what, count, since, card: card(stage) };
    });
}

/** Tries a job again now. Returns null for somebody who does not administrate its partnership, and otherwise whether there was one. */
export async function retryStuck(deps: StuckDependencies, person: PersonId, name: string, reference: string): Promise<boolean | null> {
  const theirs = oversightOf(deps, person).stuck;
  if (!(await concerns(deps, theirs, reference))) return null;
  const job = (await deps.jobs.pending()).find((each) => each.name === name && each.reference === reference);
  return job ? deps.jobs.retry(job.name, reference) : false;
}

/**
 * The partnerships whose administrators see to a job: that of its case, which may be one that cannot be read, or the one that it is about
 * itself. Any administrator may see to one about neither, such as a message of reminders.
 */
export async function partnershipsSeeing(deps: Pick<StuckDependencies, 'cases' | 'directory'>, reference: string): Promise<string[]> {
  const { partnerships } = deps.directory();
  if (partnerships[reference]) return [reference];
  const partnership = await deps.cases.partnershipOf(reference);
  if (partnership === null) return Object.keys(partnerships);
  return (await deps.cases.erasedAt(reference).catch(toldElsewhere)) === null ? [partnership] : [];
}

/** A case whose rows were altered is told of by the check of the whole trail (EV6). */
function toldElsewhere(fault: unknown): null {
  if (fault instanceof TrailFault) return null;
  throw fault;
}

async function concerns(deps: StuckDependencies, theirs: string[], reference: string): Promise<boolean> {
  return (await partnershipsSeeing(deps, reference)).some((partnership) => theirs.includes(partnership));
}

import type { Job } from '../app/job.ts';
import type { CheckEvidence } from '../app/jobs/checkEvidence.ts';
import type { AccessLog, Clock } from '../app/ports.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Handler } from '../jobs/worker.ts';
import { kindOf, type Telemetry } from './telemetry.ts';

const seconds = (since: number) => (performance.now() - since) / 1000;

/** The conversation, each thing heard a trace, and told by its kind and how long it took (OP2). */
export function measuredConversation({ meter, traced }: Telemetry, talk: Conversation): Conversation {
  const heard = meter.createHistogram('dissent_heard_seconds', {
    description: 'What people typed and pressed, until it was answered',
    unit: 's',
  });
  return {
    async hear(incoming) {
      const { kind } = incoming;
      const since = performance.now();
      let result = 'fault';
      try {
        const reply = await traced(`hear ${kind}`, { kind }, () => talk.hear(incoming));
        result = 'answered';
        return reply;
      } finally {
        heard.record(seconds(since), { kind, result });
      }
    },
    stands: talk.stands,
  };
}

/** The log of looks, which counts refusals by their code and rule; nothing of who or what they are about. */
export function measuredAccess({ meter }: Telemetry, access: AccessLog): AccessLog {
  const looks = meter.createCounter('dissent_looks', { description: 'Looks at cases, and presses that were refused, by code and rule' });
  return {
    ...access,
    async record(entry) {
      await access.record(entry);
      looks.add(1, { result: entry.result, code: entry.code ?? 'none', rule: entry.rule ?? 'none' });
    },
  };
}

/** The job handlers, each job a trace, and told by its name, what came of it, and how long it took. */
export function measuredHandlers({ meter, traced }: Telemetry, handlers: Record<Job['name'], Handler>): Record<Job['name'], Handler> {
  const done = meter.createHistogram('dissent_job_seconds', { description: 'Jobs by name and what came of them', unit: 's' });
  const measured = ([name, handler]: [string, Handler]): [string, Handler] => [
    name,
    async (reference, ...rest) => {
      const since = performance.now();
      let result = 'done';
      try {
        await traced(`job ${name}`, { job: name }, () => handler(reference, ...rest));
      } catch (fault) {
        result = kindOf(fault);
        throw fault;
      } finally {
        done.record(seconds(since), { job: name, result });
      }
    },
  ];
  return Object.fromEntries(Object.entries(handlers).map(measured)) as Record<Job['name'], Handler>;
}

/** What speaks to another system, each call a piece of a trace, and its failures counted by their kind. */
export function measuredOutside<T extends object>(
  { meter, traced }: Telemetry,
  system: 'calendars' | 'mail' | 'files' | 'teams',
  port: T,
): T {
  const failures = meter.createCounter('dissent_outside_failures', {
    description: 'Calls to Microsoft Graph and Teams that failed, by kind',
  });
  const calls = Object.entries(port).map(([name, call]) => [
    name,
    typeof call !== 'function'
      ? call
      : (...told: unknown[]) =>
          traced(`${system} ${name}`, { system }, async () => call.apply(port, told)).catch((fault: unknown) => {
            failures.add(1, { system, kind: kindOf(fault) });
            throw fault;
          }),
  ]);
  return Object.fromEntries(calls) as T;
}

/** What stands in the store when the metrics are asked for. */
export type Standing = { oldestJobSeconds: number; waitingJobs: number; failedJobs: number; openCases: number; overdueCases: number };

/** Gauges of what waits, read when somebody asks for the metrics; while the store does not answer, that is said, and the others stay as they were. */
export function watchStanding({ meter }: Telemetry, read: () => Promise<Standing>): void {
  const gauge = (name: string, description: string) => meter.createObservableGauge(name, { description });
  const gauges = {
    oldestJobSeconds: gauge('dissent_oldest_job_age_seconds', 'How long the job that is due the longest has waited'),
    waitingJobs: gauge('dissent_jobs_waiting', 'Jobs that are due, or wait for their next try'),
    failedJobs: gauge('dissent_jobs_failed', 'Jobs that wait for a person'),
    openCases: gauge('dissent_cases_open', 'Open cases'),
    overdueCases: gauge('dissent_cases_overdue', 'Open cases whose date is over'),
  };
  const answers = gauge('dissent_store_answers', 'Whether the store answered when these were read: 0 or 1');
  const names = Object.keys(gauges) as (keyof Standing)[];
  meter.addBatchObservableCallback(
    async (result) => {
      const standing = await read().catch(() => null);
      result.observe(answers, standing ? 1 : 0);
      if (standing) for (const name of names) result.observe(gauges[name], standing[name]);
    },
    [answers, ...Object.values(gauges)],
  );
}

/** The check of the program's own trail, which says when it was last made and what came of it (EV6). */
export function measuredCheck({ meter }: Telemetry, clock: Clock, check: CheckEvidence): CheckEvidence {
  const faults = meter.createGauge('dissent_evidence_faults', {
    description: 'Whether the last check of the audit trail found it altered: 0 or 1',
  });
  const at = meter.createGauge('dissent_evidence_checked_timestamp_seconds', {
    description: 'When the audit trail was last checked',
    unit: 's',
  });
  return async () => {
    const found = await check();
    faults.record(found.fault === null ? 0 : 1);
    at.record(Math.floor(clock.now().epochMilliseconds / 1000));
    return found;
  };
}

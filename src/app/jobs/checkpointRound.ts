import { type EvidenceLog, isDue, type Place, THE_LOG } from '../checkpoint.ts';
import type { Job } from '../job.ts';
import type { Clock, Log } from '../ports.ts';

/** More than that between two looks means that the program, or the whole machine, stood still, or that a clock was moved on. */
const STEP_MILLISECONDS = 5 * 60_000;
const HOUR_MILLISECONDS = 3_600_000;

/**
 * Sees to it that every place gets its checkpoint in time (EV2): asks for one each hour, and tells the administrators and the log of a
 * place that was due one for an hour of running and did not get it, once an hour.
 */
export function checkpointRound(deps: {
  evidence: Pick<EvidenceLog, 'places'>;
  places: Place[];
  clock: Clock;
  log: Log;
  enqueue(job: Job): Promise<void>;
}): () => Promise<void> {
  let looked = deps.clock.now();
  let asked: Temporal.Instant | null = null;
  let told: Temporal.Instant | null = null;
  /** For how long each place has been due while the program ran, and when it had last taken one. */
  const waited = new Map<string, { since: string; milliseconds: number }>();
  const hourSince = (then: Temporal.Instant | null, now: Temporal.Instant) =>
    then === null || then.until(now).total('milliseconds') >= HOUR_MILLISECONDS;

  return async () => {
    const now = deps.clock.now();
    const step = Math.min(looked.until(now).total('milliseconds'), STEP_MILLISECONDS);
    looked = now;
    const placed = await deps.evidence.places();
    const due = deps.places.filter(({ name, ...place }) => {
      const last = placed.get(name);
      return isDue(place, last, { size: last?.size ?? 0, at: now });
    });
    if (due.length > 0 && hourSince(asked, now)) {
      await deps.enqueue({ name: 'checkpoint', reference: THE_LOG });
      asked = now;
    }
    const late = due.filter(({ name }) => {
      const since = placed.get(name)?.at.toString() ?? 'never';
      const before = waited.get(name);
      const milliseconds = before?.since === since ? before.milliseconds + step : 0;
      waited.set(name, { since, milliseconds });
      return milliseconds >= HOUR_MILLISECONDS;
    });
    if (late.length > 0 && hourSince(told, now)) {
      const places = late.map(({ name }) => name).join(', ');
      deps.log.error('a place has had no checkpoint for longer than it should', new Error('a checkpoint was missed'), { places });
      await deps.enqueue({ name: 'report-stuck', reference: THE_LOG });
      told = now;
    }
  };
}

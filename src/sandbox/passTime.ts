import type { SandboxClock } from './clock.ts';

/** What a clock that is moved on finds on its way. */
export type Passage = {
  /** When, after one instant and up to another, people are told something, or Outlook is looked at; in order. */
  stops(from: Temporal.Instant, to: Temporal.Instant): Promise<Temporal.Instant[]>;
  /** When a job that waits for its next try is due first, by this clock; null when none waits. */
  nextTry(): Promise<Temporal.Instant | null>;
  /** Brings the jobs that wait for their next try nearer by as much. */
  timePassed(by: Temporal.Duration): Promise<void>;
};

/** How long a move of the clock stops for jobs that fail again and again, in real time. */
const TRIES_LIMIT_MILLISECONDS = 5_000;

/**
 * Moves the clock on to an instant as if time had passed: it stops where somebody is to be told something and where a job is to be tried
 * again, so that each is done at its time, and followed to its end. Where that takes longer than is left to the instant, the clock has
 * passed it by then.
 */
export async function passTime(
  deps: Passage & { clock: SandboxClock; runDue(): Promise<void>; settle(): Promise<void> },
  wanted: Temporal.Instant,
): Promise<void> {
  const { clock } = deps;
  const moveTo = async (stop: Temporal.Instant) => {
    const before = clock.now();
    if (clock.set(stop, { mayGoBack: false })) await deps.timePassed(before.until(clock.now()));
  };
  const limit = performance.now() + TRIES_LIMIT_MILLISECONDS;
  const tryUntil = async (stop: Temporal.Instant) => {
    while (performance.now() < limit) {
      const next = await deps.nextTry();
      if (!next || Temporal.Instant.compare(next, stop) > 0) return;
      await moveTo(next);
      await deps.settle();
    }
  };
  for (const stop of [...(await deps.stops(clock.now(), wanted)), wanted]) {
    await tryUntil(stop);
    await moveTo(stop);
    await deps.runDue();
    await deps.settle();
  }
}

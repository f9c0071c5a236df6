import type { Shelf } from './shelf.ts';

/** The sandbox's time: it ticks as the real one does, at a distance from it that can be changed and that outlives a restart. */
export type SandboxClock = {
  now(): Temporal.Instant;
  /** Moves the clock; returns false, and moves nothing, when that would be backwards and may not be. */
  set(instant: Temporal.Instant, options: { mayGoBack: boolean }): boolean;
};

/** A clock that keeps its distance from real time on the shelf; on first use it tells the real time. */
export function sandboxClock(shelf: Shelf): SandboxClock {
  let offset = Temporal.Duration.from({ milliseconds: shelf.read('clock', { offsetMilliseconds: 0 }).offsetMilliseconds });
  const now = () => Temporal.Now.instant().add(offset);
  return {
    now,
    set(instant, { mayGoBack }) {
      if (!mayGoBack && Temporal.Instant.compare(instant, now()) < 0) return false;
      const milliseconds = instant.epochMilliseconds - Temporal.Now.instant().epochMilliseconds;
      offset = Temporal.Duration.from({ milliseconds });
      shelf.write('clock', { offsetMilliseconds: milliseconds });
      return true;
    },
  };
}

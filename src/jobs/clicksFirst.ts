import { setTimeout as delay } from 'node:timers/promises';

/** In milliseconds: no click for so long is a quiet moment; and while clicks keep coming, nothing waits for one longer than this. */
const QUIET = 40;
const LONGEST_WAIT = 1000;

/**
 * Has jobs give way to clicks, since they share one processor: somebody who pressed is waiting for the answer, and everybody else's
 * card may come a moment later. `turn` waits for a quiet moment before more jobs are begun.
 */
export function clicksFirst(): { clicked(): void; turn(): Promise<void> } {
  let last = Number.NEGATIVE_INFINITY;
  return {
    clicked() {
      last = performance.now();
    },
    async turn() {
      const since = performance.now();
      for (let now = since; now - last < QUIET && now - since < LONGEST_WAIT; now = performance.now()) await delay(last + QUIET - now);
    },
  };
}

import type { Cases, Clock, Job, Log } from '../app/ports.ts';
import { dateOf } from '../domain/londonTime.ts';

/** How often the round looks whether a new day has begun in London. */
const LOOK_EVERY_MILLISECONDS = 60_000;

/**
 * Has the cards of every open case brought up to date once a day, since they say which working day it is and whether a date
 * has passed (C16). The first look is at start, so a day that began while the program was down is not missed. Several replicas
 * may each go round: a card that would show the same is not sent again.
 */
export function dailyRound(on: { cases: Cases; clock: Clock; log: Log; enqueue(job: Job): Promise<void> }): {
  look(): Promise<void>;
  stop(): Promise<void>;
} {
  let gone: string | null = null;
  const look = async () => {
    const today = dateOf(on.clock.now()).toString();
    if (today === gone) return;
    for (const reference of await on.cases.openReferences()) await on.enqueue({ name: 'tell', reference });
    gone = today;
  };
  let looking = Promise.resolve();
  const again = () => {
    looking = look().catch((fault) => on.log.error('the daily round could not be made; it is tried again in a minute', fault));
  };
  again();
  const timer = setInterval(again, LOOK_EVERY_MILLISECONDS);
  return {
    look,
    /** Looks no more, and waits for a look that has begun. */
    stop() {
      clearInterval(timer);
      return looking;
    },
  };
}

import type { Log } from '../app/ports.ts';

const MINUTE = 60_000;

/** Does a piece of work now and every minute from now on. `stop` does it no more, and waits for what has begun. */
export function everyMinute(look: () => Promise<void>, log: Log): { stop(): Promise<void> } {
  let looking = Promise.resolve();
  const again = () => {
    looking = look().catch((fault) => log.error('the daily round could not be made; it is tried again in a minute', fault));
  };
  again();
  const timer = setInterval(again, MINUTE);
  return {
    stop() {
      clearInterval(timer);
      return looking;
    },
  };
}

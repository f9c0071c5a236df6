const MINUTE = 60_000;

/**
 * Says a thing at once, and what comes like it within the next minute together and with how often: somebody who knocks thirty times makes
 * one line and a count, and hides nothing else in the log.
 * @param say is given how many there have been since it was last said
 */
export function tally(say: (times: number) => void, milliseconds = MINUTE): () => void {
  let quiet: NodeJS.Timeout | null = null;
  let times = 0;
  const speak = () => {
    quiet = null;
    if (times === 0) return;
    say(times);
    times = 0;
    quiet = setTimeout(speak, milliseconds);
    // A program that ends does not wait to say it.
    quiet.unref();
  };
  return () => {
    times += 1;
    if (quiet === null) speak();
  };
}

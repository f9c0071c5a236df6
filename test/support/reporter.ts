import { leftUnchecked } from './descriptions.ts';

/** Says at the end of a run what it did not check, so that nobody takes fewer checks for all of them. */
export default class Reporter {
  onRunComplete(): void {
    const line = leftUnchecked();
    // Not now: jest's own summary is still to come.
    if (line) process.once('exit', () => console.error(`\n${line}`));
  }
}

import { statSync } from 'node:fs';
import TestSequencer from '@jest/test-sequencer';

/** What runs the whole program takes long whatever its length; the folders that have nothing else. */
const WHOLE_PROGRAM = /\/test\/(journeys|kill|fuzz|bot)\//;

/**
 * Has the files that take longest begun first, since one that is begun last is waited for alone. A clone that has run nothing yet knows no
 * times, and nobody knows those of a new file: there what runs the whole program counts as long, and else the longer text.
 */
export default class extends TestSequencer {
  sort(tests) {
    const known = super.sort(tests);
    const bytes = ({ path }) => statSync(path).size;
    const taking = (test) => test.duration ?? bytes(test) / 10 + (WHOLE_PROGRAM.test(test.path) ? 10_000 : 0);
    return known.toSorted((one, other) => Number(this.hasFailed(other)) - Number(this.hasFailed(one)) || taking(other) - taking(one));
  }
}

import { afterEach, beforeEach } from '@jest/globals';
import { caseIn } from '../bot/dissent.ts';
import { startProgram } from '../bot/program.ts';

/** A program of its own for each test of the file that imports it, and what brings a first case in it to where the test begins. */
export let program: Awaited<ReturnType<typeof startProgram>>;
export let play: ReturnType<typeof caseIn>;

beforeEach(async () => {
  program = await startProgram();
  play = caseIn(program);
});
afterEach(() => program.close());

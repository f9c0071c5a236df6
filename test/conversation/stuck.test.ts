import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PendingJob } from '../../src/app/stuck.ts';
import { cardIn, wordsOf } from '../bot/chats.ts';
import { caseIn } from '../bot/dissent.ts';
import { startProgram } from '../bot/program.ts';

let program: Awaited<ReturnType<typeof startProgram>>;
beforeEach(async () => {
  program = await startProgram();
});
afterEach(() => program.close());

const job = (changes: Partial<PendingJob>): PendingJob => ({
  name: 'align-calendar',
  reference: 'DIS-27-001',
  state: 'failed',
  attempts: 1,
  lastError: { kind: 'permission', check: 'the application permission Calendars.ReadWrite' },
  retryAt: null,
  since: '2027-01-12T09:30:00Z',
  ...changes,
});
const says = async (person: string, text: string) => wordsOf(cardIn((await program.says(person, text)).at(-1)));
const retry = (reference: string, name = 'align-calendar') => ({ reference, revision: 0, verb: `stuck:${name}` });

describe('what is stuck', () => {
  test('given jobs that failed or were often tried, an administrator sees those of their own partnership, what to check, and Retry', async () => {
    await caseIn(program).raised();
    program.pending.push(
      job({}),
      job({ name: 'tell', state: 'waiting', attempts: 5, lastError: { kind: 'unreachable', check: 'whether Teams answers' } }),
      job({ name: 'find-times', state: 'waiting', attempts: 1 }),
    );
    const read = await says('administrator', 'stuck');
    expect(read).toContain('DIS-27-001: Putting the meeting in calendars');
    expect(read).toContain('Check the application permission Calendars.ReadWrite.');
    expect(read).toContain('5 times');
    expect(read).not.toContain('Reading calendars');
    expect(await says('scottish-administrator', 'stuck')).toContain('Nothing is stuck.');
    expect(await says('service-manager', 'stuck')).toContain('Only administrators');
  });

  test('X3 X9: Retry is for the administrators of the case, and says the same of a case that does not exist', async () => {
    await caseIn(program).raised();
    program.pending.push(job({}));
    for (const person of ['scottish-administrator', 'gp'])
      expect(wordsOf(await program.presses(person, retry('DIS-27-001'))).replace('DIS-27-001', '')).toBe(
        wordsOf(await program.presses(person, retry('DIS-27-999'))).replace('DIS-27-999', ''),
      );
    expect(program.pending).toHaveLength(1);
    expect(wordsOf(await program.presses('administrator', retry('DIS-27-001')))).toContain('DIS-27-001: it is being tried again now.');
    expect(program.pending).toEqual([]);
    expect(wordsOf(await program.presses('administrator', retry('DIS-27-001')))).toContain('There is nothing like that to try again now.');
  });

  test('corner 27: a case that cannot be read is under what is stuck, and hides nobody else’s cases', async () => {
    await caseIn(program).raised();
    await caseIn(program).raised();
    const { load } = program.cases;
    program.cases.load = async (reference) => {
      if (reference === 'DIS-27-001') throw new Error('a row was altered');
      return load(reference);
    };
    program.pending.push(
      job({ name: 'tell', state: 'waiting', attempts: 3, lastError: { kind: 'fault', check: 'the log of the program' } }),
    );
    expect(await says('administrator', 'stuck')).toContain('DIS-27-001: Showing people their cards in Teams');
    const mine = await says('health-visitor', 'my cases');
    expect(mine).toContain('DIS-27-002');
    expect(mine).not.toContain('DIS-27-001');
  });
});

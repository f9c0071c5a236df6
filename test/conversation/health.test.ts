import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cardIn, wordsOf } from '../bot/chats.ts';
import { startProgram } from '../bot/program.ts';

let program: Awaited<ReturnType<typeof startProgram>>;
beforeEach(async () => {
  program = await startProgram();
});
afterEach(() => program.close());
const asks = async (person: string) => wordsOf(cardIn((await program.says(person, 'doctor'))[0]));

test('OP1: an administrator sees what is wrong first, each with its cure, and nobody else does', async () => {
  program.deps.health = async () => [
    { look: 'Database', state: 'well', says: 'it is reached.' },
    { look: 'Who has the app', state: 'warning', says: 'one has not.', cure: 'Install it.' },
    { look: 'Mail of camden', state: 'fault', says: 'Graph refuses it.', cure: 'Give Mail.Send.' },
  ];
  expect(await asks('administrator')).toMatch(
    /Wrong: Mail of camden: Graph refuses it\. Give Mail\.Send\.\s+Take care: Who has the app: one has not\. Install it\.\s+Well: 1 of 3 looked at\./,
  );
  expect(await asks('health-visitor')).toContain('Only administrators can see this.');
});

test('OP1: in the sandbox there is nothing to look at', async () => {
  expect(await asks('administrator')).toContain('This is the sandbox');
});

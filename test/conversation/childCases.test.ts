import { beforeEach, expect, test } from '@jest/globals';
import { cardIn, wordsOf } from '../bot/chats.ts';
import { reference } from '../bot/dissent.ts';
import { play, program } from './freshProgram.ts';

beforeEach(async () => {
  await play.raised();
  program.trail.length = 0;
});

const asks = async (person: string, text: string) => wordsOf(cardIn((await program.says(person, text))[0]));

test('OP8: who decides or administrates can ask whether a child has a case, and the question is in the trail, without the child', async () => {
  expect(await asks('administrator', 'child ch-1041')).toContain(`There is one case about that child: ${reference}.`);
  expect(await asks('service-manager', 'child CH-104')).toContain('There is no case here about that child.');
  expect(program.trail).toMatchObject([
    { reference, person: 'administrator', action: 'child', result: 'viewed' },
    { reference: null, person: 'service-manager', action: 'child', result: 'viewed' },
  ]);
  expect(JSON.stringify(program.trail)).not.toMatch(/CH-104/i);
});

test('OP8: anybody else learns nothing, not even whether there is one', async () => {
  const answers = [await asks('health-visitor', 'child CH-1041'), await asks('health-visitor', 'child CH-9999')];
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain('Only those who decide and administrate');
});

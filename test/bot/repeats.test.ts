import { expect, test } from '@jest/globals';
import type { Activity } from 'botbuilder';
import { withoutRepeats } from '../../src/bot/repeats.ts';
import { activityFrom } from '../support/teamsClient.ts';

const typed = (changes: object = {}) =>
  activityFrom('https://teams.example/', { text: 'raise dissent', ...changes }) as unknown as Activity;

/** What answers messages when it is let go on, and how many it has begun to answer. */
function slowAnswers() {
  const answers = { begun: 0, goOn: () => {} };
  const gate = new Promise<void>((resolve) => {
    answers.goOn = resolve;
  });
  const answer = () => {
    answers.begun += 1;
    return gate;
  };
  return Object.assign(answers, { answer });
}

test('X4: a message that comes five times while it is being answered is answered once', async () => {
  const once = withoutRepeats();
  const answers = slowAnswers();
  const copies = Array.from({ length: 5 }, () => once(typed(), answers.answer));
  answers.goOn();
  await Promise.all(copies);
  expect(answers.begun).toBe(1);
});

test('design 6: what is typed again later, or by somebody else meanwhile, is never met with silence', async () => {
  const once = withoutRepeats();
  const answers = slowAnswers();
  const first = once(typed(), answers.answer);
  const other = once(typed({ conversation: { id: 'chat-2' } }), answers.answer);
  answers.goOn();
  await Promise.all([first, other]);
  await once(typed(), answers.answer);
  expect(answers.begun).toBe(3);
});

test('design 6: a message whose answer failed is answered when it comes again', async () => {
  const once = withoutRepeats();
  await expect(once(typed(), () => Promise.reject(new Error('no store')))).rejects.toThrow('no store');
  const answers = slowAnswers();
  answers.goOn();
  await once(typed(), answers.answer);
  expect(answers.begun).toBe(1);
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { caughtUp } from '../../../src/conversation/jobs/catchUp.ts';
import { everybodyTold } from '../../../src/conversation/jobs/tellEveryone.ts';
import { cardIn, wordsOf } from '../../bot/chats.ts';
import { button, caseIn, dissent, record, reference } from '../../bot/dissent.ts';
import { startProgram } from '../../bot/program.ts';

let program: Awaited<ReturnType<typeof startProgram>>;
let play: ReturnType<typeof caseIn>;
beforeEach(async () => {
  program = await startProgram();
  play = caseIn(program);
});
afterEach(() => program.close());

/** Does the jobs that a chat has left, each kind once. */
async function works() {
  const catchesUp = caughtUp(program.deps);
  for (const person of program.caughtUp.splice(0)) await catchesUp(person);
  const tells = everybodyTold(program.deps);
  for (const each of new Set(program.told.splice(0))) await tells(each);
}
const refused = (person: string) =>
  program.teams.answers(({ path }) =>
    path.includes(`chat-${person}`) ? { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } } : null,
  );
const sentTo = (person: string) => program.calls.filter(({ path, method }) => method === 'POST' && path.includes(`chat-${person}`));

describe('TM1: whoever could not be reached is brought what waits for them, the moment they are there again', () => {
  test.each([
    ['writes', { text: 'hello' }],
    ['puts the app back', { type: 'installationUpdate', action: 'add' }],
  ])('a Service Manager whose chat refused the case %s', async (_how, activity) => {
    await program.says('service-manager', 'hello');
    await works();
    refused('service-manager');
    await play.referred();
    program.told.push(reference);
    await works();
    expect(program.posted.some(({ person, activityId }) => person === 'service-manager' && activityId !== null)).toBe(false);
    program.teams.answers(() => null);
    const before = sentTo('service-manager').length;
    await program.send(program.activity('service-manager', activity));
    await works();
    const cards = sentTo('service-manager')
      .slice(before)
      .map(({ body }) => wordsOf(body?.attachments));
    expect(cards.filter((words) => words.includes(reference) && words.includes('Three injuries'))).toHaveLength(1);
  });

  test('somebody who lacks nothing has nothing asked for', async () => {
    await play.referred();
    program.told.push(reference);
    await works();
    await program.says('health-visitor', 'hello');
    await caughtUp(program.deps)('health-visitor');
    expect(program.told).toEqual([]);
  });
});

test('TM4: after Teams has moved a chat, what stands in it is updated at its newest address', async () => {
  const form = cardIn((await program.says('health-visitor', 'raise dissent'))[0]);
  await program.presses('health-visitor', { ...button(form, 'raise:camden.camden-dissent'), ...dissent });
  const moved = `${program.teams.serviceUrl}moved/`;
  await program.says('health-visitor', 'hello', { serviceUrl: moved });
  await play.press('chair', 'refer', 2, record);
  program.calls.length = 0;
  program.told.push(reference);
  await works();
  const updates = program.calls.filter(({ method, path }) => method === 'PUT' && path.includes('chat-health-visitor'));
  expect(updates.map(({ path }) => path)).toEqual([expect.stringMatching(/^\/moved\/v3\//)]);
});

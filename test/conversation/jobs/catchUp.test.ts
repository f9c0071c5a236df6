import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { unreachedMailed } from '../../../src/app/jobs/mailUnreached.ts';
import { caughtUp } from '../../../src/conversation/jobs/catchUp.ts';
import { everybodyTold } from '../../../src/conversation/jobs/tellEveryone.ts';
import { cardIn, wordsOf } from '../../bot/chats.ts';
import { button, caseIn, dissent, record, reference } from '../../bot/dissent.ts';
import { startProgram } from '../../bot/program.ts';

let program: Awaited<ReturnType<typeof startProgram>>;
let play: ReturnType<typeof caseIn>;
beforeEach(async () => {
  mails.length = 0;
  program = await startProgram();
  play = caseIn(program);
});
afterEach(() => program.close());

const mails: { to: string; subject: string; lines: string[] }[] = [];
/** The reminders that wait, by their references. */
const waiting: string[] = [];
const deps = () => {
  const { unreached } = program;
  const mail = { send: async (_from: string, message: (typeof mails)[number]) => void mails.push(message) };
  const calendars = { mailboxOf: async () => null };
  return { ...program.deps, unreached, mail, calendars, reminders: { waiting: async () => waiting } };
};

/** Does the jobs that a chat has left, and those that they leave, each by the directory as it then is. */
async function works() {
  for (let busy = true; busy; ) {
    await program.deps.presentCovers();
    const [people, mailed, told] = [program.caughtUp.splice(0), program.left.splice(0), new Set(program.told.splice(0))];
    for (const person of people) await caughtUp(deps())(person);
    for (const { name, reference: person } of mailed) if (name === 'mail-unreached') await unreachedMailed(deps())(person);
    for (const each of told) await everybodyTold(deps())(each);
    busy = people.length + mailed.length + told.size > 0;
  }
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
    await caughtUp(deps())('health-visitor');
    expect(program.told).toEqual([]);
  });
});

describe('TM1: who could not be told is known', () => {
  const cardOf = async (person: string) => wordsOf(cardIn((await program.says(person, `case ${reference}`)).at(-1)));
  const told = /Not told in Teams since Tue 12 Jan 2027: Farida Oakenshaw, Service Manager/;

  beforeEach(async () => {
    await program.says('service-manager', 'hello');
    await works();
    refused('service-manager');
    await play.referred();
    program.told.push(reference);
  });

  test('to those who decide and administer, on the case’s card; to nobody else', async () => {
    await works();
    expect(await cardOf('administrator')).toMatch(told);
    for (const person of ['health-visitor', 'chair']) expect(await cardOf(person)).not.toContain('Not told in Teams');
  });

  test('to an administrator, under "stuck", with what to do', async () => {
    program.left.length = 0;
    await everybodyTold(deps())(reference);
    expect(program.left).toEqual([
      { name: 'mail-unreached', reference: 'service-manager' },
      { name: 'report-stuck', reference: 'camden' },
    ]);
    const card = wordsOf(cardIn((await program.says('administrator', 'stuck')).at(-1)));
    expect(card).toContain('Not told in Teams: Farida Oakenshaw, Service Manager');
    expect(card).toContain('They have removed or blocked the app');
    expect(wordsOf(cardIn((await program.says('scottish-administrator', 'stuck')).at(-1)))).toContain('Nothing is stuck.');
  });

  test('X6: to that person, by one e-mail that says nothing of any case, however often they could not be told', async () => {
    await works();
    program.told.push(reference);
    await works();
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['farida.oakenshaw@camden.example', 'Something waits for you in Teams'],
    ]);
    expect(JSON.stringify(mails)).not.toMatch(/DIS-|CH-|injur|dissent from|Hawthorn/i);
    expect(await cardOf('administrator')).toContain('An e-mail tells them that something waits.');
  });

  test('until they write: then the cards say so no more, and the reminders that waited are sent', async () => {
    await works();
    program.teams.answers(() => null);
    waiting.push('reminder-7');
    await program.says('service-manager', 'hello');
    const reminded: string[] = [];
    const { enqueue } = program.deps;
    program.deps.enqueue = async (job) => (job.name === 'remind' ? void reminded.push(job.reference) : enqueue(job));
    await works();
    waiting.length = 0;
    expect(reminded).toEqual(['reminder-7']);
    expect(await program.unreached.all()).toEqual([]);
    expect(await cardOf('administrator')).not.toContain('Not told in Teams');
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

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CONNECTOR_LIMIT } from '../../src/bot/adapter.ts';
import { makeBot } from '../../src/bot/startBot.ts';
import type { Conversation, Incoming } from '../../src/conversation/conversation.ts';
import type { Reply } from '../../src/conversation/shown.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { activityFrom, send, startTeamsClient } from '../support/teamsClient.ts';
import { keptLog } from './keptLog.ts';

/**
 * What the edge that speaks to Teams has to do, whatever SDK it is made with: each activity over HTTP comes to the conversation as plain
 * data, and what the conversation says to it comes to the chat. Nothing here knows the SDK.
 */

const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} });
const card = { type: 'AdaptiveCard', version: '1.5', body: [] };
const shown: Reply = { card, summary: 'A card' };
const data = { reference: 'DIS-27-001', revision: 2, verb: 'refer' };

let teams: Awaited<ReturnType<typeof startTeamsClient>>;
let port: number;
let close: () => Promise<void>;
/** What came to the conversation, and where its replies came to stand. */
let heard: Incoming[];
let stood: { person: string; message: string | undefined; posted: boolean }[];
let say: (incoming: Incoming) => Promise<Reply | null>;

beforeAll(async () => {
  teams = await startTeamsClient();
  const conversation: Conversation = {
    async hear(incoming) {
      heard.push(incoming);
      return say(incoming);
    },
    async stands(contact, _reply, message, posted) {
      stood.push({ person: contact.person, message, posted });
    },
  };
  const bot = makeBot({ port: 0, mode: { kind: 'sandbox', serviceUrl: () => teams.serviceUrl } }, keptLog());
  ({ port, close } = await bot.listen({ conversation, directory, ready: async () => true }));
});
beforeEach(() => {
  [heard, stood] = [[], []];
  say = async () => shown;
  teams.calls.length = 0;
  teams.answers(() => null);
});
afterAll(async () => {
  await close();
  await teams.close();
});

const { aadObjectId } = directory().people.find(({ id }) => id === 'chair')!;
const from = { id: '29:chair', name: 'Somebody', aadObjectId };
const comes = (changes: Record<string, unknown>) => send(port, activityFrom(teams.serviceUrl, { from, ...changes }));
const execute = { type: 'invoke', name: 'adaptiveCard/action', text: undefined, replyToId: 'card-1' };
const group = { id: 'group-1', conversationType: 'groupChat', isGroup: true };
const calls = () => teams.calls.map(({ method, path }) => `${method} ${path}`);
const nobody = { id: '29:unknown' };

describe('what comes', () => {
  test('a message is told with who wrote it, by the object id that the channel gives, and where they can be reached, in ids alone', async () => {
    await comes({ text: 'my cases' });
    expect(heard).toEqual([
      {
        kind: 'typed',
        text: 'my cases',
        hasFile: false,
        contact: {
          person: 'chair',
          name: expect.any(String),
          firstName: expect.any(String),
          teamsId: '29:chair',
          personal: true,
          inTeams: true,
          conversation: {
            channelId: 'msteams',
            serviceUrl: teams.serviceUrl,
            conversation: { id: 'chat-1', conversationType: 'personal', tenantId: expect.any(String) },
            bot: { id: '28:bot', name: 'Conference Dissent' },
            user: { id: '29:chair', aadObjectId },
          },
        },
      },
    ]);
  });

  const incoming: [string, Record<string, unknown>, object][] = [
    ['a message in a group', { text: 'help', conversation: group }, { kind: 'typed', contact: { personal: false } }],
    ['a message from nobody the channel names', { text: 'help', from: nobody }, { kind: 'typed', contact: null }],
    [
      'TM5: a message that was edited',
      { type: 'messageUpdate', text: 'raise dissent', channelData: { eventType: 'editMessage' } },
      { kind: 'typed', text: 'raise dissent' },
    ],
    ['TM5: a text beside an empty value', { text: 'my cases', value: {} }, { kind: 'typed', text: 'my cases' }],
    [
      'TM5: a message with a file',
      { text: undefined, attachments: [{ contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'notes.docx' }] },
      { kind: 'typed', text: '', hasFile: true },
    ],
    ['TM5: a pasted picture', { text: '', attachments: [{ contentType: 'image/*' }] }, { kind: 'typed', hasFile: true }],
    ["a text's own HTML", { text: 'help', attachments: [{ contentType: 'text/html' }] }, { kind: 'typed', hasFile: false }],
    ['Action.Submit', { text: undefined, value: data, replyToId: 'card-1' }, { kind: 'submitted', data, message: 'card-1' }],
    ['Action.Execute', { ...execute, value: { action: { data }, trigger: 'manual' } }, { kind: 'pressed', data, message: 'card-1' }],
    ['Action.Execute of a client that says no trigger', { ...execute, value: { action: { data } } }, { kind: 'pressed', data }],
    ['a card that refreshes itself', { ...execute, value: { action: { data }, trigger: 'automatic' } }, { kind: 'refreshed', data }],
    ['an Action.Execute without anything', { ...execute, value: null }, { kind: 'pressed', data: undefined }],
    ['a personal installation', { type: 'installationUpdate', action: 'add' }, { kind: 'added', personal: true }],
    ['an upgrade', { type: 'installationUpdate', action: 'add-upgrade' }, { kind: 'added', personal: true }],
    ['the bot among new members', { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] }, { kind: 'added', personal: true }],
    [
      'the bot among the new members of a group',
      { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }], conversation: group },
      { kind: 'added', personal: false },
    ],
  ];
  test.each(incoming)('%s', async (_what, activity, told) => {
    expect((await comes(activity)).status).toBe(200);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject(told);
  });

  test.each([
    ['somebody else who joins', { type: 'conversationUpdate', membersAdded: [{ id: '29:teacher' }] }],
    ['a removal', { type: 'installationUpdate', action: 'remove' }],
    ['a message taken back', { type: 'messageDelete' }],
    ['one that is put back', { type: 'messageUpdate', channelData: { eventType: 'undeleteMessage' } }],
    ['the second word of an installation in a group', { type: 'installationUpdate', action: 'add', conversation: group }],
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
    ['typing', { type: 'typing' }],
  ])('%s passes without a word', async (_what, activity) => {
    expect((await comes(activity)).status).toBe(200);
    expect([heard, calls()]).toEqual([[], []]);
  });

  test('an invoke that is not known is 501, and nothing is heard of it', async () => {
    expect(await comes({ type: 'invoke', name: 'task/fetch', value: {} })).toMatchObject({ status: 501, text: '' });
    expect(heard).toEqual([]);
  });

  test('X4: a message that comes again while it is being answered is heard once, and one that comes later again', async () => {
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    say = async () => {
      begun.resolve();
      await gate.promise;
      return shown;
    };
    const first = comes({ text: 'raise dissent' });
    await begun.promise;
    await comes({ text: 'raise dissent' });
    gate.resolve();
    await first;
    expect([heard.length, calls().length]).toEqual([1, 1]);
    await comes({ text: 'raise dissent' });
    expect(heard).toHaveLength(2);
  });
});

describe('what is said', () => {
  test('X6: a card is posted with its neutral line, and the conversation is told where it stands', async () => {
    await comes({ text: 'my cases' });
    expect(teams.calls).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: expect.stringContaining('/v3/conversations/chat-1/activities'),
        body: expect.objectContaining({ summary: 'A card', attachments: [expect.objectContaining({ content: card })] }),
      }),
    ]);
    expect(stood).toEqual([{ person: 'chair', message: 'sent-1', posted: true }]);
  });

  test('a sentence is a message', async () => {
    say = async () => ({ text: 'A sentence.' });
    await comes({ text: 'hello', conversation: group });
    expect(teams.calls.map(({ body }) => [body?.text, body?.attachments])).toEqual([['A sentence.', undefined]]);
  });

  test('nothing is nothing', async () => {
    say = async () => null;
    await comes({ type: 'installationUpdate', action: 'add' });
    expect(calls()).toEqual([]);
  });

  test('a press is answered in the same breath with the card, for its presser alone: nothing is sent to the chat', async () => {
    const { status, body } = await comes({ ...execute, value: { action: { data } } });
    expect([status, body]).toEqual([200, { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card }]);
    expect([calls(), stood]).toEqual([[], [{ person: 'chair', message: 'card-1', posted: false }]]);
  });

  test('a refresh likewise, and it is no word on where its viewer is', async () => {
    const { body } = await comes({ ...execute, value: { action: { data }, trigger: 'automatic' } });
    expect([body?.value, stood]).toEqual([card, []]);
  });

  test('a press that is answered with a sentence shows it', async () => {
    say = async () => ({ text: 'A sentence.' });
    const { body } = await comes({ ...execute, from: nobody, value: { action: { data } } });
    expect(body).toEqual({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'A sentence.' });
  });

  test('the card of a submitted press takes the place of the one that it was pressed on', async () => {
    say = async () => ({ ...shown, replaces: 'card-1' });
    await comes({ text: undefined, value: data, replyToId: 'card-1' });
    expect(calls()).toEqual(['PUT /v3/conversations/chat-1/activities/card-1']);
    expect(stood).toEqual([{ person: 'chair', message: 'card-1', posted: true }]);
  });

  test.each([403, 404, 405, 501])('where the channel answers %s to that, it is sent anew', async (status) => {
    say = async () => ({ ...shown, replaces: 'card-1' });
    teams.answers(({ method }) => (method === 'PUT' ? { status } : null));
    await comes({ text: undefined, value: data, replyToId: 'card-1' });
    expect(calls()).toEqual(['PUT /v3/conversations/chat-1/activities/card-1', expect.stringContaining('POST /v3/conversations/chat-1/')]);
    expect(stood).toEqual([{ person: 'chair', message: 'sent-2', posted: true }]);
  });
});

test('a copy that answers nobody says whether it is ready, and turns every activity away', async () => {
  const conversation: Conversation = { hear: (incoming) => say(incoming), stands: async () => {} };
  const mode = { kind: 'sandbox', serviceUrl: () => teams.serviceUrl } as const;
  const worker = await makeBot({ port: 0, mode }, keptLog()).listen({ conversation, directory, ready: async () => true, answers: false });
  const at = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${worker.port}${path}`, init).then(({ status }) => status);
  const headers = { 'content-type': 'application/json' };
  expect([await at('/readyz'), await at('/api/messages', { method: 'POST', headers, body: '{}' })]).toEqual([200, 503]);
  await worker.close();
});

describe('TM6: a turn is answered whatever the connector does', () => {
  const limit = 1000;
  let hasty: Awaited<ReturnType<ReturnType<typeof makeBot>['listen']>>;
  beforeAll(async () => {
    const conversation: Conversation = { hear: (incoming) => say(incoming), stands: async () => {} };
    const mode = { kind: 'sandbox', serviceUrl: () => teams.serviceUrl } as const;
    hasty = await makeBot({ port: 0, mode, connectorLimit: limit }, keptLog()).listen({ conversation, directory, ready: async () => true });
  });
  afterAll(() => hasty.close());

  test.each([
    ['a message', { text: 'my cases' }],
    ['a submitted press, whose card would be updated, then posted, then excused', { text: undefined, value: data, replyToId: 'card-1' }],
  ])('%s, within the time that one call may take, which is ten seconds', async (_what, activity) => {
    say = async () => ({ ...shown, replaces: 'card-1' });
    teams.answers(() => 'never');
    const began = performance.now();
    const { status } = await send(hasty.port, activityFrom(teams.serviceUrl, { from, ...activity }));
    expect(status).toBe(200);
    // Each of its calls by itself would take the whole limit.
    expect(performance.now() - began).toBeLessThan(limit * 1.8);
    expect(CONNECTOR_LIMIT).toBe(10_000);
  });

  test('a wait that Teams asks for is no longer than that', async () => {
    say = async () => shown;
    teams.answers(() => ({ status: 429, headers: { 'retry-after': '5' } }));
    const { status } = await send(hasty.port, activityFrom(teams.serviceUrl, { from, conversation: { id: 'chat-2' } }));
    expect([status, teams.calls.length]).toEqual([200, 1]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sandboxAdapter } from '../../src/bot/adapter.ts';
import { teamsChat } from '../../src/bot/chat.ts';
import { faultOf } from '../../src/bot/connectorFaults.ts';
import { startTeamsClient } from '../support/teamsClient.ts';
import { keptLog } from './keptLog.ts';

const log = keptLog();
let teams: Awaited<ReturnType<typeof startTeamsClient>>;
beforeAll(async () => {
  teams = await startTeamsClient();
});
beforeEach(() => {
  teams.calls.length = 0;
  teams.answers(() => null);
});
afterAll(() => teams.close());

const chat = (serviceUrl: string | null = teams.serviceUrl, limit = 2000) =>
  teamsChat(sandboxAdapter(log, limit), { appId: '', tenantId: null, serviceUrl: () => serviceUrl });
const conversation = () => ({
  channelId: 'msteams',
  serviceUrl: teams.serviceUrl,
  conversation: { id: 'chat-7', conversationType: 'personal' },
  bot: { id: '28:bot' },
  user: { id: '29:chair' },
});
const card = { type: 'AdaptiveCard', version: '1.5', body: [] };

describe('the port Chat, over the connector', () => {
  test('X6: a card is posted with its neutral summary, and its id is answered', async () => {
    expect(await chat().post(conversation(), card, 'Meeting DIS-27-001')).toBe('sent-1');
    expect(teams.calls).toHaveLength(1);
    expect(teams.calls[0]).toMatchObject({
      method: 'POST',
      path: '/v3/conversations/chat-7/activities',
      body: {
        type: 'message',
        summary: 'Meeting DIS-27-001',
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
      },
    });
  });

  test('a card is updated where it stands', async () => {
    await chat().update(conversation(), 'sent-1', card, 'Case DIS-27-001');
    expect(teams.calls[0]).toMatchObject({
      method: 'PUT',
      path: '/v3/conversations/chat-7/activities/sent-1',
      body: { summary: 'Case DIS-27-001' },
    });
  });

  test('a chat is begun with somebody by object id, and can be posted to', async () => {
    teams.answers(({ path }) => (path === '/v3/conversations' ? { status: 201, body: { id: 'chat-9' } } : null));
    const begun = await chat().begin('00000000-0000-4000-8000-000000000009');
    expect(teams.calls[0]?.body).toMatchObject({ members: [{ id: '00000000-0000-4000-8000-000000000009' }] });
    await chat().post(begun, card, 'Case DIS-27-001');
    expect(teams.calls[1]?.path).toBe('/v3/conversations/chat-9/activities');
  });

  test('TM7: who is in a channel is read page by page, by the channel’s own id', async () => {
    const pages = [{ members: [{ id: '29:a' }, { id: '29:b' }], continuationToken: 'next' }, { members: [{ id: '29:c' }] }];
    teams.answers(() => ({ status: 200, body: pages.shift() }));
    const channel = { ...conversation(), conversation: { id: '19:team@thread.tacv2;messageid=7', conversationType: 'channel' } };
    expect(await chat().members(channel)).toEqual(new Set(['29:a', '29:b', '29:c']));
    expect(teams.calls.map(({ path }) => path)).toEqual([
      '/v3/conversations/19:team@thread.tacv2/pagedmembers?pageSize=500',
      '/v3/conversations/19:team@thread.tacv2/pagedmembers?pageSize=500&continuationToken=next',
    ]);
  });

  test('a chat cannot be begun where there is no Teams', async () => {
    await expect(async () => chat(null).begin('00000000-0000-4000-8000-000000000009')).rejects.toMatchObject({ kind: 'not-found' });
  });

  const faults: [number, Record<string, string>, object][] = [
    [403, {}, { kind: 'permission' }],
    [404, {}, { kind: 'not-found' }],
    [413, {}, { kind: 'rejected' }],
    [429, { 'retry-after': '7' }, { kind: 'throttled', retryAfterSeconds: 7 }],
    [503, { 'retry-after': '7' }, { kind: 'unreachable', retryAfterSeconds: 7 }],
    [500, {}, { kind: 'unreachable', retryAfterSeconds: null }],
  ];
  test.each(faults)('design 10: %d is told as what it is, after one try', async (status, headers, told) => {
    teams.answers(() => ({ status, headers, body: { error: { code: 'X', message: 'The message of a certain child' } } }));
    const deeds = {
      post: () => chat().post(conversation(), card, 'Case'),
      update: () => chat().update(conversation(), 'sent-1', card, 'Case'),
      begin: () => chat().begin('a'),
    };
    for (const [name, deed] of Object.entries(deeds)) {
      teams.calls.length = 0;
      await expect(deed()).rejects.toMatchObject({ ...told, message: `Teams answered ${status}` });
      expect([name, teams.calls.length]).toEqual([name, 1]);
    }
    expect(log.entries).toEqual([]);
  });

  test('design 6: what Teams puts off for a moment is done after it, once', async () => {
    const answers = [
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 429, headers: { 'retry-after': '0' } },
    ];
    teams.answers(() => answers.shift() ?? null);
    expect(await chat().post(conversation(), card, 'Case')).toBe('sent-3');
    expect(teams.calls).toHaveLength(3);
  });

  test.each([412, 429, 502, 503, 504])('TM2: %d is tried again in a moment, and told as what may mend where it stays', async (status) => {
    const answers = [{ status }];
    teams.answers(() => answers.shift() ?? null);
    expect(await chat().post(conversation(), card, 'Case')).toBe('sent-2');
    teams.answers(() => ({ status }));
    const kind = status === 412 || status === 429 ? 'throttled' : 'unreachable';
    await expect(chat(teams.serviceUrl, 200).post(conversation(), card, 'Case')).rejects.toMatchObject({ kind });
  });

  test('TM2: the wait that Teams asks for holds for the whole chat, and for no other', async () => {
    const patient = chat();
    teams.answers(({ path }) => (path.includes('chat-7') ? { status: 429, headers: { 'retry-after': '12' } } : null));
    await expect(patient.post(conversation(), card, 'Case')).rejects.toMatchObject({ kind: 'throttled', retryAfterSeconds: 12 });
    teams.answers(() => null);
    for (const deed of [() => patient.post(conversation(), card, 'Case'), () => patient.update(conversation(), 'sent-1', card, 'Case')])
      await expect(deed()).rejects.toMatchObject({ kind: 'throttled', retryAfterSeconds: expect.closeTo(12, -1) });
    expect(teams.calls).toHaveLength(1);
    expect(await patient.post({ ...conversation(), conversation: { id: 'chat-8' } }, card, 'Case')).toBe('sent-2');
  });

  const coded: [number, string, object][] = [
    [403, 'BotNotInConversationRoster', { kind: 'permission', check: 'whether the bot is installed for that person' }],
    [403, 'ConversationBlockedByUser', { kind: 'permission', check: 'whether the person has blocked the bot' }],
    [403, 'BotDisabledByAdmin', { kind: 'permission', check: 'whether an administrator of Teams has blocked the app' }],
    [404, 'ConversationNotFound', { kind: 'not-found', check: 'whether the bot is still installed in that chat' }],
    [404, 'ActivityNotFoundInConversation', { kind: 'not-found', check: expect.stringContaining('posted anew') }],
  ];
  test.each(coded)('TM2: %d %s is told apart by its code, and nothing else of the answer is repeated', async (status, code, told) => {
    teams.answers(() => ({ status, body: { error: { code, message: 'The message of a certain child' } } }));
    const fault = await chat()
      .update(conversation(), 'sent-1', card, 'Case')
      .catch((thrown: unknown) => thrown);
    expect(fault).toMatchObject({ ...told, message: `Teams answered ${status} ${code}` });
  });

  test('design 10: a connector that hangs is given up after the time limit', async () => {
    teams.answers(() => 'never');
    await expect(chat(teams.serviceUrl, 50).post(conversation(), card, 'Case')).rejects.toMatchObject({ kind: 'unreachable' });
  });

  test('Retry-After may be a date', () => {
    expect(faultOf(429, new Date(Date.now() + 5000).toUTCString()).retryAfterSeconds).toBeGreaterThanOrEqual(4);
    expect(faultOf(429, 'soon').retryAfterSeconds).toBeNull();
  });
});

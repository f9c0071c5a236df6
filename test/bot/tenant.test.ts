import nodeConsole from 'node:console';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { tenantAdapter } from '../../src/bot/adapter.ts';
import { receiver } from '../../src/bot/receive.ts';
import { botServer } from '../../src/bot/server.ts';
import { activityFrom, send, startTeamsClient } from '../support/teamsClient.ts';
import { startTokenIssuer, type TokenChanges } from '../support/tokenIssuer.ts';
import { keptLog } from './keptLog.ts';

const appId = '00000000-0000-4000-8000-0000000000bb';
const tenantId = '00000000-0000-4000-8000-0000000000aa';
const otherTenant = '00000000-0000-4000-8000-0000000000cc';
const log = keptLog();
const taken: string[] = [];
let tokensAsked: string[] = [];
let teams: Awaited<ReturnType<typeof startTeamsClient>>;
let issuer: Awaited<ReturnType<typeof startTokenIssuer>>;
let server: ReturnType<typeof botServer>;
let port: number;

const identityWith = (openIdMetadata: string) => ({
  appId,
  tenantId,
  openIdMetadata,
  tokenIssuer: issuer.issuer,
  loginUrl: 'https://login.microsoftonline.com/botframework.com',
  oauthScope: 'https://api.botframework.com',
});
const credential = {
  async getToken(scope: string) {
    tokensAsked.push(scope);
    return { token: 'the-bots-own-token' };
  },
};
const start = async (openIdMetadata: string) => {
  const adapter = tenantAdapter(identityWith(openIdMetadata), credential, log);
  const receive = receiver(
    adapter,
    { tenantId },
    async (context) => {
      taken.push(context.activity.type);
      if (context.activity.type === 'message') await context.sendActivity('Taken.');
    },
    log,
  );
  const made = botServer({ receive, ready: async () => true, log });
  return { made, port: await made.listen(0, '127.0.0.1') };
};

/** What came out on the console that the program has, which is Node's and not that of the tests: the SDK prints stack traces, and whole keys where it knows none by a token's name. */
let printed: unknown[][];
beforeEach(() => {
  printed = [];
  for (const name of ['log', 'info', 'warn', 'error'] as const)
    jest.spyOn(nodeConsole, name).mockImplementation((...words: unknown[]) => void printed.push(words));
});
afterEach(() => {
  jest.restoreAllMocks();
  expect(printed).toEqual([]);
});
beforeAll(async () => {
  teams = await startTeamsClient();
  issuer = await startTokenIssuer(appId, teams.serviceUrl);
  ({ made: server, port } = await start(issuer.openIdMetadata));
});
beforeEach(() => {
  taken.length = 0;
  teams.calls.length = 0;
  tokensAsked = [];
});
afterAll(async () => {
  await server.close();
  await issuer.close();
  await teams.close();
});

const nothingHappened = () => {
  expect(taken).toEqual([]);
  expect(teams.calls).toEqual([]);
};

describe('design 6 and 10: a real tenant', () => {
  test('an activity with a good token is taken, and answered with a token of the bot', async () => {
    expect((await send(port, activityFrom(teams.serviceUrl), { authorization: await issuer.bearer() })).status).toBe(200);
    expect(taken).toEqual(['message']);
    expect(teams.calls.map(({ path, headers, body }) => [path, headers.authorization, body?.text])).toEqual([
      ['/v3/conversations/chat-1/activities/activity-1', 'Bearer the-bots-own-token', 'Taken.'],
    ]);
    expect(tokensAsked).toContain('https://api.botframework.com/.default');
  });

  test('a token that was found good is good there again, and for no other service URL; another is looked at for itself', async () => {
    const authorization = await issuer.bearer();
    const status = async (serviceUrl: string, token = authorization) =>
      (await send(port, activityFrom(serviceUrl), { authorization: token })).status;
    expect([await status(teams.serviceUrl), await status(teams.serviceUrl)]).toEqual([200, 200]);
    expect([await status('https://elsewhere.example/'), await status(teams.serviceUrl, `${authorization.slice(0, -8)}AAAAAAAA`)]).toEqual([
      401, 401,
    ]);
  });

  const badTokens: [string, TokenChanges][] = [
    ['expired', { expiresIn: '-10m' }],
    ['not good yet', { notBefore: '10m' }],
    ['for another bot', { claims: { aud: otherTenant } }],
    ['for nobody', { claims: { aud: '' } }],
    ['from another issuer', { claims: { iss: 'https://issuer.example' } }],
    ["from the United States government's cloud", { claims: { iss: 'https://api.botframework.us' } }],
    ['from no issuer', { claims: { iss: '' } }],
    ["from Entra, for the bot's own app", { claims: { iss: `https://sts.windows.net/${tenantId}/`, appid: appId, ver: '1.0' } }],
    [
      "from the emulator's issuer",
      { claims: { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', appid: appId, ver: '1.0' } },
    ],
    ['for another service URL', { claims: { serviceurl: 'https://elsewhere.example/' } }],
    ['for no service URL', { claims: { serviceurl: '' } }],
    ['signed with an unknown key', { keyId: 'key-2' }],
    ['with a forged signature', { signedBy: 'somebody else' }],
    ['with the published key for a secret', { signedBy: 'the published key, as a secret' }],
    ['signed with a key that is not for Teams', { signedBy: 'the key for web chat' }],
    ['of a bot that calls as a skill', { claims: { ver: '2.0', appid: otherTenant, azp: otherTenant } }],
  ];
  test.each(badTokens)('a token that is %s: 401, not a word more, and no effect', async (what, changes) => {
    const answer = await send(port, activityFrom(teams.serviceUrl), { authorization: await issuer.bearer(changes) });
    expect([what, answer.status, answer.text]).toEqual([what, 401, '']);
    nothingHappened();
  });

  test.each([
    ['none', {}],
    ['nothing that is a token', { authorization: 'Bearer none' }],
    ['no bearer token', { authorization: 'Basic Ym90OmJvdA==' }],
    [
      'a token without signature',
      {
        authorization: `Bearer ${btoa('{"alg":"none","kid":"key-1"}')}.${btoa(`{"iss":"https://api.botframework.com","aud":"${appId}"}`)}.`,
      },
    ],
  ])('a caller with %s: 401', async (_what, headers: Record<string, string>) => {
    expect(await send(port, activityFrom(teams.serviceUrl), headers)).toMatchObject({ status: 401, text: '' });
    nothingHappened();
  });

  test('house rule 6: thirty bad tokens are one line of the log, and a count; the console holds nothing of them', async () => {
    const lone = await start(issuer.openIdMetadata);
    log.entries.length = 0;
    const authorization = await issuer.bearer({ keyId: 'key-2' });
    for (let times = 0; times < 30; times += 1) await send(lone.port, activityFrom(teams.serviceUrl), { authorization });
    await lone.made.close();
    expect(log.entries).toEqual([{ level: 'warn', message: 'an activity without a good token was turned away', facts: { times: 1 } }]);
  });

  test('a wrong tenant without a token is told nothing about tenants: 401', async () => {
    expect((await send(port, activityFrom(teams.serviceUrl, { channelData: { tenant: { id: otherTenant } } }))).status).toBe(401);
  });

  const strangers: [string, Record<string, unknown>][] = [
    [
      'of another tenant',
      { channelData: { tenant: { id: otherTenant } }, conversation: { id: 'chat-1', conversationType: 'personal', tenantId: otherTenant } },
    ],
    ['of another tenant by the channel alone', { channelData: { tenant: { id: otherTenant } } }],
    [
      'of another tenant by the conversation alone',
      { conversation: { id: 'chat-1', conversationType: 'personal', tenantId: otherTenant } },
    ],
    ['from a guest of another tenant', { from: { id: '29:guest', aadObjectId: otherTenant, tenantId: otherTenant } }],
    ['of no tenant', { channelData: undefined, conversation: { id: 'chat-1', conversationType: 'personal' } }],
  ];
  const kinds = ['message', 'invoke', 'conversationUpdate', 'installationUpdate', 'messageReaction', 'event'];
  test.each(strangers.flatMap(([what, changes]) => kinds.map((type) => [type, what, changes] as const)))(
    '%s %s: 403 and no effect',
    async (type, _what, changes) => {
      expect(
        await send(port, activityFrom(teams.serviceUrl, { type, ...changes }), { authorization: await issuer.bearer() }),
      ).toMatchObject({ status: 403, text: '' });
      nothingHappened();
    },
  );

  test.each(['emulator', 'webchat', 'AseChannel'])('the channel %s is not Teams: 400', async (channelId) => {
    expect((await send(port, activityFrom(teams.serviceUrl, { channelId }), { authorization: await issuer.bearer() })).status).toBe(400);
    nothingHappened();
  });

  test("when Teams' keys cannot be fetched it is not the caller's fault: 503", async () => {
    const closed = await startTeamsClient();
    await closed.close();
    const other = await start(`${closed.serviceUrl}metadata`);
    expect((await send(other.port, activityFrom(teams.serviceUrl), { authorization: await issuer.bearer() })).status).toBe(503);
    await other.made.close();
    nothingHappened();
  });

  test('fifty messages at once ask for one token', async () => {
    const authorization = await issuer.bearer();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = tenantAdapter(
      identityWith(issuer.openIdMetadata),
      { getToken: (scope) => credential.getToken(scope).then(async (granted) => held.then(() => granted)) },
      log,
    );
    let under = 0;
    const receive = receiver(
      slow,
      { tenantId },
      async (context) => {
        under += 1;
        if (under === 50) setImmediate(release);
        await context.sendActivity('Taken.');
      },
      log,
    );
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async () => (await receive(activityFrom(teams.serviceUrl), authorization)).status),
    );
    expect(statuses).toEqual(Array.from({ length: 50 }, () => 200));
    expect(tokensAsked).toHaveLength(1);
  });

  test('it is not to be made without an app id', () => {
    expect(() => tenantAdapter({ ...identityWith(issuer.openIdMetadata), appId: '' }, credential, log)).toThrow(/MicrosoftAppId/);
  });
});

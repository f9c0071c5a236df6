import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { tenantAdapter } from '../../src/bot/adapter.ts';
import { guestGate } from '../../src/bot/guestGate.ts';
import { receiver } from '../../src/bot/receive.ts';
import type { Receive } from '../../src/bot/server.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { activityFrom, startTeamsClient } from '../support/teamsClient.ts';
import { startTokenIssuer } from '../support/tokenIssuer.ts';
import { keptLog } from './keptLog.ts';

const appId = '00000000-0000-4000-8000-0000000000bb';
const tenantId = '00000000-0000-4000-8000-0000000000aa';
const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} });
const log = keptLog();
const taken: string[] = [];
let teams: Awaited<ReturnType<typeof startTeamsClient>>;
let issuer: Awaited<ReturnType<typeof startTokenIssuer>>;
let receive: Receive;

beforeAll(async () => {
  teams = await startTeamsClient();
  issuer = await startTokenIssuer(appId, teams.serviceUrl);
});
beforeEach(() => {
  taken.length = 0;
  teams.calls.length = 0;
  log.entries.length = 0;
  teams.answers(() => null);
  const identity = {
    appId,
    tenantId,
    openIdMetadata: issuer.openIdMetadata,
    tokenIssuer: issuer.issuer,
    loginUrl: 'https://login.microsoftonline.com/botframework.com',
    oauthScope: 'https://api.botframework.com',
  };
  const adapter = tenantAdapter(identity, { getToken: async () => ({ token: 'own' }) }, log, 500);
  const turn = async ({ activity }: { activity: { type: string } }) => void taken.push(activity.type);
  receive = receiver(adapter, { tenantId, mayEnter: guestGate(directory, tenantId) }, turn, log);
});
afterAll(async () => {
  await issuer.close();
  await teams.close();
});

const unlisted = { id: '29:somebody', name: 'Somebody', aadObjectId: '00000000-0000-4000-8000-000000000001' };
const staff = { userPrincipalName: 'somebody@council.example', userRole: 'user', tenantId };
/** What Teams says of the members of its chats from now on. */
const teamsSays = (member: object | number) =>
  teams.answers(({ method, path }) => {
    if (method !== 'GET' || !path.includes('/members/')) return null;
    return typeof member === 'number' ? { status: member } : { status: 200, body: { ...unlisted, ...member } };
  });
const comes = async (from: object = unlisted, type = 'message') =>
  (await receive(activityFrom(teams.serviceUrl, { from, type }), await issuer.bearer())).status;

describe('issue 5, nobody gets in: guests of the tenant, where they are not allowed', () => {
  const guests: [string, object][] = [
    ['a guest by the sign-in name that Entra gives them', { ...staff, userPrincipalName: 'gp_surgery.example#EXT#@council.example' }],
    ['a guest whom Teams calls a user', { ...staff, userPrincipalName: 'gp_surgery.example#ext#@council.example', userRole: 'user' }],
    ['a guest by their role', { ...staff, userRole: 'guest' }],
    ['somebody anonymous', { ...staff, userRole: 'anonymous' }],
    ['somebody whose home is another tenant', { ...staff, tenantId: '00000000-0000-4000-8000-0000000000cc' }],
    ['somebody of whom Teams says nothing', {}],
  ];
  test.each(guests)('%s: 403 for every kind of activity, and no effect but the question to Teams', async (_who, member) => {
    teamsSays(member);
    for (const type of ['message', 'invoke', 'conversationUpdate', 'installationUpdate'])
      expect([type, await comes(unlisted, type)]).toEqual([type, 403]);
    expect(taken).toEqual([]);
    expect(teams.calls.map(({ method, path }) => [method, path])).toEqual([['GET', '/v3/conversations/chat-1/members/29:somebody']]);
    expect(JSON.stringify(log.entries)).not.toMatch(/somebody|surgery|00000001/i);
  });

  test('C2: a member of the tenant whom the directory does not list comes in, and Teams is asked about them once', async () => {
    teamsSays(staff);
    expect([await comes(), await comes()]).toEqual([200, 200]);
    expect(taken).toEqual(['message', 'message']);
    expect(teams.calls).toHaveLength(1);
  });

  test('somebody whom the directory lists comes in, guest or not, and Teams is not asked', async () => {
    const [person] = directory().people;
    expect(await comes({ id: '29:listed', name: person?.name, aadObjectId: person?.aadObjectId.toUpperCase() })).toBe(200);
    expect(teams.calls).toEqual([]);
  });

  test.each([[404], [403], [500], [429]])('while Teams answers %d they are kept out, told 503, and asked about again', async (status) => {
    teamsSays(status);
    expect(await comes()).toBe(503);
    expect(taken).toEqual([]);
    expect(log.entries.at(-1)).toMatchObject({ level: 'error', message: expect.stringContaining('is a guest') });
    teamsSays(staff);
    expect(await comes()).toBe(200);
  });

  test('while Teams does not answer at all, too', async () => {
    teams.answers(() => 'never');
    expect(await comes()).toBe(503);
    expect(taken).toEqual([]);
  });
});

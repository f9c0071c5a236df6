import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { sandboxGraph } from '../../src/sandbox/graph/graph.ts';
import { serve } from '../../src/sandbox/server.ts';
import { openShelf } from '../../src/sandbox/shelf.ts';
import { buttonsOf, cardIn, wordsOf } from '../bot/chats.ts';
import { freshDatabaseUrl } from '../support/database.ts';
import { recordExchanges } from '../support/graphContract.ts';
import { type ProgramProcess, startProcess } from '../support/programProcess.ts';
import { startSignIn } from '../support/signIn.ts';
import { activityFrom, type Card, type ConnectorCall, send, startTeamsClient } from '../support/teamsClient.ts';
import { startTokenIssuer, type TokenChanges } from '../support/tokenIssuer.ts';

const clientId = '00000000-0000-4000-8000-0000000000bb';
const tenantId = '00000000-0000-4000-8000-0000000000aa';
const otherTenant = '00000000-0000-4000-8000-0000000000cc';
const clientSecret = 'pass-phrase-of-the-bot';
const DIRECTORY = 'src/sandbox/partnerships.yaml';
const SANDBOX_PORT = 3980;

const credentials = {
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: clientId,
  MicrosoftAppTenantId: tenantId,
  MicrosoftAppPassword: clientSecret,
  DIRECTORY_FILE: DIRECTORY,
};
const directory = readDirectory(DIRECTORY, { onFaults: () => {} })();
const personOf = (id: string) => {
  const person = directory.people.find((each) => each.id === id);
  if (!person) throw new Error(`there is no ${id} in the directory`);
  return person;
};

/** What a person fills in; none of it may ever be read in a log. */
const dissent = {
  meeting: 'initial',
  date: Temporal.Now.plainDateISO('Europe/London').toString(),
  decision: 'not_make',
  chair: 'chair',
  children: 'CH-4817',
  grounds: 'threshold',
  reasons: 'Three unexplained bruises in six weeks.',
};
const record = {
  consensus: 'yes',
  threshold: 'We read out the threshold together.',
  decision: 'No plan is needed.',
  basis: 'What was shared around the table.',
};
const upheld = { reasons: 'The radiology letter was overlooked.' };
const reconvene = { reasons: 'The radiology letter should be heard.', new_information: 'A letter of the radiologist.' };

test('a real tenant without DATABASE_URL does not start, and says which name is missing', async () => {
  const program = startProcess({ ...credentials, PORT: '0' });

  expect(await program.ended).toEqual({ code: 1, signal: null });
  expect(program.output()).toContain('DATABASE_URL: missing; a real tenant (MicrosoftAppId is set) needs it');
  expect(program.output()).not.toContain(clientSecret);
});

/** A real tenant around the program: PostgreSQL, Teams with its token issuer, the sign-in address, Graph; and two replicas of it. */
async function openTenant() {
  const database = await freshDatabaseUrl();
  if (!database) throw new Error('TEST_DATABASE_URL is not set');
  const folder = mkdtempSync(join(tmpdir(), 'tenant-'));
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tenant-data-'));
  const teams = await startTeamsClient();
  const issuer = await startTokenIssuer(clientId, teams.serviceUrl);
  const signIn = await startSignIn({ tenantId, clientId, clientSecret });
  const graph = sandboxGraph({
    people: directory.people,
    mailboxes: Object.values(directory.partnerships).map(({ mailbox }) => mailbox),
    shelf: openShelf(folder),
    clock: { now: () => Temporal.Now.instant() },
    accepts: (authorization) => signIn.scopeOf(authorization) === `${graphServer.url}/.default`,
  });
  const { handle, exchanges } = recordExchanges(graph.handle);
  const graphServer = await serve(0, [handle]);

  // A chat that the bot opens is the one in which that person answers; one administrator has blocked the bot.
  teams.answers(({ method, path, body }) => {
    if (path.includes('/chat-second-administrator/')) return { status: 403, body: { error: { message: 'Blocked by Second Administrator' } } };
    if (method !== 'POST' || path !== '/v3/conversations') return null;
    const [member] = (body as { members?: { id: string }[] }).members ?? [];
    return { status: 201, body: { id: `chat-${directory.people.find(({ aadObjectId }) => aadObjectId === member?.id)?.id}` } };
  });

  const sandboxWasThere = await listens(SANDBOX_PORT);
  const replicas = [0, 1].map(() =>
    startProcess({
      ...credentials,
      PORT: '0',
      LOG_LEVEL: 'debug',
      DATA_DIR: dataDirectory,
      DATABASE_URL: database.url,
      BotOpenIdMetadata: issuer.openIdMetadata,
      ToBotFromChannelTokenIssuer: issuer.issuer,
      TEAMS_SERVICE_URL: teams.serviceUrl,
      GRAPH_BASE_URL: `${graphServer.url}/graph`,
      AZURE_AUTHORITY_HOST: signIn.address,
      NODE_EXTRA_CA_CERTS: signIn.certificateFile,
    }),
  ) as [ProgramProcess, ProgramProcess];
  const [port, otherPort] = (await Promise.all(replicas.map(async (each) => (await each.logs('Conference Dissent is ready')).port))) as [number, number];

  const activity = (person: string, changes: Record<string, unknown>) =>
    activityFrom(teams.serviceUrl, {
      from: { id: `29:${person}`, name: personOf(person).name, aadObjectId: personOf(person).aadObjectId },
      conversation: { id: `chat-${person}`, conversationType: 'personal', tenantId },
      ...changes,
    });
  const sends = async (to: number, sent: object, token: TokenChanges = {}) => send(to, sent, { authorization: await issuer.bearer(token) });
  const pressing = (person: string, data: object) =>
    activity(person, { type: 'invoke', name: 'adaptiveCard/action', text: undefined, replyToId: 'card-1', value: { action: { type: 'Action.Execute', data } } });

  return {
    dataDirectory,
    teams,
    signIn,
    graph,
    graphUrl: graphServer.url,
    exchanges,
    replicas,
    port,
    otherPort,
    sandboxWasThere,
    activity,
    sends,
    pressing,
    async says(to: number, person: string, text: string): Promise<void> {
      expect((await sends(to, activity(person, { text }))).status).toBe(200);
    },
    /** Presses a card's button by its title, with what is filled in; answers the card that comes back. */
    async presses(to: number, person: string, card: Card, title: string, inputs: object = {}): Promise<Card> {
      const button = buttonsOf(card).find((each) => each.title === title);
      if (!button) throw new Error(`there is no "${title}" among ${buttonsOf(card).map((each) => each.title)}`);
      const { status, body } = await sends(to, pressing(person, { ...button.data, ...inputs }));
      expect({ status, statusCode: body?.statusCode }).toEqual({ status: 200, statusCode: 200 });
      return body?.value as Card;
    },
    /** The card that says this and has reached that person's chat, as soon as it is there. */
    card: (person: string, words: string | RegExp) =>
      teams.until((calls) => cardsTo(person, calls).findLast((card) => (typeof words === 'string' ? wordsOf(card).includes(words) : words.test(wordsOf(card))))),
    output: () => replicas.map((each) => each.output()).join('\n'),
    async close() {
      await Promise.all(replicas.map((each) => each.kill()));
      await Promise.all([teams.close(), issuer.close(), signIn.close(), graphServer.close(), database.drop()]);
      for (const each of [folder, dataDirectory]) rmSync(each, { recursive: true, force: true });
    },
  };
}

const cardsTo = (person: string, calls: readonly ConnectorCall[]) =>
  calls.filter(({ path, body }) => path.startsWith(`/v3/conversations/chat-${person}/`) && body?.attachments).map(cardIn);

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** All that a log must never hold: who people are, and what they wrote. */
const personal = [
  ...directory.people.flatMap(({ name, email, aadObjectId }) => [...name.split(' '), email, aadObjectId]),
  ...[dissent, record, upheld, reconvene].flatMap((form) => Object.entries(form).flatMap(([id, text]) => (/easons|information|basis|children/.test(id) ? [text] : []))),
  'Second Administrator',
  clientSecret,
];
const personalIn = (output: string) => personal.filter((each) => output.includes(each));

const withPostgres = process.env.TEST_DATABASE_URL ? describe : describe.skip;

withPostgres('design 5, 6, 7 and 9: a real tenant (skipped without TEST_DATABASE_URL: it requires PostgreSQL)', () => {
  let tenant: Awaited<ReturnType<typeof openTenant>>;
  beforeAll(async () => {
    tenant = await openTenant();
  });
  afterAll(() => tenant?.close());

  test('it is up and ready, and nothing of the sandbox is there', async () => {
    const at = (path: string) => fetch(`http://127.0.0.1:${tenant.port}${path}`);
    expect(await (await at('/healthz')).json()).toEqual({ up: true });
    expect(await (await at('/readyz')).json()).toEqual({ ready: true });

    for (const path of ['/', '/people', '/clock', '/calendars', '/chats/chair', '/graph/v1.0/users']) expect((await at(path)).status).toBe(404);
    expect(await listens(SANDBOX_PORT)).toBe(tenant.sandboxWasThere);
    expect(readdirSync(tenant.dataDirectory)).toEqual([]);
  });

  test('a press without a good token is answered 401, one of another tenant 403, and neither opens a case', async () => {
    const raising = () =>
      tenant.pressing('midwife', { reference: `draft-${randomUUID()}`, revision: 0, verb: 'raise:camden.camden-dissent', ...dissent });
    const elsewhere = { ...raising(), channelData: { tenant: { id: otherTenant } } };

    expect((await send(tenant.port, raising())).status).toBe(401);
    expect((await tenant.sends(tenant.port, raising(), { signedBy: 'somebody else' })).status).toBe(401);
    expect((await tenant.sends(tenant.port, raising(), { claims: { aud: otherTenant } })).status).toBe(401);
    expect((await tenant.sends(tenant.port, raising(), { expiresIn: '-10m' })).status).toBe(401);
    expect((await tenant.sends(tenant.port, elsewhere)).status).toBe(403);

    await tenant.says(tenant.port, 'midwife', 'my cases');
    expect(wordsOf(cardsTo('midwife', tenant.teams.calls).at(-1))).toContain('You have no cases.');
    expect(personalIn(tenant.output())).toEqual([]);
  });

  test('C9 C11 C19-C21 X6: from a dissent to a conference in every calendar, on two replicas, one of them ended on the way', async () => {
    const { port, otherPort, says, presses, card, replicas } = tenant;
    await says(port, 'health-visitor', 'raise dissent');
    const receipt = await presses(otherPort, 'health-visitor', await card('health-visitor', 'Send to the chair'), 'Send to the chair', dissent);
    const reference = /DIS-\d\d-\d{3}/.exec(wordsOf(receipt))?.[0] ?? '';
    expect(reference).not.toBe('');

    const recordCard = await card('chair', reference);
    await presses(otherPort, 'chair', await presses(port, 'chair', recordCard, 'Refer'), 'Refer to the Service Manager', record);
    const decideCard = await card('service-manager', reference);

    expect(await replicas[0].terminate()).toEqual({ code: 0, signal: null });

    await presses(otherPort, 'service-manager', await presses(otherPort, 'service-manager', decideCard, 'Upheld'), 'Decide: Upheld', upheld);
    const reviewCard = await card('head-of-service', reference);
    const asked = await presses(otherPort, 'head-of-service', reviewCard, 'Request reconvening');
    await presses(otherPort, 'head-of-service', asked, 'Decide: Request reconvening', reconvene);
    await card('administrator', "In everyone's calendar");

    for (const person of ['chair', 'health-visitor']) {
      const calendar = tenant.graph.calendars().find((each) => each.person === person);
      expect(calendar?.events).toEqual([expect.objectContaining({ subject: `Meeting ${reference}`, sensitivity: 'private', isOnlineMeeting: true })]);
    }
    expect(tenant.exchanges.map(({ status }) => status)).not.toContain(401);
    expect((await fetch(`${tenant.graphUrl}/graph/v1.0/users`)).status).toBe(401);
    expect(new Set(tenant.teams.calls.map(({ headers }) => tenant.signIn.scopeOf(String(headers.authorization))))).toEqual(
      new Set(['https://api.botframework.com/.default']),
    );

    await replicas[1].logs('a person could not be told in Teams');
    expect(await replicas[1].terminate()).toEqual({ code: 0, signal: null });
    expect(tenant.output()).toContain(reference);
    expect(personalIn(tenant.output())).toEqual([]);
  });
});

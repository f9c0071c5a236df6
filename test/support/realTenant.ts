import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { sandboxGraph } from '../../src/sandbox/graph/graph.ts';
import { serve } from '../../src/sandbox/server.ts';
import { openShelf } from '../../src/sandbox/shelf.ts';
import { buttonsOf, cardIn, wordsOf } from '../bot/chats.ts';
import { freshDatabaseUrl } from './database.ts';
import { type ProgramProcess, startProcess } from './programProcess.ts';
import { startSignIn } from './signIn.ts';
import { activityFrom, type Card, type ConnectorCall, send, startTeamsClient } from './teamsClient.ts';
import { startTokenIssuer, type TokenChanges } from './tokenIssuer.ts';

const clientId = '00000000-0000-4000-8000-0000000000bb';
const tenantId = '00000000-0000-4000-8000-0000000000aa';
const clientSecret = 'pass-phrase-of-the-bot';
const directoryFile = 'src/sandbox/partnerships.yaml';

/** What a real tenant's operator sets, without the addresses. */
export const credentials = {
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: clientId,
  MicrosoftAppTenantId: tenantId,
  MicrosoftAppPassword: clientSecret,
  MASTER_KEY: Buffer.alloc(32, 'master').toString('base64'),
  DIRECTORY_FILE: directoryFile,
};

/** The people and agencies that the program is started with. */
export const directory = readDirectory(directoryFile, { onFaults: () => {} })();

/** A replica of the program that has said that it is ready. */
export type Replica = ProgramProcess & { port: number };

/**
 * A real tenant, and two replicas of the program in processes of their own: a fresh PostgreSQL database, Teams with its token
 * issuer, a sign-in address for @azure/identity, and the sandbox's Graph, which takes only that address's tokens for itself.
 * The people named in `blocked` have blocked the bot.
 * @throws Error without TEST_DATABASE_URL
 */
export async function openTenant({ blocked }: { blocked: string[] }) {
  const database = await freshDatabaseUrl();
  if (!database) throw new Error('TEST_DATABASE_URL is not set');
  const folder = mkdtempSync(join(tmpdir(), 'tenant-'));
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tenant-data-'));
  const teams = await startTeamsClient();
  teams.answers((call) => chatsIn(call, blocked));
  const issuer = await startTokenIssuer(clientId, teams.serviceUrl);
  const signIn = await startSignIn({ tenantId, clientId, clientSecret });
  const graph = sandboxGraph({
    people: directory.people,
    mailboxes: Object.values(directory.partnerships).map(({ mailbox }) => mailbox),
    shelf: openShelf(folder),
    clock: { now: () => Temporal.Now.instant() },
    accepts: (authorization) => signIn.scopeOf(authorization) === `${graphServer.url}/.default`,
  });
  const graphServer = await serve(0, [graph.handle]);

  const environment = {
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
  };
  const replicas = [startProcess(environment), startProcess(environment)];
  const close = async () => {
    await Promise.all(replicas.map((each) => each.kill()));
    await Promise.all([teams.close(), issuer.close(), signIn.close(), graphServer.close(), database.drop()]);
    for (const each of [folder, dataDirectory]) rmSync(each, { recursive: true, force: true });
  };
  const ready = async (replica: ProgramProcess): Promise<Replica> => {
    const { port = 0 } = await replica.logs('Conference Dissent is ready');
    return { ...replica, port };
  };
  const [one, another] = (await Promise.all(replicas.map(ready)).catch(async (fault) => {
    await close();
    throw fault;
  })) as [Replica, Replica];

  const activity = (person: string, changes: object) => {
    const { name, aadObjectId } = directory.people.find(({ id }) => id === person) ?? {};
    return activityFrom(teams.serviceUrl, {
      from: { id: `29:${person}`, name, aadObjectId },
      conversation: { id: `chat-${person}`, conversationType: 'personal', tenantId },
      ...changes,
    });
  };
  const sends = async ({ port }: Replica, sent: object, token: TokenChanges = {}) =>
    send(port, sent, { authorization: await issuer.bearer(token) });
  const pressing = (person: string, data: object) =>
    activity(person, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      text: undefined,
      replyToId: 'card-1',
      value: { action: { type: 'Action.Execute', data } },
    });
  const cardsOf = (person: string) =>
    teams.calls.filter(({ path, body }) => path.startsWith(`/v3/conversations/chat-${person}/`) && body?.attachments).map(cardIn);

  return {
    one,
    another,
    graph,
    graphUrl: environment.GRAPH_BASE_URL,
    dataDirectory,
    /** What each call to Teams was signed with: a scope of the sign-in address's token, or null for a token of anybody else's. */
    scopesInTeams: () => teams.calls.map(({ headers }) => signIn.scopeOf(String(headers.authorization))),
    /** A press as Teams would send it, of a button with this data. */
    pressing,
    /** Sends a replica an activity, with Teams' own token unless told otherwise; answers as the bot does. */
    sends,
    says: (to: Replica, person: string, text: string) => sends(to, activity(person, { text })),
    /** Presses a card's button by its title, with what was filled in; returns the card that comes back. */
    async presses(to: Replica, person: string, card: Card, title: string, inputs: object = {}): Promise<Card> {
      const button = buttonsOf(card).find((each) => each.title === title);
      if (!button) throw new Error(`there is no "${title}" among ${buttonsOf(card).map((each) => each.title)}`);
      const { status, body } = await sends(to, pressing(person, { ...button.data, ...inputs }));
      if (status !== 200 || body?.statusCode !== 200) throw new Error(`"${title}" was answered ${status} ${JSON.stringify(body)}`);
      return body.value as Card;
    },
    /** Every card that has reached a person's chat, oldest first. */
    cardsOf,
    /** The newest card in a person's chat that says this, as soon as there is one. */
    card: (person: string, words: string) => teams.until(() => cardsOf(person).findLast((card) => wordsOf(card).includes(words))),
    output: () => replicas.map((each) => each.output()).join('\n'),
    close,
  };
}

/** A chat that the bot opens with somebody is the one in which that person speaks to it. */
function chatsIn({ method, path, body }: ConnectorCall, blocked: string[]) {
  const by = blocked.find((person) => path.startsWith(`/v3/conversations/chat-${person}/`));
  if (by) return { status: 403, body: { error: { message: `Blocked by ${by}` } } };
  if (method !== 'POST' || path !== '/v3/conversations') return null;
  const [member] = (body as { members?: { id: string }[] }).members ?? [];
  return { status: 201, body: { id: `chat-${directory.people.find(({ aadObjectId }) => aadObjectId === member?.id)?.id}` } };
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { readConfig, type TenantConfig } from '../../src/config.ts';
import { doctor } from '../../src/doctor.ts';
import type { Finding } from '../../src/operate/doctor.ts';
import { type SandboxGraph, sandboxGraph } from '../../src/sandbox/graph/graph.ts';
import { openShelf } from '../../src/sandbox/shelf.ts';
import { guards } from '../../src/storage/audit/guards.ts';
import { conversations } from '../../src/storage/conversations.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { masterKeyVault } from '../../src/storage/keyVault.ts';
import { openKeys } from '../../src/storage/storeKeys.ts';
import { serve } from '../graph/graphServer.ts';
import { throwAwayCertificate } from '../support/certificate.ts';
import { freshDatabaseUrl } from '../support/database.ts';
import { credentials, directory } from '../support/realTenant.ts';
import { startTokenIssuer } from '../support/tokenIssuer.ts';

/** OP1: a tenant of stand-ins in which all is well, and then each single thing broken in turn. */

const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
const kept = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
let changes = 0;
const withText = (from: string | RegExp, to: string) =>
  kept(`changed-${++changes}.yaml`, readFileSync(credentials.DIRECTORY_FILE, 'utf8').replace(from, to));

type Broken = {
  settings?: Record<string, string>;
  /** Entra's refusal, of the sign-in to Teams or to Graph. */
  refusal?: { of: 'Teams' | 'Graph'; words: string };
  clock?: Temporal.DurationLike;
  graph?: (graph: SandboxGraph) => void;
  /** Answers in Graph's place, where it answers at all. */
  instead?: (path: string) => object | null;
  sql?: [breaks: string, mends: string];
};

const [withPostgres, unless] = process.env.TEST_DATABASE_URL
  ? [describe, '']
  : [describe.skip, ' (skipped: TEST_DATABASE_URL is not set, and a real tenant requires PostgreSQL)'];

withPostgres(`OP1: the doctor${unless}`, () => {
  let database: NonNullable<Awaited<ReturnType<typeof freshDatabaseUrl>>>;
  let issuer: Awaited<ReturnType<typeof startTokenIssuer>>;
  let mailed = 0;
  let usual: string[];
  beforeAll(async () => {
    database = (await freshDatabaseUrl())!;
    issuer = await startTokenIssuer(credentials.MicrosoftAppId, 'https://teams.example');
    const store = await openDatabase({ databaseUrl: database.url, dataDirectory: folder });
    const keys = await openKeys(store.kysely, masterKeyVault(credentials.MASTER_KEY));
    for (const { id, name } of directory.people) await conversations(store.kysely, keys).keep(id, {}, name);
    await store.close();
    usual = (await examined({})).map(said);
  });
  afterAll(async () => {
    await issuer.close();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const said = ({ look, state, says }: Finding) => `${look}: ${state}: ${says}`;

  /** What the doctor says of the tenant with something broken. */
  async function examined({ settings = {}, refusal, clock = { seconds: 0 }, graph: spoil, instead, sql }: Broken): Promise<Finding[]> {
    const graph = sandboxGraph({
      people: directory.people,
      mailboxes: Object.values(directory.partnerships).map(({ mailbox }) => mailbox),
      drives: Object.values(directory.partnerships).flatMap(({ library }) => (library ? [library.drive] : [])),
      shelf: openShelf(mkdtempSync(join(folder, 'graph-'))),
      clock: { now: () => Temporal.Now.instant() },
      accepts: (authorization) => authorization === 'Bearer a-token',
    });
    spoil?.(graph);
    const address = await serve(async (request, response) => {
      const other = instead?.(request.url ?? '');
      if (!other) return void (await graph.handle(request, response));
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(other));
    });
    const config = readConfig({
      ...credentials,
      DATABASE_URL: database.url,
      BotOpenIdMetadata: issuer.openIdMetadata,
      GRAPH_BASE_URL: `${address}/graph`,
      ...settings,
    }) as TenantConfig;
    const client = new pg.Client(database.url);
    await client.connect();
    if (sql) await client.query(sql[0]);
    try {
      return await doctor(
        config,
        () => ({
          async getToken(scope) {
            const of = String(scope).startsWith('https://api.botframework.com') ? 'Teams' : 'Graph';
            if (refusal?.of === of) throw new Error(refusal.words);
            return { token: 'a-token', expiresOnTimestamp: Date.now() + 3_600_000 };
          },
        }),
        () => Temporal.Now.instant().add(clock),
      );
    } finally {
      if (sql) await client.query(sql[1]);
      await client.end();
      mailed += graph.mail().length + graph.calendars().flatMap(({ events }) => events).length + graph.files().length;
    }
  }

  const refused = (method: string, path: string) => (graph: SandboxGraph) =>
    graph.misbehave({ method, path, what: 'refused', status: 403, code: 'ErrorAccessDenied', times: 1 });
  const certificate = throwAwayCertificate();
  const pem = kept('bot.pem', certificate.key + certificate.certificate);

  test('where all is well there is no fault, a line a thing, and nothing was sent, booked or filed', () => {
    expect(usual.filter((line) => !line.includes(': well: '))).toEqual([
      expect.stringMatching(/^The bot's credential: warning: when it runs out cannot be read/),
      expect.stringMatching(/^Database: warning: PostgreSQL \d+ is reached as \w+, and the way there is not encrypted/),
      expect.stringMatching(/^Guards of the evidence: warning: /),
    ]);
    expect(usual.length).toBeGreaterThan(15);
    expect(mailed).toBe(0);
  });

  const guard = guards[0]!;
  const broken: [what: string, Broken, line: RegExp, cure: RegExp][] = [
    [
      "the bot's secret has run out",
      { refusal: { of: 'Teams', words: 'AADSTS7000222: keys are expired.' } },
      /^Sign-in to Teams: fault: .*run out/,
      /new secret/,
    ],
    [
      "the bot's secret is wrong",
      { refusal: { of: 'Teams', words: 'AADSTS7000215: Invalid client secret.' } },
      /^Sign-in to Teams: fault: .*wrong/,
      /not its id/,
    ],
    [
      'the tenant knows no such app',
      { refusal: { of: 'Teams', words: 'AADSTS700016: not found' } },
      /^Sign-in to Teams: fault: .*no such app/,
      /app id/,
    ],
    [
      'the federated credential is for another',
      { refusal: { of: 'Teams', words: 'AADSTS700213: No match' } },
      /^Sign-in to Teams: fault: .*no such identity/,
      /subject/,
    ],
    [
      'there is no way to the sign-in address',
      { refusal: { of: 'Teams', words: 'getaddrinfo ENOTFOUND' } },
      /^Sign-in to Teams: fault: no token/,
      /login\.microsoftonline\.com/,
    ],
    [
      'the certificate runs out soon',
      { settings: { MicrosoftAppPassword: '', MicrosoftAppCertificatePath: pem } },
      /^The bot's credential: warning: it runs out on/,
      /new one/,
    ],
    [
      'the secret runs out soon',
      {
        instead: (path) =>
          path.includes('/applications')
            ? { passwordCredentials: [{ endDateTime: Temporal.Now.instant().add({ hours: 100 }).toString() }] }
            : null,
      },
      /^The bot's credential: warning: it runs out on .*, in 4 days/,
      /new one/,
    ],
    [
      'the signing keys cannot be fetched',
      { settings: { BotOpenIdMetadata: 'http://127.0.0.1:65530/' } },
      /^(Signing keys of Teams|Clock): fault: .*ECONNREFUSED/,
      /the way to it/,
    ],
    [
      'the calendar may not be written',
      { graph: refused('GET', '/calendar') },
      /^Calendar of camden: fault: Graph refuses it/,
      /Application Calendars\.ReadWrite/,
    ],
    [
      'the calendar offers no Teams meeting',
      { instead: (path) => (path.includes('/calendar?') ? { allowedOnlineMeetingProviders: [] } : null) },
      /^Calendar of \w+: warning: .*without a Teams link/,
      /licence with Teams/,
    ],
    [
      'a mailbox is not there',
      { settings: { DIRECTORY_FILE: withText('mailbox: conferences@camden', 'mailbox: nobody@camden') } },
      /^(Calendar|Free\/busy|Mail) of camden: fault: Graph answered 404/,
      /directory file/,
    ],
    ['mail may not be sent', { graph: refused('POST', '/sendMail') }, /^Mail of camden: fault: Graph refuses it/, /Application Mail\.Send/],
    [
      'free/busy may not be read',
      { graph: refused('POST', '/getSchedule') },
      /^Free\/busy of camden: (fault: Graph refuses it|warning: it cannot be read for \d+ of \d+ people)/,
      /calendar|free\/busy/,
    ],
    [
      'the library may not be opened',
      { graph: refused('GET', '/drives/') },
      /^Library of camden: fault: Graph refuses it/,
      /Sites\.Selected/,
    ],
    [
      'the library is not there',
      { graph: (graph) => graph.misbehave({ method: 'GET', path: '/drives/', what: 'refused', status: 404 }) },
      /^Library of camden: fault: Graph answered 404/,
      /libraries/,
    ],
    [
      'people may not be looked up',
      { graph: refused('GET', '/users/00000000') },
      /^People who are not in the directory file: warning/,
      /User\.Read\.All/,
    ],
    [
      'the database is not there',
      { settings: { DATABASE_URL: 'postgresql://dissent@127.0.0.1:1/none' } },
      /^Database: fault: it cannot be reached \(ECONNREFUSED\)/,
      /DATABASE_URL/,
    ],
    [
      'the master key is another',
      { settings: { MASTER_KEY: Buffer.alloc(32, 'other').toString('base64') } },
      /^Master key: fault: it does not open/,
      /MASTER_KEY/,
    ],
    [
      'a guard is switched off',
      {
        sql: [`ALTER TABLE ${guard.table} DISABLE TRIGGER ${guard.name}`, `ALTER TABLE ${guard.table} ENABLE ALWAYS TRIGGER ${guard.name}`],
      },
      /^Guards of the evidence: fault: /,
      /verify-audit/,
    ],
    [
      'somebody lacks the app',
      {
        sql: [
          "UPDATE conversation SET person = 'away' WHERE person = 'midwife'",
          "UPDATE conversation SET person = 'midwife' WHERE person = 'away'",
        ],
      },
      /^Who has the app: warning: .*1 of \d+ people: midwife\./,
      /setup policy/,
    ],
    [
      'the directory file has a fault',
      { settings: { DIRECTORY_FILE: withText('kind: statutory', 'kind: charity') } },
      /^Directory and procedures: fault: .*agencies\.[\w-]+\.kind/,
      /directory -- check/,
    ],
    [
      'the procedures are not there',
      { settings: { PROCEDURES_DIR: join(folder, 'nowhere') } },
      /^Directory and procedures: fault: .*nowhere/,
      /Mend that place/,
    ],
  ];
  test.each(broken)('names it, and the cure, where %s', async (_what, change, line, cure) => {
    const found = await examined(change);
    const news = found.filter((finding) => finding.state !== 'well' && !usual.includes(said(finding)));
    expect(news.length).toBeGreaterThan(0);
    for (const finding of news) {
      expect(said(finding)).toMatch(line);
      expect(finding.state === 'well' ? '' : finding.cure).toMatch(cure);
    }
    expect(mailed).toBe(0);
  });

  test("a machine's clock that is ten minutes wrong is a fault, and one minute a warning", async () => {
    const clock = async (minutes: number) => (await examined({ clock: { minutes } })).find(({ look }) => look === 'Clock')?.state;
    expect([await clock(10), await clock(-10), await clock(2), await clock(0)]).toEqual(['fault', 'fault', 'warning', 'well']);
  });

  test('a sign-in to Graph that is refused is told once, and not again for every mailbox', async () => {
    const found = await examined({ refusal: { of: 'Graph', words: 'AADSTS7000215: Invalid client secret.' } });
    const faults = found.filter(({ state }) => state === 'fault');
    expect(faults.map(({ look }) => look)).toEqual(['Sign-in to Graph']);
  });
});

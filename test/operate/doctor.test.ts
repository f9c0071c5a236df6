import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Finding } from '../../src/app/health.ts';
import { readConfig, type TenantConfig } from '../../src/config.ts';
import { doctor } from '../../src/doctor.ts';
import { sandboxGraph } from '../../src/sandbox/graph/graph.ts';
import { openShelf } from '../../src/sandbox/shelf.ts';
import { conversations } from '../../src/storage/conversations.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { masterKeyVault } from '../../src/storage/keyVault.ts';
import { openKeys } from '../../src/storage/storeKeys.ts';
import { serve } from '../graph/graphServer.ts';
import { throwAwayCertificate } from '../support/certificate.ts';
import { freshDatabaseUrl } from '../support/database.ts';
import { credentials, directory } from '../support/realTenant.ts';
import { startTokenIssuer } from '../support/tokenIssuer.ts';
import { type Broken, brokenThings } from './brokenThings.ts';

/** OP1: a tenant of stand-ins in which all is well, and then each single thing broken in turn. */

const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
const kept = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
let changes = 0;
const withText = (from: string | RegExp, to: string) =>
  kept(`changed-${++changes}.yaml`, readFileSync(credentials.DIRECTORY_FILE, 'utf8').replace(from, to));

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
  async function examined({
    settings = {},
    refusal,
    clock = { seconds: 0 },
    graph: spoil,
    instead,
    sql,
    keyVault,
  }: Broken): Promise<Finding[]> {
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
        keyVault,
      );
    } finally {
      if (sql) await client.query(sql[1]);
      await client.end();
      mailed += graph.mail().length + graph.calendars().flatMap(({ events }) => events).length + graph.files().length;
    }
  }

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

  test.each(brokenThings({ folder, pem, withText }))('names it, and the cure, where %s', async (_what, change, line, cure) => {
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

import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { caseSystemTold } from '../../src/app/jobs/tellCaseSystem.ts';
import type { Trail } from '../../src/app/ports.ts';
import { caseSystemReach } from '../../src/storage/caseSystemReach.ts';
import type { Database } from '../../src/storage/database.ts';
import { webhook } from '../../src/webhook/webhook.ts';
import { freshDatabase } from '../support/database.ts';

const secret = `whsec_${Buffer.alloc(32, 'secret').toString('base64')}`;
const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
/** What the receiver answers next, before it takes everything again. */
const answers: [status: number, headers?: Record<string, string>][] = [];
let server: Server;
let url: string;
let database: Database;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const [status, headers] = answers.shift() ?? [204];
    if (status < 300) heard.push({ headers: request.headers, body });
    response.writeHead(status, headers);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/changes`;
  database = await freshDatabase();
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
});
beforeEach(() => {
  heard.length = 0;
  answers.length = 0;
});

const change = { reference: 'DIS-27-001', number: 4, kind: 'DecisionMade', at: '2027-02-12T10:15:00Z' };

test('OP9: a case system hears the reference, the kind and the instant of a change, and nothing else, signed', async () => {
  await webhook({ url, secret }).tell(change);
  const [message] = heard;
  expect(new Webhook(secret).verify(message!.body, message!.headers as Record<string, string>)).toEqual({
    type: 'DecisionMade',
    timestamp: '2027-02-12T10:15:00Z',
    data: { reference: 'DIS-27-001' },
  });
  expect(message!.headers['webhook-id']).toBe('DIS-27-001.4');
  expect(() => new Webhook(secret).verify(message!.body.replace('001', '002'), message!.headers as Record<string, string>)).toThrow();
});

describe('OP9: what the receiver does not take', () => {
  test.each<[number, Record<string, string>, string, number | null]>([
    [429, { 'retry-after': '12' }, 'throttled', 12],
    [503, {}, 'unreachable', null],
    [401, {}, 'permission', null],
    [410, {}, 'not-found', null],
    [302, { location: 'http://elsewhere.example' }, 'rejected', null],
  ])('%i is %s', async (status, headers, kind, retryAfterSeconds) => {
    answers.push([status, headers]);
    await expect(webhook({ url, secret }).tell(change)).rejects.toMatchObject({ kind, retryAfterSeconds });
  });

  test('nobody who listens is told as out of reach', async () => {
    await expect(webhook({ url: 'http://127.0.0.1:1/', secret }).tell(change)).rejects.toMatchObject({ kind: 'unreachable' });
  });
});

test('OP9: each change is told once and in order; what failed is told again first, and what came meanwhile after it', async () => {
  const types = ['DissentRaised', 'ConferenceRecorded'];
  const load = async () =>
    ({ events: types.map((type, index) => ({ type, revision: index + 1, at: `2027-02-0${index + 1}T10:00:00Z` })) }) as unknown as Trail;
  const tell = caseSystemTold({ cases: { load }, caseSystem: webhook({ url, secret }), reach: caseSystemReach(database.kysely) });
  const done = () => tell('DIS-27-001', null, 1, new AbortController().signal);
  answers.push([200], [503]);
  await expect(done()).rejects.toMatchObject({ kind: 'unreachable' });
  types.push('DecisionMade');
  await done();
  await done();
  expect(heard.map(({ headers }) => headers['webhook-id'])).toEqual(['DIS-27-001.1', 'DIS-27-001.2', 'DIS-27-001.3']);
});

import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sandboxAdapter } from '../../src/bot/adapter.ts';
import { receiver } from '../../src/bot/receive.ts';
import { botServer } from '../../src/bot/server.ts';
import { activityFrom, send, startTeamsClient } from '../support/teamsClient.ts';
import { keptLog } from './keptLog.ts';
import { startProgram } from './program.ts';

const log = keptLog();
const taken: string[] = [];
let teams: Awaited<ReturnType<typeof startTeamsClient>>;
let server: ReturnType<typeof botServer>;
let port: number;
let isReady: () => Promise<boolean> = async () => true;

beforeAll(async () => {
  teams = await startTeamsClient();
  const receive = receiver(
    sandboxAdapter(log),
    null,
    async ({ activity }) => {
      if (activity.text === 'fail') throw new Error('the database of a certain child is gone');
      taken.push(activity.type);
    },
    log,
  );
  server = botServer({ receive, ready: () => isReady(), log, limits: { bytes: 4096, milliseconds: 150, depth: 10 } });
  port = await server.listen(0, '127.0.0.1');
});
beforeEach(() => {
  taken.length = 0;
  isReady = async () => true;
});
afterAll(async () => {
  await server.close();
  await teams.close();
});

const alive = async () => expect((await send(port, activityFrom(teams.serviceUrl))).status).toBe(200);
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

/** Writes to the bot's socket as it is; returns what comes back until the bot closes the connection. */
function raw(lines: string[], then: 'wait' | 'hang up' = 'wait'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(lines.join('\r\n'));
      if (then === 'hang up') socket.destroy();
    });
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
const head = (length: number) => [
  'POST /api/messages HTTP/1.1',
  'Host: bot',
  'Content-Type: application/json',
  `Content-Length: ${length}`,
  '',
  '',
];

describe('issue 2, bad input: an activity gets the right status and nothing else happens', () => {
  test('a well-formed activity is taken', async () => {
    expect(await send(port, activityFrom(teams.serviceUrl))).toMatchObject({ status: 200 });
    expect(taken).toEqual(['message']);
  });

  test('an activity of an unknown type is taken without a word', async () => {
    expect(await send(port, activityFrom(teams.serviceUrl, { type: 'unheardOf' }))).toMatchObject({ status: 200, text: '' });
  });

  const malformed: [string, unknown][] = [
    ['no JSON', '{"type":'],
    ['not an object', 'null'],
    ['a list', '[]'],
    ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['too deep', JSON.stringify({ value: nested(11) })],
    ['a prototype key', '{"value":{"__proto__":{"admin":true}}}'],
    ['a constructor key', '{"value":{"constructor":{}}}'],
  ];
  test.each(malformed)('a body that is %s: 400', async (_what, body) => {
    expect(await send(port, body)).toMatchObject({ status: 400, text: '' });
    expect(taken).toEqual([]);
  });

  const changes: [string, Record<string, unknown>][] = [
    ['no type', { type: undefined }],
    ['a type that is no text', { type: 7 }],
    ['no channelId', { channelId: undefined }],
    ['no serviceUrl', { serviceUrl: undefined }],
    ['a serviceUrl that is no address of the web', { serviceUrl: 'file:///etc/passwd' }],
    ['no sender', { from: undefined }],
    ['no conversation', { conversation: undefined }],
    ['a conversation without an id', { conversation: {} }],
    ['text that is no text', { text: { $ne: null } }],
    ['members that are no list', { membersAdded: 'all' }],
  ];
  test.each(changes)('an activity with %s: 400', async (_what, change) => {
    expect(await send(port, activityFrom(teams.serviceUrl, change))).toMatchObject({ status: 400, text: '' });
    expect(taken).toEqual([]);
  });

  test('a body that is too large: 413, whether it says so or not, and the connection is closed', async () => {
    expect(await send(port, 'x'.repeat(5000))).toMatchObject({ status: 413, text: '' });
    const chunk = 'x'.repeat(5000);
    const chunked = [
      'POST /api/messages HTTP/1.1',
      'Host: bot',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
      '',
      chunk.length.toString(16),
      chunk,
      '',
    ];
    const answer = await raw(chunked);
    expect(answer).toMatch(/^HTTP\/1.1 413 .*connection: close/is);
    expect(taken).toEqual([]);
  });

  test.each([
    ['gzip', gzipSync('{}')],
    ['gzip', new Uint8Array([1, 2, 3])],
    ['br', new Uint8Array([1])],
  ])('a body in %s, good or bad: 415, and the process lives', async (encoding, body) => {
    expect(await send(port, body, { 'content-encoding': encoding })).toMatchObject({ status: 415, text: '' });
    await alive();
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16'])(
    'a body of type %s: 415',
    async (type) => {
      expect(await send(port, '{}', { 'content-type': type })).toMatchObject({ status: 415 });
    },
  );

  test('a body that does not come: 408, and the connection is closed', async () => {
    expect(await raw([...head(100), '{'])).toMatch(/^HTTP\/1.1 408 /);
  });

  test('a body that breaks off does no harm', async () => {
    await raw([...head(100), '{"type"'], 'hang up');
    await alive();
    expect(log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('other addresses and methods: 404 and 405', async () => {
    expect((await fetch(`http://127.0.0.1:${port}/api/else`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/api/messages`)).status).toBe(405);
  });
});

describe('design 2, house rule 4: a fault is told to the operator and not to the caller', () => {
  test('a turn that fails is answered in one plain sentence', async () => {
    const answer = await send(port, activityFrom(teams.serviceUrl, { text: 'fail' }));
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(teams.calls.at(-1)?.body?.text).toBe(
      'Something went wrong here, so there is no answer to this yet. Please say it again in a minute.',
    );
    expect(log.entries.at(-1)).toMatchObject({ level: 'error', message: 'a turn in Teams failed', facts: { activity: 'message' } });
  });

  test('a press that fails is answered to its presser', async () => {
    const { status, body } = await send(
      port,
      activityFrom(teams.serviceUrl, { type: 'invoke', name: 'adaptiveCard/action', text: 'fail' }),
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: expect.stringContaining('I do not know whether this was done. Please press the same button again'),
    });
  });
});

describe('design 6: /healthz and /readyz', () => {
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return [response.status, await response.json()];
  };

  test('the process is up', async () => {
    expect(await get('/healthz')).toEqual([200, { up: true }]);
  });

  test('it is ready when what it needs answers, and says 503 and no more when that fails', async () => {
    expect(await get('/readyz')).toEqual([200, { ready: true }]);
    isReady = async () => false;
    expect(await get('/readyz')).toEqual([503, { ready: false }]);
    isReady = async () => Promise.reject(new Error('password authentication failed for user "dissent"'));
    expect(await get('/readyz')).toEqual([503, { ready: false }]);
    expect(await get('/healthz')).toEqual([200, { up: true }]);
  });
});

describe('design 8: a sandbox', () => {
  test('listens on 127.0.0.1 only', async () => {
    const program = await startProgram();
    expect((await fetch(`http://127.0.0.1:${program.port}/healthz`)).status).toBe(200);
    await expect(fetch(`http://127.0.0.2:${program.port}/healthz`)).rejects.toThrow();
    await program.close();
  });
});

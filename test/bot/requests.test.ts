import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { bodyLimits } from '../../src/bot/readBody.ts';
import { botServer } from '../../src/bot/server.ts';
import { keptLog } from './keptLog.ts';

/** Requests as no well-meant client sends them, written to the socket byte by byte, against the limits of the real thing but for time. */

const MILLISECONDS = 250;
const log = keptLog();
const taken: unknown[] = [];
let server: ReturnType<typeof botServer>;
let port: number;

beforeAll(async () => {
  const receive = async (body: unknown) => {
    taken.push(body);
    return { status: 200 };
  };
  server = botServer({ receive, ready: async () => true, log, limits: { ...bodyLimits, milliseconds: MILLISECONDS } });
  port = await server.listen(0, '127.0.0.1');
});
afterEach(async () => {
  taken.length = 0;
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  expect(log.entries).toEqual([]);
});
afterAll(() => server.close());

/** Opens a connection, lets `write` have it, and returns all that came back once the bot has closed it. */
function told(write: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => write(socket));
    socket.on('data', (chunk) => (answer += chunk));
    // A body that is refused before all of it has come is cut off.
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}

const head = (headers: Record<string, string | number>, request = 'POST /api/messages') =>
  [
    `${request} HTTP/1.1`,
    ...Object.entries({ host: 'bot', 'content-type': 'application/json', ...headers }).map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n');
const whole = (body: string | Uint8Array, headers: Record<string, string | number> = {}) =>
  told((socket) => {
    socket.write(head({ 'content-length': Buffer.byteLength(body), connection: 'close', ...headers }));
    socket.write(body);
  });
const statusesIn = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

const brackets = (count: number) => '['.repeat(count) + ']'.repeat(count);
const bodies: [string, string | Uint8Array][] = [
  ['nothing at all', ''],
  ['a name given twice', '{"from":{"id":"a"},"from":{"id":"b"}}'],
  ['a name given twice, once in disguise', '{"id":1,"\\u0069d":2}'],
  ['a name given twice, deep inside', '{"value":[{"action":{"verb":"a","verb":"b"}}]}'],
  ['a prototype, in disguise', '{"\\u005f_proto__":{"admin":true}}'],
  ['a prototype, deep inside', '{"value":{"action":[{"data":{"__proto__":1}}]}}'],
  ['more than one value', '{}{}'],
  ['no JSON but JavaScript', "{verb:'refer'}"],
  ['lists in lists, as many as there is room for', brackets(bodyLimits.bytes / 2)],
  ['lists in lists, one too many', brackets(bodyLimits.depth + 1)],
  ['lists that are never closed', '['.repeat(bodyLimits.bytes)],
  ['a zero byte', new Uint8Array([0x22, 0, 0x22])],
  ['a slash in too many bytes', new Uint8Array([0x22, 0xc0, 0xaf, 0x22])],
  ['half of a character', new Uint8Array([0x22, 0xe2, 0x82, 0x22])],
  ['UTF-16', Buffer.from('{"type":"message"}', 'utf16le')],
];
test.each(bodies)('issue 5, the request reader: a body that is %s is 400', async (_what, body) => {
  expect(statusesIn(await whole(body))).toEqual([400]);
  expect(taken).toEqual([]);
});

test('issue 5, the request reader: what only looks like a name given twice is no fault', async () => {
  const body = { text: '"id":1,"id":2', from: { id: 'a"', name: '\\' }, recipient: { id: ':' }, list: [{ id: 1 }, { id: 2 }, 'id', 'id'] };
  expect(statusesIn(await whole(JSON.stringify(body)))).toEqual([200]);
  expect(statusesIn(await whole('{ "a" : { "a"\n:\t1 } , "b":"a:" }'))).toEqual([200]);
  expect(taken).toHaveLength(2);
});

test('issue 5, the request reader: 50 MB are refused before they are read, announced or not, zipped or not', async () => {
  const before = process.memoryUsage().rss;
  expect(statusesIn(await told((socket) => socket.write(head({ 'content-length': 50_000_000 }))))).toEqual([413]);
  const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
  const flood = await told((socket) => {
    socket.write(head({ 'transfer-encoding': 'chunked' }));
    for (let sent = 0; sent < 50_000_000 && socket.writable; sent += 65_536) socket.write(chunk);
  });
  // The answer may be lost with the connection, which is cut while the flood still comes.
  expect(statusesIn(flood).filter((status) => status !== 413)).toEqual([]);
  const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
  expect(statusesIn(await whole(bomb, { 'content-encoding': 'gzip' }))).toEqual([415]);
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  expect(taken).toEqual([]);
});

test('issue 5, the request reader: a body that comes byte by byte has no more time than one that does not come', async () => {
  const begun = performance.now();
  const trickled = told((socket) => {
    socket.write(head({ 'content-length': 1000 }));
    const trickle = setInterval(() => socket.write(' '), 20);
    socket.on('close', () => clearInterval(trickle));
  });
  expect(statusesIn(await trickled)).toEqual([408]);
  expect(performance.now() - begun).toBeLessThan(MILLISECONDS + 2000);
  expect(server.server).toMatchObject({ headersTimeout: 15_000, requestTimeout: 30_000, keepAliveTimeout: 75_000 });
});

test('issue 5, the request reader: bodies that break off, by the hundred, leave nothing behind', async () => {
  const broken = () =>
    told((socket) => {
      socket.write(`${head({ 'content-length': 1000 })}{"type":`, () => socket.destroy());
    });
  await Promise.all(Array.from({ length: 100 }, broken));
  expect(taken).toEqual([]);
});

const oddities: [string, string, number[]][] = [
  ['a header that is too large', head({ 'content-length': 2, 'x-large': 'a'.repeat(20_000) }), [431]],
  ['more headers than there is room for', head(Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`x-${at}`, 'a']))), [431]],
  ['two lengths', head({ 'content-length': '2\r\ncontent-length: 3' }), [400]],
  ['a length below nothing', head({ 'content-length': -1 }), [400]],
  ['a length and chunks at once', head({ 'content-length': 5, 'transfer-encoding': 'chunked' }), [400]],
  ['a chunk of no size', `${head({ 'transfer-encoding': 'chunked' })}zz\r\n`, [400]],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', [400]],
  ['no HTTP', '\x16\x03\x01\x02\r\n\r\n', [400]],
  ['a wish that nobody grants', `${head({ 'content-length': 2, expect: 'miracle', connection: 'close' })}{}`, [417]],
  ['a wish to be a tunnel', head({ connection: 'close' }, 'CONNECT elsewhere.example:443'), []],
  ['a second, forbidden encoding', `${head({ 'content-length': 2, 'content-encoding': 'identity\r\ncontent-encoding: gzip' })}{}`, [415]],
  ['an address that cannot be read', head({ connection: 'close' }, 'GET /api/%zz'), [404]],
];
test.each(oddities)('issue 5, the request reader: %s is refused', async (_what, written, statuses) => {
  expect(statusesIn(await told((socket) => socket.write(written)))).toEqual(statuses);
  expect(taken).toEqual([]);
});

test('issue 5, the request reader: a request to change protocol is read as the request that it is, and nothing stays open', async () => {
  const upgrade = { connection: 'close, Upgrade', upgrade: 'websocket' };
  expect(statusesIn(await whole('{}', upgrade))).toEqual([200]);
  expect(statusesIn(await told((socket) => socket.write(head(upgrade, 'GET /api/messages'))))).toEqual([405]);
});

test('issue 5, the request reader: requests sent in one breath are answered in order, and a body that was not read is never taken for one', async () => {
  const one = (body: string, headers: Record<string, string> = {}) => head({ 'content-length': body.length, ...headers }) + body;
  const good = await told((socket) => socket.write(one('[1]') + one('[2]') + head({ connection: 'close' }, 'GET /healthz')));
  expect(statusesIn(good)).toEqual([200, 200, 200]);
  expect(taken).toEqual([[1], [2]]);
  const bad = await told((socket) => socket.write(one(one('[3]'), { 'content-encoding': 'gzip' })));
  expect(statusesIn(bad)).toEqual([415]);
  expect(taken).toHaveLength(2);
});

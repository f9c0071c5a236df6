import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type BotServer, botServer } from '../../src/bot/server.ts';
import { keptLog } from './keptLog.ts';

/** OP3: how the server leaves, over sockets as proxies and Teams hold them. Times are in milliseconds. */

const PATIENCE = { drain: 0, inHand: 10_000 };
let server: BotServer;
let port: number;
let taken: PromiseWithResolvers<void>;
let answer: PromiseWithResolvers<void>;

beforeEach(async () => {
  taken = Promise.withResolvers();
  answer = Promise.withResolvers();
  const receive = async () => {
    taken.resolve();
    await answer.promise;
    return { status: 200 };
  };
  server = botServer({ receive, ready: async () => true, log: keptLog() });
  port = await server.listen(0, '127.0.0.1');
});
afterEach(() => server.close({ drain: 0, inHand: 0 }));

/** A connection, what it has been told so far, and when the server ends it. */
async function connected(): Promise<{ socket: Socket; told(): string; until(words: string): Promise<void>; ended: Promise<unknown> }> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  const until = async (words: string) => {
    while (!heard.includes(words)) await once(socket, 'data');
  };
  return { socket, told: () => heard, until, ended: once(socket, 'close') };
}

const asking = (path: string) => `GET ${path} HTTP/1.1\r\nHost: bot\r\n\r\n`;
const pressing = 'POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

describe('OP3: a server that is to leave', () => {
  test('a kept-alive connection and one with half a header are ended at once after the drain', async () => {
    const kept = await connected();
    kept.socket.write(asking('/healthz'));
    await kept.until('{"up":true}');
    const half = await connected();
    half.socket.write('GET /readyz HTTP/1.1\r\nHost: bo');
    const silent = await connected();
    await server.close(PATIENCE);
    await Promise.all([kept.ended, half.ended, silent.ended]);
    expect(kept.told()).toContain('Connection: keep-alive');
    expect(half.told()).toBe('');
  });

  test('while it drains it is not ready, answers newcomers still, and each answer ends its connection', async () => {
    const before = await connected();
    const leaving = server.close({ drain: 300, inHand: 10_000 });
    const newcomer = await connected();
    for (const each of [before, newcomer]) {
      each.socket.write(asking('/readyz'));
      await each.ended;
      expect(each.told()).toMatch(/^HTTP\/1\.1 503 .*Connection: close.*\{"ready":false\}$/s);
    }
    await leaving;
    const late = connect(port, '127.0.0.1');
    expect(await once(late, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }]);
  });

  test('a press in hand is answered before it leaves, and the answer ends the connection', async () => {
    const pressed = await connected();
    pressed.socket.write(pressing);
    await taken.promise;
    const leaving = server.close(PATIENCE);
    answer.resolve();
    await leaving;
    await pressed.ended;
    expect(pressed.told()).toMatch(/^HTTP\/1\.1 200 .*Connection: close/s);
  });

  test('steady requests do not keep it: each is answered whole, or refused before it was taken', async () => {
    const statuses: number[] = [];
    const caller = async () => {
      for (;;) {
        const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
        if (!response) return;
        statuses.push(response.status);
        expect(await response.json()).toEqual({ up: true });
      }
    };
    const callers = Array.from({ length: 10 }, caller);
    await server.close({ drain: 200, inHand: 10_000 });
    await Promise.all(callers);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test('what is never answered is cut off in the end', async () => {
    const pressed = await connected();
    pressed.socket.write(pressing);
    await taken.promise;
    await server.close({ drain: 0, inHand: 100 });
    await pressed.ended;
    expect(pressed.told()).toBe('');
  });
});

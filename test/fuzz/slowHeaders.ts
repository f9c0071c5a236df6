import { connect } from 'node:net';
import { botServer } from '../../src/bot/server.ts';
import { keptLog } from '../bot/keptLog.ts';

/**
 * Has so many callers send one byte of a header every second. Answers the longest that any of them was borne with, and the longest that
 * somebody well-meaning waited meanwhile, both in milliseconds. @throws Error when one is borne with for longer than a minute
 */
export async function slowHeaders(callers: number): Promise<{ callers: number; longestBorne: number; longestWait: number }> {
  const server = botServer({ receive: async () => ({ status: 200 }), ready: async () => true, log: keptLog() });
  const port = await server.listen(0, '127.0.0.1');
  const borne = Promise.all(Array.from({ length: callers }, () => neverEnding(port)));
  const waits: number[] = [];
  const asking = setInterval(async () => {
    const begun = performance.now();
    await fetch(`http://127.0.0.1:${port}/healthz`);
    waits.push(performance.now() - begun);
  }, 500);
  const longestBorne = Math.round(Math.max(...(await borne)));
  clearInterval(asking);
  await server.close();
  if (longestBorne > 60_000) throw new Error(`a caller was borne with for ${longestBorne} ms`);
  return { callers, longestBorne, longestWait: Math.round(Math.max(...waits)) };
}

/** How long, in milliseconds, until the bot ends the connection. */
function neverEnding(port: number): Promise<number> {
  return new Promise((resolve) => {
    const begun = performance.now();
    const socket = connect(port, '127.0.0.1', () => socket.write('POST /api/messages HTTP/1.1\r\nHost: bot\r\nX-Slow: '));
    const drip = setInterval(() => socket.write('a'), 1000);
    socket.on('data', () => {});
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(drip);
      resolve(performance.now() - begun);
    });
  });
}

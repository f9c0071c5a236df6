import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSandbox } from '../../src/sandbox/startSandbox.ts';
import { freshDatabase } from '../support/database.ts';

let dataDirectory: string;
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'start-'));
});
afterEach(() => rmSync(dataDirectory, { recursive: true, force: true }));

/** A port that nobody has just now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const ASKED: [string, string, object?][] = [
  ['GET', '/people'],
  ['GET', '/clock'],
  ['PUT', '/clock', { now: '2037-01-12T15:10:00Z' }],
  ['GET', '/chats/gp'],
  ['POST', '/chats/gp/messages', { text: 'help' }],
  ['GET', '/jobs'],
  ['GET', '/cases'],
];

/** A sandbox of which everything is asked while its store is being opened; `opens` is what comes of that. */
async function startAsked(opens: typeof freshDatabase) {
  const sandboxPort = await freePort();
  const address = `http://127.0.0.1:${sandboxPort}`;
  let answered = 0;
  const answers: Promise<number>[] = [];
  const ask = async ([method, path, body]: (typeof ASKED)[number]) => {
    const response = await fetch(address + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    answered++;
    await response.text();
    return response.status;
  };
  const starting = startSandbox({
    port: 0,
    sandboxPort,
    dataDirectory,
    proceduresDirectory: 'procedures',
    directoryFile: 'src/sandbox/partnerships.yaml',
    graphBaseUrl: null,
    async openDatabase() {
      answers.push(...ASKED.map(ask));
      for (const answer of answers) answer.catch(() => {});
      // What stands in for Microsoft is there already, and answers after those that came before it would have.
      expect((await fetch(`${address}/graph/v1.0/nothing`)).status).not.toBe(200);
      expect(answered).toBe(0);
      return opens();
    },
    log: { info: () => {}, warn: () => {}, error: console.error },
  });
  return { starting, answers };
}

test('design 9: whatever is asked of the control while the sandbox starts is answered once it has', async () => {
  const { starting, answers } = await startAsked(freshDatabase);
  const sandbox = await starting;
  try {
    expect(await Promise.all(answers)).toEqual(ASKED.map(() => 200));
  } finally {
    await sandbox.close();
  }
});

test('design 9: where the sandbox cannot start, nobody who has asked waits for ever', async () => {
  const { starting, answers } = await startAsked(() => Promise.reject(new Error('no store')));
  await expect(starting).rejects.toThrow('no store');
  for (const { status } of await Promise.allSettled(answers)) expect(status).toBe('rejected');
});

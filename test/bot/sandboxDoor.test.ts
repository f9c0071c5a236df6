import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { openPartnership, type Partnership } from '../journeys/partnership.ts';
import { startProcess } from '../support/programProcess.ts';

let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2027-01-12T15:10:00Z');
});
afterAll(() => camden.close());

const doors = () => ({ bot: camden.botPort, control: Number(new URL(camden.base).port) });

/** Asks as no fetch would: under any name for the machine, and from any page. Returns the status. */
function asks(port: number, request: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = Object.entries({ connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}`);
    const socket = connect(port, '127.0.0.1', () => socket.write([`${request} HTTP/1.1`, ...lines, '', ''].join('\r\n')));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('close', () => resolve(answer.slice(9, 12)));
    socket.on('error', reject);
  });
}

describe('issue 5, nobody gets in: the sandbox, which believes everybody', () => {
  test('both its doors are on 127.0.0.1 and on no other address of the machine', async () => {
    for (const port of Object.values(doors())) {
      expect((await asks(port, 'GET /healthz', { host: `127.0.0.1:${port}` })).length).toBe(3);
      await expect(fetch(`http://127.0.0.2:${port}/healthz`)).rejects.toThrow();
      await expect(fetch(`http://[::1]:${port}/healthz`)).rejects.toThrow();
    }
  });

  const names = ['evil.example', 'evil.example:3980', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1', '[::1]', ''];
  test.each(names)('a page that has itself taken for this machine, as "%s", is refused at both doors', async (host) => {
    const { bot, control } = doors();
    for (const request of ['GET /people', 'GET /chats/chair', 'PUT /clock', 'POST /chats/chair/messages', 'GET /graph/v1.0/users'])
      expect([request, await asks(control, request, { host })]).toEqual([request, '403']);
    for (const request of ['POST /api/messages', 'GET /healthz'])
      expect([request, await asks(bot, request, { host })]).toEqual([request, '403']);
  });

  const pages = ['https://evil.example', 'null', 'http://localhost.evil.example', 'https://localhost', 'file://'];
  test.each(pages)('a page of %s that asks by its own name is refused at both doors', async (origin) => {
    const { bot, control } = doors();
    const body = { 'content-type': 'text/plain', 'content-length': '0', origin };
    expect(await asks(control, 'POST /chats/chair/messages', { ...body, host: `127.0.0.1:${control}` })).toBe('403');
    expect(await asks(bot, 'POST /api/messages', { ...body, host: `localhost:${bot}` })).toBe('403');
    expect(await asks(bot, 'OPTIONS /api/messages', { ...body, host: `localhost:${bot}` })).toBe('403');
  });

  test('its own page, and clients on the machine, are answered', async () => {
    const { bot, control } = doors();
    for (const host of [`127.0.0.1:${control}`, `localhost:${control}`]) {
      expect(await asks(control, 'GET /people', { host })).toBe('200');
      expect(await asks(control, 'GET /people', { host, origin: `http://${host}` })).toBe('200');
    }
    expect(await asks(bot, 'GET /healthz', { host: `localhost:${bot}` })).toBe('200');
  });
});

describe('issue 5, nobody gets in: no sandbox beside real credentials', () => {
  const secrets = {
    MicrosoftAppPassword: 'pass-phrase-of-the-bot',
    MicrosoftAppTenantId: '00000000-0000-4000-8000-0000000000aa',
    MicrosoftAppType: 'SingleTenant',
    AZURE_CLIENT_SECRET: 'pass-phrase-of-graph',
    AZURE_CLIENT_CERTIFICATE_PATH: 'app.pem',
  };
  test.each(Object.entries(secrets))('%s without an app id stops the start, and is told by name alone', (name, value) => {
    const starting = () => readConfig({ [name]: value });
    expect(starting).toThrow(`${name}: set without MicrosoftAppId`);
    expect(starting).not.toThrow(value);
  });

  test('the program itself ends, and its doors never open', async () => {
    const program = startProcess({ AZURE_CLIENT_SECRET: secrets.AZURE_CLIENT_SECRET, PORT: '0', SANDBOX_PORT: '0' });
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.output()).toContain('nothing was started');
    expect(program.output()).not.toContain(secrets.AZURE_CLIENT_SECRET);
  });
});

import { constants, generateKeyPairSync, privateDecrypt, publicEncrypt, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig, type TenantConfig } from '../../src/config.ts';
import { azureKeyVaultWrap, type MasterKeyWrap, masterKeysOf } from '../../src/masterKey.ts';
import { throwAwayCertificate } from '../support/certificate.ts';
import { credentials } from '../support/realTenant.ts';

/** As much of Key Vault's REST interface as is used, over https as the SDK demands: the challenge, the key, and what it wraps. */
const VERSION = '0123456789abcdef0123456789abcdef';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
const asked: string[] = [];
const deed: { refused: boolean } = { refused: false };
let server: Server;
let keyId: string;
let wrap: MasterKeyWrap;

beforeAll(async () => {
  const { key, certificate } = throwAwayCertificate();
  server = createServer({ key, cert: certificate }, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const path = new URL(request.url ?? '', 'https://localhost').pathname;
    const say = (status: number, answer: object, headers = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(answer));
    };
    if (request.headers.authorization !== 'Bearer a-token')
      return say(
        401,
        {},
        { 'www-authenticate': 'Bearer authorization="https://login.example/tenant", resource="https://vault.azure.net"' },
      );
    asked.push(`${request.method} ${path}`);
    if (deed.refused) return say(403, { error: { code: 'Forbidden', message: 'The caller may not.' } });
    const { n, e } = publicKey.export({ format: 'jwk' });
    if (request.method === 'GET') return say(200, { key: { kid: keyId, kty: 'RSA', n, e, key_ops: ['wrapKey', 'unwrapKey'] } });
    const { alg, value } = JSON.parse(body) as { alg: string; value: string };
    if (alg !== 'RSA-OAEP-256') return say(400, { error: { code: 'BadParameter' } });
    const bytes = Buffer.from(value, 'base64url');
    const deeds = {
      wrapkey: publicEncrypt.bind(null, { key: publicKey, ...oaep }),
      unwrapkey: privateDecrypt.bind(null, { key: privateKey, ...oaep }),
    };
    try {
      const result = deeds[path.endsWith('/unwrapkey') ? 'unwrapkey' : 'wrapkey'](bytes);
      return say(200, { kid: keyId, value: result.toString('base64url') });
    } catch {
      return say(400, { error: { code: 'BadParameter', message: 'It was not wrapped by this key.' } });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  keyId = `https://127.0.0.1:${(server.address() as AddressInfo).port}/keys/dissent/${VERSION}`;
  wrap = azureKeyVaultWrap(
    keyId,
    { getToken: async () => ({ token: 'a-token', expiresOnTimestamp: Date.now() + 3_600_000 }) },
    { disableChallengeResourceVerification: true, tlsOptions: { ca: certificate }, retryOptions: { maxRetries: 0 } },
  );
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const tenant = (settings: Record<string, string>) =>
  readConfig({ ...credentials, DATABASE_URL: 'postgresql://dissent@db.example/dissent', ...settings }) as TenantConfig;

test('OP5: given a master key that a key vault wrapped, when the program starts, then the vault unwraps it, and the setting alone opens nothing', async () => {
  const masterKey = randomBytes(32).toString('base64');
  const wrapped = await wrap.wrap(masterKey);
  expect(wrapped).not.toContain(masterKey);
  const config = tenant({ MASTER_KEY: wrapped, MASTER_KEY_VAULT: keyId, MASTER_KEY_PREVIOUS: credentials.MASTER_KEY });
  asked.length = 0;
  expect(await masterKeysOf(config, wrap)).toEqual({ current: masterKey, previous: credentials.MASTER_KEY });
  expect(asked.filter((each) => each.endsWith('/unwrapkey'))).toEqual([`POST /keys/dissent/${VERSION}/unwrapkey`]);
});

test('OP5: a vault that refuses is told in one sentence with what to check, and without the key', async () => {
  deed.refused = true;
  const refused = wrap.unwrap(randomBytes(256).toString('base64'));
  await expect(refused).rejects.toThrow(`The key vault did not unwrap the master key (403). Check that ${keyId} is there and enabled`);
  deed.refused = false;
  await expect(wrap.unwrap(randomBytes(256).toString('base64'))).rejects.toThrow('did not unwrap the master key');
});

test.each([
  [{ MASTER_KEY_VAULT: `https://vault.example/keys/dissent/${VERSION}` }, 'MASTER_KEY: is not wrapped'],
  [{ MASTER_KEY: randomBytes(256).toString('base64') }, 'MASTER_KEY_VAULT: missing'],
  [{ MASTER_KEY_VAULT: 'https://vault.example/keys/dissent' }, 'MASTER_KEY_VAULT: use the "Key Identifier"'],
])('OP5: a master key and a key vault that do not go together are refused at start: %#', (settings, fault) => {
  expect(() => tenant(settings)).toThrow(fault);
});

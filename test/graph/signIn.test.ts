import type { AccessToken, TokenCredential } from '@azure/identity';
import { describe, expect, test } from '@jest/globals';
import { graphClient } from '../../src/graph/client.ts';
import { graphOverHttp } from './graphServer.ts';

const SOMEBODY = '00000000-0000-4000-8000-000000000003';

function credentialOf(getToken: (scope: string | string[]) => Promise<AccessToken | null>): TokenCredential {
  return { getToken };
}

const token = { token: 'sandbox-token', expiresOnTimestamp: 4_000_000_000_000 };
const accepts = (authorization: string | undefined) => authorization === 'Bearer sandbox-token';

describe('design 10: signing in to Graph', () => {
  test('50 cold requests at once make one token request, for the scope of the address, and all are signed', async () => {
    const scopes: unknown[] = [];
    const credential = credentialOf(async (scope) => {
      scopes.push(scope);
      return token;
    });
    const { calendars, address, exchanges } = await graphOverHttp({ credential, accepts });

    await Promise.all(Array.from({ length: 50 }, () => calendars.mailboxOf(SOMEBODY)));

    expect(exchanges.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(scopes).toEqual([`${address}/.default`]);
  });

  test('without a credential no Authorization is sent', async () => {
    const { calendars, exchanges } = await graphOverHttp();

    await calendars.mailboxOf(SOMEBODY);

    expect(exchanges[0]?.headers).not.toHaveProperty('authorization');
  });

  test.each([
    ['with a claims challenge', `Bearer realm="", error="insufficient_claims", claims="${btoa('{"access_token":{"nbf":{"value":"1"}}}')}"`],
    ['without one', 'Bearer realm=""'],
    ['with one that cannot be read', 'Bearer claims="%%%"'],
    ['with no header', undefined],
  ])('OB11: after a 401 %s it is sent once more with a fresh token', async (_, challenge) => {
    const asked: unknown[] = [];
    const credential: TokenCredential = {
      getToken: async (_scope, options) => {
        asked.push(options?.claims);
        return options?.claims === undefined ? { ...token, token: 'revoked' } : token;
      },
    };
    const { calendars, graph, exchanges } = await graphOverHttp({ credential, accepts: () => true });
    graph.misbehave({ what: 'refused', status: 401, ...(challenge === undefined ? {} : { challenge }) });

    expect(await calendars.mailboxOf(SOMEBODY)).toBe('person-3@partnership.example');

    expect(exchanges.map(({ headers }) => headers.authorization)).toEqual(['Bearer revoked', 'Bearer sandbox-token']);
    const own = '{"access_token":{"xms_cc":{"values":["cp1"]}}}';
    expect(asked).toEqual([undefined, challenge?.includes('insufficient') ? '{"access_token":{"nbf":{"value":"1"}}}' : own]);
  });

  test('a token that Graph does not take is a permission fault', async () => {
    const { calendars } = await graphOverHttp({ credential: credentialOf(async () => ({ ...token, token: 'stale' })), accepts });

    await expect(calendars.mailboxOf(SOMEBODY)).rejects.toMatchObject({ kind: 'permission', check: expect.stringMatching(/sign-ins/) });
  });

  test.each([
    ['AADSTS7000215: Invalid client secret provided.', 'permission'],
    ['AADSTS90033: A transient error has occurred.', 'unreachable'],
    ['endpoints_resolution_error', 'unreachable'],
  ])('%s is told as %s, and the next request asks for a token again', async (message, kind) => {
    const failures = [new Error(message)];
    const credential = credentialOf(async () => {
      const failure = failures.pop();
      if (failure) throw failure;
      return token;
    });
    const { calendars } = await graphOverHttp({ credential, accepts });

    await expect(calendars.mailboxOf(SOMEBODY)).rejects.toMatchObject({ kind, check: expect.stringMatching(/credential|secret/) });
    expect(await calendars.mailboxOf(SOMEBODY)).toBe('person-3@partnership.example');
  });

  test('a sign-in that hangs ends at the time limit', async () => {
    const { calendars } = await graphOverHttp({ credential: credentialOf(() => new Promise(() => {})), fetchTimeoutMs: 100 });

    await expect(calendars.mailboxOf(SOMEBODY)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  test('a token never crosses a network in the clear', () => {
    const credential = credentialOf(async () => token);
    expect(() => graphClient({ baseUrl: 'http://graph.example', credential, fetchTimeoutMs: 100 })).toThrow(/https/);
    expect(() => graphClient({ baseUrl: 'https://graph.microsoft.com', credential, fetchTimeoutMs: 100 })).not.toThrow();
  });
});

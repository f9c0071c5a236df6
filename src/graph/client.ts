import type { TokenCredential } from '@azure/identity';
import { Client, type Context, GraphClientError, HTTPMessageHandler, type Middleware } from '@microsoft/microsoft-graph-client';
import { tokens } from './tokens.ts';

/**
 * A Graph client that sends each request once. The chain has no RetryHandler: it would repeat a POST on 429, 503 and 504,
 * and when to try again is the job's decision.
 * `baseUrl` comes without a version; `credential` is null where no sign-in is asked for (the sandbox); `fetchTimeoutMs` limits
 * each request, its answer's body included, and the wait for a token; `scope` is what the token is for, by default
 * everything granted at the host of `baseUrl`.
 * @throws Error if a credential would travel over plain http to another machine
 */
export function graphClient(options: {
  baseUrl: string;
  credential: TokenCredential | null;
  fetchTimeoutMs: number;
  scope?: string;
}): Client {
  const { baseUrl, credential, fetchTimeoutMs } = options;
  const base = new URL(baseUrl);
  if (credential && base.protocol !== 'https:' && !LOOPBACK.has(base.hostname)) {
    throw new Error('GRAPH_BASE_URL must begin with https:// where Graph asks for a sign-in: a token may not cross a network in the clear');
  }
  const signIn = credential ? [bearer(base.origin, tokens(credential, options.scope ?? `${base.origin}/.default`, fetchTimeoutMs))] : [];
  return Client.initWithMiddleware({ baseUrl, middleware: [...signIn, timeLimit(fetchTimeoutMs), new HTTPMessageHandler()] });
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * What the program can do is asked for where Graph names no claims of its own: a request with claims is what makes the identity library
 * fetch a fresh token.
 */
const CAN_BE_CHALLENGED = '{"access_token":{"xms_cc":{"values":["cp1"]}}}';

/**
 * Signs each request. A 401 comes from before anything is done, so it is sent once more with a fresh token, which meets the claims
 * challenge that came with it (OB11). The client's own AuthenticationHandler drops the header over http://, on this machine too, so the
 * sandbox could never ask for it.
 */
function bearer(origin: string, token: (claims?: string) => Promise<string>): Middleware {
  return step(async (context, send) => {
    if (new URL(String(context.request)).origin !== origin) return send();
    const signed = async (claims?: string) => {
      const authorization = `Bearer ${await token(claims)}`;
      context.options = { ...context.options, headers: { ...(context.options?.headers as Record<string, string>), authorization } };
      await send();
    };
    await signed();
    if (context.response?.status !== 401) return;
    const challenge = context.response.headers.get('www-authenticate');
    await context.response.body?.cancel();
    await signed(claimsIn(challenge) ?? CAN_BE_CHALLENGED);
  });
}

/** The claims that a `WWW-Authenticate` header asks for; null where it asks for none that can be read. */
function claimsIn(challenge: string | null): string | null {
  const [, encoded] = /\bclaims="([^"]+)"/i.exec(challenge ?? '') ?? [];
  try {
    const claims = Buffer.from(encoded ?? '', 'base64').toString();
    JSON.parse(claims);
    return claims;
  } catch {
    return null;
  }
}

function timeLimit(milliseconds: number): Middleware {
  return step(async (context, send) => {
    context.options = { ...context.options, signal: AbortSignal.timeout(milliseconds) };
    await send();
  });
}

function step(act: (context: Context, send: () => Promise<void>) => Promise<void>): Middleware {
  let next: Middleware | undefined;
  return {
    async execute(context) {
      try {
        await act(context, async () => next?.execute(context));
      } catch (error) {
        // The client flattens every error but its own; this one carries the cause through whole.
        throw error instanceof GraphClientError ? error : Object.assign(new GraphClientError('see customError'), { customError: error });
      }
    },
    setNext(middleware) {
      next = middleware;
    },
  };
}

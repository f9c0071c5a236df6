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

/** The client's own AuthenticationHandler drops the header over http://, on this machine too, so the sandbox could never ask for it. */
function bearer(origin: string, token: () => Promise<string>): Middleware {
  return step(async (context, send) => {
    if (new URL(String(context.request)).origin === origin) {
      const authorization = `Bearer ${await token()}`;
      context.options = { ...context.options, headers: { ...(context.options?.headers as Record<string, string>), authorization } };
    }
    await send();
  });
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

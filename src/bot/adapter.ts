import { setTimeout as delay } from 'node:timers/promises';
import { type Activity, CloudAdapter, type InvokeResponse, type TurnContext } from 'botbuilder';
import { OutsideFault } from '../app/faults.ts';
import type { Log } from '../app/ports.ts';
import { type Caller, KeepingAuthentication } from './authentication.ts';
import { connectorCalls } from './connectorCalls.ts';
import { withoutWords } from './quietSdk.ts';
import { timeFor } from './turnTime.ts';

type CredentialsFactory = NonNullable<ConstructorParameters<typeof KeepingAuthentication>[1]>;

/** Where tokens for Teams come from; `@azure/identity`'s credentials are of this kind. */
export type TokenSource = { getToken(scope: string, options: { abortSignal: AbortSignal }): Promise<{ token: string } | null> };

/** Who the bot is to Entra, and whose signature it takes for Teams'. */
export type BotIdentity = {
  appId: string;
  tenantId: string;
  openIdMetadata: string;
  tokenIssuer: string;
  loginUrl: string;
  oauthScope: string;
};

/** Microsoft's adapter, with authentication and the turn as two steps, so that what stands between them can refuse. */
export class Adapter extends CloudAdapter {
  /** @throws when the caller has no valid token */
  authenticate(activity: Activity, authorization: string): Promise<Caller> {
    return withoutWords(() => this.botFrameworkAuthentication.authenticateRequest(activity, authorization));
  }

  /** Runs a turn; returns what an invoke is to be answered with. */
  receive(caller: Caller, activity: Activity, turn: (context: TurnContext) => Promise<void>): Promise<InvokeResponse | undefined> {
    return this.processActivity(caller, activity, turn);
  }
}

/** In milliseconds; well inside the fifteen seconds that Teams waits for the answer to a press. */
export const CONNECTOR_LIMIT = 10_000;

/**
 * The adapter for a sandbox, which knows everybody by what they say: whoever uses it must listen on 127.0.0.1 only.
 */
export function sandboxAdapter(log: Log, limitMilliseconds = CONNECTOR_LIMIT): Adapter {
  return withFaults(new KeepingAuthentication({}, undefined, undefined, undefined, { httpClient: connectorCalls(limitMilliseconds) }), log);
}

/**
 * The adapter for a real tenant: every activity needs a token that Teams has signed for this app id.
 * @throws Error without an app id, with which it would let everybody in
 */
export function tenantAdapter(identity: BotIdentity, tokens: TokenSource, log: Log, limitMilliseconds = CONNECTOR_LIMIT): Adapter {
  if (!identity.appId || !identity.tenantId)
    throw new Error('a bot for a real tenant needs its app id and tenant id; check MicrosoftAppId and MicrosoftAppTenantId');
  // Setting one of these makes the SDK forget its defaults for the others, so all are given.
  const authentication = new KeepingAuthentication(
    {
      ValidateAuthority: true,
      ToBotFromChannelOpenIdMetadataUrl: identity.openIdMetadata,
      ToBotFromChannelTokenIssuer: identity.tokenIssuer,
      ToBotFromEmulatorOpenIdMetadataUrl: identity.openIdMetadata,
      ToChannelFromBotLoginUrl: identity.loginUrl,
      ToChannelFromBotOAuthScope: identity.oauthScope,
      OAuthUrl: identity.oauthScope,
    },
    credentialsFactory(identity, tokens, limitMilliseconds),
    { requiredEndorsements: [], validateClaims: async (claims) => onlyFrom(identity.tokenIssuer, claims) },
    undefined,
    { httpClient: connectorCalls(limitMilliseconds) },
  );
  return withFaults(authentication, log);
}

/** The SDK also takes tokens of emulators, skills and other channels, by rules of their own; this bot is for Teams alone. */
function onlyFrom(issuer: string, claims: { type: string; value: string }[]): void {
  if (!claims.some(({ type, value }) => type === 'iss' && value === issuer)) throw new Error('a token of another issuer than Teams');
}

function credentialsFactory({ appId, oauthScope }: BotIdentity, tokens: TokenSource, limitMilliseconds: number): CredentialsFactory {
  let asked: Promise<string> | null = null;
  const ask = async () => {
    const granted = await tokens.getToken(`${oauthScope}/.default`, { abortSignal: AbortSignal.timeout(limitMilliseconds) }).catch(noToken);
    return granted?.token ?? noToken(new Error('the credential gave no token'));
  };
  return {
    isValidAppId: async (candidate) => candidate === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      async signRequest(request) {
        // One question at a time, however many messages wait for it; keeping the token is the credential's own work.
        asked ??= ask().finally(() => (asked = null));
        request.headers.set('Authorization', `Bearer ${await withinTime(asked, limitMilliseconds)}`);
        return request;
      },
    }),
  };
}

function noToken(cause: unknown): never {
  throw new OutsideFault(
    'unreachable',
    'no token for Teams could be had',
    "the bot's password or managed identity, and the way to the sign-in address",
    { cause },
  );
}

/** A token that others wait for too, for as long as there is time in this turn. */
async function withinTime(token: Promise<string>, limitMilliseconds: number): Promise<string> {
  const abort = new AbortController();
  const late = delay(timeFor(limitMilliseconds), null, { signal: abort.signal }).then(() => noToken(new Error('there was no time left')));
  late.catch(() => {});
  return Promise.race([token, late]).finally(() => abort.abort());
}

/** What is said after a fault. A press may have been stored before it: that is never denied, and a second press does nothing twice (X4, X5). */
const sorry = {
  typed: 'Something went wrong here, so there is no answer to this yet. Please say it again in a minute.',
  pressed:
    'Something went wrong here, and I do not know whether this was done. Please press the same button again in a minute: nothing is done twice.',
};

/** Has every fault of a turn logged for the operator and answered with one plain sentence. */
function withFaults(authentication: KeepingAuthentication, log: Log): Adapter {
  const adapter = new Adapter(authentication);
  adapter.onTurnError = async (context, fault) => {
    log.error('a turn in Teams failed', fault, { activity: context.activity.type });
    const { type, value } = context.activity;
    const invoked = type === 'invoke';
    const text = invoked || value ? sorry.pressed : sorry.typed;
    const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
    try {
      await context.sendActivity(invoked ? { type: 'invokeResponse', value: { status: 200, body } } : text);
    } catch (second) {
      log.error('a person could not be told that a turn failed', second);
    }
  };
  return adapter;
}

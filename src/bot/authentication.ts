import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';

type Authentication = ConfigurationBotFrameworkAuthentication;
/** Who the caller was found to be. */
export type Caller = Awaited<ReturnType<Authentication['authenticateRequest']>>;
type ConnectorFactory = ReturnType<Authentication['createConnectorFactory']>;
type Connector = ReturnType<ConnectorFactory['create']>;
type UserTokens = ReturnType<Authentication['createUserTokenClient']>;

/** As many service URLs as one bot ever meets; only a sandbox, where anybody may name one, could meet more. */
const KEPT_CONNECTORS = 50;

/** For how long a token that was found good is taken for good, in milliseconds, and how many at most. */
const KEPT_MILLISECONDS = 60_000;
const KEPT_CALLERS = 1000;

/** Microsoft's authentication, which makes its clients anew for every message: here they are made once for each service URL. */
export class KeepingAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #connectors = new Map<string, Connector>();
  readonly #callers = new Map<string, { caller: Caller; until: number }>();
  #userTokens: UserTokens | null = null;

  /**
   * Teams sends the same token with many activities: one that was found good for a channel and a service URL, which are all that the SDK
   * holds it against, is good there for another moment, and never beyond its own end.
   */
  override async authenticateRequest(activity: Activity, authorization: string): Promise<Caller> {
    const asked = JSON.stringify([authorization, activity.channelId, activity.serviceUrl]);
    const known = this.#callers.get(asked);
    if (known && Date.now() < known.until) return known.caller;
    const found = await super.authenticateRequest(activity, authorization);
    const caller = found.connectorFactory ? { ...found, connectorFactory: this.#keeping(found.connectorFactory) } : found;
    const ends = Number(caller.claimsIdentity?.getClaimValue('exp') ?? 0) * 1000;
    if (this.#callers.size >= KEPT_CALLERS) this.#callers.clear();
    this.#callers.set(asked, { caller, until: Math.min(ends, Date.now() + KEPT_MILLISECONDS) });
    return caller;
  }

  override createConnectorFactory(...identity: Parameters<Authentication['createConnectorFactory']>): ConnectorFactory {
    return this.#keeping(super.createConnectorFactory(...identity));
  }

  override createUserTokenClient(...identity: Parameters<Authentication['createUserTokenClient']>): UserTokens {
    this.#userTokens ??= super.createUserTokenClient(...identity);
    return this.#userTokens;
  }

  #keeping(factory: ConnectorFactory): ConnectorFactory {
    return {
      create: (serviceUrl, audience) => {
        const connector = this.#connectors.get(serviceUrl) ?? factory.create(serviceUrl, audience);
        if (this.#connectors.size >= KEPT_CONNECTORS) this.#connectors.clear();
        this.#connectors.set(serviceUrl, connector);
        return connector;
      },
    };
  }
}

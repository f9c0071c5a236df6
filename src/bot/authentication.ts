import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';

type Authentication = ConfigurationBotFrameworkAuthentication;
/** Who the caller was found to be. */
export type Caller = Awaited<ReturnType<Authentication['authenticateRequest']>>;
type ConnectorFactory = ReturnType<Authentication['createConnectorFactory']>;
type Connector = ReturnType<ConnectorFactory['create']>;
type UserTokens = ReturnType<Authentication['createUserTokenClient']>;

/** As many service URLs as one bot ever meets; only a sandbox, where anybody may name one, could meet more. */
const KEPT_CONNECTORS = 50;

/** Microsoft's authentication, which makes its clients anew for every message: here they are made once for each service URL. */
export class KeepingAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #connectors = new Map<string, Connector>();
  #userTokens: UserTokens | null = null;

  override async authenticateRequest(activity: Activity, authorization: string): Promise<Caller> {
    const caller = await super.authenticateRequest(activity, authorization);
    return caller.connectorFactory ? { ...caller, connectorFactory: this.#keeping(caller.connectorFactory) } : caller;
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

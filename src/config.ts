import { type Given, localAddress, readSettings, type Values } from './settings.ts';

/**
 * The configuration: everything that the program takes from its environment, read once at start.
 * With an app id it runs for a real tenant; without one it runs the sandbox, and then nothing may stand there
 * that only a real tenant has, so that a forgotten app id never opens the door to everybody.
 */

/**
 * How an app signs in, as @azure/identity has it: a secret, a certificate, what Kubernetes says of a workload, a managed identity that the
 * app registration trusts (both a federated credential), or a managed identity that is itself the app.
 */
export type Credential =
  | { kind: 'secret'; tenantId: string; clientId: string; clientSecret: string }
  | { kind: 'certificate'; tenantId: string; clientId: string; certificatePath: string }
  | { kind: 'workload-identity'; tenantId: string; clientId: string; tokenFile: string }
  | { kind: 'trusted-identity'; tenantId: string; clientId: string; identityId: string }
  | { kind: 'managed-identity'; clientId: string };

/**
 * What a copy of the program does: `web` answers people and leaves its jobs to others, `worker` does jobs and answers nobody, `all` does
 * both.
 */
export type Role = 'all' | 'web' | 'worker';

/** The Bot Framework's settings, under its own words; every address is given, because setting one makes the SDK forget its defaults. */
export type BotIdentity = {
  appType: 'SingleTenant' | 'UserAssignedMSI';
  appId: string;
  tenantId: string;
  openIdMetadata: string;
  tokenIssuer: string;
  loginUrl: string;
  oauthScope: string;
};

type Shared = {
  /** 0 takes a free port. */
  port: number;
  /** How long a program that was told to end serves on, so that nobody is sent to it any more before it refuses them. */
  drainSeconds: number;
  dataDir: string;
  proceduresDir: string;
  directoryFile: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** The master key before the present one, while it is being changed. */
  previousMasterKey: string | null;
  /** The role that owns the tables, and the one that erases and removes; null where the program's own does that too (EV5). */
  databaseRoles: { ownerUrl: string | null; retentionUrl: string | null };
  /** For how long a closed case's content is kept, and then what is left of it. */
  retention: { days: number; years: number };
  /** The case system that hears of changes, and the secret that signs; null where none does (OP9). */
  webhook: { url: string; secret: string } | null;
  /** The collector that metrics and traces go to besides `/metrics`; null where there is none (OP2). */
  collector: { endpoint: string; headers: Record<string, string> } | null;
  /** Where checkpoints go, null for the folder of the program's own files; and what signs them, null for what follows from the store. */
  checkpoints: { to: string | null; name: string | null; key: string | null };
};

/** The invented partnership. `databaseUrl` null means the embedded database, `graphBaseUrl` null the sandbox's own Graph. */
export type SandboxConfig = Shared & {
  mode: 'sandbox';
  sandboxPort: number;
  databaseUrl: string | null;
  graphBaseUrl: string | null;
  /** Null for the one that the data folder keeps. */
  masterKey: string | null;
};

/**
 * A real tenant. `teamsServiceUrl` is where a chat is opened with somebody who has not spoken to the bot yet; `authorityHost` is where
 * the bot and Graph fetch their tokens, null for Microsoft's public cloud. `allowGuests` lets in guests of the tenant whom the directory
 * does not list. `host` is the address that it listens on, null for all of the machine's.
 */
export type TenantConfig = Shared & {
  mode: 'tenant';
  role: Role;
  host: string | null;
  databaseUrl: string;
  /** In hand, or wrapped by the key of Azure Key Vault that `masterKeyVault` names. */
  masterKey: string;
  masterKeyVault: string | null;
  bot: BotIdentity;
  authorityHost: string | null;
  teamsServiceUrl: string;
  allowGuests: boolean;
  graphBaseUrl: string;
  botCredential: Credential;
  graphCredential: Credential;
};

/** What the environment asks for: the sandbox or a real tenant. */
export type Config = SandboxConfig | TenantConfig;

/** The environment is not fit to start with. Holds every fault at once, each beginning with the name it is about; never a value. */
export class ConfigurationFault extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[], heading = 'The configuration has faults; nothing was started.') {
    super([heading, ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.name = 'ConfigurationFault';
    this.faults = faults;
  }
}

/** How long a master key in hand is, in base64. */
const IN_HAND = 44;

/** What must, or must not, stand beside what else. */
function combinationFaults(given: Given): string[] {
  const roles = (['DATABASE_OWNER_URL', 'DATABASE_RETENTION_URL'] as const).filter((name) => given[name] !== undefined);
  const stray = given.DATABASE_URL === undefined ? roles : [];
  return [
    ...stray.map((name) => `${name}: set without DATABASE_URL, which names the same database`),
    ...masterKeyFaults(given),
    ...webhookFaults(given),
    ...modeFaults(given),
  ];
}

/** Whether a master key is wrapped, and whether a key vault is named that wraps, go together; the one before may be either. */
function masterKeyFaults({ MASTER_KEY, MASTER_KEY_VAULT }: Given): string[] {
  if (!MASTER_KEY) return [];
  const wrapped = MASTER_KEY.length > IN_HAND;
  if (wrapped && MASTER_KEY_VAULT === undefined) return ['MASTER_KEY_VAULT: missing; MASTER_KEY was wrapped by a key vault'];
  if (!wrapped && MASTER_KEY_VAULT !== undefined)
    return ['MASTER_KEY: is not wrapped by the key of MASTER_KEY_VAULT; set what `npm run master-key -- wrap` prints'];
  return [];
}

function webhookFaults({ WEBHOOK_URL, WEBHOOK_SECRET }: Given): string[] {
  if ((WEBHOOK_URL === undefined) === (WEBHOOK_SECRET === undefined)) return [];
  return WEBHOOK_URL === undefined
    ? ['WEBHOOK_URL: missing; WEBHOOK_SECRET signs what goes there']
    : ['WEBHOOK_SECRET: missing; what goes to WEBHOOK_URL is signed with it'];
}

function modeFaults(given: Given): string[] {
  const faultIf = (condition: boolean, fault: string) => (condition ? [fault] : []);
  if (!given.MicrosoftAppId) {
    return [
      ...(
        [
          'MicrosoftAppType',
          'MicrosoftAppTenantId',
          'MicrosoftAppPassword',
          'MicrosoftAppCertificatePath',
          'MicrosoftAppManagedIdentity',
        ] as const
      ).flatMap((name) =>
        faultIf(given[name] !== undefined, `${name}: set without MicrosoftAppId; set both for a real tenant, or neither for the sandbox`),
      ),
      ...(['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE', 'MASTER_KEY_VAULT'] as const).flatMap(
        (name) =>
          faultIf(
            given[name] !== undefined,
            `${name}: set without MicrosoftAppId; the sandbox never runs beside real credentials, so take it out`,
          ),
      ),
      ...faultIf(given.ROLE !== undefined && given.ROLE !== 'all', 'ROLE: the sandbox is one program that does all; leave it out'),
      ...faultIf(
        given.HOST !== undefined && !/^(127\.0\.0\.1|localhost)$/.test(given.HOST),
        'HOST: the sandbox believes everybody and so listens on 127.0.0.1 only; leave it out',
      ),
      ...faultIf(
        given.GRAPH_BASE_URL !== undefined && !localAddress.safeParse(given.GRAPH_BASE_URL).success,
        'GRAPH_BASE_URL: the sandbox speaks to no Graph outside this machine; leave it out',
      ),
      ...faultIf(
        given.WEBHOOK_URL !== undefined && !localAddress.safeParse(given.WEBHOOK_URL).success,
        'WEBHOOK_URL: the sandbox tells no system outside this machine; leave it out',
      ),
      ...faultIf(
        given.SANDBOX_PORT !== '0' && (given.SANDBOX_PORT ?? '3980') === (given.PORT ?? '3978'),
        'SANDBOX_PORT: is the same as PORT; choose another',
      ),
    ];
  }
  const managed = given.MicrosoftAppType === 'UserAssignedMSI';
  const ownCredentials = (['MicrosoftAppPassword', 'MicrosoftAppCertificatePath', 'MicrosoftAppManagedIdentity'] as const).filter(
    (name) => given[name] !== undefined,
  );
  return [
    ...(['MicrosoftAppTenantId', 'DATABASE_URL', 'MASTER_KEY', 'DIRECTORY_FILE'] as const).flatMap((name) =>
      faultIf(given[name] === undefined, `${name}: missing; a real tenant (MicrosoftAppId is set) needs it`),
    ),
    ...(managed ? ownCredentials.map((name) => `${name}: a UserAssignedMSI signs in by itself; take it out`) : []),
    ...faultIf(
      !managed && ownCredentials.length === 0 && given.AZURE_FEDERATED_TOKEN_FILE === undefined,
      'MicrosoftAppPassword: missing; a SingleTenant bot needs it, or MicrosoftAppCertificatePath, MicrosoftAppManagedIdentity or AZURE_FEDERATED_TOKEN_FILE',
    ),
    ...(managed ? [] : ownCredentials.slice(1).map((name) => `${name}: set beside ${ownCredentials[0]}; keep one of them`)),
    ...faultIf(
      given.SANDBOX_PORT !== undefined,
      'SANDBOX_PORT: set beside MicrosoftAppId; the sandbox never runs for a real tenant, so take one of them out',
    ),
    ...faultIf(
      given.AZURE_CLIENT_SECRET !== undefined && given.AZURE_CLIENT_CERTIFICATE_PATH !== undefined,
      'AZURE_CLIENT_CERTIFICATE_PATH: set beside AZURE_CLIENT_SECRET; keep one of them',
    ),
  ];
}

/** What the bot signs in to Teams with. What Kubernetes sets by itself counts where nothing was set for the bot. */
function botCredentialOf(values: Values, { appType, appId: clientId, tenantId }: BotIdentity): Credential {
  const app = { tenantId, clientId };
  if (appType === 'UserAssignedMSI') return { kind: 'managed-identity', clientId };
  if (values.MicrosoftAppPassword) return { kind: 'secret', ...app, clientSecret: values.MicrosoftAppPassword };
  if (values.MicrosoftAppCertificatePath) return { kind: 'certificate', ...app, certificatePath: values.MicrosoftAppCertificatePath };
  if (values.MicrosoftAppManagedIdentity) return { kind: 'trusted-identity', ...app, identityId: values.MicrosoftAppManagedIdentity };
  return { kind: 'workload-identity', ...app, tokenFile: values.AZURE_FEDERATED_TOKEN_FILE! };
}

/**
 * Graph's own credential where one is set, else the bot's. `AZURE_CLIENT_ID` by itself names a managed identity, as it does for Azure's
 * tools.
 */
function graphCredentialOf(values: Values, bot: BotIdentity): Credential {
  const {
    AZURE_CLIENT_CERTIFICATE_PATH: certificatePath,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_FEDERATED_TOKEN_FILE: tokenFile,
  } = values;
  const app = { tenantId: values.AZURE_TENANT_ID ?? bot.tenantId, clientId: values.AZURE_CLIENT_ID ?? bot.appId };
  if (certificatePath) return { kind: 'certificate', ...app, certificatePath };
  if (clientSecret) return { kind: 'secret', ...app, clientSecret };
  if (!values.AZURE_CLIENT_ID) return botCredentialOf(values, bot);
  return tokenFile ? { kind: 'workload-identity', ...app, tokenFile } : { kind: 'managed-identity', clientId: app.clientId };
}

/**
 * Reads the configuration from an environment; an empty value counts as absent.
 * @throws ConfigurationFault with every missing, wrong or contradictory name at once
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const { given, values: known, faults } = readSettings(environment);
  faults.push(...combinationFaults(given));
  if (faults.length > 0) throw new ConfigurationFault(faults);

  const shared = {
    port: known.PORT ?? 3978,
    drainSeconds: known.DRAIN_SECONDS ?? (known.MicrosoftAppId ? 5 : 0),
    dataDir: known.DATA_DIR ?? '.data',
    proceduresDir: known.PROCEDURES_DIR ?? 'procedures',
    directoryFile: known.DIRECTORY_FILE ?? 'src/sandbox/partnerships.yaml',
    logLevel: known.LOG_LEVEL ?? 'info',
    previousMasterKey: known.MASTER_KEY_PREVIOUS ?? null,
    databaseRoles: { ownerUrl: known.DATABASE_OWNER_URL ?? null, retentionUrl: known.DATABASE_RETENTION_URL ?? null },
    webhook: known.WEBHOOK_URL && known.WEBHOOK_SECRET ? { url: known.WEBHOOK_URL, secret: known.WEBHOOK_SECRET } : null,
    collector: known.OTEL_EXPORTER_OTLP_ENDPOINT
      ? { endpoint: known.OTEL_EXPORTER_OTLP_ENDPOINT, headers: known.OTEL_EXPORTER_OTLP_HEADERS ?? {} }
      : null,
    retention: { days: known.RETENTION_DAYS ?? 90, years: known.AUDIT_YEARS ?? 6 },
    checkpoints: {
      to: known.CHECKPOINT_TO ?? null,
      name: known.CHECKPOINT_NAME ?? null,
      key: known.CHECKPOINT_KEY ?? null,
    },
  };
  if (!known.MicrosoftAppId) {
    const { DATABASE_URL = null, MASTER_KEY = null, GRAPH_BASE_URL = null, SANDBOX_PORT = 3980 } = known;
    return {
      mode: 'sandbox',
      ...shared,
      sandboxPort: SANDBOX_PORT,
      databaseUrl: DATABASE_URL,
      graphBaseUrl: GRAPH_BASE_URL,
      masterKey: MASTER_KEY,
    };
  }
  const bot: BotIdentity = {
    appType: known.MicrosoftAppType ?? 'SingleTenant',
    appId: known.MicrosoftAppId,
    tenantId: known.MicrosoftAppTenantId!,
    openIdMetadata: known.BotOpenIdMetadata ?? 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    tokenIssuer: known.ToBotFromChannelTokenIssuer ?? 'https://api.botframework.com',
    loginUrl: `${known.AZURE_AUTHORITY_HOST ?? 'https://login.microsoftonline.com'}/botframework.com`,
    oauthScope: known.ToChannelFromBotOAuthScope ?? 'https://api.botframework.com',
  };
  return {
    mode: 'tenant',
    ...shared,
    databaseUrl: known.DATABASE_URL!,
    masterKey: known.MASTER_KEY!,
    masterKeyVault: known.MASTER_KEY_VAULT ?? null,
    role: known.ROLE ?? 'all',
    host: known.HOST ?? null,
    bot,
    botCredential: botCredentialOf(known, bot),
    authorityHost: known.AZURE_AUTHORITY_HOST ?? null,
    allowGuests: known.ALLOW_GUESTS === 'yes',
    teamsServiceUrl: known.TEAMS_SERVICE_URL ?? 'https://smba.trafficmanager.net/teams',
    graphBaseUrl: known.GRAPH_BASE_URL ?? 'https://graph.microsoft.com',
    graphCredential: graphCredentialOf(known, bot),
  };
}

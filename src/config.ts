import { z } from 'zod';

/**
 * The configuration: everything that the program takes from its environment, read once at start.
 * With an app id it runs for a real tenant; without one it runs the sandbox, and then nothing may stand there
 * that only a real tenant has, so that a forgotten app id never opens the door to everybody.
 */

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65535);
const guid = z.guid();
const address = z.url({ protocol: /^https?$/ });
const httpsAddress = z.url({ protocol: /^https$/ });
const localAddress = z.url({ protocol: /^https?$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ });
/** What leaves this machine is encrypted; plain http is for stand-ins on the machine itself. */
const serverAddress = z.union([httpsAddress, localAddress]);
const databaseAddress = z.url({ protocol: /^postgres(ql)?$/ });
const DATABASE_SAYS = 'use an address that begins with postgresql://';
const text = z.string();
const masterKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
const MASTER_KEY_SAYS = 'use 32 random bytes in base64, as `openssl rand -base64 32` makes them';
const wholeNumber = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number);

/** Longer than anybody's life, in years. */
const LONGEST_AUDIT = 100;

/** Each name with its rule and what to say when the value breaks it. A value is never repeated in a fault: it may be a secret. */
const names = {
  PORT: [port, 'use a whole number from 0 to 65535'],
  SANDBOX_PORT: [port, 'use a whole number from 0 to 65535'],
  DRAIN_SECONDS: [
    z
      .string()
      .regex(/^(\d|10)$/)
      .transform(Number),
    'use a whole number from 0 to 10; the program has to have ended within 20 seconds',
  ],
  LOG_LEVEL: [z.enum(['debug', 'info', 'warn', 'error']), 'use debug, info, warn or error'],
  DATA_DIR: [text, ''],
  PROCEDURES_DIR: [text, ''],
  DIRECTORY_FILE: [text, ''],
  MASTER_KEY: [masterKey, MASTER_KEY_SAYS],
  MASTER_KEY_PREVIOUS: [masterKey, MASTER_KEY_SAYS],
  RETENTION_DAYS: [wholeNumber, 'use a whole number of days'],
  AUDIT_YEARS: [wholeNumber.refine((years) => years <= LONGEST_AUDIT), `use a whole number of years, at most ${LONGEST_AUDIT}`],
  CHECKPOINT_TO: [text, ''],
  CHECKPOINT_NAME: [z.string().regex(/^[\w./-]{1,100}$/), 'use a name such as camden.example/dissent, without spaces and plus signs'],
  CHECKPOINT_KEY: [text, ''],
  CHECKPOINT_KEY_FILE: [text, ''],
  DATABASE_URL: [databaseAddress, DATABASE_SAYS],
  DATABASE_OWNER_URL: [databaseAddress, DATABASE_SAYS],
  DATABASE_RETENTION_URL: [databaseAddress, DATABASE_SAYS],
  MicrosoftAppType: [
    z.enum(['SingleTenant', 'UserAssignedMSI']),
    'use SingleTenant or UserAssignedMSI (Microsoft has retired MultiTenant)',
  ],
  MicrosoftAppId: [guid, 'use the app registration\'s "Application (client) ID", a GUID'],
  MicrosoftAppTenantId: [guid, 'use the app registration\'s "Directory (tenant) ID", a GUID'],
  MicrosoftAppPassword: [text, ''],
  ALLOW_GUESTS: [z.enum(['yes', 'no']), 'use yes or no'],
  BotOpenIdMetadata: [serverAddress, 'use an https address'],
  ToBotFromChannelTokenIssuer: [address, 'use the issuer named in the tokens, an https address'],
  ToChannelFromBotOAuthScope: [address, 'use an https address'],
  TEAMS_SERVICE_URL: [serverAddress, 'use an https address'],
  GRAPH_BASE_URL: [serverAddress, 'use an https address without a version, such as https://graph.microsoft.com'],
  AZURE_AUTHORITY_HOST: [httpsAddress, 'use an https address'],
  AZURE_TENANT_ID: [guid, 'use a "Directory (tenant) ID", a GUID'],
  AZURE_CLIENT_ID: [guid, 'use an "Application (client) ID", a GUID'],
  AZURE_CLIENT_SECRET: [text, ''],
  AZURE_CLIENT_CERTIFICATE_PATH: [text, ''],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

type Name = keyof typeof names;
type Given = { [name in Name]?: string };
type Values = { [name in Name]?: z.output<(typeof names)[name][0]> };

/** Every name that `readConfig` reads, for the list in .env.example. */
export const environmentNames = Object.keys(names) as Name[];

/** Where app-only Graph tokens come from: @azure/identity's credential of the same name. */
export type GraphCredential =
  | { kind: 'secret'; tenantId: string; clientId: string; clientSecret: string }
  | { kind: 'certificate'; tenantId: string; clientId: string; certificatePath: string }
  | { kind: 'managed-identity'; clientId: string };

/** The Bot Framework's settings, under its own words; every address is given, because setting one makes the SDK forget its defaults. */
export type BotIdentity = {
  appType: 'SingleTenant' | 'UserAssignedMSI';
  appId: string;
  tenantId: string;
  /** Null for a managed identity. */
  password: string | null;
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
  /** Where checkpoints go, null for the folder of the program's own files; and what signs them, null for what follows from the store. */
  checkpoints: { to: string | null; name: string | null; key: string | null; keyFile: string | null };
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
 * does not list.
 */
export type TenantConfig = Shared & {
  mode: 'tenant';
  databaseUrl: string;
  masterKey: string;
  bot: BotIdentity;
  authorityHost: string | null;
  teamsServiceUrl: string;
  allowGuests: boolean;
  graphBaseUrl: string;
  graphCredential: GraphCredential;
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

/** What must, or must not, stand beside what else. */
function combinationFaults(given: Given): string[] {
  const roles = (['DATABASE_OWNER_URL', 'DATABASE_RETENTION_URL'] as const).filter((name) => given[name] !== undefined);
  const stray = given.DATABASE_URL === undefined ? roles : [];
  return [...stray.map((name) => `${name}: set without DATABASE_URL, which names the same database`), ...modeFaults(given)];
}

function modeFaults(given: Given): string[] {
  const faultIf = (condition: boolean, fault: string) => (condition ? [fault] : []);
  if (!given.MicrosoftAppId) {
    return [
      ...(['MicrosoftAppType', 'MicrosoftAppTenantId', 'MicrosoftAppPassword'] as const).flatMap((name) =>
        faultIf(given[name] !== undefined, `${name}: set without MicrosoftAppId; set both for a real tenant, or neither for the sandbox`),
      ),
      ...(['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'] as const).flatMap((name) =>
        faultIf(
          given[name] !== undefined,
          `${name}: set without MicrosoftAppId; the sandbox never runs beside real credentials, so take it out`,
        ),
      ),
      ...faultIf(
        given.GRAPH_BASE_URL !== undefined && !localAddress.safeParse(given.GRAPH_BASE_URL).success,
        'GRAPH_BASE_URL: the sandbox speaks to no Graph outside this machine; leave it out',
      ),
      ...faultIf(
        given.SANDBOX_PORT !== '0' && (given.SANDBOX_PORT ?? '3980') === (given.PORT ?? '3978'),
        'SANDBOX_PORT: is the same as PORT; choose another',
      ),
    ];
  }
  const managed = given.MicrosoftAppType === 'UserAssignedMSI';
  return [
    ...(['MicrosoftAppTenantId', 'DATABASE_URL', 'MASTER_KEY', 'DIRECTORY_FILE'] as const).flatMap((name) =>
      faultIf(given[name] === undefined, `${name}: missing; a real tenant (MicrosoftAppId is set) needs it`),
    ),
    ...faultIf(!managed && given.MicrosoftAppPassword === undefined, 'MicrosoftAppPassword: missing; a SingleTenant bot needs it'),
    ...faultIf(managed && given.MicrosoftAppPassword !== undefined, 'MicrosoftAppPassword: a UserAssignedMSI has no password; take it out'),
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

/**
 * Graph's own credential where one is set, else the bot's. `AZURE_CLIENT_ID` by itself names a managed identity, as it does for Azure's
 * tools.
 */
function graphCredentialOf(values: Values, bot: BotIdentity): GraphCredential {
  const app = { tenantId: values.AZURE_TENANT_ID ?? bot.tenantId, clientId: values.AZURE_CLIENT_ID ?? bot.appId };
  if (values.AZURE_CLIENT_CERTIFICATE_PATH) return { kind: 'certificate', ...app, certificatePath: values.AZURE_CLIENT_CERTIFICATE_PATH };
  const clientSecret = values.AZURE_CLIENT_SECRET ?? (values.AZURE_CLIENT_ID ? null : bot.password);
  return clientSecret === null ? { kind: 'managed-identity', clientId: app.clientId } : { kind: 'secret', ...app, clientSecret };
}

/**
 * Reads the configuration from an environment; an empty value counts as absent.
 * @throws ConfigurationFault with every missing, wrong or contradictory name at once
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given: Given = {};
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const name of environmentNames) {
    const value = environment[name]?.trim();
    if (!value) continue;
    given[name] = value;
    const [rule, says] = names[name];
    const result = rule.safeParse(value);
    if (result.success) values[name] = result.data;
    else faults.push(`${name}: ${says}`);
  }
  faults.push(...combinationFaults(given));
  if (faults.length > 0) throw new ConfigurationFault(faults);

  const known: Values = values;
  const shared = {
    port: known.PORT ?? 3978,
    drainSeconds: known.DRAIN_SECONDS ?? (known.MicrosoftAppId ? 5 : 0),
    dataDir: known.DATA_DIR ?? '.data',
    proceduresDir: known.PROCEDURES_DIR ?? 'procedures',
    directoryFile: known.DIRECTORY_FILE ?? 'src/sandbox/partnerships.yaml',
    logLevel: known.LOG_LEVEL ?? 'info',
    previousMasterKey: known.MASTER_KEY_PREVIOUS ?? null,
    databaseRoles: { ownerUrl: known.DATABASE_OWNER_URL ?? null, retentionUrl: known.DATABASE_RETENTION_URL ?? null },
    retention: { days: known.RETENTION_DAYS ?? 90, years: known.AUDIT_YEARS ?? 6 },
    checkpoints: {
      to: known.CHECKPOINT_TO ?? null,
      name: known.CHECKPOINT_NAME ?? null,
      key: known.CHECKPOINT_KEY ?? null,
      keyFile: known.CHECKPOINT_KEY_FILE ?? null,
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
    password: known.MicrosoftAppPassword ?? null,
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
    bot,
    authorityHost: known.AZURE_AUTHORITY_HOST ?? null,
    allowGuests: known.ALLOW_GUESTS === 'yes',
    teamsServiceUrl: known.TEAMS_SERVICE_URL ?? 'https://smba.trafficmanager.net/teams',
    graphBaseUrl: known.GRAPH_BASE_URL ?? 'https://graph.microsoft.com',
    graphCredential: graphCredentialOf(known, bot),
  };
}

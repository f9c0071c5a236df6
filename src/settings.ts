import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The environment's names: each with its rule, read as it is, or from the file that its `_FILE` names. */

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65535);
const guid = z.guid();
const address = z.url({ protocol: /^https?$/ });
const httpsAddress = z.url({ protocol: /^https$/ });
export const localAddress = z.url({ protocol: /^https?$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ });
/** What leaves this machine is encrypted; plain http is for stand-ins on the machine itself. */
const serverAddress = z.union([httpsAddress, localAddress]);
const databaseAddress = z.url({ protocol: /^postgres(ql)?$/ });
const DATABASE_SAYS = 'use an address that begins with postgresql://';
const text = z.string();
/** The key itself, or what a key vault made of it. */
const masterKey = z.string().regex(/^([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{300,}={0,2})$/);
const MASTER_KEY_SAYS =
  'use 32 random bytes in base64, as `openssl rand -base64 32` makes them; or, with MASTER_KEY_VAULT, what `npm run master-key` printed';
const vaultKey = z.url({ protocol: /^https$/ }).regex(/\/keys\/[\w-]+\/\w{32}$/);
const wholeNumber = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number);

/** As OpenTelemetry writes headers, the values encoded as in an address. */
const headers = z
  .string()
  .regex(/^([^=,\s]+=[^,%]*(%[0-9A-Fa-f]{2}[^,%]*)*,?)+$/)
  .transform(
    (text) =>
      Object.fromEntries(
        text.split(',').flatMap((pair) => {
          const at = pair.indexOf('=');
          return at < 0 ? [] : [[pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))]];
        }),
      ) as Record<string, string>,
  );

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
  ROLE: [z.enum(['all', 'web', 'worker']), 'use all, web or worker'],
  HOST: [z.union([z.ipv4(), z.ipv6(), z.hostname()]), 'use an address of this machine, such as 127.0.0.1'],
  LOG_LEVEL: [z.enum(['debug', 'info', 'warn', 'error']), 'use debug, info, warn or error'],
  DATA_DIR: [text, ''],
  PROCEDURES_DIR: [text, ''],
  DIRECTORY_FILE: [text, ''],
  MASTER_KEY: [masterKey, MASTER_KEY_SAYS],
  MASTER_KEY_PREVIOUS: [masterKey, MASTER_KEY_SAYS],
  MASTER_KEY_VAULT: [
    vaultKey,
    'use the "Key Identifier" of a key with its version, such as https://<vault>.vault.azure.net/keys/dissent/0123456789abcdef0123456789abcdef',
  ],
  RETENTION_DAYS: [wholeNumber, 'use a whole number of days'],
  AUDIT_YEARS: [wholeNumber.refine((years) => years <= LONGEST_AUDIT), `use a whole number of years, at most ${LONGEST_AUDIT}`],
  CHECKPOINT_TO: [text, ''],
  CHECKPOINT_NAME: [z.string().regex(/^[\w./-]{1,100}$/), 'use a name such as camden.example/dissent, without spaces and plus signs'],
  CHECKPOINT_KEY: [text, ''],
  WEBHOOK_URL: [serverAddress, 'use an https address'],
  WEBHOOK_SECRET: [z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/), 'use whsec_ and at least 24 random bytes in base64'],
  OTEL_EXPORTER_OTLP_ENDPOINT: [serverAddress, 'use an https address, such as https://collector.council.example:4318'],
  OTEL_EXPORTER_OTLP_HEADERS: [headers, 'use name=value, with commas between several'],
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
  MicrosoftAppCertificatePath: [text, ''],
  MicrosoftAppManagedIdentity: [guid, 'use the "Client ID" of the managed identity that the app registration trusts, a GUID'],
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
  AZURE_FEDERATED_TOKEN_FILE: [text, ''],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

/** Names of secrets: each may stand in a file instead, as an orchestrator mounts it, and the file's name in `<name>_FILE` (OP5). */
export const secretNames = [
  'MASTER_KEY',
  'MASTER_KEY_PREVIOUS',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'DATABASE_RETENTION_URL',
  'CHECKPOINT_KEY',
  'WEBHOOK_SECRET',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'MicrosoftAppPassword',
  'AZURE_CLIENT_SECRET',
] as const satisfies readonly (keyof typeof names)[];

type Name = keyof typeof names;

/** The names that are set, as text, wherever it stood. */
export type Given = { [name in Name]?: string };
/** What they say, of those that keep their rule. */
export type Values = { [name in Name]?: z.output<(typeof names)[name][0]> };

const ordinaryNames = Object.keys(names) as Name[];

/** Every name that is read, for the list in .env.example. */
export const environmentNames: string[] = [...ordinaryNames, ...secretNames.map((name) => `${name}_FILE`)];

type Found = { name: string; text: string } | { fault: string } | null;

/** Reads every name of an environment; an empty value counts as absent. Faults begin with the name that they are about. */
export function readSettings(environment: Record<string, string | undefined>): { given: Given; values: Values; faults: string[] } {
  const given: Given = {};
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const name of ordinaryNames) {
    const found = find(environment, name);
    if (found === null) continue;
    if ('fault' in found) {
      // It is there, if not well: that it is missing would be one fault too many.
      given[name] = '';
      faults.push(found.fault);
      continue;
    }
    given[name] = found.text;
    const [rule, says] = names[name];
    const result = rule.safeParse(found.text);
    if (result.success) values[name] = result.data;
    else faults.push(`${found.name}: ${says}`);
  }
  return { given, values, faults };
}

function find(environment: Record<string, string | undefined>, name: Name): Found {
  const text = environment[name]?.trim();
  const fileName = `${name}_FILE`;
  const file = (secretNames as readonly string[]).includes(name) ? environment[fileName]?.trim() : undefined;
  if (!file) return text ? { name, text } : null;
  if (text) return { fault: `${fileName}: set beside ${name}; keep one of them` };
  try {
    const content = readFileSync(file, 'utf8').trim();
    return content ? { name: fileName, text: content } : { fault: `${fileName}: the file is empty; write the secret into it` };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return { fault: `${fileName}: the file cannot be read (${code}); check that it is there and that this program's user may read it` };
  }
}

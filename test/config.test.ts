import { describe, expect, test } from '@jest/globals';
import { ConfigurationFault, readConfig } from '../src/config.ts';
import { faultsOf, namesIn, tenant } from './support/settings.ts';

const managed = { ...tenant, MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: undefined };

describe('the sandbox', () => {
  test('an empty environment is the sandbox, with its defaults', () => {
    expect(readConfig({})).toEqual({
      mode: 'sandbox',
      port: 3978,
      drainSeconds: 0,
      sandboxPort: 3980,
      dataDir: '.data',
      proceduresDir: 'procedures',
      directoryFile: 'src/sandbox/partnerships.yaml',
      logLevel: 'info',
      databaseUrl: null,
      graphBaseUrl: null,
      masterKey: null,
      previousMasterKey: null,
      databaseRoles: { ownerUrl: null, retentionUrl: null },
      retention: { days: 90, years: 6 },
      webhook: null,
      collector: null,
      checkpoints: { to: null, name: null, key: null },
    });
  });

  test('an empty value counts as absent, as in a copied .env.example', () => {
    expect(readConfig({ MicrosoftAppId: '', MicrosoftAppPassword: ' ', PORT: '' })).toEqual(readConfig({}));
  });

  test.each(['MicrosoftAppPassword', 'MicrosoftAppTenantId'] as const)('%s without MicrosoftAppId never opens the sandbox', (name) => {
    expect(namesIn(faultsOf({ [name]: tenant[name] }))).toEqual([name]);
  });

  test('it speaks to no Graph outside the machine', () => {
    expect(namesIn(faultsOf({ GRAPH_BASE_URL: 'https://graph.microsoft.com' }))).toEqual(['GRAPH_BASE_URL']);
    expect(readConfig({ GRAPH_BASE_URL: 'http://127.0.0.1:4000' })).toMatchObject({ graphBaseUrl: 'http://127.0.0.1:4000' });
  });

  test.each([{ PORT: '3980' }, { SANDBOX_PORT: '3978' }, { PORT: '5000', SANDBOX_PORT: '5000' }])(
    'two doors never share a port: %o',
    (ports) => {
      expect(namesIn(faultsOf(ports))).toEqual(['SANDBOX_PORT']);
    },
  );

  test('port 0 takes any free port, for both doors', () => {
    expect(readConfig({ PORT: '0', SANDBOX_PORT: '0' })).toMatchObject({ port: 0, sandboxPort: 0 });
  });
});

describe('a real tenant', () => {
  test('an app id makes it one: the bot is checked against the public cloud, and Graph uses the bot’s own credential', () => {
    const { MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId, MicrosoftAppPassword: password } = tenant;
    expect(readConfig(tenant)).toEqual({
      mode: 'tenant',
      role: 'all',
      allowGuests: false,
      port: 3978,
      drainSeconds: 5,
      dataDir: '.data',
      proceduresDir: 'procedures',
      directoryFile: 'directory.yaml',
      logLevel: 'info',
      databaseUrl: tenant.DATABASE_URL,
      masterKey: tenant.MASTER_KEY,
      masterKeyVault: null,
      previousMasterKey: null,
      databaseRoles: { ownerUrl: null, retentionUrl: null },
      retention: { days: 90, years: 6 },
      webhook: null,
      collector: null,
      checkpoints: { to: null, name: null, key: null },
      bot: {
        appType: 'SingleTenant',
        appId,
        tenantId,
        openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
        tokenIssuer: 'https://api.botframework.com',
        loginUrl: 'https://login.microsoftonline.com/botframework.com',
        oauthScope: 'https://api.botframework.com',
      },
      host: null,
      botCredential: { kind: 'secret', tenantId, clientId: appId, clientSecret: password },
      authorityHost: null,
      teamsServiceUrl: 'https://smba.trafficmanager.net/teams',
      graphBaseUrl: 'https://graph.microsoft.com',
      graphCredential: {
        kind: 'secret',
        tenantId,
        clientId: appId,
        clientSecret: password,
      },
    });
  });

  test('every missing name is told at once', () => {
    expect(namesIn(faultsOf({ MicrosoftAppId: tenant.MicrosoftAppId }))).toEqual([
      'MicrosoftAppTenantId',
      'DATABASE_URL',
      'MASTER_KEY',
      'DIRECTORY_FILE',
      'MicrosoftAppPassword',
    ]);
  });

  test('wrong values, missing names and contradictions are told together', () => {
    const faults = faultsOf({ ...tenant, PORT: 'abc', LOG_LEVEL: 'loud', DIRECTORY_FILE: undefined, SANDBOX_PORT: '3980' });
    expect(namesIn(faults)).toEqual(['PORT', 'LOG_LEVEL', 'DIRECTORY_FILE', 'SANDBOX_PORT']);
  });

  test('the sandbox’s port beside credentials is refused', () => {
    expect(faultsOf({ ...tenant, SANDBOX_PORT: '3980' })).toEqual([expect.stringMatching(/^SANDBOX_PORT: .*never runs for a real tenant/)]);
  });

  test('a managed identity needs no password, refuses one, and is Graph’s credential too', () => {
    expect(readConfig(managed)).toMatchObject({
      bot: { appType: 'UserAssignedMSI' },
      botCredential: { kind: 'managed-identity', clientId: tenant.MicrosoftAppId },
      graphCredential: { kind: 'managed-identity', clientId: tenant.MicrosoftAppId },
    });
    expect(namesIn(faultsOf({ ...managed, MicrosoftAppPassword: 'x' }))).toEqual(['MicrosoftAppPassword']);
  });

  const other = '11111111-2222-4333-8444-555555555555';
  const without = { ...tenant, MicrosoftAppPassword: undefined };
  const app = { tenantId: tenant.MicrosoftAppTenantId, clientId: tenant.MicrosoftAppId };
  test.each([
    { given: { MicrosoftAppCertificatePath: 'bot.pem' }, credential: { kind: 'certificate', ...app, certificatePath: 'bot.pem' } },
    { given: { MicrosoftAppManagedIdentity: other }, credential: { kind: 'trusted-identity', ...app, identityId: other } },
    { given: { AZURE_FEDERATED_TOKEN_FILE: '/run/token' }, credential: { kind: 'workload-identity', ...app, tokenFile: '/run/token' } },
  ])('OP5: a SingleTenant bot without a secret signs in by $credential.kind, and Graph with it', ({ given, credential }) => {
    expect(readConfig({ ...without, ...given })).toMatchObject({ botCredential: credential, graphCredential: credential });
  });

  test('OP5: a bot has one credential: none is one too few, and two are one too many', () => {
    expect(faultsOf(without)).toEqual([expect.stringMatching(/^MicrosoftAppPassword: missing; .*MicrosoftAppCertificatePath/)]);
    const three = { ...tenant, MicrosoftAppCertificatePath: 'bot.pem', MicrosoftAppManagedIdentity: other };
    expect(namesIn(faultsOf(three))).toEqual(['MicrosoftAppCertificatePath', 'MicrosoftAppManagedIdentity']);
    expect(namesIn(faultsOf({ ...managed, MicrosoftAppCertificatePath: 'bot.pem' }))).toEqual(['MicrosoftAppCertificatePath']);
  });

  test("OP5: what Kubernetes sets by itself gives way to the bot's own secret, and is Graph's with another app's id", () => {
    expect(readConfig({ ...tenant, AZURE_FEDERATED_TOKEN_FILE: '/run/token', AZURE_CLIENT_ID: other })).toMatchObject({
      botCredential: { kind: 'secret' },
      graphCredential: { kind: 'workload-identity', clientId: other },
    });
  });

  test('OP5: it listens where it is told to; the sandbox, which believes everybody, on this machine alone', () => {
    expect(readConfig({ ...tenant, HOST: '10.1.2.3' })).toMatchObject({ host: '10.1.2.3' });
    expect(namesIn(faultsOf({ ...tenant, HOST: 'http://here' }))).toEqual(['HOST']);
    expect(namesIn(faultsOf({ HOST: '0.0.0.0' }))).toEqual(['HOST']);
    expect(readConfig({ HOST: '127.0.0.1' })).toEqual(readConfig({}));
  });

  test('a tenant’s copy does all, or only answers, or only does jobs; the sandbox is one program', () => {
    expect([undefined, 'web', 'worker'].map((ROLE) => readConfig({ ...tenant, ROLE }))).toMatchObject(
      ['all', 'web', 'worker'].map((role) => ({ role })),
    );
    expect([...namesIn(faultsOf({ ...tenant, ROLE: 'both' })), ...namesIn(faultsOf({ ROLE: 'worker' }))]).toEqual(['ROLE', 'ROLE']);
  });

  test('OP3: a tenant drains for five seconds unless told otherwise, the sandbox not at all, and nobody for longer than ten', () => {
    expect([readConfig(tenant).drainSeconds, readConfig({}).drainSeconds, readConfig({ DRAIN_SECONDS: '10' }).drainSeconds]).toEqual([
      5, 0, 10,
    ]);
    expect(namesIn(faultsOf({ ...tenant, DRAIN_SECONDS: '11' }))).toEqual(['DRAIN_SECONDS']);
  });

  test.each([
    { given: { AZURE_CLIENT_ID: other }, kind: 'managed-identity', clientId: other },
    { given: { AZURE_CLIENT_ID: other, AZURE_CLIENT_SECRET: 's' }, kind: 'secret', clientId: other },
    { given: { AZURE_CLIENT_CERTIFICATE_PATH: 'app.pem' }, kind: 'certificate', clientId: tenant.MicrosoftAppId },
  ])('Graph’s own credential where one is set: $kind of $clientId', ({ given, kind, clientId }) => {
    expect(readConfig({ ...tenant, ...given })).toMatchObject({ graphCredential: { kind, clientId } });
  });

  test('another cloud’s authority is where the bot and Graph fetch their tokens', () => {
    expect(readConfig({ ...tenant, AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.us' })).toMatchObject({
      authorityHost: 'https://login.microsoftonline.us',
      bot: { loginUrl: 'https://login.microsoftonline.us/botframework.com' },
    });
  });

  test('how long things are kept is the council’s to say, and the sandbox may be sealed with a key of one’s own', () => {
    expect(readConfig({ ...tenant, RETENTION_DAYS: '30', AUDIT_YEARS: '7', MASTER_KEY_PREVIOUS: tenant.MASTER_KEY })).toMatchObject({
      retention: { days: 30, years: 7 },
      collector: null,
      checkpoints: { to: null, name: null, key: null },
      previousMasterKey: tenant.MASTER_KEY,
    });
    expect(readConfig({ MASTER_KEY: tenant.MASTER_KEY })).toMatchObject({ mode: 'sandbox', masterKey: tenant.MASTER_KEY });
  });

  test('two credentials for Graph are one too many', () => {
    const both = { ...tenant, AZURE_CLIENT_SECRET: 's', AZURE_CLIENT_CERTIFICATE_PATH: 'app.pem' };
    expect(namesIn(faultsOf(both))).toEqual(['AZURE_CLIENT_CERTIFICATE_PATH']);
  });
});

test.each([
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['PORT', '39.78'],
  ['MicrosoftAppType', 'MultiTenant'],
  ['MicrosoftAppTenantId', 'contoso.onmicrosoft.com'],
  ['DATABASE_URL', 'mysql://db.example.gov.uk/dissent'],
  ['MASTER_KEY', 'c2hvcnQ='],
  ['MASTER_KEY_PREVIOUS', 'not base64, though it is forty-four letters.'],
  ['RETENTION_DAYS', '-1'],
  ['AUDIT_YEARS', 'six'],
  ['AUDIT_YEARS', '2027'],
  ['GRAPH_BASE_URL', 'http://graph.example.gov.uk'],
  ['TEAMS_SERVICE_URL', 'smba.trafficmanager.net'],
  ['AZURE_AUTHORITY_HOST', 'http://127.0.0.1:9000'],
])('%s refuses %s', (name, value) => {
  expect(namesIn(faultsOf({ ...tenant, [name]: value }))).toEqual([name]);
});

test('a fault never repeats a value, which may be a secret', () => {
  const secrets = { MicrosoftAppPassword: 'hush-one', DATABASE_URL: 'mysql://user:hush-two@db', AZURE_CLIENT_SECRET: 'hush-three' };
  const environment = {
    ...tenant,
    ...secrets,
    AZURE_CLIENT_CERTIFICATE_PATH: 'hush-four',
    BotOpenIdMetadata: 'hush-five',
    PORT: 'hush-six',
    MASTER_KEY: 'hush-seven',
  };
  expect(() => readConfig(environment)).toThrow(ConfigurationFault);
  expect(() => readConfig(environment)).not.toThrow(/hush/);
});

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { StartFault } from './app/faults.ts';
import type { Log } from './app/ports.ts';
import { checkpointPlaces } from './checkpoints/places.ts';
import { type Config, ConfigurationFault, readConfig, type TenantConfig } from './config.ts';
import { credentialOf } from './credentials.ts';
import { doctor } from './doctor.ts';
import { graphCalendars } from './graph/calendars.ts';
import { graphClient } from './graph/client.ts';
import { graphFiles } from './graph/files.ts';
import { graphMail } from './graph/mail.ts';
import { operatorLog } from './log.ts';
import { masterKeysOf } from './masterKey.ts';
import { prepareStore } from './prepareStore.ts';
import { FileFaults } from './procedures/dataFile.ts';
import { startProgram } from './program.ts';
import { startSandbox } from './sandbox/startSandbox.ts';
import { openDatabase } from './storage/database.ts';
import { folderMasterKey, type KeyVault, masterKeyVault } from './storage/keyVault.ts';
import { type Replica, startTelemetry } from './telemetry/telemetry.ts';
import { webhook } from './webhook/webhook.ts';

const GRAPH_LIMIT_MILLISECONDS = 30_000;

/** In milliseconds: whatever holds the program up, it has ended by then (OP3). */
const ENDED_WITHIN = 19_500;

/** Ends the running program, which serves on for so many milliseconds first. */
type Close = (drain: number) => Promise<void>;

/** Starts what the environment asks for, and returns how to stop it. */
async function start(config: Config): Promise<Close> {
  return config.mode === 'sandbox' ? sandbox(config) : tenant(config);
}

async function sandbox(config: Extract<Config, { mode: 'sandbox' }>): Promise<Close> {
  const self = replica();
  const telemetry = await startTelemetry(self, config.collector);
  const { dataDir, databaseUrl } = config;
  const vault = await vaultOf(config);
  await prepareStore(config, vault);
  const running = await startSandbox({
    port: config.port,
    sandboxPort: config.sandboxPort,
    dataDirectory: dataDir,
    proceduresDirectory: config.proceduresDir,
    directoryFile: config.directoryFile,
    graphBaseUrl: config.graphBaseUrl,
    openDatabase: () => openDatabase({ databaseUrl: databaseUrl ?? undefined, dataDirectory: dataDir }),
    webhook: config.webhook,
    checkpointKey: config.checkpoints,
    checkpointTo: config.checkpoints.to,
    vault,
    telemetry,
    log: operatorLog(config.logLevel === 'info' ? 'warn' : config.logLevel, undefined, { ...self, request: telemetry.request }),
  });
  console.log(
    [
      '',
      'Conference Dissent is running with invented people, on this machine only.',
      '',
      `  Open           ${running.url}`,
      `  First, be      ${running.url}/chats/health-visitor  (type "raise dissent")`,
      `  Bot Framework  http://127.0.0.1:${running.port}/api/messages  (for another client, such as npm run playground)`,
      '',
      'Stop it with Ctrl+C. What you did is kept under DATA_DIR for the next start.',
      '',
    ].join('\n'),
  );
  return running.close;
}

async function tenant(config: TenantConfig): Promise<Close> {
  const self = replica();
  const telemetry = await startTelemetry(self, config.collector);
  const log = operatorLog(config.logLevel, undefined, { ...self, request: telemetry.request });
  const { bot: identity, graphBaseUrl } = config;
  const credential = credentialOf(config.graphCredential, config);
  const graph = graphClient({ baseUrl: graphBaseUrl, credential, fetchTimeoutMs: GRAPH_LIMIT_MILLISECONDS });
  const vault = await vaultOf(config);
  await prepareStore(config, vault);
  const running = await startProgram({
    proceduresDirectory: config.proceduresDir,
    directoryFile: config.directoryFile,
    openDatabase: () => openDatabase({ databaseUrl: config.databaseUrl, dataDirectory: config.dataDir }),
    vault,
    role: config.role,
    bot: {
      port: config.port,
      mode: {
        kind: 'tenant',
        identity,
        credential: credentialOf(config.botCredential, config),
        host: config.host,
        serviceUrl: config.teamsServiceUrl,
        allowGuests: config.allowGuests,
      },
    },
    calendars: () => graphCalendars(graph, log),
    mail: () => graphMail(graph),
    files: () => graphFiles(graph),
    health: () => doctor(config),
    caseSystem: config.webhook && webhook(config.webhook),
    checkpointKey: config.checkpoints,
    checkpointPlaces: (outside) => checkpointPlaces(config.checkpoints.to, { ...outside, dataDirectory: config.dataDir, credential }),
    clock: { now: () => Temporal.Now.instant() },
    log,
    telemetry,
  });
  log.info('Conference Dissent is ready', { port: running.port });
  void warnOf(config, log);
  return running.close;
}

/** Says in the log what the doctor finds wrong, once the program runs (OP1): what was looked at and its cure, and nothing that may name a person. */
async function warnOf(config: TenantConfig, log: Log): Promise<void> {
  try {
    for (const finding of await doctor(config))
      if (finding.state !== 'well')
        log.warn('something that has to be right is not; npm run doctor says more', {
          look: finding.look,
          state: finding.state,
          check: finding.cure,
        });
  } catch (fault) {
    log.error('what has to be right could not be looked at', fault);
  }
}

/** This copy of the program, as logs, metrics and traces name it. */
function replica(): Replica {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return { version, host: hostname(), replica: randomUUID().slice(0, 8) };
}

/** What the store is sealed with; the sandbox keeps a master key of its own. */
async function vaultOf(config: Config): Promise<KeyVault> {
  const { current, previous } = await masterKeysOf(config);
  return masterKeyVault(current ?? folderMasterKey(config.dataDir), previous);
}

/** Faults that the operator can mend by reading them are told without a stack. */
function stop(fault: unknown): never {
  console.error(
    fault instanceof ConfigurationFault || fault instanceof FileFaults || fault instanceof StartFault
      ? fault.message
      : fault instanceof Error
        ? (fault.stack ?? fault.message)
        : fault,
  );
  process.exit(1);
}

try {
  const config = readConfig(process.env);
  const close = await start(config);
  let closing = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (closing) process.exit(1);
      closing = true;
      setTimeout(() => stop(new StartFault('The program did not end by itself in time, and was ended.')), ENDED_WITHIN).unref();
      void close(config.drainSeconds * 1000).then(() => process.exit(0), stop);
    });
  }
} catch (fault) {
  stop(fault);
}

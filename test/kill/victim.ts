import { checkpointPlaces } from '../../src/checkpoints/places.ts';
import { graphCalendars } from '../../src/graph/calendars.ts';
import { graphClient } from '../../src/graph/client.ts';
import { graphFiles } from '../../src/graph/files.ts';
import { graphMail } from '../../src/graph/mail.ts';
import { startProgram } from '../../src/program.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { masterKeyVault } from '../../src/storage/keyVault.ts';
import { startTelemetry } from '../../src/telemetry/telemetry.ts';
import { directoryFile, masterKey } from './world.ts';

/** The program in a process of its own, to be killed. It waits to be told `start`; its world is at WORLD_URL, its clock begins at STARTS_AT. */
const { WORLD_URL = '', DATABASE_URL, DATA_DIR = '', STARTS_AT = '', BEGUN = '' } = process.env;
const client = () => graphClient({ baseUrl: `${WORLD_URL}/graph`, credential: null, fetchTimeoutMs: 5000 });
/** The only faults that a kill may bring are those that it was told of by the world. */
const error = (message: string, cause: unknown, facts?: object) => console.error(message, cause, facts ?? '');

async function start() {
  const log = { info: () => {}, warn: () => {}, error };
  const opened = openDatabase({ databaseUrl: DATABASE_URL, dataDirectory: DATA_DIR });
  const { kysely: _, pool } = await opened;
  const program = await startProgram({
    proceduresDirectory: 'procedures',
    directoryFile,
    openDatabase: () => opened,
    vault: masterKeyVault(masterKey),
    bot: { port: 0, mode: { kind: 'sandbox', serviceUrl: () => `${WORLD_URL}/teams/` } },
    calendars: () => graphCalendars(client(), log),
    mail: () => graphMail(client()),
    files: () => graphFiles(client()),
    health: null,
    caseSystem: null,
    telemetry: await startTelemetry({ version: 'victim', host: 'victim', replica: 'victim' }, null),
    checkpointKey: { name: null, key: null },
    checkpointPlaces: (outside) => checkpointPlaces(null, { ...outside, dataDirectory: DATA_DIR, credential: null }),
    clock: { now: () => Temporal.Instant.from(STARTS_AT).add(Temporal.Now.instant().since(Temporal.Instant.from(BEGUN))) },
    log,
  });

  /** Does all that is left, without the waits that failed jobs are put off for, and waits for those that killed processes had in hand. */
  async function settle(): Promise<void> {
    for (;;) {
      for (const { name, reference } of await program.jobs.pending()) await program.jobs.retry(name, reference);
      await program.jobs.settle();
      const { rows } = await pool.query(
        "SELECT 1 FROM pgboss.job WHERE name <> 'failed' AND state IN ('created', 'retry', 'active') LIMIT 1",
      );
      if (rows.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  process.on('message', async (asked) => {
    if (asked !== 'end') return;
    await settle();
    await program.close();
    process.exit(0);
  });
  process.send?.({ port: program.port });
}

process.once('message', () => void start());

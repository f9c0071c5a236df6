import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import type { CaseDependencies } from '../src/app/seeCase.ts';
import { templateOf } from '../src/cards/template.ts';
import { readDirectory } from '../src/directory/readDirectory.ts';
import { loadLibrary } from '../src/procedures/loadLibrary.ts';
import { accessLog } from '../src/storage/accessLog.ts';
import { caseStore, noOutbox } from '../src/storage/caseStore.ts';
import { type Database, openDatabase } from '../src/storage/database.ts';
import { masterKeyVault } from '../src/storage/keyVault.ts';
import { openKeys } from '../src/storage/storeKeys.ts';
import { databaseOn } from '../test/support/database.ts';
import { credentials } from '../test/support/realTenant.ts';
import { cardDrawing } from './cards.ts';
import { CHAIRS, decisionClick } from './decisionClick.ts';
import { manyChairs } from './directory.ts';
import { growth } from './growth.ts';
import { meetingTimes } from './meetingTimes.ts';
import { findPostgres, type Server } from './postgres.ts';
import { registerPages } from './register.ts';
import { type Row, tableOf } from './table.ts';
import { openTenant } from './tenant.ts';

/** `npm run bench`: every figure beside its yardstick, both measured in this run. With names of parts, those parts only. */
const parts: Record<string, (server: Server | null) => Promise<Row[]>> = {
  decisions: async (server) => (server ? withDatabase(server, decisions) : []),
  cards: async () => cardDrawing(),
  times: async () => meetingTimes(),
  register: async (server) => (server ? withDatabase(server, async (database) => registerPages(database, await casesOf(database))) : []),
};

const directoryFile = manyChairs(CHAIRS);
const chosen = process.argv.slice(2);
const server = await findPostgres();
if (!server)
  console.log('There is no PostgreSQL here, so decisions and the register are not measured: install one, or set TEST_DATABASE_URL.\n');
const rows: Row[] = [];
const tables: string[] = [];
try {
  for (const [name, measure] of Object.entries(parts))
    if (chosen.length === 0 || chosen.includes(name)) rows.push(...(await measure(server)));
  if (server && (chosen.length === 0 || chosen.includes('growth')))
    tables.push(await withDatabase(server, async (database) => growth(database, await casesOf(database))));
} finally {
  server?.stop();
  rmSync(directoryFile);
}
const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim()})`;
console.log(`${Temporal.Now.plainDateISO()}, Node ${process.version}, ${machine}, ${server?.described ?? 'no PostgreSQL'}\n`);
if (rows.length > 0) tables.unshift(tableOf(rows));
console.log(tables.join('\n\n'));

async function decisions(database: Database, url: string): Promise<Row[]> {
  const tenant = await openTenant(url, directoryFile);
  try {
    const deps = await casesOf(database);
    const program = await tenant.startProgram();
    const data = JSON.parse(readFileSync('cards/samples/case.decided.json', 'utf8')) as object;
    const echo = await tenant.startStock({ template: templateOf('case'), data });
    const fresh = { ours: program.megabytes(), yardstick: echo.megabytes() };
    const clicked = await decisionClick(tenant, deps, database, program, echo);
    const used = { ours: program.megabytes(), yardstick: echo.megabytes() };
    const start = { ours: program.readyAfterMilliseconds, yardstick: echo.readyAfterMilliseconds };
    await Promise.all([program.stop(), echo.stop()]);
    return [
      ...clicked,
      { what: 'start to ready', unit: 'ms', ...start, beside: 'stock echo' },
      { what: 'memory when ready', unit: 'MB', ...fresh, beside: 'stock echo' },
      { what: 'memory after the clicks', unit: 'MB', ...used, beside: 'stock echo' },
    ];
  } finally {
    await tenant.close();
  }
}

async function casesOf({ kysely }: Database): Promise<CaseDependencies> {
  const keys = await openKeys(kysely, masterKeyVault(credentials.MASTER_KEY));
  return {
    cases: caseStore(kysely, keys, noOutbox),
    access: accessLog(kysely, keys),
    library: loadLibrary('procedures'),
    directory: readDirectory(directoryFile, { onFaults: () => {} }),
    clock: { now: () => Temporal.Now.instant() },
    log: { info: () => {}, warn: () => {}, error: console.error },
  };
}

/** Gives a database of its own, and drops it afterwards. */
async function withDatabase<T>(server: Server, work: (database: Database, url: string) => Promise<T>): Promise<T> {
  const fresh = await databaseOn(server.url);
  try {
    const database = await openDatabase({ databaseUrl: fresh.url, dataDirectory: tmpdir() });
    return await work(database, fresh.url).finally(() => database.close());
  } finally {
    await fresh.drop();
  }
}

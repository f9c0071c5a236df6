import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { StartFault } from '../app/faults.ts';
import { openEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { prepared, preparing } from './preparing.ts';
import type { Tables } from './tables.ts';

/** The open database: Kysely for the stores, and plain SQL over the same connections for the job queue. */
export type Database = {
  kysely: Kysely<Tables>;
  pool: pg.Pool;
  /** PGlite, with its one connection and its one process, rather than a PostgreSQL server. */
  embedded: boolean;
  /** Runs SQL that a library brings along, several statements at once included. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  close(): Promise<void>;
};

/**
 * Opens the store and brings its tables up to date: the PostgreSQL of `databaseUrl`, or without one an embedded PostgreSQL
 * under `dataDirectory`. Any number of processes may open the same PostgreSQL at once; the folder belongs to one.
 * @throws with a plain sentence when the database cannot be reached or the folder is in use
 */
export async function openDatabase(options: { databaseUrl?: string | undefined; dataDirectory: string }): Promise<Database> {
  const { databaseUrl, dataDirectory } = options;
  return databaseUrl === undefined ? overEmbedded(await openEmbedded(dataDirectory)) : overServer(databaseUrl);
}

/** The store on an embedded PostgreSQL that has been started. */
export async function overEmbedded(source: { pool: pg.Pool; close(): Promise<void> }): Promise<Database> {
  return overPool(source.pool, true, source.close).catch(async (fault: unknown) => {
    await source.close();
    throw fault;
  });
}

async function overServer(connectionString: string): Promise<Database> {
  const pool = new pg.Pool({
    Client: preparing(prepared(), pg.Client),
    connectionString,
    application_name: 'conference-dissent',
    max: 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  // A server that goes away is reported by the next query; unheard, these events would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await pool.query('SELECT 1');
  } catch (cause) {
    await pool.end();
    const because = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : String(cause);
    throw new StartFault(
      `The database that DATABASE_URL names cannot be reached: ${because}. Check the address, the name and the password.`,
      {
        cause,
      },
    );
  }
  return overPool(pool, false, () => pool.end()).catch(async (fault: unknown) => {
    await pool.end();
    throw fault;
  });
}

async function overPool(pool: pg.Pool, embedded: boolean, close: () => Promise<void>): Promise<Database> {
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await migrate(kysely);
  return { kysely, pool, embedded, executeSql: (text, values) => executeSql(pool, text, values), close };
}

const DEADLOCK = '40P01';

/** Of statements that wait for each other the server ends one, with nothing of it done: it is run again, a few times at most. */
async function executeSql(pool: pg.Pool, text: string, values?: unknown[], again = 3): Promise<{ rows: unknown[] }> {
  try {
    return await execute(pool, text, values);
  } catch (fault) {
    if (again === 0 || (fault as { code?: string }).code !== DEADLOCK) throw fault;
    return executeSql(pool, text, values, again - 1);
  }
}

async function execute(pool: pg.Pool, text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
  const client = await pool.connect();
  try {
    const result: pg.QueryResult | pg.QueryResult[] = await client.query(text, values);
    client.release();
    return { rows: [result].flat().flatMap((each) => each.rows) };
  } catch (fault) {
    // A failure between the statements' own BEGIN and COMMIT must not be left to whoever has the connection next.
    client.release(true);
    throw fault;
  }
}

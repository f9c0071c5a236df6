import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import pg from 'pg';
import { StartFault } from '../app/faults.ts';
import { lockFolder } from './folderLock.ts';
import { prepared, preparing } from './preparing.ts';

/** PGlite never makes a checkpoint by itself, and without one a restart replays everything ever written. */
const CHECKPOINT_EVERY_MS = 5 * 60_000;

/** A PostgreSQL inside this process, seen through a pool of its one connection. */
export type Embedded = { pool: pg.Pool; close(): Promise<void> };

/**
 * Opens the PostgreSQL in `dataDirectory` (made on first use), having locked the folder: PGlite itself takes no lock, and two
 * processes on one folder lose data silently. It never calls fsync, so what it keeps survives the end of the process but not
 * of the machine: it is for the sandbox and for tests.
 * @throws when the folder is in use
 */
export async function openEmbedded(dataDirectory: string): Promise<Embedded> {
  const unlock = lockFolder(dataDirectory);
  try {
    const embedded = await startEmbedded({ dataDir: join(dataDirectory, 'postgres') });
    return {
      pool: embedded.pool,
      close: async () => {
        await embedded.close();
        unlock();
      },
    };
  } catch (cause) {
    unlock();
    throw new StartFault(
      `The database in ${dataDirectory} cannot be opened. Restore the folder from a copy, or move it away to begin anew.`,
      {
        cause,
      },
    );
  }
}

/** Starts a PostgreSQL inside this process: in memory, from a dumped folder, or on a folder that the caller has locked. */
export async function startEmbedded(source: { dataDir: string } | { loadDataDir: Blob } | Record<string, never>): Promise<Embedded> {
  const pglite = new PGlite({ ...source, startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'] });
  await pglite.waitReady;
  // Whoever asks for the one connection while holding it would wait for ever: the time limit makes that an error.
  const pool = new pg.Pool({
    Client: clientOf(pglite),
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 30_000,
    onConnect: clearSession,
  });
  const checkpoints = setInterval(() => void pool.query('CHECKPOINT').catch(() => {}), CHECKPOINT_EVERY_MS).unref();
  return {
    pool,
    close: async () => {
      clearInterval(checkpoints);
      await pool.end();
      await pglite.exec('CHECKPOINT');
      await pglite.close();
    },
  };
}

/** The pool drops a client after a failed query; each new one needs an adapter of its own over the same database. */
function clientOf(pglite: PGlite): new () => pg.ClientBase {
  return class extends preparing(prepared(), pg.Client) {
    constructor() {
      super(createPgConfig(inWholeRequests(pglite)) as pg.ClientConfig);
    }
  };
}

/** Parse, bind, describe, execute and close: what the server answers only at the sync that follows them. */
const PARTS = new Set([...'PBDEC'].map((letter) => letter.charCodeAt(0)));

/** The adapter sends each part of a request by itself, and every time the whole of PostgreSQL is entered and left: here they go together. */
function inWholeRequests(pglite: PGlite): PGlite {
  let parts: Uint8Array[] = [];
  const execProtocolStream: PGlite['execProtocolStream'] = async (message, options) => {
    parts.push(message);
    if (PARTS.has(message[0] ?? 0)) return [];
    const request = parts.length === 1 ? message : Buffer.concat(parts);
    parts = [];
    return pglite.execProtocolStream(request, options);
  };
  return { waitReady: pglite.waitReady, execProtocolStream } as PGlite;
}

/** A dropped client leaves the one session behind, perhaps in a failed transaction, and with what it had prepared. */
async function clearSession(client: pg.ClientBase): Promise<void> {
  await client.query('ROLLBACK');
  await client.query('DEALLOCATE ALL');
}

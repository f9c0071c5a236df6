import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartFault } from '../src/app/ports.ts';
import { type Database, openDatabase } from '../src/storage/database.ts';

/**
 * Opens the store that the environment names, for a command that works on one that is there, does the work, and closes it.
 * Ends with the exit code that the work answers, or 2 with a plain sentence when there is no such store.
 */
export async function withStore(work: (database: Database) => Promise<number>): Promise<void> {
  try {
    const databaseUrl = process.env.DATABASE_URL || undefined;
    const dataDirectory = process.env.DATA_DIR || '.data';
    if (databaseUrl === undefined && !existsSync(join(dataDirectory, 'postgres'))) {
      throw new StartFault(`There is no store in ${dataDirectory}. Set DATABASE_URL, or DATA_DIR for a sandbox's folder.`);
    }
    const database = await openDatabase({ databaseUrl, dataDirectory });
    try {
      process.exitCode = await work(database);
    } finally {
      await database.close();
    }
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault);
    process.exitCode = 2;
  }
}

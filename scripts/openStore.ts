import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartFault } from '../src/app/faults.ts';
import { type Config, readConfig } from '../src/config.ts';
import { masterKeysOf } from '../src/masterKey.ts';
import { type Database, openDatabase } from '../src/storage/database.ts';
import { folderMasterKey, type KeyVault, masterKeyVault } from '../src/storage/keyVault.ts';
import { openKeys, type StoreKeys } from '../src/storage/storeKeys.ts';

/** A store as a command has it: its keys are asked for by those that read or write what is sealed. */
export type OpenStore = {
  database: Database;
  config: Config;
  keys(): Promise<StoreKeys>;
  /** What the master key at hand opens; null where there is none. */
  vault: KeyVault | null;
};

/** Whether a command may make a store, and by which of the database's roles it works, where there are several (EV5). */
type Opening = { mayMake: boolean; as: 'program' | 'owner' | 'retention' };

/**
 * Opens the store that the environment names, for a command that works on one that is there (or, with `mayMake`, on a new one), does
 * the work, and closes it. Ends with the exit code that the work answers, or 2 with a plain sentence when there is no such store.
 */
export async function withStore(work: (store: OpenStore) => Promise<number>, options: Partial<Opening> = {}): Promise<void> {
  const { mayMake = false, as = 'program' } = options;
  try {
    const config = readConfig(process.env);
    const { ownerUrl, retentionUrl } = config.databaseRoles;
    const databaseUrl = { owner: ownerUrl, retention: retentionUrl, program: null }[as] ?? config.databaseUrl ?? undefined;
    const { dataDir: dataDirectory } = config;
    if (databaseUrl === undefined && !mayMake && !existsSync(join(dataDirectory, 'postgres'))) {
      throw new StartFault(`There is no store in ${dataDirectory}. Set DATABASE_URL, or DATA_DIR for a sandbox's folder.`);
    }
    const database = await openDatabase({ databaseUrl, dataDirectory });
    try {
      const vault = await vaultOf(config);
      const keys = async () => {
        if (vault === null) throw new StartFault(SEALED);
        return openKeys(database.kysely, vault);
      };
      process.exitCode = await work({ database, config, keys, vault });
    } finally {
      await database.close();
    }
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault);
    process.exitCode = 2;
  }
}

const SEALED =
  'The store is sealed. Set MASTER_KEY to the key that it was sealed with; the sandbox keeps its own in master.key, in DATA_DIR.';

/** The master key of the environment, or of the sandbox's folder; never a new one, since the store was sealed with one. */
export async function vaultOf(config: Config): Promise<KeyVault | null> {
  const { current, previous } = await masterKeysOf(config);
  if (current !== null) return masterKeyVault(current, previous);
  return existsSync(join(config.dataDir, 'master.key')) ? masterKeyVault(folderMasterKey(config.dataDir)) : null;
}

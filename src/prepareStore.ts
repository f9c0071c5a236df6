import type { Config } from './config.ts';
import { openQueue } from './jobs/queue.ts';
import { operatorLog } from './log.ts';
import { openDatabase } from './storage/database.ts';
import type { KeyVault } from './storage/keyVault.ts';
import { grantRoles } from './storage/roles.ts';
import { openKeys } from './storage/storeKeys.ts';

/**
 * Brings the tables of the store and of the queue up to date as the role that owns them, and gives the program's role and that of retention
 * what they need and no more (EV5). Keys that an earlier master key wrapped are wrapped anew. Does nothing without DATABASE_OWNER_URL.
 * @throws StartFault as `openDatabase` and `openKeys` do
 */
export async function prepareStore(
  config: Pick<Config, 'databaseUrl' | 'databaseRoles' | 'dataDir'>,
  vault: KeyVault | null,
): Promise<boolean> {
  const { databaseUrl, dataDir: dataDirectory } = config;
  const { ownerUrl, retentionUrl } = config.databaseRoles;
  if (ownerUrl === null || databaseUrl === null) return false;
  const owner = await openDatabase({ databaseUrl: ownerUrl, dataDirectory });
  try {
    await (await openQueue({ database: owner, log: operatorLog('error') })).close();
    await grantRoles(owner.kysely, { program: roleOf(databaseUrl), retention: retentionUrl === null ? null : roleOf(retentionUrl) });
    if (vault !== null) await openKeys(owner.kysely, vault);
    return true;
  } finally {
    await owner.close();
  }
}

function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

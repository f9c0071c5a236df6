import { keepErasures } from '../src/app/keepErasures.ts';
import type { Config } from '../src/config.ts';
import { checkpointSigner } from '../src/storage/checkpointSigner.ts';
import type { Database } from '../src/storage/database.ts';
import { evidenceLog } from '../src/storage/evidenceLog.ts';
import { rewriteKeys } from '../src/storage/retention.ts';
import type { StoreKeys } from '../src/storage/storeKeys.ts';
import { placesOf } from './checkpointPlaces.ts';

/** Ends a run of erasures: no file of the database holds the keys any more, and the list of erased cases stands outside (corners 33, 34). */
export async function settleErasures({ kysely }: Database, keys: StoreKeys, config: Config): Promise<void> {
  await rewriteKeys(kysely);
  const erased = await evidenceLog(kysely).erasures();
  for (const failure of await keepErasures(erased, checkpointSigner(keys, config.checkpoints), placesOf(config)))
    console.error(`The list of erased cases could not be written to the ${failure}. The program writes it with its next checkpoint.`);
}

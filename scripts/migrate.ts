import { StartFault } from '../src/app/faults.ts';
import { readConfig } from '../src/config.ts';
import { prepareStore } from '../src/prepareStore.ts';
import { vaultOf } from './openStore.ts';

/**
 * `npm run migrate`: brings the tables up to date as their owner (DATABASE_OWNER_URL) and gives the other roles what they need, so that
 * the program itself need not hold the owner's password.
 */
try {
  const config = readConfig(process.env);
  if (!(await prepareStore(config, await vaultOf(config)))) throw new StartFault('Set DATABASE_OWNER_URL, beside DATABASE_URL.');
  console.log('The tables are up to date, and the roles have what they need.');
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault);
  process.exitCode = 2;
}

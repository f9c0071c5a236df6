import { StartFault } from '../src/app/faults.ts';
import { upgradeEvidence } from '../src/storage/upgradeEvidence.ts';
import { withStore } from './openStore.ts';

/**
 * `npm run upgrade-evidence`: once, for a store that was made before its rows were authenticated, with every replica stopped. It checks the
 * old chains and signs what they hold; a store whose chains are broken is left as it is.
 */
await withStore(
  async ({ database, vault }) => {
    if (vault === null) throw new StartFault('Set MASTER_KEY to the key that the store was sealed with.');
    const { cases, events, accesses } = await upgradeEvidence(database.kysely, vault);
    console.log(`The chains were whole. ${cases} cases, ${events} events and ${accesses} looks and refused presses are authenticated now.`);
    return 0;
  },
  { as: 'owner' },
);

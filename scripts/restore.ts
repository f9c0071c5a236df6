import { StartFault } from '../src/app/faults.ts';
import { erasuresKept } from '../src/app/keepErasures.ts';
import { sayInstant } from '../src/domain/londonTime.ts';
import { openQueue } from '../src/jobs/queue.ts';
import { operatorLog } from '../src/log.ts';
import { verifyAudit } from '../src/storage/audit/verifyAudit.ts';
import { checkpointSigner } from '../src/storage/checkpointSigner.ts';
import { restore } from '../src/storage/restore.ts';
import type { StoreKeys } from '../src/storage/storeKeys.ts';
import { placesOf } from './checkpointPlaces.ts';
import { withStore } from './openStore.ts';
import { readCommandLine } from './operator.ts';
import { settleErasures } from './settleErasures.ts';

/**
 * `npm run restore -- <file>`: puts a back-up into an empty store, once its MAC shows that it is one of this master key's and as it was
 * written, and goes through its audit trail.
 */
const { words } = readCommandLine('npm run restore -- dissent-2027-03-01.backup', { words: 1, reason: false, operator: false });
await withStore(
  async ({ database, config, keys, vault }) => {
    if (vault === null) throw new StartFault('Set MASTER_KEY to the key that the store was sealed with when the back-up was made.');
    const queue = await openQueue({ database, log: operatorLog('error') });
    const kept = (own: StoreKeys) => erasuresKept(checkpointSigner(own, config.checkpoints), placesOf(config));
    const restoring = restore(database.kysely, vault, words[0]!, queue, kept).finally(() => queue.close());
    const { rows, madeAt, lastRetention, erasedAgain } = await restoring;
    if (erasedAgain.length > 0) await settleErasures(database, await keys(), config);
    const { fault } = await verifyAudit(database.kysely, { vault });
    console.log(`${words[0]} was restored: ${rows.case_header} cases, ${rows.case_event} events and ${rows.job ?? 0} jobs.`);
    console.log(
      `It was made on ${sayInstant(madeAt)}. ${
        lastRetention
          ? `Its last entry about keeping and erasing is "${lastRetention.action}" of ${lastRetention.reference}, ${sayInstant(lastRetention.at)}.`
          : 'It has no entry about keeping and erasing.'
      }`,
    );
    console.log(
      erasedAgain.length > 0
        ? `Erased again, since they had been after that: ${erasedAgain.join(', ')}.`
        : 'No later erasure is in the list beside the checkpoints. If a case was erased after that all the same, erase it anew.',
    );
    console.log(fault ? `The audit trail is not whole. ${fault.sentence}` : 'The audit trail is whole.');
    return fault ? 1 : 0;
  },
  { mayMake: true, as: 'owner' },
);

import { openQueue } from '../src/jobs/queue.ts';
import { operatorLog } from '../src/log.ts';
import { restore } from '../src/storage/restore.ts';
import { verifyAudit } from '../src/storage/verifyAudit.ts';
import { withStore } from './openStore.ts';
import { readCommandLine } from './operator.ts';

/** `npm run restore -- <file>`: puts a back-up into an empty store, and goes through its audit trail and its keys. */
const { words } = readCommandLine('npm run restore -- dissent-2027-03-01.backup', { words: 1, reason: false, operator: false });
await withStore(
  async ({ database, keys }) => {
    const queue = await openQueue({ database, log: operatorLog('error') });
    const rows = await restore(database.kysely, words[0]!, queue).finally(() => queue.close());
    const { fault } = await verifyAudit(database.kysely);
    console.log(`${words[0]} was restored: ${rows.case_header} cases, ${rows.case_event} events and ${rows.job ?? 0} jobs.`);
    console.log(fault ? `The audit trail is not whole. ${fault.sentence}` : 'The audit trail is whole.');
    await keys();
    console.log('The master key opens it.');
    return fault ? 1 : 0;
  },
  { mayMake: true },
);

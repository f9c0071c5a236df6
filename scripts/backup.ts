import { backUp } from '../src/storage/backUp.ts';
import { withStore } from './openStore.ts';
import { readCommandLine } from './operator.ts';

/** `npm run backup -- <file>`: writes the whole store to a file, sealed as it is; on PostgreSQL the program goes on working meanwhile. */
const { words } = readCommandLine('npm run backup -- dissent-2027-03-01.backup', { words: 1, reason: false, operator: false });
await withStore(async ({ database, keys }) => {
  const rows = await backUp(database.kysely, await keys(), words[0]!, Temporal.Now.instant());
  console.log(
    `${words[0]} holds ${rows.case_header} cases, ${rows.case_event} events and ${rows.job ?? 0} jobs. Keep MASTER_KEY apart from it.`,
  );
  return 0;
});

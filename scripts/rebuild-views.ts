import { rebuildViews } from '../src/storage/caseView.ts';
import { withStore } from './openStore.ts';

/** `npm run rebuild-views`: makes the list view again from the events; the program may go on working on PostgreSQL meanwhile. */
await withStore(async ({ kysely }) => {
  console.log(`The view was made again from the events of ${await rebuildViews(kysely)} cases.`);
  return 0;
});

import { caseSummary } from '../src/app/caseSummary.ts';
import { seenBy } from '../src/app/seeCase.ts';
import { readDirectory } from '../src/directory/readDirectory.ts';
import { loadLibrary } from '../src/procedures/loadLibrary.ts';
import { rebuildViews } from '../src/storage/caseView.ts';
import { guestsEntered } from '../src/storage/guestsEntered.ts';
import { withStore } from './openStore.ts';

/**
 * `npm run rebuild-views`: makes the list view again from the events, with due dates by the calendars as they are now; the program may
 * go on working on PostgreSQL meanwhile.
 */
await withStore(async ({ database, config, keys }) => {
  const library = loadLibrary(config.proceduresDir);
  const directory = readDirectory(config.directoryFile, { onFaults: () => {} });
  const clock = { now: () => Temporal.Now.instant() };
  const cases = await rebuildViews(database.kysely, await keys(), (trail) => {
    const { current, procedure, calendar, now } = seenBy({ library, directory, clock }, trail, 'bot');
    return caseSummary(current, procedure, calendar, now);
  });
  await guestsEntered(database.kysely, await keys(), directory());
  console.log(`The view was made again from the events of ${cases} cases.`);
  return 0;
});

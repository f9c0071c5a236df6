import { rebuildViews } from '../src/storage/caseView.ts';
import { openDatabase } from '../src/storage/database.ts';

/** `npm run rebuild-views`: makes the list view again from the events; the program may go on working on PostgreSQL meanwhile. */
try {
  const database = await openDatabase({
    databaseUrl: process.env.DATABASE_URL || undefined,
    dataDirectory: process.env.DATA_DIR || '.data',
  });
  try {
    console.log(`The view was made again from the events of ${await rebuildViews(database.kysely)} cases.`);
  } finally {
    await database.close();
  }
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault);
  process.exitCode = 2;
}

import { eraseCase } from '../src/storage/retention.ts';
import { withStore } from './openStore.ts';
import { readCommandLine } from './operator.ts';
import { settleErasures } from './settleErasures.ts';

/** `npm run erase -- <reference> --by <account> --reason <why> [--force]`: destroys the key of a closed case, and so its content. */
const usage = 'npm run erase -- DIS-27-001 --by it.operator --reason "Retention is over" [--force]';
const { words, operator, reason, force } = readCommandLine(usage, { words: 1, reason: true });
const [reference = ''] = words;
await withStore(
  async ({ database, config, keys }) => {
    const store = { kysely: database.kysely, keys: await keys() };
    const refused = await eraseCase(store, reference, { operator, reason, force }, config.retention, Temporal.Now.instant());
    if (refused === null) await settleErasures(database, store.keys, config);
    console.log(refused ?? `Case ${reference} was erased. Back-ups and disk copies made before hold it still.`);
    return refused === null ? 0 : 1;
  },
  { as: 'retention' },
);

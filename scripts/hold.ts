import { setHold } from '../src/storage/retention.ts';
import { withStore } from './openStore.ts';
import { readCommandLine } from './operator.ts';

/** `npm run hold -- <reference> on|off --by <account> --reason <why>`: puts a case on legal hold, or lifts the hold. */
const usage = 'npm run hold -- DIS-27-001 on --by it.operator --reason "Court proceedings"';
const { words, operator, reason } = readCommandLine(usage, { words: 2, reason: true });
const [reference = '', to] = words;
if (to !== 'on' && to !== 'off') {
  console.error(`Say "on" or "off": ${usage}`);
  process.exit(2);
}
await withStore(
  async ({ database, keys }) => {
    const store = { kysely: database.kysely, keys: await keys() };
    const refused = await setHold(store, reference, to === 'on', { operator, reason }, Temporal.Now.instant());
    console.log(refused ?? `Case ${reference} is ${to === 'on' ? 'on legal hold' : 'no longer on legal hold'}.`);
    return refused === null ? 0 : 1;
  },
  { as: 'retention' },
);

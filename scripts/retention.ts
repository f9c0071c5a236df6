import { dateOf, sayDate } from '../src/domain/londonTime.ts';
import { eraseCase, removeCase, retentionDue } from '../src/storage/retention.ts';
import { withStore } from './openStore.ts';
import { readCommandLine } from './operator.ts';
import { settleErasures } from './settleErasures.ts';

/**
 * `npm run retention`: lists what may be erased and removed by RETENTION_DAYS and AUDIT_YEARS, and what is on hold; with `--erase --by
 * <account>` does it, case by case. Stopped half-way, it goes on where it was the next time.
 */
const erases = process.argv.includes('--erase');
const usage = 'npm run retention, or npm run retention -- --erase --by it.operator';
const { operator } = readCommandLine(usage, { words: 0, reason: false, operator: erases });
await withStore(
  async ({ database, config, keys }) => {
    const { retention: periods } = config;
    const store = { kysely: database.kysely, keys: await keys() };
    const now = Temporal.Now.instant();
    const { erase, remove, held } = await retentionDue(store, periods, now);
    for (const { reference, at, operator, reason } of held)
      console.log(`${reference} is on hold since ${sayDate(dateOf(at))}, by ${operator}: ${reason}`);
    for (const { reference, since } of erase) console.log(`${reference} may be erased since ${sayDate(since)}.`);
    for (const { reference, since } of remove) console.log(`What is left of ${reference} may be removed since ${sayDate(since)}.`);
    if (!erases) {
      console.log(`${erase.length} cases may be erased, ${remove.length} removed; ${held.length} are on hold.`);
      return 0;
    }
    const refusals = [
      ...(await inTurn(erase, (reference) =>
        eraseCase(store, reference, { operator, reason: `${periods.days} days after closing`, force: false }, periods, now),
      )),
      ...(await inTurn(remove, (reference) =>
        removeCase(store, reference, { operator, reason: `${periods.years} years after erasure` }, periods, now),
      )),
    ];
    await settleErasures(database, store.keys, config);
    for (const refusal of refusals) console.log(refusal);
    console.log(`${erase.length + remove.length - refusals.length} cases were erased or removed.`);
    return refusals.length === 0 ? 0 : 1;
  },
  { as: 'retention' },
);

/** Does a thing to one case after another; answers why it was not done where it was not. */
async function inTurn(cases: { reference: string }[], deed: (reference: string) => Promise<string | null>): Promise<string[]> {
  const refusals: string[] = [];
  for (const { reference } of cases) {
    const refused = await deed(reference);
    if (refused !== null) refusals.push(refused);
  }
  return refusals;
}

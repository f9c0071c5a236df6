import { sql } from 'kysely';
import { PAGE, register } from '../src/app/register.ts';
import type { CaseDependencies } from '../src/app/seeCase.ts';
import type { Database } from '../src/storage/database.ts';
import { median } from './load.ts';
import type { Row } from './table.ts';

const CASES = 100_000;
const LOOKS = 30;
/** A page that nobody turns to by hand, to see that it costs no more than it must. */
const FAR = 100;

/** A page of the register among 100,000 cases, nine in ten of them closed. Beside it the same question without its index. */
export async function registerPages(database: Database, deps: CaseDependencies): Promise<Row[]> {
  const { kysely } = database;
  await sql`
    INSERT INTO case_header (reference, partnership, procedure_id, procedure_version, procedure_fingerprint, draft, prefix, year, number, hash)
    SELECT 'DIS-26-' || n, 'camden', 'camden-dissent', 1, '', 'bench-' || n, 'DIS', '26', n, '' FROM generate_series(1, ${sql.lit(CASES)}) n
  `.execute(kysely);
  await sql`
    INSERT INTO case_view (reference, partnership, procedure_id, procedure_version, status, stage, revision, raised_at, dissenter, chair, due_on, waits_for)
    SELECT 'DIS-26-' || n, CASE WHEN n % 7 = 0 THEN 'strathmallow' ELSE 'camden' END, 'camden-dissent', 1,
      CASE WHEN n % 10 = 0 THEN 'open' ELSE 'closed' END, 'decide', 4, timestamptz '2026-11-20' - n * interval '1 hour', 'gp', 'chair',
      date '2026-11-20' + (n * 7919) % 400, 'service-manager'
    FROM generate_series(1, ${sql.lit(CASES)}) n
  `.execute(kysely);
  await sql`ANALYZE`.execute(kysely);
  const page = async (number: number) => {
    const found = await register(deps, 'service-manager', number);
    if (found?.rows.length !== PAGE) throw new Error(`page ${number} of the register has ${found?.rows.length} cases`);
  };
  const plainly = (number: number) =>
    kysely.transaction().execute(async (transaction) => {
      await sql`SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off`.execute(transaction);
      await sql`
        SELECT * FROM case_view WHERE status = 'open' AND partnership = 'camden' ORDER BY due_on, reference
        LIMIT ${sql.lit(PAGE + 1)} OFFSET ${sql.lit(number * PAGE)}
      `.execute(transaction);
    });
  const row = async (what: string, number: number): Promise<Row> => ({
    what,
    unit: 'ms',
    ours: await looks(() => page(number)),
    yardstick: await looks(() => plainly(number)),
    beside: 'the same question without its index',
  });
  return [await row('register among 100,000 cases, first page', 0), await row(`register among 100,000 cases, page ${FAR}`, FAR)];
}

async function looks(look: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < LOOKS; count += 1) {
    const begun = performance.now();
    await look();
    times.push(performance.now() - begun);
  }
  return median(times);
}

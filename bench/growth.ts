import { sql } from 'kysely';
import { figuresFor } from '../src/app/figures.ts';
import { myCases } from '../src/app/myCases.ts';
import { register } from '../src/app/register.ts';
import type { CaseDependencies } from '../src/app/seeCase.ts';
import { openQueue } from '../src/jobs/queue.ts';
import { startJobs } from '../src/jobs/startJobs.ts';
import { casesRaised } from '../src/storage/casesRaised.ts';
import type { Database } from '../src/storage/database.ts';
import { prepare } from './decisionClick.ts';
import { median } from './load.ts';

const SIZES = (process.env.BENCH_SIZES ?? '1000,10000').split(',').map(Number);
const LOOKS = 5;
/** Cases that are opened and referred in earnest, so that lists have something to open. */
const REAL = 40;

/**
 * What lists and rounds cost as cases pile up: each at several sizes, in milliseconds, with the factor between. Most of the cases are closed
 * and have only what lists keep of them; of the newest the whole trail is there.
 */
export async function growth(database: Database, loud: CaseDependencies): Promise<string> {
  const { kysely } = database;
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  // Of the cases that have only a row in the lists nothing can be opened, which is said of each that is tried.
  const deps = { ...loud, log: silent };
  const queue = await openQueue({ database, log: silent });
  const jobs = startJobs({ queue, log: silent, works: false, handlers: {} as never });
  const [{ reference = '' } = {}] = await prepare(deps, REAL);
  const raised = { ...deps, casesRaised: casesRaised(kysely) };
  const looks: Record<string, () => Promise<unknown>> = {
    'figures of a quarter': () => figuresFor(raised, 'service-manager'),
    'my cases, of whoever oversees all': () => myCases(deps, 'service-manager'),
    'my cases, of somebody with a few': () => myCases(deps, 'chair-1'),
    'my cases, of somebody with none': () => myCases(deps, 'gp'),
    'register, first page': () => register(deps, 'service-manager', 0),
    'a job left for every open case': async () =>
      queue.enqueueAll((await deps.cases.openReferences()).map((each) => ({ name: 'tell', reference: each }))),
    'what waits': () => jobs.pending(),
  };
  const measured = new Map<string, number[]>();
  let before = 0;
  for (const size of SIZES) {
    await add(kysely, reference, before, size);
    before = size;
    await sql`DELETE FROM pgboss.job`.execute(kysely);
    await sql`ANALYZE`.execute(kysely);
    for (const [what, look] of Object.entries(looks)) measured.set(what, [...(measured.get(what) ?? []), await timed(look)]);
  }
  await jobs.stop();
  await queue.close();
  const rows = [...measured].map(([what, times]) => [
    what,
    ...times.map((time, index) => `${time.toFixed(1)} ms${index === 0 ? '' : ` (${(time / (times[index - 1] ?? time)).toFixed(1)})`}`),
  ]);
  const header = ['what', ...SIZES.map((size) => `${size.toLocaleString('en-GB')} cases`)];
  return [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Adds cases as lists see them, one in ten of them open, each like one that is there, up to so many. */
async function add(kysely: Database['kysely'], like: string, before: number, size: number): Promise<void> {
  const numbers = sql`generate_series(${sql.lit(before + 1)}, ${sql.lit(size)}) n`;
  await sql`
    INSERT INTO case_header (reference, partnership, procedure_id, procedure_version, procedure_fingerprint, draft, prefix, year, number, hash)
    SELECT 'DIS-25-' || n, one.partnership, one.procedure_id, one.procedure_version, '', 'growth-' || n, 'DIS', '25', n, ''
    FROM case_view one, ${numbers} WHERE one.reference = ${like}
  `.execute(kysely);
  await sql`
    INSERT INTO case_view (reference, partnership, procedure_id, procedure_version, status, stage, revision, raised_at, agency, dissenter, chair,
      others, unfinished, due_on, waits_for, figures)
    SELECT 'DIS-25-' || n, one.partnership, one.procedure_id, one.procedure_version, CASE WHEN n % 10 = 0 THEN 'open' ELSE 'closed' END, one.stage,
      4, one.raised_at - interval '8 days' - n * interval '20 seconds', one.agency, one.dissenter, 'chair-' || n % 200, ARRAY['service-manager'],
      false, one.due_on, one.waits_for, one.figures
    FROM case_view one, ${numbers} WHERE one.reference = ${like}
  `.execute(kysely);
}

/** The middle one of several looks, after one that makes everything ready. */
async function timed(look: () => Promise<unknown>): Promise<number> {
  await look();
  const times: number[] = [];
  for (let count = 0; count < LOOKS; count += 1) {
    const begun = performance.now();
    await look();
    times.push(performance.now() - begun);
  }
  return median(times);
}

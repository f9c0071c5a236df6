import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { fuzzSoak } from '../test/fuzz/fuzzSoak.ts';
import { slowHeaders } from '../test/fuzz/slowHeaders.ts';
import { killSoak } from '../test/kill/killSoak.ts';
import { tamperingSoak } from '../test/storage/tampering/tamperingSoak.ts';

/**
 * The long forms of what `npm test` proves briefly: `npm run soak` runs every part, `npm run soak -- fuzz` one of them, and `--seed=7`
 * repeats a run, as far as a seed can: `kill` also hangs on the machine's own pace. What it prints is kept, dated, in
 * docs/reliability.md.
 */

type Figures = Record<string, unknown>;

/** The parts by name. Each throws when what it proves does not hold, and answers the figures to print. */
const parts: Record<string, (seed: number) => Promise<Figures>> = {
  /** What holds of the rules whatever the case: the tests of test/domain on new examples, a hundred times as many. */
  properties: (seed) => properties(100, seed),
  /** Ten thousand changed activities, or as many as `--activities` says. */
  fuzz: (seed) => fuzzSoak(activities, seed),
  /** Two hundred callers who never come to the end of their headers. */
  'slow-headers': () => slowHeaders(200),
  /** Two hundred kills, half of them on each store, or on each as many as `--kills` says. */
  kill: (seed) => killSoak(kills, seed),
  /** Every alteration of evidence that there is in test/storage/tampering: each has to be found. */
  tampering: () => tamperingSoak(),
};

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string' }, kills: { type: 'string' }, activities: { type: 'string' } },
  allowPositionals: true,
});
const activities = Number(values.activities ?? 10_000);
const kills = Number(values.kills ?? 100);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0 || !Number.isSafeInteger(seed)) {
  console.error(`There is no "${unknown.join('", "')}"; the parts are ${Object.keys(parts).join(', ')}, and a seed is a whole number.`);
  process.exit(2);
}
for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
  const begun = performance.now();
  try {
    const figures = await parts[name]?.(seed);
    console.log(`${name} held (seed ${seed}, ${Math.round((performance.now() - begun) / 1000)} s)`);
    console.log(JSON.stringify(figures, null, 2));
  } catch (fault) {
    console.error(`${name} did not hold (seed ${seed})`);
    console.error(fault);
    process.exitCode = 1;
  }
}

/** @throws Error when a property has an example that breaks it; the tests have then said which */
async function properties(times: number, seed: number): Promise<Figures> {
  const environment = { ...process.env, PROPERTY_TIMES: `${times}`, PROPERTY_SEED: `${seed}` };
  const { status } = spawnSync('npm', ['test', '--', 'test/domain', 'test/models', '--testTimeout=3600000'], {
    env: environment,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('a property does not always hold: see above');
  return { times };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from '../../bench/postgres.ts';
import { databaseOn } from '../support/database.ts';
import { killRun } from './killRun.ts';
import { verify } from './verify.ts';

type Counted = Record<string, number>;

/** What has to have happened for a run to have proved anything. */
const PROVED = ['answered', 'bookings', 'letters sent', 'reasons filed'];

/**
 * The program killed so many times on each store while twenty people click: one process on the embedded store, and two replicas that
 * share a PostgreSQL, one of them killed at a time. Answers what there was to look at.
 * @throws Error with everything that was lost, or done twice
 */
export async function killSoak(kills: number, seed: number): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'kill-'));
  try {
    const embedded = await held(kills, 1, { DATA_DIR: folder }, seed);
    const postgres = await onPostgres(kills, seed);
    const unproved = PROVED.filter((what) => !embedded[what] && !postgres?.[what]);
    if (unproved.length > 0) throw new Error(`this proves nothing, since there were no ${unproved.join(' and no ')}`);
    return { embedded, postgres: postgres ?? 'not run: there is no PostgreSQL here; install one, or set TEST_DATABASE_URL' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres(kills: number, seed: number): Promise<Counted | null> {
  const server = await findPostgres();
  if (!server) return null;
  try {
    const database = await databaseOn(server.url);
    try {
      return await held(kills, 2, { DATABASE_URL: database.url }, seed);
    } finally {
      await database.drop();
    }
  } finally {
    server.stop();
  }
}

async function held(kills: number, replicas: number, environment: Record<string, string>, seed: number): Promise<Counted> {
  const run = await killRun({ kills, replicas, environment, random: chance(seed) });
  try {
    const { faults, counts } = await verify(run, environment);
    if (faults.length > 0) throw new Error([`after ${kills} kills of ${replicas} replica(s):`, ...faults].join('\n'));
    return { kills, replicas, ...counts, seconds: Math.round(run.seconds) };
  } finally {
    await run.world.close();
  }
}

/** Numbers from 0 up to 1 that look random, always the same for a seed: what is killed when still depends on the machine. */
function chance(seed: number): () => number {
  let state = BigInt(seed) + 1n;
  return () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 11n) / 2 ** 53;
  };
}

import { type FuzzReport, fuzz } from './fuzz.ts';

/** As many as one world is sent: its cases grow, and with them the time that each further one takes. */
const A_WORLD = 2000;

/** Sends so many changed activities, in worlds of their own one after the other, each from the seed after the one before. @throws as `fuzz` does */
export async function fuzzSoak(activities: number, seed: number): Promise<FuzzReport> {
  const total: FuzzReport = { sent: 0, statuses: {}, changes: {} };
  for (let round = 0; total.sent < activities; round += 1) {
    const { sent, statuses, changes } = await fuzz({
      activities: Math.min(A_WORLD, activities - total.sent),
      seed: seed + round,
      thorough: true,
    });
    total.sent += sent;
    add(total.statuses, statuses);
    add(total.changes, changes);
  }
  return total;
}

function add<Key extends string | number>(to: Record<Key, number>, counted: Record<Key, number>): void {
  for (const key of Object.keys(counted) as Key[]) to[key] = (to[key] ?? 0) + counted[key];
}

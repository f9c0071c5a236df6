import fc from 'fast-check';
import { OutsideFault } from '../../src/app/faults.ts';
import { startTeamsClient } from '../support/teamsClient.ts';
import { activityIn, lawfulChanges, liveOn, pressesIn, watch } from './lawful.ts';
import { bodyOf, fuzzed } from './mutations.ts';
import { openWorld } from './world.ts';

/** What came of a run: how many activities were sent, how they were answered, and how many changed a case, by who may. */
export type FuzzReport = { sent: number; statuses: Record<number, number>; changes: Record<string, number> };

/**
 * Sends the bot recorded activities, each changed at random from `seed`, and after each one looks that the answer was no fault, that no
 * fault was logged, and that whatever has changed was changed by the one who sent it and whom the rules allow it.
 * @throws Error with the activity that did otherwise, and the seed to send it again with
 */
export async function fuzz({
  activities,
  seed,
  thorough = false,
}: {
  activities: number;
  seed: number;
  thorough?: boolean;
}): Promise<FuzzReport> {
  const world = await openWorld({ thorough });
  const teams = await startTeamsClient();
  const recorded = world.recorded.map((activity) => ({ ...activity, serviceUrl: teams.serviceUrl }));
  const known = await watch(world);
  const presses = pressesIn(world, recorded);
  const live = new Map([null, ...known.values()].map((trail) => [trail?.reference, liveOn(world, presses, trail)]));
  const report: FuzzReport = { sent: 0, statuses: {}, changes: {} };
  const count = <Key extends string | number>(of: Record<Key, number>, key: Key) => {
    of[key] = (of[key] ?? 0) + 1;
  };
  const strays: unknown[] = [];
  const stray = (fault: unknown) => void strays.push(fault);
  process.on('unhandledRejection', stray);
  try {
    await fc.assert(
      fc.asyncProperty(fuzzed, async (wanted) => {
        const revisions = new Map([...known].map(([reference, { events }]) => [reference, events.length]));
        const body = bodyOf(wanted, { recorded, revisions, live: [...live.values()].flat() });
        const { status } = await sent(world.port, body);
        report.sent += 1;
        count(report.statuses, status);
        if (status >= 500 && !(status === 501 && isForeignInvoke(body))) throw new Error(`answered ${status}`);
        const fault = world.log.entries.find(({ level, cause }) => level === 'error' && !(cause instanceof OutsideFault));
        if (fault) throw new Error(`a fault was logged: ${fault.message}`, { cause: fault.cause });
        const { by, changed } = await lawfulChanges(world, known, body);
        for (const each of by) count(report.changes, each);
        for (const trail of changed) live.set(trail.reference, liveOn(world, presses, trail));
        if (strays.length > 0) throw new Error('a promise was left to itself', { cause: strays[0] });
        teams.calls.length = 0;
      }),
      { numRuns: activities, seed, endOnFailure: true },
    );
    return report;
  } finally {
    process.off('unhandledRejection', stray);
    await world.close();
    await teams.close();
  }
}

async function sent(port: number, body: Uint8Array): Promise<{ status: number }> {
  const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: body as Uint8Array<ArrayBuffer>,
  });
  await response.arrayBuffer();
  return { status: response.status };
}

/** The Bot Framework's own word for an invoke that a bot has nothing to do with is 501. */
function isForeignInvoke(body: Uint8Array): boolean {
  const activity = activityIn(body);
  return activity?.type === 'invoke' && activity.name !== 'adaptiveCard/action';
}

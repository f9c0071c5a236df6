import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Answered, playCase } from './clicks.ts';
import { openWorld, type World } from './world.ts';

/** Who raises dissents while the program is killed; both chairs, deciders with their deputies, administrators and a teller click on them. */
const DISSENTERS = [
  'health-visitor',
  'community-paediatrician',
  'midwife',
  'drug-and-alcohol-worker',
  'probation-officer',
  'gp',
  'camhs-practitioner',
  'police-officer',
  'teacher',
  'family-worker',
];
/** A day on which deputies cover for both deciders. */
const STARTS_AT = '2027-12-21T10:00:00Z';

/** What may happen between two kills: activities delivered, and calls to Teams and Graph. */
const MOST_HAPPENINGS = 200;
const LONGEST_LIFE_MILLISECONDS = 8000;

/** `environment` says where the store is; `random` is what chance goes by, from 0 up to 1. */
export type KillOptions = { kills: number; replicas: number; environment: Record<string, string>; random(): number };

export type KillRun = { kills: number; answered: Answered[]; world: World; seconds: number };

/**
 * Kills the program `kills` times, one replica after the other, at random moments (of its start too) while people click and Teams delivers
 * their clicks up to five times, late and out of order. Then lets it come to rest, and answers what was answered to whom.
 */
export async function killRun({ kills, replicas, environment, random }: KillOptions): Promise<KillRun> {
  const begun = performance.now();
  const world = await openWorld(STARTS_AT, random);
  const answered: Answered[] = [];
  let left = kills;
  const clicking = { world, tell: (each: Answered) => void answered.push(each), over: () => left === 0 };
  let cases = 0;
  const people = DISSENTERS.map(async (dissenter) => {
    for (; left > 0; await playCase(clicking, dissenter, cases)) cases += 1;
  });

  const lives = victims(environment, world);
  const running = await Promise.all(Array.from({ length: replicas }, () => lives.start().ready));
  for (; left > 0; left -= 1) {
    const index = left % replicas;
    // By what happens, not by the clock: a kill finds something in hand however slow the machine is.
    await world.happenings(random() * MOST_HAPPENINGS, LONGEST_LIFE_MILLISECONDS);
    await pause(random() * 20);
    await running[index]?.kill();
    const next = lives.start();
    // Now and then it does not even come to its start.
    if (random() < 0.1) {
      await pause(random() * 1500);
      await next.kill();
      running[index] = await lives.start().ready;
    } else running[index] = await next.ready;
  }
  await Promise.all(people);
  await Promise.all(running.map((each) => each.end()));
  lives.close();
  return { kills, answered, world, seconds: (performance.now() - begun) / 1000 };
}

type Life = { kill(): Promise<void>; end(): Promise<void> };

/** Processes of the program. The next one is always there already, waiting to be told to start. */
function victims(environment: Record<string, string>, world: World) {
  const spawn = (): ChildProcess =>
    fork(fileURLToPath(new URL('victim.ts', import.meta.url)), {
      env: { ...process.env, ...environment, WORLD_URL: world.url, STARTS_AT: world.startsAt, BEGUN: `${world.begun}` },
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  let spare = spawn();
  return {
    start(): { ready: Promise<Life>; kill(): Promise<void> } {
      const child = spare;
      spare = spawn();
      const ended = once(child, 'close');
      const listening: { port?: number } = {};
      const life: Life = {
        async kill() {
          child.kill('SIGKILL');
          await ended;
          if (listening.port !== undefined) world.ports.delete(listening.port);
        },
        async end() {
          child.send('end');
          const [code] = await ended;
          if (code !== 0) throw new Error(`the program did not come to rest, but ended with ${code}`);
        },
      };
      const listens = once(child, 'message').then(([told]) => {
        const { port } = told as { port: number };
        Object.assign(listening, { port });
        if (!child.killed) world.ports.add(port);
        return life;
      });
      const failed = ended.then(([code, signal]) => {
        if (signal === 'SIGKILL') return life;
        throw new Error(`the program could not start again: it ended with ${code}`);
      });
      child.send('start');
      return { ready: Promise.race([listens, failed]), kill: life.kill };
    },
    close: () => void spare.kill('SIGKILL'),
  };
}

import type { ProcedureFinding } from '../../domain/procedureChecks.ts';
import type { Procedure } from '../../domain/procedureShape.ts';
import { timeLimitsOf } from '../../domain/timeLimits.ts';
import type { Calendar } from '../../domain/workingDays.ts';
import { Arrivals } from './arrivals.ts';
import { type Scenario, scenariosOf } from './scenarios.ts';
import { waysFrom } from './ways.ts';
import { later, raisedAt, type Scene } from './world.ts';

/** More scenes than any procedure of a partnership has; beyond them a walk says that it has not seen everything. */
const MOST_SCENES = 4000;
/** The conference of a walk was on Tue 2 Feb 2027, and what is raised about it is raised the next morning. */
const RAISED = '2027-02-03T10:00:00Z';

/**
 * Walks every way through a procedure by the very rules that cases are held to, among invented people, and returns what was found: a
 * stage that cannot be finished, a date that never starts, whoever would be told or invited where that is nobody (PL1).
 */
export function walk(procedure: Procedure, calendar: Calendar): ProcedureFinding[] {
  const arrivals = new Arrivals(procedure, calendar);
  const stuck = new Map<string, ProcedureFinding>();
  let scenes = 0;
  for (const scenario of scenariosOf(procedure, calendar)) {
    const begun = raisedAt(scenario.world, scenario.dissent, Temporal.Instant.from(RAISED));
    if ('refused' in begun) {
      const words = `nothing can be raised (${scenario.said}): ${[begun.sentence, ...Object.values(begun.fields ?? {})].join(' ')}`;
      stuck.set(words, { severity: 'fault', path: ['grounds'], message: words });
      continue;
    }
    const known = new Set<string>();
    const ahead: { scene: Scene; way: string[] }[] = [{ scene: begun, way: [begun.current.stage] }];
    for (let at = ahead.pop(); at !== undefined && scenes < MOST_SCENES; at = ahead.pop()) {
      const { scene, way } = at;
      const key = keyOf(scene);
      if (known.has(key)) continue;
      known.add(key);
      scenes += 1;
      arrivals.note(scene, way);
      for (const next of onward(scenario, scene)) {
        if ('refused' in next) stuck.set(`${scene.current.stage} ${next.refused}`, stuckAt(scene, way, scenario, next));
        else if (next.scene.current.status === 'open') ahead.push({ scene: next.scene, way: [...way, next.scene.current.stage] });
      }
    }
  }
  const much: ProcedureFinding[] =
    scenes < MOST_SCENES
      ? []
      : [
          {
            severity: 'warning',
            path: ['stages'],
            message: 'there are more ways through it than could be walked: some were not looked at',
          },
        ];
  return [...stuck.values(), ...arrivals.findings(), ...much];
}

/** What tells one scene from another for what may still come: where it is, where it was, and what is left to do. */
function keyOf({ current }: Scene): string {
  const decisions = Object.entries(current.decisions).map(([stage, { perChild }]) => [stage, Object.values(perChild)]);
  return JSON.stringify([current.stage, Object.keys(current.finished), decisions, current.letter !== null, current.lateness?.accepted]);
}

type Onward = { scene: Scene } | { refused: string; label: string };

/** What each way on from a scene comes to: another stage, the end of the case, or why it goes no further. */
function onward({ world, late }: Scenario, { current, now }: Scene): Onward[] {
  const limit = timeLimitsOf(current, world.procedure, world.calendar, now).find(({ kind }) => kind === 'time limit');
  const at = late && limit ? Temporal.Instant.from(limit.lateFrom).add({ minutes: 1 }) : now.add({ minutes: 10 });
  const scene = later({ current, now }, at);
  const ways = waysFrom(world, scene);
  if (ways.length === 0) return [{ refused: 'nothing can be decided or done there', label: '' }];
  return ways.map(({ label, go }): Onward => {
    const came = go(scene);
    if ('refused' in came) return { refused: [came.sentence, ...Object.values(came.fields ?? {})].join(' '), label };
    const stays = came.current.status === 'open' && came.current.stage === current.stage && keyOf(came) === keyOf(scene);
    return stays ? { refused: 'something is left that nobody can do', label } : { scene: came };
  });
}

function stuckAt(
  { current }: Scene,
  way: string[],
  { said }: Scenario,
  { refused, label }: { refused: string; label: string },
): ProcedureFinding {
  const pressed = label === '' ? '' : `, with "${label}"`;
  return {
    severity: 'fault',
    path: ['stages', current.stage],
    message: `cannot be finished${pressed}, on the way ${way.join(' > ')} (${said}): ${refused}`,
  };
}

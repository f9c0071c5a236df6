import type { Case } from './case.ts';
import type { StageName } from './events/trail.ts';
import { stageOf, stageOfKind } from './procedure.ts';
import type { Procedure } from './procedureShape.ts';
import { leadsTo, stageFacts } from './stages/stages.ts';
import type { Task } from './task.ts';

/**
 * The checklist of a case: every task that its decisions and its end call for, in order, done or not (C17, C18, C22, C23, S21-S23, Q21),
 * and before them what a complaint calls for as soon as it is there (P6, P9), be it about one agency alone. Empty where the procedure asks
 * for nothing. What the present stage calls for comes last.
 */
export function tasksOf(current: Case, procedure: Procedure): Task[] {
  const own = Object.entries(procedure.stages).map(([name, stage]) => ({
    present: name === current.stage,
    tasks: stageFacts(stage).tasks(stage, name, current, procedure),
  }));
  const { past = [], present = [] } = Object.groupBy(own, (each) => (each.present ? 'present' : 'past'));
  return [...routedTasks(current, procedure), ...[...past, ...present].flatMap(({ tasks }) => tasks)];
}

/** That what is about an agency's own work was passed on to that agency's own process (P9, P11). */
function routedTasks({ dissent, conclusion }: Case, { grounds }: Procedure): Task[] {
  return dissent.grounds.flatMap((id) => {
    const { routes, source = '' } = grounds[id] ?? {};
    if (!routes) return [];
    const task = `task:${routes.to}.${id}`;
    return [
      { id: task, kind: 'task', stage: routes.to, of: id, title: routes.task, role: null, source, done: conclusion.ticks[task] ?? null },
    ];
  });
}

/** Whether a case has come to its end with nothing left to do, so that it closes by itself (Q29). */
export function nothingLeft(current: Case, procedure: Procedure): boolean {
  const { ends } = stageFacts(stageOf(procedure, current.stage));
  return current.status === 'open' && ends && tasksOf(current, procedure).every(({ done }) => done !== null);
}

/**
 * Who has a task to do: `decided`, while a letter waits for whoever made the decision; `teller`, once somebody is named to tell the
 * parents; the role of the procedure that it is given to; or else `administrator`.
 */
export function doerOf({ kind, stage, role }: Task, { conclusion, decisions }: Case): string {
  if (role !== null) return role;
  if (kind === 'parents') return conclusion.parents[stage]?.teller ? 'teller' : 'administrator';
  const goesWithLetter = kind === 'letter' || kind === 'copy';
  return goesWithLetter && !conclusion.letters[stage] && decisions[stage] ? 'decided' : 'administrator';
}

/**
 * The children that a deciding stage decides on, by reference: all of the dissent's, but for those that an earlier decision sent
 * elsewhere (X11, Q16). One that was sent on by way of a letter, a record or a meeting is still among them.
 */
export function childrenAt(current: Pick<Case, 'dissent' | 'decisions'>, procedure: Procedure, name: StageName): string[] {
  const decided = current.decisions[name];
  if (decided) return Object.keys(decided.perChild);
  return current.dissent.children.filter((child) => {
    const last = Object.entries(current.decisions).findLast(([, { perChild }]) => perChild[child] !== undefined);
    if (!last) return true;
    const [stage, { perChild }] = last;
    const next = stageOfKind(procedure, stage, 'decide')?.outcomes[perChild[child] ?? '']?.next;
    return next !== undefined && leadsTo(procedure, next, name);
  });
}

import type { Case, PersonId, StageName } from './case.ts';
import type { Conclusion, Sending } from './conclusion.ts';
import { type ConcludeStage, type DecideStage, deciders, type Procedure, type RecordStage, stageOf } from './procedure.ts';

/** What has to be done after a decision before a case may close, and what became of it. */
export type Task = {
  /** `letter:decide`, `copy:decide`, `agency:decide`, `chair:decide`, `parents:decide`, `task:review.register`, `file:CH-1041`. */
  id: string;
  kind: 'letter' | 'copy' | 'agency' | 'chair' | 'parents' | 'task' | 'file';
  /** The decision that it follows; for filing, the concluding stage. */
  stage: StageName;
  /** The child's reference for filing, the task's own id for a procedure's task; otherwise empty. */
  of: string;
  /** What has to be done, where that is in the procedure's own words. */
  title?: string;
  /** Who does it, where that is a role of the procedure. */
  role: string | null;
  source: string;
  done: { at: string; by: PersonId } | null;
};

/**
 * The checklist of a case: every task that its decisions and its end call for, in order, done or not (C17, C18, C22, C23, S21-S23, Q21),
 * and before them what a complaint calls for as soon as it is there (P6, P9), be it about one agency alone. Empty where the procedure asks
 * for nothing.
 */
export function tasksOf(current: Case, procedure: Procedure): Task[] {
  const decided = Object.entries(procedure.stages).flatMap(([name, stage]) => {
    if (stage.kind === 'record') return stage.tell && reached(current, name) ? toldOf(current, name, stage.tell) : [];
    return stage.kind === 'decide' && current.decisions[name] ? tasksAfter(current, name, stage) : [];
  });
  const stage = stageOf(procedure, current.stage);
  const atTheEnd = stage.kind === 'conclude' ? concludingTasks(current, procedure, stage) : [];
  return [...routedTasks(current, procedure), ...decided, ...atTheEnd];
}

const reached = ({ stage, finished }: Case, name: StageName) => stage === name || finished[name] !== undefined;

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
  return (
    current.status === 'open' &&
    stageOf(procedure, current.stage).kind === 'conclude' &&
    tasksOf(current, procedure).every(({ done }) => done !== null)
  );
}

function tasksAfter(current: Case, name: StageName, stage: DecideStage): Task[] {
  const { conclusion } = current;
  const tick = (id: string) => conclusion.ticks[id] ?? null;
  const sendings = sendingsOf(conclusion, name);
  const sentTo = (to: Sending['to']) => allSent(sendings.filter((each) => each.to === to && each.status !== 'dropped'));
  const { agency } = current.dissent;
  const base = { stage: name, of: '', role: null };
  const letters: Task[] = stage.letter
    ? [
        {
          ...base,
          id: `letter:${name}`,
          kind: 'letter',
          source: stage.letter.source,
          done: allSent(sendings.filter(({ to }) => to !== 'copy')),
        },
        ...(stage.letter.copy ? [{ ...base, id: `copy:${name}`, kind: 'copy' as const, source: 'C18', done: sentTo('copy') }] : []),
      ]
    : [];
  const told = stage.tell ? toldOf(current, name, stage.tell, agency === null ? null : sentTo(`agency:${agency}`)) : [];
  const outcomes = new Set(Object.values(current.decisions[name]?.perChild ?? {}));
  const own = [...outcomes].flatMap((outcome) =>
    Object.entries(stage.outcomes[outcome]?.tasks ?? {}).map(([id, { title, by, source }]): Task => {
      const task = `task:${name}.${id}`;
      return { ...base, id: task, kind: 'task', of: id, title, role: by, source, done: tick(task) };
    }),
  );
  return [...letters, ...told, ...own];
}

/**
 * Who has a task to do: `decided`, while a letter waits for whoever made the decision; `teller`, once somebody is named to tell the
 * parents; the role of the procedure that it is given to; or else `administrator`.
 */
export function doerOf({ kind, stage, role }: Task, { conclusion, decisions }: Case): string {
  if (role !== null) return role;
  if (kind === 'parents') return conclusion.tellings[stage]?.teller ? 'teller' : 'administrator';
  return kind === 'letter' && !conclusion.letters[stage] && decisions[stage] ? 'decided' : 'administrator';
}

/** Who has to be told of a decision, or that a complaint has come; an agency's letter counts as telling it. */
function toldOf(
  { conclusion }: Case,
  name: StageName,
  { who, source }: NonNullable<RecordStage['tell']>,
  letter: Task['done'] = null,
  decider = 'whoever decides',
): Task[] {
  const tick = (id: string) => conclusion.ticks[id] ?? null;
  const base = { stage: name, of: '', role: null, source };
  return who.map((kind): Task => {
    if (kind === 'parents')
      return { ...base, id: `parents:${name}`, kind, done: conclusion.tellings[name]?.told.find(({ everyone }) => everyone) ?? null };
    if (kind !== 'decider')
      return { ...base, id: `${kind}:${name}`, kind, done: tick(`${kind}:${name}`) ?? (kind === 'agency' ? letter : null) };
    const task = `task:${name}.decider`;
    return { ...base, id: task, kind: 'task', of: 'decider', title: `Tell ${decider} that it has come`, done: tick(task) };
  });
}

/** The messages by which a decision's letter goes; none before it is approved. */
export function sendingsOf({ letters, sendings }: Conclusion, stage: StageName): Sending[] {
  const numbers = letters[stage]?.sendings ?? [];
  return sendings.filter(({ number }) => numbers.includes(number));
}

/** Who has to be told at the end, nothing being decided, and what has to be filed. */
function concludingTasks(current: Case, procedure: Procedure, { file, tell }: ConcludeStage): Task[] {
  const { dissent, conclusion, stage: name } = current;
  const [role = ''] = deciders(procedure);
  const told = tell ? toldOf(current, name, tell, null, `the ${procedure.roles[role]?.title ?? role}`) : [];
  const filed = dissent.children.map(
    (child): Task => ({
      id: `file:${child}`,
      kind: 'file',
      stage: name,
      of: child,
      role: null,
      source: file?.source ?? '',
      done: conclusion.filed[child] ?? null,
    }),
  );
  return [...told, ...(file ? filed : [])];
}

/** When the last of some messages went, if none is still to go. One that a person said need not go is waited for no more. */
function allSent(sendings: Sending[]): Task['done'] {
  if (sendings.length === 0 || sendings.some(({ status }) => status !== 'sent' && status !== 'dropped')) return null;
  const at =
    sendings
      .map((each) => each.at)
      .toSorted()
      .at(-1) ?? '';
  return { at, by: 'bot' };
}

/**
 * The children that a deciding stage decides on, by reference: all of the dissent's, but for those that an earlier decision sent
 * elsewhere (X11, Q16).
 */
export function childrenAt(current: Pick<Case, 'dissent' | 'decisions'>, procedure: Procedure, name: StageName): string[] {
  const decided = current.decisions[name];
  if (decided) return Object.keys(decided.perChild);
  return current.dissent.children.filter((child) => {
    const last = Object.entries(current.decisions).findLast(([, { perChild }]) => perChild[child] !== undefined);
    if (!last) return true;
    const [stage, { perChild }] = last;
    const definition = procedure.stages[stage];
    return definition?.kind === 'decide' && definition.outcomes[perChild[child] ?? '']?.next === name;
  });
}

import type { Case } from './case.ts';
import type { Sending } from './conclusion.ts';
import type { PersonId, StageName } from './events/trail.ts';
import type { RecordStage } from './procedureParts.ts';
import type { Procedure } from './procedureShape.ts';
import { called } from './whoIsTold.ts';

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

/** Who has to be told of a decision, or that a complaint has come; an agency's letter counts as telling it. */
export function toldOf(
  { conclusion }: Case,
  procedure: Procedure,
  name: StageName,
  { who, source }: NonNullable<RecordStage['tell']>,
  letter: Task['done'] = null,
  decider = 'whoever decides',
): Task[] {
  const tick = (id: string) => conclusion.ticks[id] ?? null;
  const base = { stage: name, of: '', role: null, source };
  return who.map((kind): Task => {
    if (kind === 'parents')
      return { ...base, id: `parents:${name}`, kind, done: conclusion.parents[name]?.told.find(({ everyone }) => everyone) ?? null };
    if (kind === 'agency' || kind === 'chair')
      return { ...base, id: `${kind}:${name}`, kind, done: tick(`${kind}:${name}`) ?? (kind === 'agency' ? letter : null) };
    const task = `task:${name}.${kind}`;
    const title = kind === 'decider' ? `Tell ${decider} that it has come` : `Tell ${called(kind, procedure)}`;
    return { ...base, id: task, kind: 'task', of: kind, title, done: tick(task) };
  });
}

/** When the last of some messages went, if none is still to go. One that a person said need not go is waited for no more. */
export function allSent(sendings: Sending[]): Task['done'] {
  if (sendings.length === 0 || sendings.some(({ status }) => status !== 'sent' && status !== 'dropped')) return null;
  const at =
    sendings
      .map((each) => each.at)
      .toSorted()
      .at(-1) ?? '';
  return { at, by: 'bot' };
}

import type { Case } from '../case.ts';
import { sendingsOf } from '../conclusion.ts';
import type { StageName } from '../events/trail.ts';
import { forMeeting, stageOfKind, titleOf } from '../procedure.ts';
import type { DecideStage } from '../procedureParts.ts';
import { allSent, type Task, toldOf } from '../task.ts';
import type { StageFacts } from './stageFacts.ts';

/** A role decides: one main outcome, which says where the case goes, with its reasons (C11-C16, C19-C20, S14-S19, P8). */
export const decide: StageFacts<'decide'> = {
  actors: ({ by, also }) => [by, ...also],
  waitsFor: ({ by }) => [by],
  next: () => null,
  ways: ({ outcomes, lateRefused, next }) =>
    [next, ...Object.values(outcomes).map((each) => each.next), lateRefused].flatMap((each) => each ?? []),
  beforeDecision: false,
  once: false,
  ends: false,
  doneAhead: () => null,
  calendared: () => null,
  late: { nextUpOn: 1, said: 'overdue' },
  decider: ({ by }) => by,
  nextUp: ({ outcomes, advice }, procedure, { dissent }) => {
    const following = Object.values(forMeeting(outcomes, dissent.conference.type)).flatMap(
      ({ next }) => stageOfKind(procedure, next, 'decide') ?? [],
    );
    return following[0]?.by ?? advice ?? null;
  },
  end: ({ by }, { roles }) => `the decision of the ${titleOf(roles, by)}`,
  tasks: (stage, name, current) => (current.decisions[name] ? tasksAfter(stage, name, current) : []),
  check(stage, checks, { raisedBy }) {
    const { by, advice, lateRefused, asks, outcomes, tell, ask } = stage;
    checks.role(by, ['by']);
    checks.teller(tell, asks);
    if (advice) checks.role(advice, ['advice']);
    if (lateRefused) checks.stage(lateRefused, ['lateRefused']);
    checks.only(asks, ['asks']);
    checks.only(outcomes, ['outcomes']);
    if (Object.keys(outcomes).length === 0) checks.fault(['outcomes'], 'a decision needs at least one outcome');
    for (const [id, each] of Object.entries(outcomes)) {
      checks.stage(each.next, ['outcomes', id, 'next']);
      for (const [task, does] of Object.entries(each.tasks)) checks.role(does.by, ['outcomes', id, 'tasks', task, 'by']);
      checks.only(each.asks, ['outcomes', id, 'asks']);
      checks.names([...Object.keys(each.asks), ...Object.keys(asks)], ['outcomes', id, 'asks']);
    }
    if (raisedBy === 'staff' && ask.includes('dissenter')) checks.fault(['ask'], '"dissenter" cannot be asked where "raisedBy" is staff');
  },
};

/** What follows a decision that was made: its letter, whom it is told to, and what its outcomes have somebody do. */
function tasksAfter({ letter, tell, outcomes }: DecideStage, name: StageName, current: Case): Task[] {
  const { conclusion } = current;
  const sendings = sendingsOf(conclusion, name);
  const sentTo = (to: string) => allSent(sendings.filter((each) => each.to === to && each.status !== 'dropped'));
  const { agency } = current.dissent;
  const base = { stage: name, of: '', role: null };
  const letters: Task[] = letter
    ? [
        { ...base, id: `letter:${name}`, kind: 'letter', source: letter.source, done: allSent(sendings.filter(({ to }) => to !== 'copy')) },
        ...(letter.copy ? [{ ...base, id: `copy:${name}`, kind: 'copy' as const, source: 'C18', done: sentTo('copy') }] : []),
      ]
    : [];
  const told = tell ? toldOf(current, name, tell, agency === null ? null : sentTo(`agency:${agency}`)) : [];
  const given = new Set(Object.values(current.decisions[name]?.perChild ?? {}));
  const own = [...given].flatMap((outcome) =>
    Object.entries(outcomes[outcome]?.tasks ?? {}).map(([id, { title, by, source }]): Task => {
      const task = `task:${name}.${id}`;
      return { ...base, id: task, kind: 'task', of: id, title, role: by, source, done: conclusion.ticks[task] ?? null };
    }),
  );
  return [...letters, ...told, ...own];
}

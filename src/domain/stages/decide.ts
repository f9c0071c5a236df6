import type { Case } from '../case.ts';
import { sendingsOf } from '../conclusion.ts';
import type { StageName } from '../events/trail.ts';
import { deciderTitle, forMeeting, hasCopy, stageOfKind } from '../procedure.ts';
import type { Checks } from '../procedureChecks.ts';
import type { DecideStage } from '../procedureParts.ts';
import type { Procedure } from '../procedureShape.ts';
import { allSent, type Task, toldOf } from '../task.ts';
import type { StageFacts } from './stageFacts.ts';

/** A role decides: one main outcome, which says where the case goes, with its reasons (C11-C16, C19-C20, S14-S19, P8). */
export const decide: StageFacts<'decide'> = {
  actors: ({ by, with: others, also }) => [by, ...others, ...also],
  // Those of several who have given no view yet, or once all have, all of them (PL4).
  waitsFor: ({ by, with: others }, { views, stage }) => {
    const given = (views[stage] ?? []).map(({ role }) => role);
    const open = [by, ...others].filter((role) => !given.includes(role));
    return open.length > 0 ? open : [by, ...others];
  },
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
  end: (stage, procedure) => `the decision of the ${deciderTitle(procedure, stage)}`,
  tasks: (stage, name, current, procedure) => (current.decisions[name] ? tasksAfter(stage, name, current, procedure) : []),
  check(stage, checks, { raisedBy, meetings }) {
    const { by, advice, lateRefused, asks, outcomes, tell, ask, askTarget, letter, next } = stage;
    checks.role(by, ['by']);
    checkTogether(stage, checks);
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
    if (next) checks.fault(['next'], 'each outcome says where the case goes from here: take this out, and give every outcome its "next"');
    for (const meeting of Object.keys(meetings)) {
      if (Object.keys(outcomes).length > 0 && Object.keys(forMeeting(outcomes, meeting)).length === 0)
        checks.fault(['outcomes'], `there is none for the meeting "${meeting}", so that nothing can be decided after one`);
    }
    if (askTarget && askTarget.from !== 'asked') checks.fault(['askTarget', 'from'], 'it is counted from the question: write "asked"');
    if (askTarget && ask.length === 0 && !advice) checks.warn(['askTarget'], 'nobody is asked here: name them in "ask" or "advice"');
    if (advice === by) checks.warn(['advice'], `"${by}" decides here, and would ask themselves: name another role`);
    if (raisedBy === 'staff' && letter?.to.includes('agencies'))
      checks.fault(['letter', 'to'], 'no agency is listed where "raisedBy" is staff, so it would go to nobody: write "everyone"');
    if (raisedBy === 'staff' && ask.includes('dissenter')) checks.fault(['ask'], '"dissenter" cannot be asked where "raisedBy" is staff');
  },
};

/** Several who decide are several roles, each once, and no more have to agree than there are (PL4). */
function checkTogether({ by, with: others, agree, called, also }: DecideStage, checks: Checks): void {
  for (const [index, role] of others.entries()) checks.role(role, ['with', index]);
  if (new Set([by, ...others]).size <= others.length) checks.fault(['with'], 'a role stands here twice: each has one view');
  if (agree !== undefined && agree > others.length + 1) checks.fault(['agree'], `${agree} cannot agree where ${others.length + 1} decide`);
  if (others.length === 0 && (agree !== undefined || called !== undefined))
    checks.fault([agree === undefined ? 'called' : 'agree'], 'one decides alone here: name the others in "with"');
  if (others.length > 0 && also.length > 0) checks.fault(['also'], 'where several decide, each gives their own view: take this out');
}

/** What follows a decision that was made: its letter, whom it is told to, and what its outcomes have somebody do. */
function tasksAfter({ letter, tell, outcomes }: DecideStage, name: StageName, current: Case, procedure: Procedure): Task[] {
  const { conclusion } = current;
  const sendings = sendingsOf(conclusion, name);
  const sentTo = (to: string) => allSent(sendings.filter((each) => each.to === to && each.status !== 'dropped'));
  const { agency } = current.dissent;
  const base = { stage: name, of: '', role: null };
  const hasOnlyCopy = letter?.to.every((each) => each === 'board');
  const letters: Task[] = letter
    ? [
        {
          ...base,
          id: `letter:${name}`,
          kind: 'letter',
          source: letter.source,
          done: allSent(sendings.filter(({ to }) => hasOnlyCopy || to !== 'copy')),
        },
        ...(hasCopy(letter) ? [{ ...base, id: `copy:${name}`, kind: 'copy' as const, source: 'C18', done: sentTo('copy') }] : []),
      ]
    : [];
  const told = tell ? toldOf(current, procedure, name, tell, agency === null ? null : sentTo(`agency:${agency}`)) : [];
  const given = new Set(Object.values(current.decisions[name]?.perChild ?? {}));
  const own = [...given].flatMap((outcome) =>
    Object.entries(outcomes[outcome]?.tasks ?? {}).map(([id, { title, by, source }]): Task => {
      const task = `task:${name}.${id}`;
      return { ...base, id: task, kind: 'task', of: id, title, role: by, source, done: conclusion.ticks[task] ?? null };
    }),
  );
  return [...letters, ...told, ...own];
}

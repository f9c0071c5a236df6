import type { CaseForViewer } from '../../app/seeCase.ts';
import { decidedAlike } from '../../domain/decided.ts';
import { dateOf, sayDate } from '../../domain/londonTime.ts';
import type { Task } from '../../domain/task.ts';
import { inSentence, listOf } from '../../domain/words.ts';
import { type Body, part, section } from './body.ts';
import { answerParts } from './dissent.ts';

/** The card of a procedure's own task, such as changing the Register: what to change, for which child, and no reasons (Q21, S18). */
export function presentTask(seen: CaseForViewer, task: Task): Body {
  const { current, procedure } = seen;
  const stage = procedure.stages[task.stage];
  const decision = current.decisions[task.stage];
  const outcomes = stage?.kind === 'decide' ? stage.outcomes : {};
  const [outcome = ''] = Object.keys(outcomes).filter((id) => outcomes[id]?.tasks[task.of]);
  const children = Object.entries(decision?.perChild ?? {}).flatMap(([child, given]) => (given === outcome ? [child] : []));
  const groups = decision ? decidedAlike(decision).filter((each) => each.outcome === outcome) : [];
  const answers = groups.map((each, index) => {
    const own = answerParts(outcomes[outcome]?.asks ?? {}, each.answers, index === 0 ? 'task' : `task.${index}`, seen);
    if (groups.length === 1) return own;
    // Each child has its own (CD1): what is to be changed says for which.
    const whose = (label: string) => `${listOf(each.children)}: ${inSentence(label)}`;
    return {
      facts: own.facts.map(({ title, value }) => ({ title: whose(title), value })),
      typed: own.typed.map((typed) => ({ ...typed, label: whose(typed.label) })),
    };
  });
  const note = current.conclusion.ticks[task.id]?.note ?? null;
  return {
    title: 'A task for you',
    alerts: task.done ? [{ text: `Done ${sayDate(dateOf(task.done.at))}.`, style: 'good' }] : [],
    dues: [],
    parts: [
      part('task', [
        section('What to do', {
          lead: task.title ?? outcomes[outcome]?.tasks[task.of]?.title ?? '',
          meta: decision ? `Decided ${sayDate(dateOf(decision.at))}: ${outcomes[outcome]?.title ?? outcome}` : '',
          facts: answers.flatMap(({ facts }) => facts),
          typed: [
            { id: 'children', label: 'Children, by reference', text: listOf(children.length > 0 ? children : current.dissent.children) },
            ...answers.flatMap(({ typed }) => typed),
            ...(note === null ? [] : [{ id: 'note', label: 'Note', text: note }]),
          ],
        }),
      ]),
    ],
    buttons: [{ verb: `tick:${task.id}`, title: 'Done', style: 'positive' }],
  };
}

import type { CaseForViewer } from '../../app/seeCase.ts';
import { decisionLetterTitle } from '../../domain/procedure.ts';
import type { Task } from '../../domain/task.ts';
import { capitalised } from '../../domain/words.ts';
import { deciderAt } from '../stageWords.ts';

/** Which decision a stage's tasks follow, to be put after a title: `: the Service Manager's decision`. Empty where they follow none. */
export function decisionOf({ procedure }: CaseForViewer, stage: string): string {
  const definition = procedure.stages[stage];
  const decider = definition ? deciderAt(definition, procedure) : null;
  return decider === null ? '' : `: the ${decider}'s decision`;
}

/** What has to be done, and for which decision. */
export function taskTitle(seen: CaseForViewer, task: Task): string {
  const about = decisionOf(seen, task.stage);
  const told: Partial<Record<Task['kind'], string>> = {
    copy: `${letterTitle(seen, task)}: the partnership's copy`,
    agency: `Tell the agency that ${seen.procedure.words.raises}${about}`,
    chair: `Tell the chair${about}`,
    parents: `Tell ${seen.procedure.words.family}${about}`,
  };
  return told[task.kind] ?? shortTitle(seen, task);
}

/** What was done, in few words, under a heading that says for which decision. */
export function shortTitle(seen: CaseForViewer, task: Task): string {
  const { kind, of, stage, title } = task;
  const definition = seen.procedure.stages[stage];
  const named: Record<Task['kind'], string> = {
    letter: letterTitle(seen, task),
    copy: "The partnership's copy",
    agency: `The agency that ${seen.procedure.words.raises}`,
    chair: 'The chair',
    parents: capitalised(seen.procedure.words.family),
    task: title ?? of,
    file: (definition?.kind === 'conclude' ? definition.file?.title : undefined) ?? 'On file',
  };
  return named[kind];
}

function letterTitle({ procedure }: CaseForViewer, { stage }: Task): string {
  return decisionLetterTitle(procedure, stage) ?? 'Letter';
}

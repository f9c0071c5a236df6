import type { Case, Question } from './case.ts';
import { stageOf } from './procedure.ts';
import type { Procedure } from './procedureShape.ts';
import { stageFacts, stagesAfter } from './stages/stages.ts';

/** What a decider has asked, and what has come to them, as the case goes on. */

/** Whether a question waits for its answer at the stage that asked it. Once that stage has decided, nobody is reminded of it. */
export function isPending({ stage, answer }: Question, current: Case): boolean {
  return answer === null && stage === current.stage && current.status === 'open';
}

/** Whether an answer still reaches somebody who decides: at this stage, or at one that may follow. Elsewhere questions have ended. */
export function answersCount({ stage, status }: Pick<Case, 'stage' | 'status'>, procedure: Procedure): boolean {
  const ahead = [stage, ...stagesAfter(procedure, stage)].map((name) => stageOf(procedure, name));
  return status === 'open' && ahead.some((each) => stageFacts(each).decider(each) !== null);
}

/** Papers that were added while the case was at its present stage: news for whoever acts there (CD4). */
export function papersAddedHere({ papers, stage }: Pick<Case, 'papers' | 'stage'>): Case['papers'] {
  return papers.filter((each) => each.stage === stage);
}

/** What was added to the reasons while the case was at its present stage: news for whoever acts there (C8). */
export function addedHere({ additions, stage }: Pick<Case, 'additions' | 'stage'>): Case['additions'] {
  return additions.filter((each) => each.stage === stage);
}

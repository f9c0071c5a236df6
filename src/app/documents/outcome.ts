import type { Decision } from '../../domain/case.ts';
import { asksOf, titleOf } from '../../domain/procedure.ts';
import type { DecideStage, FormQuestion } from '../../domain/procedureParts.ts';
import type { CaseForViewer } from '../seeCase.ts';
import type { Block } from './document.ts';
import { answerBlocks, notice } from './parts.ts';

/** What was asked with a decision: with its main outcome, and with every other that a child was given (X11). */
export function asksWith(stage: DecideStage, { outcome, perChild }: Decision, meeting: string): Record<string, FormQuestion> {
  return asksOf(stage, [outcome, ...Object.values(perChild)], meeting);
}

/** The outcome of a decision: one for all, or one for each child (X11, Q16), and what was answered with it (S15-S18, C20). */
export function outcomeBlocks(seen: CaseForViewer, stage: DecideStage, decision: Decision): Block[] {
  const asks = asksWith(stage, decision, seen.current.dissent.conference.type);
  const outcome = divided(decision, seen) ? outcomeForEach(stage, decision) : notice(titleOf(stage.outcomes, decision.outcome));
  return [outcome, ...answerBlocks('What goes with the outcome', asks, decision.answers, seen, [])];
}

/** The outcome for one child; null where the stage did not decide on that child. */
export function outcomeFor(child: string, stage: DecideStage, { outcome, perChild }: Decision): string | null {
  const own = Object.keys(perChild).length === 0 ? outcome : perChild[child];
  return own === undefined ? null : titleOf(stage.outcomes, own);
}

/** Whether the outcome has to be told child by child: they have different ones, or some are not part of this decision. */
function divided({ perChild }: Decision, { current }: CaseForViewer): boolean {
  const outcomes = Object.values(perChild);
  return new Set(outcomes).size > 1 || (outcomes.length > 0 && outcomes.length < current.dissent.children.length);
}

function outcomeForEach(stage: DecideStage, { perChild }: Decision): Block {
  const rows = Object.entries(perChild).map(([child, outcome]) => [child, titleOf(stage.outcomes, outcome)]);
  return { kind: 'table', caption: 'The outcome for each child', header: ['Child, by reference', 'Outcome'], rows };
}

import type { Decision } from '../../domain/case.ts';
import { asksAboutChild, asksOnce, decidedAlike } from '../../domain/decided.ts';
import { asksOf, titleOf } from '../../domain/procedure.ts';
import type { DecideStage, FormQuestion } from '../../domain/procedureParts.ts';
import { listOf } from '../../domain/words.ts';
import type { CaseForViewer } from '../seeCase.ts';
import type { Block } from './document.ts';
import { answerBlocks, heading, notice, paragraph, subheading } from './parts.ts';

/** What was asked with a decision: with its main outcome, and with every other that a child was given (X11). */
export function asksWith(stage: DecideStage, { outcome, perChild }: Decision, meeting: string): Record<string, FormQuestion> {
  return asksOf(stage, [outcome, ...Object.values(perChild)], meeting);
}

/**
 * A decision in a letter: its outcome, one for all or one for each child (X11, Q16), what was answered with it (S15-S18, C20), and the
 * reasons. Where a child has reasons or answers of its own, they stand with the children they are about (CD1). `wording` is how the letter
 * gives the reasons for all, `own` how it gives a child's own; those that it does not word stand as they were recorded.
 */
export function decisionBlocks(
  seen: CaseForViewer,
  stage: DecideStage,
  decision: Decision,
  wording: string,
  own: Record<string, string> = {},
): Block[] {
  const meeting = seen.current.dissent.conference.type;
  const outcome = divided(decision, seen) ? outcomeForEach(stage, decision) : notice(titleOf(stage.outcomes, decision.outcome));
  const answered = (asks: Record<string, FormQuestion>, { answers }: Pick<Decision, 'answers'>) =>
    answerBlocks('What goes with the outcome', asks, answers, seen, []);
  if (Object.keys(decision.own).length === 0)
    return [outcome, ...answered(asksWith(stage, decision, meeting), decision), heading('Reasons'), paragraph(wording)];
  const alike = decidedAlike(decision).flatMap(({ children, ...decided }): Block[] => [
    subheading(`For ${listOf(children)}: ${titleOf(stage.outcomes, decided.outcome)}`),
    ...answered(asksAboutChild(stage, decided.outcome, meeting), decided),
    paragraph(decided.reasons === decision.reasons ? wording : (own[children[0] ?? ''] ?? decided.reasons)),
  ]);
  return [outcome, ...answered(asksOnce(stage, meeting), decision), heading('Reasons'), ...alike];
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

import type { Decision } from '../../domain/case.ts';
import { asksAboutChild, asksOnce, decidedAlike } from '../../domain/decided.ts';
import { asksOf, titleOf } from '../../domain/procedure.ts';
import type { DecideStage, FormQuestion } from '../../domain/procedureParts.ts';
import { listOf } from '../../domain/words.ts';
import type { CaseForViewer } from '../seeCase.ts';
import type { Block } from './document.ts';
import { answerBlocks, heading, paragraph, subheading } from './parts.ts';

/** What was asked with a decision: with its main outcome, and with every other that a child was given (X11). */
export function asksWith(stage: DecideStage, { outcome, perChild }: Decision, meeting: string): Record<string, FormQuestion> {
  return asksOf(stage, [outcome, ...Object.values(perChild)], meeting);
}

/**
 * The reasons of a decision in a letter, with what was answered with it (S15-S18, C20). Where a child has reasons or answers of its own,
 * they stand with the children they are about (CD1). `wording` is how the letter gives the reasons for all, `own` how it gives a child's
 * own; those that it does not word stand as they were recorded.
 */
export function reasonBlocks(
  seen: CaseForViewer,
  stage: DecideStage,
  decision: Decision,
  wording: string,
  own: Record<string, string> = {},
): Block[] {
  const meeting = seen.current.dissent.conference.type;
  const answered = (asks: Record<string, FormQuestion>, { answers }: Pick<Decision, 'answers'>) => answerBlocks(asks, answers, seen, []);
  if (Object.keys(decision.own).length === 0)
    return [heading('Reasons'), paragraph(wording), ...answered(asksWith(stage, decision, meeting), decision)];
  const alike = decidedAlike(decision).flatMap(({ children, ...decided }): Block[] => [
    subheading(`For ${listOf(children)}: ${titleOf(stage.outcomes, decided.outcome)}`),
    paragraph(decided.reasons === decision.reasons ? wording : (own[children[0] ?? ''] ?? decided.reasons)),
    ...answered(asksAboutChild(stage, decided.outcome, meeting), decided),
  ]);
  return [heading('Reasons'), ...alike, ...answered(asksOnce(stage, meeting), decision)];
}

/** An outcome, and the children who were given it. */
type OutcomeGroup = { title: string; children: string[]; everyChild: boolean };

/** Each outcome of a decision once, with its children (X11, Q16): a child whom the stage did not decide on is in none. */
export function outcomeGroups({ current }: CaseForViewer, stage: DecideStage, { outcome, perChild }: Decision): OutcomeGroup[] {
  const { children } = current.dissent;
  if (Object.keys(perChild).length === 0) return [{ title: titleOf(stage.outcomes, outcome), children, everyChild: true }];
  return [...new Set(Object.values(perChild))].map((each) => {
    const given = Object.keys(perChild).filter((child) => perChild[child] === each);
    return { title: titleOf(stage.outcomes, each), children: given, everyChild: given.length === children.length };
  });
}

/** The outcome for one child; null where the stage did not decide on that child. */
export function outcomeFor(child: string, stage: DecideStage, { outcome, perChild }: Decision): string | null {
  const own = Object.keys(perChild).length === 0 ? outcome : perChild[child];
  return own === undefined ? null : titleOf(stage.outcomes, own);
}

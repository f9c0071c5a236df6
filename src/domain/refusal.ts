import type { Answers } from './events/trail.ts';
import type { FormQuestion } from './procedureParts.ts';

/**
 * Why a command changes nothing. Refusals are values: each is in this closed list, with the rule it comes from
 * and one plain sentence for the person who pressed.
 */
export type Refusal = {
  refused: RefusalCode;
  /** The requirement behind it. */
  rule: string;
  /** One sentence, saying what is so and what to do next. */
  sentence: string;
  /** What is wrong with each field, by the field's name; only with `invalid`. */
  fields?: Record<string, string>;
};

/** The closed list of reasons for a refusal. */
export type RefusalCode =
  /** No such case, or none that this person may see: the same answer to both (X9). */
  | 'not-found'
  /** This person's role on the case does not allow it (X3). */
  | 'not-allowed'
  /** It has been done already (X4). */
  | 'already-done'
  /** The case is not at a stage where it can be done (X5). */
  | 'not-now'
  /** The card is older than the case (X4, X5). */
  | 'stale'
  /** A form's contents do not hold; `fields` says which. */
  | 'invalid';

/** Whether an answer is a refusal. */
export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer;
}

/** It has been done, and once is enough. */
export const already = (sentence: string): Refusal => ({ refused: 'already-done', rule: 'X4', sentence });

/** It may be done at another time. `rule` is the requirement that says when. */
export const notNow = (sentence: string, rule: string): Refusal => ({ refused: 'not-now', rule, sentence });

/** A form's contents do not hold, with what is wrong field by field. `sentence` says that nothing came of it. */
export const invalid = (
  rule: string,
  fields: Record<string, string>,
  sentence = 'Nothing has been sent yet. Please check what is marked.',
): Refusal => ({ refused: 'invalid', rule, sentence, fields });

/** Nobody may act in a role on the case: its holder stands aside, and there is no alternate (C26). */
export const nobodyActs = (title: string): Refusal =>
  notNow(`There is nobody who may act: ${title}. Ask your administrator to name an alternate, then try again.`, 'C26');

/** What a procedure asks that has not been answered, question by question; null when nothing is missing. */
export function unanswered(asks: Record<string, FormQuestion>, answers: Answers): Refusal | null {
  const wanting = Object.entries(asks).filter(([id, { kind, optional }]) =>
    kind === 'confirm' ? answers[id] !== 'yes' : !optional && !answers[id]?.trim(),
  );
  const [first] = wanting;
  if (!first) return null;
  return invalid(first[1].source, Object.fromEntries(wanting.map(([id, { title }]) => [id, `Please answer: ${title}`])));
}

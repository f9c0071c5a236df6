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

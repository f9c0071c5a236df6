/**
 * What a card shows besides the case: a sentence about what was done (`notice`, on top) or why it was not (`refusal`, above the buttons), an
 * open form, or one text read in full (`<text>@<card key>`, as its button says).
 */
export type CardState = {
  notice?: string;
  refusal?: string;
  form?: { verb: string; values: Record<string, string>; errors: Record<string, string> };
  reading?: string;
};

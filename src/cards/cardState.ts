/**
 * What a card shows besides the case: a sentence about the last press, an open form, or one text read in full (`<text>@<card key>`, as
 * its button says).
 */
export type CardState = {
  notice?: string;
  form?: { verb: string; values: Record<string, string>; errors: Record<string, string> };
  reading?: string;
};

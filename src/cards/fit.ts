import type { Field } from './inputs.ts';

/** How much text a card has room for. */
export type TextBudget = {
  /** Bytes of each typed text that are shown before "Read in full". */
  text: number;
  /** How many additions, and questions, are shown each by itself before the earlier ones are put together. */
  several: number;
  /** Bytes in all for what was typed into a form and is shown again. */
  kept: number;
};

/** The largest card that is drawn, in bytes of UTF-8: 25 KB, less what a refresh adds. */
export const LARGEST_CARD = 24_500;

/** How much is shown of each text, from most to least: the first whose card fits is used. */
export const TEXT_BUDGETS: readonly TextBudget[] = [
  { text: 1500, several: 6, kept: Number.POSITIVE_INFINITY },
  { text: 600, several: 4, kept: Number.POSITIVE_INFINITY },
  { text: 240, several: 3, kept: 12_000 },
  { text: 90, several: 1, kept: 8_000 },
  { text: 60, several: 0, kept: 7_000 },
  { text: 60, several: 0, kept: 6_000 },
  { text: 60, several: 0, kept: 5_000 },
  { text: 60, several: 0, kept: 4_000 },
  { text: 60, several: 0, kept: 3_500 },
  { text: 60, several: 0, kept: 1_000 },
];

/** A text read in full takes at most this; only several texts put together are ever longer. */
export const WHOLE = 16_000;

/** So much of a text that was typed, in bytes, is kept however many there are. */
const LEAST_KEPT = 80;

/** Lines of a text that are shown before "Read in full". */
const LINES = 14;

/** How many bytes a text takes in a card's JSON. */
export function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** A text cut to so many bytes, at a word where there is one near, and whether anything was left out. */
export function clip(text: string, bytes: number, lines = LINES): { text: string; cut: boolean } {
  const short = text.split('\n').slice(0, lines).join('\n');
  const fitting = sizeOf(short) <= bytes ? short : atWord(within(short, bytes));
  return fitting === text ? { text, cut: false } : { text: `${fitting.trimEnd()} …`, cut: true };
}

/** The longest beginning of a text, in whole characters, that takes so many bytes. */
function within(text: string, bytes: number): string {
  let size = 2;
  let end = 0;
  for (const character of text) {
    size += sizeOf(character) - 2;
    if (size > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function atWord(text: string): string {
  const space = text.search(/\s\S*$/);
  return space > text.length - 30 ? text.slice(0, space) : text;
}

/**
 * What was typed, as far as a card can hold it again. Only long texts in scripts of several bytes a letter are ever cut,
 * and the field then says so: the words must not be lost unseen.
 */
export function keep(fields: Field[], values: Record<string, string>, errors: Record<string, string>, bytes: number) {
  const given = fields.map(({ id, value }) => values[id] ?? value);
  const long = given.filter((value) => sizeOf(value) > LEAST_KEPT);
  if (long.reduce((sum, value) => sum + sizeOf(value), 0) <= bytes) return { values, errors };
  const share = Math.floor(bytes / long.length);
  const kept: Record<string, string> = {};
  const said: Record<string, string> = { ...errors };
  for (const { id } of fields) {
    const value = values[id];
    if (value === undefined) continue;
    kept[id] = sizeOf(value) > Math.max(LEAST_KEPT, share) ? within(value, Math.max(LEAST_KEPT, share)) : value;
    if (kept[id] !== value)
      said[id] = [errors[id], 'Only the first part fits here again. Paste it once more.'].filter((each) => each !== undefined).join(' ');
  }
  return { values: kept, errors: said };
}

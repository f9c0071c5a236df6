/**
 * Text that cannot deceive whoever reads it (EV9), the same on a card, in a letter, in a file and in a message. What makes a legitimate
 * text readable stays: every script, the joiners that Persian, Urdu and the scripts of India need between letters, and emoji.
 */

/** Ends of lines as they come from other programs: with a carriage return, vertical tab, form feed, NEL, or Unicode's own separators. */
const LINE_ENDS = /\r\n?|[\v\f\x85\u2028\u2029]/gu;

/** An isolate around one line's text keeps it from disturbing what stands beside it; alone, or forcing a direction, it does not. */
const ISOLATES = /\u2068([^\u2066-\u2069\n]+)\u2069|[\u2066-\u2069]/gu;

/** Between letters of these scripts a joiner shows: it says which form of a letter is meant. */
const JOINED =
  '[[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}]&&[\\p{L}\\p{M}]]';

/** What nobody sees. The flags of England, Scotland and Wales are written with invisible letters, and stay. */
const INVISIBLE = new RegExp(
  [
    '(\\u{1F3F4}\\u{E0067}\\u{E0062}(?:\\u{E0065}\\u{E006E}\\u{E0067}|\\u{E0073}\\u{E0063}\\u{E0074}|\\u{E0077}\\u{E006C}\\u{E0073})\\u{E007F})',
    '((?<=\\p{Extended_Pictographic})[\\uFE0E\\uFE0F]|(?<=[0-9#*])\\uFE0F(?=\\u20E3))',
    '((?<=\\p{Extended_Pictographic}\\uFE0F?\\p{Emoji_Modifier}?)\\u200D(?=\\p{Extended_Pictographic}))',
    `((?<=${JOINED})[\\u200C\\u200D](?=${JOINED}))`,
    '[[\\p{Default_Ignorable_Code_Point}\\p{Cc}\\u2800\\uFFF9-\\uFFFB]--[\\u2068\\u2069\\n\\t]]',
  ].join('|'),
  'gv',
);

/** A card's renderer puts a date of the reader's own in the place of these words. */
const MACROS = /\{\{(?=(?:DATE|TIME)\()/gu;

/** Without anything of all this a text is as it should be, which nearly every text is. */
const SUSPECT = /[^\n\t -~\u00A0-\u00AC\u00AE-\u024F\u2010-\u2027\u2030-\u205E\u20AC]|\{\{/u;

/** A text of whoever's, harmless to store and to show; a text that is harmless already stays as it is. */
export function harmless(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .toWellFormed()
    .replace(LINE_ENDS, '\n')
    .replace(ISOLATES, (_whole, inside: string | undefined) => (inside === undefined ? '' : `\u2068${inside}\u2069`))
    .replace(INVISIBLE, (whole, ...kept) => (kept.slice(0, 4).some((each) => each !== undefined) ? whole : ''))
    .replace(/\u2068\u2069/gu, '')
    .replace(MACROS, '{ {');
}

/** Letters of scripts that are read from right to left. */
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A name on one line, harmless; one that is read from right to left is isolated, so that it cannot change the order of the words beside it. */
export function harmlessName(name: string): string {
  const line = harmless(name).replaceAll(/\s+/gu, ' ').trim();
  return RIGHT_TO_LEFT.test(line) && !line.startsWith('\u2068') ? `\u2068${line.replaceAll(/[\u2068\u2069]/gu, '')}\u2069` : line;
}

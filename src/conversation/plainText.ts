/** As much of a message as is read: far longer than anything that can be asked for, and short enough to be read in no time (TM5). */
const LONGEST = 400;

/** What people and their phones put around words, and nothing in a reference. */
const EDGES = new Set([...`.,!?;:"'…«»“”‘’/#@*_~\``]);

/**
 * The words of a message as somebody meant them, in small letters: without markup, mentions and invisible characters, with one kind of
 * hyphen, apostrophe and space, and without the punctuation around words. A long message is cut before anything else is done with it.
 * @param text as the channel gives it, of any length
 */
export function plainWords(text: string): string[] {
  const plain = text
    .slice(0, LONGEST)
    .replace(/<at\b[^<>]*>[^<]*<\/at>/giu, ' ')
    .replace(/<[^<>]*>/gu, ' ')
    .replace(/&(?:nbsp|#160);/giu, ' ')
    .replace(/&(?:apos|#39|rsquo);/giu, "'")
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\p{Cc}\p{Extended_Pictographic}\p{Emoji_Modifier}]/gu, ' ')
    .replace(/[’‘ʼ`´]/gu, "'")
    .replace(/[\p{Pd}\u2212\u2043]/gu, '-')
    .toLowerCase();
  return plain.split(/\s+/u).map(withoutEdges).filter(Boolean);
}

function withoutEdges(word: string): string {
  const letters = [...word];
  const first = letters.findIndex((letter) => !EDGES.has(letter));
  const last = letters.findLastIndex((letter) => !EDGES.has(letter));
  return first < 0 ? '' : letters.slice(first, last + 1).join('');
}

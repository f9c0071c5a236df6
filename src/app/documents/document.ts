/**
 * A document as data: what it says, in the order in which it is read. `letters/` draws it as a Word file, and cards show its text;
 * neither adds anything of its own. Plain text throughout: nothing in it is read as markup.
 */
export type Document = {
  /** What it is called by people, as a file and in the subject of a mail, such as "Decision letter DIS-27-001". Never anything about a child (X6). */
  title: string;
  /** Who writes, and how to reach them: a line each, the first of which names them. Never empty (P13). */
  letterhead: string[];
  /** How it has to be protected, as the partnership marks its papers; null where it marks none. */
  marking: string | null;
  /** What makes a letter of it; null for what goes into a file or a record. */
  letter: Letter | null;
  blocks: Block[];
};

/** What a letter has around its text (LE1). */
export type Letter = {
  /** The day on which it is written: "4 February 2027". */
  date: string;
  /** Whom it goes to, a line each, as on an envelope. */
  to: string[];
  /** Under which reference an answer finds the case, in words: "Our reference: DIS-27-001". */
  reference: string;
  salutation: string;
  /** What it is about, in one line: the letter's heading. */
  subject: string;
  closing: string;
  /** Who signs: name, full title, and for whom; a line each. */
  signed: string[];
  /** Who else gets it, in words; null where nobody does. */
  copies: string | null;
};

/** The name that a document is saved and sent under, as a person would give it: "Decision letter DIS-27-001.docx". */
export function fileNameOf({ title }: Document): string {
  return `${title.replaceAll(/[^\p{L}\p{N}'(), -]+/gu, ' ').trim()}.docx`;
}

/** A line of a list of facts. */
export type Row = { title: string; value: string };

/** A part of a document. */
export type Block =
  | { kind: 'heading'; text: string }
  /** A heading inside the part that the last heading began. */
  | { kind: 'subheading'; text: string }
  /** `text` may hold line breaks; an empty line between two paragraphs. */
  | { kind: 'paragraph'; text: string }
  /** What stands out from the rest, such as that the decision stands (C12). */
  | { kind: 'notice'; text: string }
  | { kind: 'facts'; rows: Row[] }
  | { kind: 'table'; caption: string; header: string[]; rows: string[][] }
  | { kind: 'list'; items: string[] }
  /** Addresses that a reader may open, or type from paper. */
  | { kind: 'links'; items: { title: string; url: string }[] };

/** The same block with every text of it changed, whatever its kind: what is kept out of a document is kept out of all of it. */
export function withText(block: Block, change: (text: string) => string): Block {
  switch (block.kind) {
    case 'facts':
      return {
        ...block,
        rows: block.rows.map(({ title, value }) => ({ title: change(title), value: change(value) })),
      };
    case 'table':
      return {
        ...block,
        caption: change(block.caption),
        header: block.header.map(change),
        rows: block.rows.map((cells) => cells.map(change)),
      };
    case 'list':
      return { ...block, items: block.items.map(change) };
    case 'links':
      return { ...block, items: block.items.map(({ title, url }) => ({ title: change(title), url: change(url) })) };
    default:
      return { ...block, text: change(block.text) };
  }
}

/**
 * Takes some references out of a text, in capitals or not, and puts other words in their place; `kept` ones stay, and so does what is only
 * part of a longer word or number. The longest is found first, so that `CH-10` is not looked for inside `CH-10-B`.
 */
export function without(references: string[], instead: string, kept: string[] = []): (text: string) => string {
  if (references.length === 0) return (text) => text;
  const known = [...references, ...kept].toSorted((one, other) => other.length - one.length).map((each) => RegExp.escape(each));
  const whole = new RegExp(`(?<![\\p{L}\\p{N}])(?:${known.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  const stays = new Set(kept.map((each) => each.toLowerCase()));
  return (text) => text.replace(whole, (found) => (stays.has(found.toLowerCase()) ? found : instead));
}

/**
 * A document's words in the order in which they are read, for where it is shown and not opened: a line each, parts set apart by an empty
 * one, and each heading on top of its part.
 */
export function plainText({ title, letterhead, marking, letter, blocks }: Document): string {
  const body = blocks.map((block) => `${sayBlock(block)}${/heading$/.test(block.kind) ? '\n' : '\n\n'}`).join('');
  const head = letter
    ? [`${letter.date}\n${letter.reference}`, letter.to.join('\n'), letter.salutation, `${letter.subject}\n${body.trimEnd()}`]
    : [`${title}\n${body.trimEnd()}`];
  const foot = letter ? [[letter.closing, ...letter.signed].join('\n'), letter.copies] : [];
  return [marking, letterhead.join('\n'), ...head, ...foot].filter((part) => part).join('\n\n');
}

function sayBlock(block: Block): string {
  switch (block.kind) {
    case 'facts':
      return block.rows.map(({ title, value }) => `${title}: ${value}`).join('\n');
    case 'table':
      return [block.header, ...block.rows].map((cells) => cells.join('; ')).join('\n');
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'links':
      return block.items.map(({ title, url }) => `${title}: ${url}`).join('\n');
    default:
      return block.text;
  }
}

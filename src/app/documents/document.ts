/**
 * A document as data: what it says, in the order in which it is read. `letters/` draws it as a Word file, and cards show its text;
 * neither adds anything of its own. Plain text throughout: nothing in it is read as markup.
 */
export type Document = {
  /** Its name for people and the document's own title, such as "Decision letter DIS-27-001". Never anything about a child. */
  title: string;
  /** The name it is saved and sent under, without a folder: the reference and a neutral word, such as `DIS-27-001-letter.docx`. */
  fileName: string;
  /** The lines of the letterhead, from configuration (P13). Never empty: the first names whoever writes. */
  letterhead: string[];
  blocks: Block[];
  /** The partnership's contact block at the end, from configuration (P13). */
  contact: string[];
};

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
  | { kind: 'facts'; caption: string; rows: Row[] }
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
        caption: change(block.caption),
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
export function plainText({ blocks }: Document): string {
  const lines = blocks.map((block) => `${sayBlock(block)}${/heading$/.test(block.kind) ? '\n' : '\n\n'}`);
  return lines.join('').trimEnd();
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

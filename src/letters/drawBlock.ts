import {
  ExternalHyperlink,
  type FileChild,
  HeadingLevel,
  Paragraph,
  type ParagraphChild,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Block, Row } from '../app/documents/document.ts';
import { LINE, SHADE, SIDE } from './styles.ts';

/** The width between the margins, in twentieths of a point: A4 less its sides. */
export const TEXT_WIDTH = 11906 - 2 * SIDE;

/** A row of shorter texts than this, in letters, is not broken across pages. */
const SHORT = 600;

/** A block of a document as Word's own elements, in order: headings, captions, header rows and lists are what they are called. */
export function drawBlock(block: Block): FileChild[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ heading: HeadingLevel.HEADING_2, children: runs(block.text) })];
    case 'subheading':
      return [new Paragraph({ heading: HeadingLevel.HEADING_3, children: runs(block.text) })];
    case 'paragraph':
      return paragraphs(block.text);
    case 'notice':
      return paragraphs(block.text, 'Notice');
    case 'list':
      return block.items.map((item) => bullet(runs(item)));
    case 'links':
      return block.items.map(({ title, url }) =>
        bullet([
          new ExternalHyperlink({ link: url, children: [new TextRun({ text: title, style: 'Hyperlink' })] }),
          new TextRun(`: ${url}`),
        ]),
      );
    case 'facts':
      return block.rows.map(fact);
    case 'table':
      return table(block.caption, block.header, block.rows);
  }
}

/** A longer title than this, in letters, has its value on the next line. */
const TITLE = 26;

/** A fact: its title, and beside it what it is. No table, so that nothing has to be headed that needs no heading. */
function fact({ title, value }: Row): Paragraph {
  const [first, ...rest] = runs(value === '' ? 'Nothing given' : value);
  const apart = plain(title).length > TITLE ? new TextRun({ break: 1 }) : new TextRun({ children: [new Tab()] });
  return new Paragraph({
    style: 'Fact',
    children: [new TextRun({ text: `${plain(title)}:`, bold: true }), apart, ...(first ? [first] : []), ...rest],
  });
}

/** Paragraphs of plain lines: an empty line ends one, and none of them is empty. */
export function paragraphs(text: string, style?: string): Paragraph[] {
  return text
    .split(/\r?\n\s*\n/)
    .filter((each) => plain(each) !== '')
    .map((each) => new Paragraph({ children: runs(each), ...(style === undefined ? {} : { style }) }));
}

/** A text as runs, one a line. */
function runs(text: string): TextRun[] {
  const lines = text.split('\n').map(plain);
  return lines.filter((line) => line !== '').map((line, index) => new TextRun({ text: line, ...(index === 0 ? {} : { break: 1 }) }));
}

/** A line without what XML cannot hold; blanks that people typed to move words about are closed up, for those who hear it read. */
const plain = (line: string) =>
  line
    .toWellFormed()
    .replace(/\p{Noncharacter_Code_Point}/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();

function bullet(children: readonly ParagraphChild[]): Paragraph {
  return new Paragraph({ style: 'ListParagraph', numbering: { reference: 'list', level: 0 }, children });
}

/** A table under its caption, with a header row that is repeated on every page, and neither merged nor empty cells. */
function table(caption: string, header: string[], rows: string[][]): FileChild[] {
  const widths = widthsOf([header, ...rows]);
  const cell = (text: string, column: number, isHeader: boolean) =>
    new TableCell({
      width: { size: widths[column] ?? 0, type: WidthType.DXA },
      ...(isHeader ? { shading: { type: 'clear' as const, fill: SHADE } } : {}),
      children: isHeader
        ? [new Paragraph({ style: 'Cell', keepNext: true, children: [new TextRun({ text: plain(text), bold: true })] })]
        : paragraphs(plain(text) === '' ? 'Nothing given' : text, 'Cell'),
    });
  const edge = { style: 'single' as const, size: 4, color: LINE };
  return [
    new Paragraph({ style: 'Caption', children: runs(caption) }),
    new Table({
      width: { size: TEXT_WIDTH, type: WidthType.DXA },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      tableLook: { firstRow: true, firstColumn: true, noHBand: true, noVBand: true },
      borders: { top: edge, bottom: edge, left: edge, right: edge, insideHorizontal: edge, insideVertical: edge },
      rows: [
        new TableRow({ tableHeader: true, cantSplit: true, children: header.map((text, column) => cell(text, column, true)) }),
        ...rows.map(
          (cells) =>
            new TableRow({
              cantSplit: cells.every((text) => text.length < SHORT),
              children: cells.map((text, column) => cell(text, column, false)),
            }),
        ),
      ],
    }),
  ];
}

/** Room for a letter of 12-point Arial, and for a cell's margins, in twentieths of a point. */
const LETTER = 125;
const CELL_MARGINS = 230;
/** A column of sentences is no wider for being longer than this many letters. */
const WIDEST = 45;

/** Widths for a table's columns: each holds its longest word or a short text, and what is left goes by the length of its texts. */
function widthsOf(rows: string[][]): number[] {
  const columns = rows[0] ?? [];
  const longest = (column: number, by: RegExp) =>
    Math.min(WIDEST, Math.max(...rows.flatMap((cells) => (cells[column] ?? '').split(by).map((part) => part.length))));
  const least = columns.map(
    (_, column) => Math.min(Math.max(longest(column, /\s+/), Math.min(longest(column, /\n/), 11)), 22) * LETTER + CELL_MARGINS,
  );
  const wants = columns.map((_, column) => longest(column, /\n/));
  const left = Math.max(0, TEXT_WIDTH - sum(least));
  const scale = Math.min(1, TEXT_WIDTH / sum(least));
  return columns.map((_, column) => Math.floor((least[column] ?? 0) * scale + (left * (wants[column] ?? 0)) / sum(wants)));
}

const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);

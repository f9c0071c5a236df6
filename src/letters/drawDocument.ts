import {
  AlignmentType,
  File,
  type FileChild,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  TextRun,
} from 'docx';
import { type Document, type Letter, withText } from '../app/documents/document.ts';
import type { DrawDocument } from '../app/ports.ts';
import { harmless } from '../domain/harmlessText.ts';
import { drawBlock, paragraphs, TEXT_WIDTH } from './drawBlock.ts';
import { SIDE, styles } from './styles.ts';

/**
 * Draws a document as a Word file that a screen reader can read and Word's accessibility check passes: title, language, headings in
 * order, repeated header rows, real lists. Who writes stands in the text, since a screen reader leaves out what is in a page's head; there
 * and in its foot is the marking. The file's properties name whoever writes and nobody else, and no time of making: the same document is
 * the same pages whenever it is drawn. What anybody wrote in it reads as it does on a card (EV9).
 */
export const drawDocument: DrawDocument = async (document) => {
  const { title, letter, marking, letterhead } = document;
  const blocks = document.blocks.flatMap((block) => drawBlock(withText(block, harmless)));
  const file = new File({
    title,
    styles,
    numbering: { config: [{ reference: 'list', levels: [bullet] }] },
    sections: [
      {
        properties: { page: { size: A4, margin: MARGINS } },
        ...(marking === null ? {} : { headers: { default: new Header({ children: [lineOf(marking, 'Marking')] }) } }),
        footers: { default: foot(document) },
        children: [
          ...letterhead.map((line, index) => lineOf(line, index === 0 ? 'Sender' : 'Letterhead')),
          ...(letter ? opening(letter) : []),
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(harmless(letter?.subject ?? title))] }),
          ...blocks,
          ...(letter ? ending(letter) : []),
        ],
      },
    ],
  });
  return Packer.pack(file, 'uint8array', false, [{ path: 'docProps/core.xml', data: properties(document) }]);
};

const A4 = { width: 11906, height: 16838 };
const MARGINS = { top: 1134, right: SIDE, bottom: 964, left: SIDE, header: 510, footer: 454 };

const bullet = {
  level: 0,
  format: LevelFormat.BULLET,
  text: '•',
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left: 567, hanging: 283 } } },
};

/** What stands above a letter's heading: its day and reference, whom it goes to, and the greeting. */
function opening({ date, to, reference, salutation }: Letter): FileChild[] {
  const lines = [date, reference].join('\n');
  return [...paragraphs(harmless(lines), 'Opening'), ...paragraphs(harmless(to.join('\n')), 'Opening'), lineOf(salutation, 'Salutation')];
}

/** What stands below a letter's text, kept on one page: the closing words, who signs, and who else gets it. */
function ending({ closing, signed, copies }: Letter): FileChild[] {
  return [
    lineOf(closing, 'Closing'),
    ...paragraphs(harmless(signed.join('\n')), 'Signature'),
    ...(copies === null ? [] : [lineOf(copies, 'Copies')]),
  ];
}

const lineOf = (text: string, style: string) => new Paragraph({ style, children: [new TextRun(harmless(text))] });

function foot({ title, marking }: Document): Footer {
  const pages = new TextRun({ children: [new Tab(), `${title}, page `, PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] });
  const children = [...(marking === null ? [] : [new TextRun({ text: harmless(marking), bold: true })]), pages];
  return new Footer({ children: [new Paragraph({ style: 'Foot', tabStops: [{ type: 'right', position: TEXT_WIDTH }], children })] });
}

/** The core properties: docx would put the present time and its own name into them. */
function properties({ title, letterhead: [maker = ''] }: Document): string {
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    `<dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(maker)}</dc:creator><cp:lastModifiedBy>${escaped(maker)}</cp:lastModifiedBy>`,
    '<dc:language>en-GB</dc:language></cp:coreProperties>',
  ].join('');
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

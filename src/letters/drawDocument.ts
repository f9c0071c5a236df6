import { AlignmentType, File, Footer, Header, HeadingLevel, LevelFormat, Packer, PageNumber, Paragraph, TextRun } from 'docx';
import { type Document, withText } from '../app/documents/document.ts';
import type { DrawDocument } from '../app/ports.ts';
import { harmless } from '../domain/harmlessText.ts';
import { drawBlock } from './drawBlock.ts';
import { POINT, styles } from './styles.ts';

/**
 * Draws a document as a Word file that a screen reader can read and Word's accessibility check passes: title, language, headings in
 * order, captions, repeated header rows, real lists. The file's properties name the partnership and nobody else, and no time of making:
 * the same document is the same pages whenever it is drawn. What anybody wrote in it reads as it does on a card (EV9).
 */
export const drawDocument: DrawDocument = async (document) => {
  const file = new File({
    title: document.title,
    styles,
    numbering: { config: [{ reference: 'list', levels: [bullet] }] },
    sections: [
      {
        properties: { page: { size: A4, margin: MARGINS } },
        headers: { default: letterhead(document) },
        footers: { default: pageNumbers(document) },
        children: [
          new Paragraph({ text: document.title, heading: HeadingLevel.HEADING_1 }),
          ...document.blocks.flatMap((block) => drawBlock(withText(block, harmless))),
          ...(document.contact.length === 0 ? [] : drawBlock({ kind: 'heading', text: 'How to reach us' })),
          ...(document.contact.length === 0 ? [] : drawBlock({ kind: 'paragraph', text: document.contact.join('\n') })),
        ],
      },
    ],
  });
  return Packer.pack(file, 'uint8array', false, [{ path: 'docProps/core.xml', data: properties(document) }]);
};

const A4 = { width: 11906, height: 16838 };
const MARGINS = { top: 1440, right: 1440, bottom: 1440, left: 1440 };

const bullet = {
  level: 0,
  format: LevelFormat.BULLET,
  text: '•',
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left: 567, hanging: 283 } } },
};

function letterhead({ letterhead: lines }: Document): Header {
  return new Header({
    children: lines.map(
      (text, index) =>
        new Paragraph({
          style: 'Letterhead',
          ...(index === lines.length - 1 ? { spacing: { after: 18 * POINT } } : {}),
          children: [new TextRun({ text, bold: index === 0 })],
        }),
    ),
  });
}

function pageNumbers({ title }: Document): Footer {
  const children = [new TextRun({ children: [`${title}, page `, PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] })];
  return new Footer({ children: [new Paragraph({ style: 'Letterhead', alignment: AlignmentType.RIGHT, children })] });
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

import type { IStylesOptions } from 'docx';

/** Twentieths of a point, in which Word counts lengths, to a point. */
export const POINT = 20;
/** Black on white but for the shades of a header row and a notice, which keep a contrast of more than 15 to 1. */
export const INK = '000000';
export const SHADE = 'E8EDF2';
export const LINE = '5A6672';
export const LINK = '0B4F9E';

const font = 'Arial';
/** Word counts a font's size in half points. */
const points = (size: number) => size * 2;
const spacing = (before: number, after: number) => ({ before: before * POINT, after: after * POINT });
const headed = (size: number, before: number) => ({
  run: { font, size: points(size), bold: true, color: INK },
  paragraph: { spacing: spacing(before, 6), keepNext: true, keepLines: true },
});

/** How a document looks: Word's own named styles, which a screen reader knows, in 12-point Arial and British English. */
export const styles: IStylesOptions = {
  default: {
    document: {
      run: { font, size: points(12), color: INK, language: { value: 'en-GB' } },
      paragraph: { spacing: { ...spacing(0, 8), line: 288 } },
    },
    heading1: headed(18, 0),
    heading2: headed(14, 16),
    heading3: headed(12, 10),
    caption: {
      run: { font, size: points(12), bold: true, italics: false, color: INK },
      paragraph: { spacing: spacing(8, 4), keepNext: true },
    },
    hyperlink: { run: { color: LINK, underline: { type: 'single' } } },
    listParagraph: { paragraph: { spacing: spacing(0, 4) } },
  },
  paragraphStyles: [
    {
      id: 'Notice',
      name: 'Notice',
      basedOn: 'Normal',
      next: 'Normal',
      quickFormat: true,
      run: { bold: true },
      paragraph: {
        spacing: spacing(8, 12),
        keepLines: true,
        shading: { type: 'clear', fill: SHADE },
        border: {
          left: { style: 'single', size: 36, space: 8, color: LINE },
          top: { style: 'single', size: 4, space: 4, color: SHADE },
          bottom: { style: 'single', size: 4, space: 4, color: SHADE },
        },
        indent: { left: 12 * POINT },
      },
    },
    { id: 'Cell', name: 'Table text', basedOn: 'Normal', quickFormat: true, paragraph: { spacing: { ...spacing(2, 2), line: 264 } } },
    { id: 'Letterhead', name: 'Letterhead', basedOn: 'Normal', paragraph: { spacing: spacing(0, 2) } },
  ],
};

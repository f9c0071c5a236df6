import type { IParagraphStyleOptions, IStylesOptions } from 'docx';

/** Twentieths of a point, in which Word counts lengths, to a point. */
export const POINT = 20;
/** Black on white but for the shades of a header row and a notice, which keep a contrast of more than 15 to 1. */
export const INK = '000000';
export const SHADE = 'E8EDF2';
export const LINE = '5A6672';
export const LINK = '0B4F9E';

/** The margin on either side of the text, and how far the value of a fact stands from its title, in twentieths of a point. */
export const SIDE = 1134;
const FACT = 3289;

const font = 'Arial';
/** Word counts a font's size in half points. */
const points = (size: number) => size * 2;
const spacing = (before: number, after: number) => ({ before: before * POINT, after: after * POINT });
const headed = (level: number, size: number, before: number, after: number) => ({
  run: { font, size: points(size), bold: true, color: INK },
  paragraph: { spacing: { ...spacing(before, after), line: 252 }, keepNext: true, keepLines: true, outlineLevel: level - 1 },
});
/** A style of its own beside Word's: what a letter has above and below its text. */
const own = (
  id: string,
  name: string,
  paragraph: NonNullable<IParagraphStyleOptions['paragraph']>,
  run: NonNullable<IParagraphStyleOptions['run']> = {},
) => ({
  id,
  name,
  basedOn: 'Normal',
  quickFormat: true,
  paragraph,
  run,
});
const small = { size: points(10) };

/** How a document looks: Word's own named styles, which a screen reader knows, in 12-point Arial and British English. */
export const styles: IStylesOptions = {
  default: {
    document: {
      run: { font, size: points(12), color: INK, language: { value: 'en-GB' } },
      paragraph: { spacing: { ...spacing(0, 5), line: 252 } },
    },
    heading1: headed(1, 14, 10, 4),
    heading2: headed(2, 12, 7, 1),
    heading3: headed(3, 12, 7, 1),
    caption: {
      run: { font, size: points(12), bold: true, italics: false, color: INK },
      paragraph: { spacing: spacing(8, 4), keepNext: true },
    },
    hyperlink: { run: { color: LINK, underline: { type: 'single' } } },
    listParagraph: { paragraph: { spacing: spacing(0, 4) } },
  },
  paragraphStyles: [
    own('Notice', 'Notice', { spacing: spacing(4, 6), keepLines: true }, { bold: true }),
    own('Fact', 'Fact', {
      spacing: spacing(0, 3),
      indent: { left: FACT, hanging: FACT },
    }),
    own('Cell', 'Table text', { spacing: { ...spacing(2, 2), line: 252 } }),
    own('Sender', 'Sender', { spacing: spacing(0, 1), keepNext: true }, { bold: true, size: points(14) }),
    own('Letterhead', 'Letterhead', { spacing: spacing(0, 1) }, small),
    own('Opening', 'Opening of a letter', { spacing: spacing(8, 0) }),
    own('Salutation', 'Salutation', { spacing: spacing(10, 4) }),
    own('Closing', 'Closing', { spacing: spacing(6, 10), keepNext: true }),
    own('Signature', 'Signature', { spacing: spacing(0, 6), keepNext: true, keepLines: true }),
    own('Copies', 'Copies', { spacing: spacing(2, 0), keepLines: true }, small),
    own('Foot', 'Page foot', { spacing: spacing(0, 0) }, small),
    own('Marking', 'Protective marking', { spacing: spacing(0, 0), alignment: 'center' }, { bold: true, ...small }),
  ],
};

import { describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import type { Document } from '../../src/app/documents/document.ts';
import { drawDocument } from '../../src/letters/drawDocument.ts';
import { INK, LINK, SHADE } from '../../src/letters/styles.ts';
import { documents } from './documents.ts';

/** The parts of a drawn document's file, opened again. */
async function opened(document: Document) {
  const parts = Object.fromEntries(
    Object.entries(unzipSync(await drawDocument(document))).map(([path, bytes]) => [path, strFromU8(bytes)]),
  );
  const part = (path: string) => parts[path] ?? '';
  return { parts, body: part('word/document.xml'), styles: part('word/styles.xml'), properties: part('docProps/core.xml') };
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
const textOf = (xml: string) =>
  [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
    .map(([, text = '']) => text.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity))
    .join('');
const each = (xml: string, element: string) => [...xml.matchAll(new RegExp(`<${element}[ >].*?</${element}>`, 'gs'))].map(([all]) => all);
const styleOf = (paragraph: string) => /<w:pStyle w:val="(\w+)"/.exec(paragraph)?.[1] ?? 'Normal';

/** How light a colour is, from 0 to 1, as WCAG 2 measures it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((from) => Number.parseInt(hex.slice(from, from + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
const contrast = (one: string, other: string) => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};

describe.each(Object.entries(documents))('a Word file: %s', (_name, document) => {
  const file = opened(document);

  test('P13 X6: its properties are its title, the partnership and British English, and neither a person nor a time', async () => {
    const { properties, styles, parts } = await file;
    const [maker = ''] = document.letterhead;
    expect(properties).toContain(`<dc:title>${document.title}</dc:title>`);
    expect(properties).toContain(`<dc:creator>${maker}</dc:creator>`);
    expect(properties).not.toMatch(/dcterms|\d{4}-\d\d-\d\d/);
    expect(styles).toContain('<w:lang w:val="en-GB"/>');
    expect(parts['word/footer1.xml']).toMatch(new RegExp(`${document.title}, page .*PAGE.*NUMPAGES`, 's'));
    for (const line of document.letterhead) expect(textOf((await file).body)).toContain(line);
  });

  test('LE1: its marking stands above and below every page, and nothing does where there is none', async () => {
    const { parts } = await file;
    expect(textOf(parts['word/header1.xml'] ?? '')).toBe(document.marking ?? '');
    expect(textOf(parts['word/footer1.xml'] ?? '')).toBe(`${document.marking ?? ''}${document.title}, page  of `);
  });

  test('one first heading, and none below it that skips a level; each is a heading to every program', async () => {
    const { styles } = await file;
    for (const level of [1, 2, 3])
      expect(each(styles, 'w:style').find((style) => style.includes(`w:styleId="Heading${level}"`))).toContain(
        `<w:outlineLvl w:val="${level - 1}"/>`,
      );
    const levels = each((await file).body, 'w:p')
      .flatMap((each) => /^Heading(\d)$/.exec(styleOf(each))?.[1] ?? [])
      .map(Number);
    expect(levels.filter((level) => level === 1)).toEqual([levels[0]]);
    levels.reduce((before, level) => {
      expect(level - before).toBeLessThanOrEqual(1);
      return level;
    }, 0);
  });

  test('LE1: no table without a heading of its own: every table has a caption before it and a repeated header row, and no cell is merged or empty', async () => {
    const { body } = await file;
    const tables = each(body, 'w:tbl');
    const wanted = document.blocks.filter(({ kind }) => kind === 'table');
    expect(tables).toHaveLength(wanted.length);
    for (const table of tables) {
      const before = each(body.slice(0, body.indexOf(table)), 'w:p').at(-1) ?? '';
      expect(styleOf(before)).toBe('Caption');
      expect(each(table, 'w:tr').map((row) => row.includes('<w:tblHeader/>'))).toEqual([
        true,
        ...each(table, 'w:tr')
          .slice(1)
          .map(() => false),
      ]);
      expect(table).not.toMatch(/gridSpan|vMerge/);
      expect(each(table, 'w:tc').filter((cell) => textOf(cell).trim() === '')).toEqual([]);
    }
  });

  test('no empty paragraph, no row of blanks, no picture without words, no character that XML has not', async () => {
    const { body } = await file;
    expect(each(body, 'w:p').filter((paragraph) => textOf(paragraph).trim() === '')).toEqual([]);
    expect(each(body, 'w:t').filter((text) => /[^\S ]| {2}/.test(textOf(text)))).toEqual([]);
    expect(body).not.toMatch(/<w:drawing|<w:pict/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(body).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  });

  test('lists and links are what they look like', async () => {
    const { body, parts } = await file;
    const items = document.blocks.flatMap((block): unknown[] => (block.kind === 'list' || block.kind === 'links' ? block.items : []));
    expect(each(body, 'w:p').filter((paragraph) => paragraph.includes('<w:numPr>'))).toHaveLength(items.length);
    const links = document.blocks.flatMap((block) => (block.kind === 'links' ? block.items : []));
    for (const { title, url } of links) {
      expect(textOf(each(body, 'w:hyperlink').join(''))).toContain(title);
      expect(parts['word/_rels/document.xml.rels']).toContain(url);
    }
  });
});

describe('drawing', () => {
  test('the same document is drawn the same, at any time', async () => {
    const document = documents['decided by the holder']!;
    const drawn = async () => JSON.stringify((await opened(document)).parts).replace(/rId[\w-]+/g, 'rId');
    const [first, second] = [await drawn(), await drawn()];
    expect(first === second).toBe(true);
  });

  test('what people typed stays what they typed: no markup, its lines and paragraphs kept', async () => {
    const paragraphs = each((await opened(documents['decided by a deputy, by child']!)).body, 'w:p');
    const at = paragraphs.findIndex((paragraph) => textOf(paragraph) === 'Reasons');
    expect(textOf(paragraphs[at + 1] ?? '')).toBe('a <w:p> & "b"\ufffd c');
    expect(textOf(paragraphs[at + 2] ?? '')).toMatch(/^&lt;d&gt; /);
    expect(textOf(paragraphs[at + 3] ?? '')).toBe('What I read before I decided');
  });

  test('its colours can be told apart by everybody', () => {
    for (const [ink, paper] of [
      [INK, 'FFFFFF'],
      [INK, SHADE],
      [LINK, 'FFFFFF'],
    ] as const)
      expect(contrast(ink, paper)).toBeGreaterThan(7);
  });

  test('a title with markup in it is no markup in the properties', async () => {
    const { properties } = await opened({ ...documents.entry!, title: 'A & <b>', letterhead: ['C & D'] });
    expect(properties).toContain('<dc:title>A &amp; &lt;b&gt;</dc:title><dc:creator>C &amp; D</dc:creator>');
  });
});

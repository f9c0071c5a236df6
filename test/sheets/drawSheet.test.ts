import { expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { drawSheet } from '../../src/sheets/drawSheet.ts';

const FORMULAS = ['=HYPERLINK("http://x.example")', '+1+1', '-2', '@SUM(A1)', '\t=1', '\uff1d1'];
const sheet = {
  fileName: 'f',
  title: 'A & B',
  header: ['Case', 'Said'],
  rows: [...FORMULAS.map((text) => ['DIS-27-001', text]), ['DIS-27-002', 3]],
};

test('OP7: a field of a CSV file that begins a formula is made harmless, and a number stays one', async () => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await drawSheet(sheet, 'csv'));
  expect(text.startsWith('\ufeffCase,Said\r\n')).toBe(true);
  const said = text.split('\r\n').slice(1, 1 + FORMULAS.length);
  for (const line of said) expect(line).toMatch(/^DIS-27-001,"?'/);
  expect(text).toContain('DIS-27-002,3\r\n');
});

test('OP7: a cell of a spreadsheet is text or a number, and never a formula', async () => {
  const parts = unzipSync(await drawSheet(sheet, 'xlsx'));
  const all = Object.values(parts)
    .map((part) => strFromU8(part))
    .join('');
  expect(all).not.toMatch(/<f[ >]/);
  expect(all).toContain('=HYPERLINK(&quot;http://x.example&quot;)'.replaceAll('&quot;', all.includes('&quot;') ? '&quot;' : '"'));
  expect(all).toContain('A &amp; B');
  expect(all).toMatch(/<v>3<\/v>/);
});

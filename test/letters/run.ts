import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Document, plainText } from '../../src/app/documents/document.ts';
import { drawDocument } from '../../src/letters/drawDocument.ts';
import { documents } from './documents.ts';
import { pictureOf } from './picture.ts';

/**
 * Opens one of every document with a program that is not ours: LibreOffice makes a PDF of it, and that has to have its title, every word
 * of it, its marking above and below each page, its headings as headings, and a letter's usual one page (LE1). Needs `soffice`
 * (libreoffice-writer-nogui) and `pdftotext` and `pdftoppm` (poppler-utils), and for the number of pages a typeface as wide as Arial. With a folder as
 * argument the PDFs stay there, to be looked at; `--pictures <folder>` puts the first page of each kind of letter there, as docs/letters.md
 * shows them.
 */

const { positionals, values } = parseArgs({ allowPositionals: true, options: { pictures: { type: 'string' } } });
const [keep] = positionals;

/** The picture of each kind of letter, and the document that it is of. */
const PICTURES: Record<string, string> = {
  'letter-decision': 'a usual case',
  'letter-by-deputy': 'signed by a deputy',
  'letter-review': 'reconvened and booked',
  'letter-scottish-note': 'Scottish note',
  'letter-of-the-professional': 'late dissent letter',
  'letter-acknowledgement': 'complaint acknowledged',
  'paper-entry': 'entry',
  'paper-for-the-file': 'Scottish reasons',
  'paper-whole-case': 'whole Scottish case',
};

const folder = keep ?? mkdtempSync(join(tmpdir(), 'letters-'));
mkdirSync(folder, { recursive: true });
const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8', timeout: 120_000, stdio: 'pipe' });
const path = (name: string, ending: string) => join(folder, `${name.replaceAll(/[^a-z]+/gi, '-')}.${ending}`);
/** The words of a text, without what lays them out on a page: bullets, bars between cells, and where lines end. */
const wordsOf = (text: string) => text.normalize().match(/[\p{L}\p{N}]+/gu) ?? [];
const count = (text: string, part: string) => text.split(part).length - 1;

/** Whether pages are as long as Word makes them: another typeface than Arial, or one of its width, is wider or narrower. */
const asWideAsArial = /Arial|Liberation Sans|Arimo/.test(run('fc-match', 'Arial'));
if (!asWideAsArial) console.log('There is no typeface as wide as Arial here (fonts-liberation has one): pages are not judged.');

/** What is wrong with a document as it was printed. */
function faultsOf(document: Document, name: string): string[] {
  const faults: string[] = [];
  const facts = run('pdfinfo', path(name, 'pdf'));
  const pages = Number(/^Pages:\s+(\d+)/m.exec(facts)?.[1] ?? 0);
  console.log(`${name}: ${pages} page${pages === 1 ? '' : 's'}`);
  if (pages < 1 || (asWideAsArial && document.letter && pages > 1)) faults.push(`it has ${pages} pages`);
  if (!facts.includes(document.title)) faults.push(`its title is not "${document.title}"`);
  const text = run('pdftotext', '-layout', path(name, 'pdf'), '-');
  const printed = new Set(wordsOf(text));
  const missing = wordsOf([document.title, plainText(document)].join('\n')).filter((word) => !printed.has(word));
  if (missing.length > 0) faults.push(`not printed: ${missing.slice(0, 10).join(', ')}`);
  if (document.marking !== null && count(text, document.marking) !== 2 * pages) faults.push('its marking is not above and below each page');
  const structure = run('pdfinfo', '-struct', path(name, 'pdf'));
  const headings = document.blocks.filter(({ kind }) => /heading$/.test(kind)).length;
  if (count(structure, 'H1 (block)') !== 1) faults.push('it has not one first heading');
  if (count(structure, 'H2 (block)') + count(structure, 'H3 (block)') !== headings) faults.push('its headings are not all headings');
  if (/What *Details/.test(text)) faults.push('a table is headed What and Details');
  return faults;
}

const faults: string[] = [];
try {
  const names = Object.keys(documents);
  for (const name of names) writeFileSync(path(name, 'docx'), await drawDocument(documents[name]!));
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const tagged = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}';
  run('soffice', profile, '--headless', '--convert-to', tagged, '--outdir', folder, ...names.map((name) => path(name, 'docx')));
  for (const name of names) faults.push(...faultsOf(documents[name]!, name).map((fault) => `${name}: ${fault}`));
  if (values.pictures !== undefined)
    for (const [picture, name] of Object.entries(PICTURES)) {
      const page = execFileSync('pdftoppm', ['-gray', '-r', '64', '-f', '1', '-l', '1', path(name, 'pdf')], { maxBuffer: 2 ** 24 });
      writeFileSync(join(values.pictures, `${picture}.png`), pictureOf(page));
    }
} finally {
  if (keep === undefined) rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

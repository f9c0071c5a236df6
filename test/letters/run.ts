import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainText } from '../../src/app/documents/document.ts';
import { drawDocument } from '../../src/letters/drawDocument.ts';
import { documents } from './documents.ts';

/**
 * Opens one of every document with a program that is not ours: LibreOffice makes a PDF of it, and that has to have its title, its pages
 * and every word of it. Needs `soffice` (libreoffice-writer-nogui) and `pdftotext` (poppler-utils). With a folder as argument the PDFs
 * stay there, to be looked at.
 */

const [keep] = process.argv.slice(2);
const folder = keep ?? mkdtempSync(join(tmpdir(), 'letters-'));
mkdirSync(folder, { recursive: true });
const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8', timeout: 120_000, stdio: 'pipe' });
const path = (name: string, ending: string) => join(folder, `${name.replaceAll(/[^a-z]+/gi, '-')}.${ending}`);
/** The words of a text, without what lays them out on a page: bullets, bars between cells, and where lines end. */
const wordsOf = (text: string) => text.normalize().match(/[\p{L}\p{N}]+/gu) ?? [];

const faults: string[] = [];
try {
  const names = Object.keys(documents);
  for (const name of names) writeFileSync(path(name, 'docx'), await drawDocument(documents[name]!));
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  run('soffice', profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...names.map((name) => path(name, 'docx')));
  for (const name of names) {
    const document = documents[name]!;
    const facts = run('pdfinfo', path(name, 'pdf'));
    const pages = Number(/^Pages:\s+(\d+)/m.exec(facts)?.[1] ?? 0);
    if (pages < 1) faults.push(`${name}: it has no pages`);
    if (!facts.includes(document.title)) faults.push(`${name}: its title is not "${document.title}"`);
    const printed = new Set(wordsOf(run('pdftotext', '-layout', path(name, 'pdf'), '-')));
    const whole = [document.title, plainText(document), ...document.letterhead, ...document.contact].join('\n');
    const missing = wordsOf(whole).filter((word) => !printed.has(word));
    if (missing.length > 0) faults.push(`${name}: not printed: ${missing.slice(0, 10).join(', ')}`);
    console.log(`${name}: ${pages} page${pages === 1 ? '' : 's'}`);
  }
} finally {
  if (keep === undefined) rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

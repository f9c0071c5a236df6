import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

/** What the papers say that a council has to have before it goes live, held against what the program is. */

const paper = (name: string) => readFileSync(`docs/papers/${name}.md`, 'utf8');

test('OP10: each paper that a council needs is there, and says what only the council can', () => {
  const papers = globSync('docs/papers/*.md').map((path) => path.replace(/.*papers\/|\.md$/g, ''));
  expect(papers.toSorted()).toEqual([
    'README',
    'accessibility-statement',
    'clinical-safety',
    'data-protection-impact-assessment',
    'privacy-notice',
    'record-of-processing',
  ]);
  expect(existsSync('SECURITY.md') && existsSync('CONTRIBUTING.md')).toBe(true);
  for (const name of papers.filter((name) => name !== 'README' && name !== 'record-of-processing'))
    expect([name, /\[(Council|Data protection officer|Clinical Safety Officer|Partnership)\b/.test(paper(name))]).toEqual([name, true]);
});

test('OP10: the record of processing names every table that the program keeps, and no other', () => {
  const [, tables = ''] = /export type Tables = \{([\s\S]*?)\n\};/.exec(readFileSync('src/storage/tables.ts', 'utf8')) ?? [];
  const kept = [...tables.matchAll(/^ {2}(\w+): \{/gm)].map(([, name]) => name);
  const [, rows = ''] = /## What is kept([\s\S]*?)\n## /.exec(paper('record-of-processing')) ?? [];
  const named = [...rows.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(kept.length).toBeGreaterThan(15);
  expect(named.toSorted()).toEqual(kept.toSorted());
});

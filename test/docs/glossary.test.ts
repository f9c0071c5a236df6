import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

test('every word of our own that the glossary explains is one that the code uses', () => {
  const [, own = ''] = readFileSync('docs/glossary.md', 'utf8').split('## Our own words');
  const words = [...own.matchAll(/^\| ([a-z ]+?) +\|/gm)].map(([, word = '']) => word).filter((word) => word !== 'word');
  const code = globSync('src/**/*.ts')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  expect(words.length).toBeGreaterThan(10);
  expect(words.filter((word) => !new RegExp(`\\b${word}s?\\b|[a-z]${word}|\\b${word}[A-Z_]`, 'i').test(code))).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { mistakesPage } from './mistakes.ts';

test('PL1: each typical mistake gets the words that it got before (`npm run golden` writes them anew)', () => {
  const page = mistakesPage();
  expect(page.match(/^## /gm)?.length).toBeGreaterThanOrEqual(60);
  expect(page).toBe(readFileSync('test/procedures/mistakes.md', 'utf8'));
});

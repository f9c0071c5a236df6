import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

/** The Scottish procedure's source speaks to professionals in its title and to families in its text. */

const FILE = 'procedures/scottish-dissent.1.yaml';
const text = readFileSync(FILE, 'utf8');

/** What cards, letters and forms say in the procedure's words, by where it stands in the file. */
const SAID = ['title', 'label', 'hint', 'flag', 'button', 'letter', 'affirmation', 'families', 'standing', 'meeting'];
function said(value: unknown, path: string[] = []): [path: string, words: string][] {
  if (typeof value === 'string') return SAID.includes(path.at(-1) ?? '') ? [[path.join('.'), value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => said(inner, [...path, key]));
}

describe('S2 Q24: what the Scottish procedure says to professionals is our own wording, for the area to confirm', () => {
  test('nothing in it speaks to a parent, save the one sentence that sends families elsewhere', () => {
    const words = said(parse(text));
    expect(words.length).toBeGreaterThan(30);
    expect(
      words.filter(([, each]) => /\byour (child|family|social worker)\b|\byou are a parent\b/i.test(each)).map(([path]) => path),
    ).toEqual(['families']);
  });

  test('the file says so at its head, and so does what has to be done before it goes live', () => {
    expect(text.slice(0, text.indexOf('id:'))).toMatch(/our own wording, to be confirmed with the area \(S2, Q24\)/);
    const steps = readFileSync('docs/procedures.md', 'utf8').split('## Before it goes live')[1];
    expect(steps).toMatch(/`scottish-dissent`[^.]*confirm[^.]*area/);
  });
});

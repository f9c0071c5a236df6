import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

/** What `docs/rules.md` says of the numbers that code, procedures and tests cite: each is defined there, and is built where it says so. */

const root = fileURLToPath(new URL('../..', import.meta.url));
type File = { path: string; lines: string[] };
const read = (path: string): File => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n') });
const RULES = read('docs/rules.md');

/** A code, or a range of codes such as `C5-C9`; a quarter (`2027-Q1`) is none. */
const CODE = /(?<!\b\d{4}[- ])\b(CD|LE|OB|TM|RE|EV|OP|PL|TB|[CPSXQ])(\d{1,2})(?:-\1(\d{1,2}))?\b/g;
const NAMED = /\b(Part [A-Z]|Scenario \d+|house rule \d+|corner \d+)\b/g;

/** The rules that a line cites, as they are written in the table; each rule of a range. */
function citedIn(line: string): string[] {
  const codes = [...line.matchAll(CODE)].flatMap(([, letters = '', first = '', last = first]) =>
    Array.from({ length: Math.max(Number(last) - Number(first), 0) + 1 }, (_, step) => `${letters}${Number(first) + step}`),
  );
  return [...codes, ...[...line.matchAll(NAMED)].map(([name]) => name)];
}

/** By rule, the places that cite it, as `path:line`. */
function citations(files: File[], counts: (line: string) => boolean): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const { path, lines } of files) {
    for (const [at, line] of lines.entries()) {
      if (!counts(line)) continue;
      for (const rule of citedIn(line)) places.set(rule, [...(places.get(rule) ?? []), `${path}:${at + 1}`]);
    }
  }
  return places;
}

/** The rows of the page: the rule, and what stands under "built", which house rules have not. */
const rows = RULES.lines.flatMap((line) => {
  const [, rule, anchor, rest = ''] = /^\| ([A-Z]{1,2}\d+|house rule \d+|corner \d+) \| (<a id="[^"]+"><\/a>)?(.*) \|$/.exec(line) ?? [];
  return rule === undefined ? [] : [{ rule, anchor, built: rest.split(' | ')[2] }];
});
const headings = [RULES, read('docs/scenarios.md')].flatMap(({ lines }) =>
  lines.flatMap((line) => /^## (Part [A-Z]|Scenario \d+)\b/.exec(line)?.[1] ?? []),
);
const defined = [...rows.map(({ rule }) => rule), ...headings];

const everything = globSync('{src,procedures,cards,test,docs,scripts,bench}/**/*.{ts,yaml,json,md}', { cwd: root }).map(read);
const cited = citations([...everything, ...globSync('*.md', { cwd: root }).map(read)], () => true);
/** A test cites a rule in what it is called or in what it holds, not in its comments. */
const tested = citations(
  everything.filter(({ path }) => /^test\/.*\.test\.ts$/.test(path)),
  (line) => !/^\s*(\/\/|\/?\*)/.test(line),
);

describe('the rules', () => {
  test('every rule that is cited is defined, with the place that cites it', () => {
    const unknown = [...cited].filter(([rule]) => !defined.includes(rule)).map(([rule, places]) => `${rule} at ${places.join(', ')}`);
    expect(unknown).toEqual([]);
  });

  test('each rule has one row, which links can point at', () => {
    expect(defined.filter((rule, at) => defined.indexOf(rule) !== at)).toEqual([]);
    const anchorOf = (rule: string) => `<a id="${rule.toLowerCase().replaceAll(' ', '-')}"></a>`;
    expect(rows.filter(({ rule, anchor }) => anchor !== anchorOf(rule)).map(({ rule }) => rule)).toEqual([]);
  });

  test('what is built says so, and a test cites it; what is not says so, and none does', () => {
    const faults = rows
      .filter(({ rule }) => !rule.startsWith('house rule'))
      .flatMap(({ rule, built }) => {
        const places = tested.get(rule) ?? [];
        if (built !== 'yes' && built !== 'partly' && built !== 'not built') return `${rule} says "${built}": say yes, partly or not built`;
        if (built !== 'not built') return places.length === 0 ? `${rule} says "${built}", and no test cites it` : [];
        return places.length > 0 ? `${rule} says "not built", and is cited at ${places.join(', ')}: say yes or partly` : [];
      });
    expect(faults).toEqual([]);
  });
});

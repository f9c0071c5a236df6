import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** What the pages point at is there: each link to another page or a place in it, and each file that they name by its path. */

const pages = globSync(['*.md', 'docs/**/*.md']).map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** The names by which links point at places of a page: its headings as GitHub writes them, and its own anchors. */
function placesIn(path: string): Set<string> {
  const text = readFileSync(path, 'utf8');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]);
}

function isThere(page: string, link: string): boolean {
  const [file = '', place] = link.split('#');
  const target = file === '' ? page : join(dirname(page), file);
  return existsSync(target) && (place === undefined || placesIn(target).has(place));
}

describe('the pages', () => {
  test('each link leads somewhere', () => {
    const dead = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:)([^()\s]+)\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !isThere(path, link))
        .map((link) => `${path}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  test('each file of the code that is named by its path is there', () => {
    const gone = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:ts|js|json|yaml|md))`/g)]
        .map(([, named = '']) => named)
        .filter((named) => ![named, join('src', named), join(dirname(path), named)].some((each) => existsSync(each)))
        .map((named) => `${path}: ${named}`),
    );
    expect(gone).toEqual([]);
  });
});

import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openShelf } from '../../src/sandbox/shelf.ts';

const somewhere = () => join(mkdtempSync(join(tmpdir(), 'shelf-')), 'kept');

describe('design 8: what the sandbox keeps between starts', () => {
  test('a document is there at the next start, and empty before it is written', () => {
    const directory = somewhere();
    const shelf = openShelf(directory);
    expect(shelf.read('mail', [])).toEqual([]);

    shelf.write('mail', [{ to: 'a' }]);

    expect(openShelf(directory).read('mail', [])).toEqual([{ to: 'a' }]);
  });

  test('a process killed while writing leaves the document before, and its rest is cleared away', () => {
    const directory = somewhere();
    openShelf(directory).write('mail', ['whole']);
    writeFileSync(join(directory, 'mail.json.part'), '["hal');

    expect(openShelf(directory).read('mail', [])).toEqual(['whole']);
    expect(readdirSync(directory)).toEqual(['mail.json']);
  });

  test('a file that somebody spoilt stops the start and is named', () => {
    const directory = somewhere();
    const shelf = openShelf(directory);
    writeFileSync(join(directory, 'mail.json'), '{');
    expect(() => shelf.read('mail', [])).toThrow(/mail\.json is not JSON/);
  });

  test('a name cannot leave the directory', () => {
    expect(() => openShelf(somewhere()).write('../mail', [])).toThrow(/cannot name/);
  });
});

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { fingerprintOf } from '../../src/procedures/dataFile.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { changedVersions } from '../../src/procedures/publishedVersions.ts';

const CAMDEN = readFileSync('procedures/camden-dissent.1.yaml', 'utf8');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'published-'));
  cpSync('procedures/calendars', join(folder, 'calendars'), { recursive: true });
  writeFileSync(join(folder, 'camden-dissent.1.yaml'), CAMDEN);
});
afterAll(() => rmSync(folder, { recursive: true }));

const fingerprint = (text: string) => fingerprintOf(parse(text));

describe('X2: the fingerprint of a procedure', () => {
  test.each([
    ['comments', CAMDEN.replaceAll(/ *#.*$/gm, '')],
    ['empty lines', CAMDEN.replaceAll('\n\n', '\n')],
    ['another order of settings', CAMDEN.replace(/^(id: .*)\n(version: 1)$/m, '$2\n$1')],
  ])('stays the same with %s', (_, text) => {
    expect(text).not.toBe(CAMDEN);
    expect(fingerprint(text)).toBe(fingerprint(CAMDEN));
  });

  test.each([
    ['a limit', CAMDEN.replace('within: 10', 'within: 9')],
    ['a title', CAMDEN.replace('title: Service Manager', 'title: Manager')],
    ['where a rule comes from', CAMDEN.replace('source: C16', 'source: C17')],
  ])('changes with %s', (_, text) => {
    expect(text).not.toBe(CAMDEN);
    expect(fingerprint(text)).not.toBe(fingerprint(CAMDEN));
  });
});

describe('X2: versions that cases were opened under, beside the files', () => {
  const version = { id: 'camden-dissent', version: 1 };
  const changed = (...inUse: Parameters<typeof changedVersions>[1]) => {
    const { faults, warnings } = changedVersions(loadLibrary(folder), inUse);
    const here = (sentence: string) => sentence.replace(folder, 'procedures');
    return { faults: faults.map(here), warnings: warnings.map(here) };
  };

  test('unedited, or opened before fingerprints were kept, or not used at all: nothing is said', () => {
    expect(changed()).toEqual({ faults: [], warnings: [] });
    const inUse = [fingerprint(CAMDEN), null].map((each) => ({ ...version, fingerprint: each, open: 2, closed: 1 }));
    expect(changed(...inUse)).toEqual({ faults: [], warnings: [] });
  });

  test('edited or gone, with cases open: every version is listed, with what to do', () => {
    const faults = changed(
      { ...version, fingerprint: 'another', open: 3, closed: 1 },
      { id: 'camden-dissent', version: 2, fingerprint: null, open: 1, closed: 0 },
    );
    expect(faults).toEqual({
      faults: [
        'procedures/camden-dissent.1.yaml: version 1 was edited after cases were opened under it (3 are open). A case keeps the version it was opened under (X2): put the file back as it was, and write the change as version 2.',
        'procedures: version 2 of "camden-dissent" is gone after cases were opened under it (1 is open). A case keeps the version it was opened under (X2): put its file back as it was.',
      ],
      warnings: [],
    });
  });

  test('edited, with closed cases alone: a warning, also where newer cases have the edited text', () => {
    const { faults, warnings } = changed(
      { ...version, fingerprint: 'another', open: 0, closed: 4 },
      { ...version, fingerprint: fingerprint(CAMDEN), open: 1, closed: 0 },
    );
    expect(faults).toEqual([]);
    expect(warnings).toEqual([
      'procedures/camden-dissent.1.yaml: version 1 was edited after cases were opened under it (all are closed). A case keeps the version it was opened under (X2): put the file back as it was, and write the change as version 2.',
    ]);
  });
});

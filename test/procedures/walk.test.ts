import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { examine, sayFinding } from '../../src/procedures/check.ts';

const calendars = ['england-and-wales', 'scotland'].map((id) => ({
  file: `${id}.yaml`,
  text: readFileSync(`procedures/calendars/${id}.yaml`, 'utf8'),
}));
const files = ['procedures', 'procedures/examples', 'test/procedures/partnerships', 'test/procedures/words'].flatMap((folder) =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.yaml') ? [`${folder}/${name}`] : [])),
);
const beside = files.filter((file) => file.startsWith('procedures/examples/')).map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const said = (file: string, change: (text: string) => string = (text) => text) =>
  examine({ file, text: change(readFileSync(file, 'utf8')) }, calendars, beside).findings.map(sayFinding);

describe('PL1: every way through a procedure is walked by the real rules', () => {
  test.each(files)('%s: every way is finished, every date starts, and everybody is somebody', (file) => {
    expect(said(file)).toEqual([]);
  });

  test('a date that starts on one way only is a warning that names the other', () => {
    const changed = said('procedures/camden-dissent.1.yaml', (text) =>
      text.replace(
        '    title: To tell and to file\n',
        '    title: To tell and to file\n    target: { within: 5, from: review, source: C1 }\n',
      ),
    );
    expect(changed).toEqual([
      expect.stringMatching(/^WARNING line 111, stages\.conclude\.target\.from: .*on the way record > decide > conclude/),
    ]);
  });
});

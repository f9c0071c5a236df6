import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { placesOf } from '../../src/procedures/dataFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'directory-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The directory that the administrator's guide prints. */
const printed = /```yaml\n(partnerships:\n.*?)```/s.exec(readFileSync('docs/administration.md', 'utf8'))?.[1] ?? '';

/** What `npm run directory -- check` says of a file with this text, and how it ends. */
async function check(text: string): Promise<{ code: number; said: string[] }> {
  const file = join(folder, 'directory.yaml');
  writeFileSync(file, text);
  type Ended = { code?: number; stdout: string; stderr: string };
  const running: Promise<Ended> = promisify(execFile)(process.execPath, ['scripts/directory.ts', 'check', file], { env: {} });
  const { code = 0, stdout, stderr } = await running.catch((fault: Ended) => fault);
  return { code, said: (stdout + stderr).replaceAll(file, 'directory.yaml').trim().split('\n') };
}

describe('OP6: a directory file is checked without starting anything', () => {
  test('the example of the guide is sound as it is printed, and lacks nothing', async () => {
    expect(await check(printed)).toEqual({ code: 0, said: ['directory.yaml can be used: 8 people; partnerships: northmoor.'] });
  });

  test('each fault is told with its place, and the check ends with 1', async () => {
    const wrong = printed.replace('kind: statutory', 'kind: charity').replace('email: noor.ash@', 'email: noor ash at ');
    expect(await check(wrong)).toEqual({
      code: 1,
      said: [
        'These files need mending:',
        '  directory.yaml: partnerships.northmoor.agencies.health.kind: should be statutory or voluntary',
        '  directory.yaml: people[0].email: should be an e-mail address',
      ],
    });
  });

  test('so is what it and the procedures do not agree on; what it only lacks is told, and it can be used', async () => {
    const against = printed.replace('camden-complaint]', 'camden-appeal]').replace(/ {6}thresholds: .*\n/, '');
    const { code, said } = await check(against);
    expect(code).toBe(1);
    expect(said).toEqual([
      'These files need mending:',
      ...[1, 2].map((version) =>
        expect.stringMatching(
          new RegExp(`^ {2}directory.yaml: partnerships.northmoor.links: there is no link "thresholds".* version ${version} names`),
        ),
      ),
      expect.stringMatching(
        /^ {2}directory.yaml: partnerships.northmoor.procedures\[1\]: there is no procedure "camden-appeal"; there are: /,
      ),
    ]);
    const lacking = await check(printed.replace('administrates: true', 'administrates: false'));
    expect(lacking.code).toBe(0);
    expect(lacking.said[0]).toMatch(/^directory.yaml: people: nobody of "northmoor" is an administrator/);
  });
});

test('OP6 X6: the log of a bad change names the places, and nothing that stands there', () => {
  const file = join(folder, 'changing.yaml');
  writeFileSync(file, printed);
  const told: string[] = [];
  const read = readDirectory(file, { onFaults: (faults) => told.push(...placesOf(faults)) });
  writeFileSync(
    file,
    printed.replace('noor.ash@northmoor.example', 'tam.birch@northmoor.example').replace('holder: service-manager', 'holder: somebody'),
  );
  read();
  expect(told).toEqual(['people[1].email', 'partnerships.northmoor.roles.service-manager.holder']);
  writeFileSync(file, `${printed}\n  : Noor Ash: [`);
  read();
  expect(told.at(-1)).toMatch(/^line \d+$/);
});

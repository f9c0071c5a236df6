import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSandbox } from '../../src/sandbox/startSandbox.ts';
import type { Database } from '../../src/storage/database.ts';
import { freshDatabase } from '../support/database.ts';
import { dissentForm, peopleAt } from './partnership.ts';

let folder: string;
let database: Database;
let held = 0;
let directoryFile = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'published-'));
  cpSync('procedures', join(folder, 'procedures'), { recursive: true });
  // Its cases are opened under the first version, and the second is the test's own.
  rmSync(file(2));
  directoryFile = join(folder, 'partnerships.yaml');
  cpSync('src/sandbox/partnerships.yaml', directoryFile);
  database = await freshDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const file = (version: number) => join(folder, 'procedures', `camden-dissent.${version}.yaml`);
const CAMDEN = readFileSync('procedures/camden-dissent.1.yaml', 'utf8');
const shorter = CAMDEN.replace('within: 10, from: conference', 'within: 8, from: conference');

/** One run of the program, from its start to its end, on the store and the chats that the runs before it left. Answers its warnings. */
async function run(deeds: (people: ReturnType<typeof peopleAt>) => Promise<unknown>): Promise<string[]> {
  const warnings: string[] = [];
  const sandbox = await startSandbox({
    port: 0,
    sandboxPort: 0,
    dataDirectory: folder,
    proceduresDirectory: join(folder, 'procedures'),
    directoryFile,
    graphBaseUrl: null,
    openDatabase: async () => {
      held++;
      return { ...database, close: async () => void held-- };
    },
    log: { info: () => {}, warn: (message) => void warnings.push(message), error: console.error },
  });
  try {
    await deeds(peopleAt(sandbox.url));
    await sandbox.program.lookAtClock();
    await sandbox.program.jobs.settle();
  } finally {
    await sandbox.close();
  }
  return warnings.filter((warning) => warning.includes('X2'));
}

const nothing = async () => {};
const raise = async ({ says, presses }: ReturnType<typeof peopleAt>, person: string) => {
  await says(person, 'raise dissent');
  return presses(person, 'Send to the chair', dissentForm({ date: '2027-01-12' }));
};

test('X2: a case keeps its version: an edit of it stops the start while the case is open, and a new version beside it is for new cases', async () => {
  await run(async (people) => {
    await people.clock('2027-01-12T15:10:00Z');
    expect(await raise(people, 'health-visitor')).toContain('DIS-27-001');
  });
  expect(await run(nothing)).toEqual([]);

  writeFileSync(file(1), `# Looked over by the partnership.\n\n${CAMDEN}`);
  expect(await run(nothing)).toEqual([]);

  expect(shorter).not.toBe(CAMDEN);
  writeFileSync(file(1), shorter);
  const rule = 'A case keeps the version it was opened under (X2)';
  await expect(run(nothing)).rejects.toMatchObject({
    name: 'FileFaults',
    faults: [
      `${file(1)}: version 1 was edited after cases were opened under it (1 is open). ${rule}: put the file back as it was, and write the change as version 2.`,
    ],
  });

  expect(held).toBe(0);

  const partnerships = readFileSync(directoryFile, 'utf8');
  writeFileSync(file(1), CAMDEN);
  writeFileSync(
    directoryFile,
    partnerships.replace('\n  camden:', '\n  elsewhere:').replaceAll('partnership: camden', 'partnership: elsewhere'),
  );
  await expect(run(nothing)).rejects.toMatchObject({
    faults: [`${directoryFile}: partnerships: "camden" is not here, and 1 case of its is open: put it back`],
  });
  writeFileSync(directoryFile, partnerships);

  writeFileSync(file(2), shorter.replace('version: 1', 'version: 2'));
  rmSync(file(1));
  await expect(run(nothing)).rejects.toMatchObject({
    faults: [
      `${join(folder, 'procedures')}: version 1 of "camden-dissent" is gone after cases were opened under it (1 is open). ${rule}: put its file back as it was.`,
    ],
  });

  writeFileSync(file(1), CAMDEN);
  await run(async (people) => {
    expect(await raise(people, 'teacher')).toContain('DIS-27-002');
    const limitOf = async (reference: string) => {
      const { procedure, timeLimits } = (await people.describe(reference)) as Awaited<ReturnType<typeof people.describe>> & {
        procedure: object;
      };
      return { procedure, due: timeLimits.find(({ stage, kind }) => stage === 'decide' && kind === 'time limit')?.due };
    };
    expect(await limitOf('DIS-27-001')).toEqual({ procedure: { id: 'camden-dissent', version: 1 }, due: '2027-01-26' });
    expect(await limitOf('DIS-27-002')).toEqual({ procedure: { id: 'camden-dissent', version: 2 }, due: '2027-01-22' });

    await people.fillsIn('health-visitor', 'DIS-27-001', 'Withdraw', { reason: 'We agreed after all.' });
    expect(await people.describe('DIS-27-001')).toMatchObject({ status: 'closed' });
  });

  writeFileSync(file(1), shorter);
  expect(await run(nothing)).toEqual([
    `${file(1)}: version 1 was edited after cases were opened under it (all are closed). ${rule}: put the file back as it was, and write the change as version 3.`,
  ]);
});

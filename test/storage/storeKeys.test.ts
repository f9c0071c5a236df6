import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { StartFault } from '../../src/app/faults.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import type { Database } from '../../src/storage/database.ts';
import { folderMasterKey, masterKeyVault } from '../../src/storage/keyVault.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { newKey, seal, unseal } from '../../src/storage/seal.ts';
import { openKeys } from '../../src/storage/storeKeys.ts';
import { freshDatabase } from '../support/database.ts';
import { opening, raised, recorded } from './caseFixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const master = (text: string) => Buffer.alloc(32, text).toString('base64');

describe('a seal', () => {
  test('given text, then it opens with its key and in its place, and in no other way', () => {
    const key = newKey();
    const text = 'The threshold is met: £ and 👍.';
    const sealed = seal(key, text, 'DIS-27-001 3 DecisionMade');
    expect(unseal(key, sealed, 'DIS-27-001 3 DecisionMade')).toBe(text);
    expect(seal(key, text, 'DIS-27-001 3 DecisionMade')).not.toBe(sealed);
    const altered = Buffer.from(sealed, 'base64');
    altered[30]! ^= 1;
    for (const [wrong, bytes, place] of [
      [key, sealed, 'DIS-27-002 3 DecisionMade'],
      [newKey(), sealed, 'DIS-27-001 3 DecisionMade'],
      [key, altered.toString('base64'), 'DIS-27-001 3 DecisionMade'],
      [key, 'AAAA', 'DIS-27-001 3 DecisionMade'],
    ] as const)
      expect(() => unseal(wrong, bytes, place)).toThrow(/cannot be opened: it was altered or moved/);
  });
});

test('given a master key that is changed, then its predecessor is needed for one start and never again, and another opens nothing', async () => {
  const cases = async (vault: ReturnType<typeof masterKeyVault>) =>
    caseStore(database.kysely, await openKeys(database.kysely, vault), noOutbox);
  const { reference } = await (await cases(masterKeyVault(master('old')))).open(opening('rotated'));
  await expect(cases(masterKeyVault(master('new')))).rejects.toThrow(StartFault);
  await expect(cases(masterKeyVault(master('new')))).rejects.toThrow(/sealed with another master key .*MASTER_KEY_PREVIOUS/);
  expect((await (await cases(masterKeyVault(master('new'), master('old')))).load(reference))?.events).toEqual(recorded(raised));
  expect((await (await cases(masterKeyVault(master('new')))).load(reference))?.events).toEqual(recorded(raised));
  await expect(cases(masterKeyVault(master('old')))).rejects.toThrow(StartFault);
  const rows = await database.kysely.selectFrom('case_key').select(['wrapped', 'key_id']).execute();
  expect(new Set(rows.map(({ key_id }) => key_id))).toEqual(new Set([masterKeyVault(master('new')).keyId]));
  expect(JSON.stringify(rows)).not.toContain(master('new'));
});

test('given a data folder, then its master key is made once, for its owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'master-key-'));
  try {
    const key = folderMasterKey(join(folder, 'data'));
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(folderMasterKey(join(folder, 'data'))).toBe(key);
    expect(readFileSync(join(folder, 'data', 'master.key'), 'utf8')).toBe(key);
    expect(statSync(join(folder, 'data', 'master.key')).mode & 0o077).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('given a store that another version of the program made, then the start is refused with what to do', async () => {
  const older = await freshDatabase();
  try {
    await older.pool.query("UPDATE kysely_migration SET name = '001-cases' WHERE name = '001-sealed-cases'");
    await expect(migrate(older.kysely)).rejects.toThrow(StartFault);
    await expect(migrate(older.kysely)).rejects.toThrow('in the sandbox, delete the folder that DATA_DIR names');
  } finally {
    await older.close();
  }
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { verifyAudit } from '../../src/storage/audit/verifyAudit.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import type { Database } from '../../src/storage/database.ts';
import { versionsInUse } from '../../src/storage/versionsInUse.ts';
import { freshDatabase } from '../support/database.ts';
import { commitOn, keysOf, opening, vault } from './caseFixtures.ts';
import { freely } from './harm.ts';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

test('X2: given cases of one version before and after an edit, then each text of it is told with how many are open and closed, and the trail is whole', async () => {
  expect(await versionsInUse(database.kysely)).toEqual([]);
  const cases = caseStore(database.kysely, await keysOf(database), noOutbox);
  const open = async (draft: string, fingerprint: string) => (await cases.open(opening(draft, undefined, '27', fingerprint))).reference;
  const closed = await open('one', 'before');
  await cases.append(commitOn(await cases.load(closed), [{ type: 'CaseClosed' }]));
  await open('two', 'edited');
  await open('two', 'pressed again');
  await open('three', 'edited');
  const version = { id: 'camden-dissent', version: 1 };
  expect(await versionsInUse(database.kysely)).toEqual([
    { ...version, fingerprint: 'before', open: 0, closed: 1 },
    { ...version, fingerprint: 'edited', open: 2, closed: 0 },
  ]);
  expect((await verifyAudit(database.kysely, { vault })).fault).toBeNull();
});

test('X1, X2: given what a version said is altered behind the program, then the database refuses, and where it was forced, verify-audit names the case', async () => {
  const { reference } = await caseStore(database.kysely, await keysOf(database), noOutbox).open(opening('altered', undefined, '28'));
  const alter = `UPDATE case_header SET procedure_fingerprint = 'another' WHERE reference = '${reference}'`;
  await expect(database.pool.query(alter)).rejects.toThrow('append-only');
  await freely(database, alter);
  expect((await verifyAudit(database.kysely, { vault })).fault).toMatchObject({
    reference,
    sentence: `What case ${reference} was opened with was altered.`,
  });
});

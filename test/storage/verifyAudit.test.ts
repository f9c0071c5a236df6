import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { canonicalJson } from '../../src/domain/canonicalJson.ts';
import { accessLog } from '../../src/storage/accessLog.ts';
import { verifyAudit } from '../../src/storage/audit/verifyAudit.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import type { Database } from '../../src/storage/database.ts';
import { rowHash } from '../../src/storage/evidenceRows.ts';
import { eraseCase, setHold } from '../../src/storage/retention.ts';
import { freshDatabase } from '../support/database.ts';
import { commitOn, keysOf, look, opening, raisedAt, vault } from './caseFixtures.ts';
import { freely } from './harm.ts';

let database: Database;
const intact = { cases: 3, erased: 1, events: 8, accesses: 4, fault: null, unchecked: [] };

beforeAll(async () => {
  database = await freshDatabase();
  const cases = caseStore(database.kysely, await keysOf(database), noOutbox);
  for (const draft of ['one', 'two', 'three']) await cases.open(opening(draft));
  await cases.append(commitOn(await cases.load('DIS-27-002'), [{ type: 'ChairNamed', chair: 'chair-two' }, { type: 'CaseClosed' }]));
  const store = { kysely: database.kysely, keys: await keysOf(database) };
  const by = { operator: 'it.operator', reason: 'The days are over.' };
  await setHold(store, 'DIS-27-001', true, by, raisedAt);
  await eraseCase(store, 'DIS-27-002', { ...by, force: true }, { days: 90, years: 6 }, raisedAt);
  const log = accessLog(database.kysely, await keysOf(database));
  for (const reference of ['DIS-27-002', 'DIS-27-002', 'DIS-27-002', null]) await log.record({ ...look, reference });
});
afterAll(() => database.close());

const tables = ['case_number', 'case_header', 'case_event', 'case_access', 'chain_head', 'case_view', 'case_key', 'retention_log'];

/** Does harm as somebody with all powers over the database could, goes through the trail, and puts everything back. */
async function faultAfter(...harm: string[]) {
  await freely(database, ...tables.map((table) => `CREATE TABLE kept_${table} AS TABLE ${table}`));
  try {
    await freely(database, ...harm);
    return (await verifyAudit(database.kysely, { vault })).fault;
  } finally {
    await freely(
      database,
      ...[...tables].reverse().map((table) => `DELETE FROM ${table}`),
      ...tables.map((table) => `INSERT INTO ${table} TABLE kept_${table}`),
      ...tables.map((table) => `DROP TABLE kept_${table}`),
    );
  }
}

test('X1: given trails as the program wrote them, then they are whole', async () => {
  expect(await verifyAudit(database.kysely, { vault })).toEqual(intact);
});

describe('X1: given somebody with all powers over the database', () => {
  test.each<[string, string[], string, number | null, string]>([
    [
      'alters what was said',
      [`UPDATE case_event SET sealed = overlay(sealed placing 'AAAA' from 40) WHERE reference = 'DIS-27-002' AND revision = 3`],
      'DIS-27-002',
      3,
      'was altered',
    ],
    [
      'alters who did it',
      [`UPDATE case_event SET actor_person = 'somebody' WHERE reference = 'DIS-27-001' AND revision = 2`],
      'DIS-27-001',
      2,
      'was altered',
    ],
    [
      'alters when it was done',
      [`UPDATE case_event SET at = at - interval '1 day' WHERE reference = 'DIS-27-001' AND revision = 1`],
      'DIS-27-001',
      1,
      'was altered',
    ],
    [
      'alters the procedure version',
      [`UPDATE case_event SET procedure_version = 2 WHERE reference = 'DIS-27-003' AND revision = 1`],
      'DIS-27-003',
      1,
      'was altered',
    ],
    [
      'removes an event from the middle',
      [`DELETE FROM case_event WHERE reference = 'DIS-27-002' AND revision = 2`],
      'DIS-27-002',
      2,
      'is missing',
    ],
    ['removes the last event', [`DELETE FROM case_event WHERE reference = 'DIS-27-002' AND revision = 4`], 'DIS-27-002', 4, 'is missing'],
    [
      'removes an event and closes the gap',
      [
        `DELETE FROM case_event WHERE reference = 'DIS-27-002' AND revision = 3`,
        `UPDATE case_event SET revision = 3 WHERE reference = 'DIS-27-002' AND revision = 4`,
      ],
      'DIS-27-002',
      3,
      'was altered',
    ],
    [
      'changes the order of two events',
      [
        `UPDATE case_event SET revision = 99 WHERE reference = 'DIS-27-002' AND revision = 3`,
        `UPDATE case_event SET revision = 3 WHERE reference = 'DIS-27-002' AND revision = 4`,
        `UPDATE case_event SET revision = 4 WHERE reference = 'DIS-27-002' AND revision = 99`,
      ],
      'DIS-27-002',
      3,
      'was altered',
    ],
    [
      "swaps the first event for another case's",
      [
        `UPDATE case_event AS event SET hash = other.hash, previous_hash = other.previous_hash FROM case_event AS other
       WHERE event.reference = 'DIS-27-001' AND event.revision = 1 AND other.reference = 'DIS-27-003' AND other.revision = 1`,
      ],
      'DIS-27-001',
      1,
      'was altered',
    ],
    ['removes all events of a case', [`DELETE FROM case_event WHERE reference = 'DIS-27-001'`], 'DIS-27-001', null, 'All events'],
    [
      'moves a case to another partnership',
      [`UPDATE case_header SET partnership = 'elsewhere' WHERE reference = 'DIS-27-001'`],
      'DIS-27-001',
      null,
      'was altered',
    ],
    [
      'removes a case',
      [
        `DELETE FROM case_view WHERE reference = 'DIS-27-002'`,
        `DELETE FROM case_event WHERE reference = 'DIS-27-002'`,
        `DELETE FROM chain_head WHERE reference = 'DIS-27-002'`,
        `DELETE FROM case_header WHERE reference = 'DIS-27-002'`,
      ],
      'DIS-27-002',
      null,
      'is missing',
    ],
    [
      'removes the last case',
      [
        `DELETE FROM case_view WHERE reference = 'DIS-27-003'`,
        `DELETE FROM case_event WHERE reference = 'DIS-27-003'`,
        `DELETE FROM chain_head WHERE reference = 'DIS-27-003'`,
        `DELETE FROM case_header WHERE reference = 'DIS-27-003'`,
      ],
      'DIS-27-003',
      null,
      'is missing',
    ],
    [
      'alters a look',
      [`UPDATE case_access SET person = 'somebody' WHERE reference = 'DIS-27-002' AND sequence = 2`],
      'DIS-27-002',
      2,
      'was altered',
    ],
    ['removes the last look', [`DELETE FROM case_access WHERE reference = 'DIS-27-002' AND sequence = 3`], 'DIS-27-002', 3, 'is missing'],
    [
      'throws a key away',
      [`UPDATE case_key SET wrapped = NULL, erased_at = now() WHERE reference = 'DIS-27-001'`],
      'DIS-27-001',
      null,
      'nothing says that the case was erased',
    ],
    ['takes a key away', [`DELETE FROM case_key WHERE reference = 'DIS-27-003'`], 'DIS-27-003', null, 'is gone'],
    [
      'brings an erased key back from a back-up',
      [`UPDATE case_key SET wrapped = 'from a back-up', erased_at = NULL WHERE reference = 'DIS-27-002'`],
      'DIS-27-002',
      null,
      'and yet it has a key',
    ],
    ['lifts a hold unseen', [`DELETE FROM retention_log WHERE sequence = 1`], '-', 1, 'is missing'],
    ['hides an erasure', [`DELETE FROM retention_log WHERE sequence = 2`], '-', 2, 'is missing'],
    ['alters who erased', [`UPDATE retention_log SET operator = 'somebody' WHERE sequence = 2`], '-', 2, 'was altered'],
    ['removes the presses about no case', [`DELETE FROM case_access WHERE reference = '-'`], '-', 1, 'is missing'],
  ])('who %s, then the trail says so', async (_who, statements, reference, revision, words) => {
    const fault = await faultAfter(...statements);
    expect(fault).toMatchObject({ reference, revision, sentence: expect.stringContaining(words) });
    expect(await verifyAudit(database.kysely, { vault })).toEqual(intact);
  });

  test('EV1: who replaces an event, hash and all, then it is told that the program did not write it', async () => {
    const row = await database.kysely
      .selectFrom('case_event')
      .selectAll()
      .where('reference', '=', 'DIS-27-002')
      .where('revision', '=', 2)
      .executeTakeFirstOrThrow();
    const forged = rowHash('case_event', row.previous_hash, { ...row, actor_person: 'somebody' });
    const fault = await faultAfter(
      `UPDATE case_event SET actor_person = 'somebody', hash = '${forged}' WHERE reference = 'DIS-27-002' AND revision = 2`,
    );
    expect(fault).toMatchObject({
      reference: 'DIS-27-002',
      revision: 2,
      sentence: expect.stringContaining('was not written by this program'),
    });
  });
});

test('X1: given JSON that PostgreSQL has stored with its keys in another order, then the hash is the same', async () => {
  const value = { zebra: 1, apple: { long: [1, { b: 2, a: null }], a: 'é\u2028' }, number: 1e21 };
  const { rows } = await sql<{ stored: unknown }>`SELECT ${JSON.stringify(value)}::jsonb AS stored`.execute(database.kysely);
  expect(Object.keys(rows[0]!.stored as object)).not.toEqual(Object.keys(value));
  expect(canonicalJson(rows[0]!.stored)).toBe(canonicalJson(value));
});

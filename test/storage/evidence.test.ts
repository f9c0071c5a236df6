import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { StartFault, TrailFault } from '../../src/app/faults.ts';
import type { Job } from '../../src/app/job.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { checkEvidence } from '../../src/storage/audit/checkEvidence.ts';
import { verifyAudit } from '../../src/storage/audit/verifyAudit.ts';
import { commitmentTo } from '../../src/storage/caseEvents.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { chronologyRows } from '../../src/storage/chronology.ts';
import { covers } from '../../src/storage/covers.ts';
import type { Database } from '../../src/storage/database.ts';
import { directoryHistory, recordDirectory } from '../../src/storage/directoryTrail.ts';
import { rowHash } from '../../src/storage/evidenceRows.ts';
import { eraseCase } from '../../src/storage/retention.ts';
import { openKeys, type StoreKeys } from '../../src/storage/storeKeys.ts';
import { freshDatabase } from '../support/database.ts';
import { commitOn, dissent, keysOf, opening, raisedAt, vault } from './caseFixtures.ts';
import { freely } from './harm.ts';

let database: Database;
let keys: StoreKeys;
beforeAll(async () => {
  database = await freshDatabase();
  keys = await keysOf(database);
});
afterAll(() => database.close());

const store = () => caseStore(database.kysely, keys, noOutbox);
const opened = async (draft: string, year: string) => (await store().open(opening(draft, undefined, year))).reference;

describe('EV1: given a row that the program did not write', () => {
  test.each<[string, (reference: string) => string, RegExp]>([
    ['another actor', (r) => `UPDATE case_event SET actor_person = 'x' WHERE reference = '${r}' AND revision = 2`, /row 2: was altered/],
    [
      'another day',
      (r) => `UPDATE case_event SET at = at - interval '1 day' WHERE reference = '${r}' AND revision = 1`,
      /row 1: was altered/,
    ],
    ['a cut tail', (r) => `DELETE FROM case_event WHERE reference = '${r}' AND revision = 2`, /row 2: is missing/],
    ['no events', (r) => `DELETE FROM case_event WHERE reference = '${r}'`, /row 1: is missing/],
    ['another partnership', (r) => `UPDATE case_header SET partnership = 'x' WHERE reference = '${r}'`, /what it was opened with/],
    ['another key', (r) => `UPDATE case_key SET wrapped = wrapped || 'A' WHERE reference = '${r}'`, /its key/],
    ['no key', (r) => `DELETE FROM case_key WHERE reference = '${r}'`, /its key is gone/],
    ['an end set back', (r) => `UPDATE chain_head SET length = 1 WHERE reference = '${r}'`, /the end of its events/],
  ])('of %s, then the case is a fault that names it, and no fact', async (what, harm, words) => {
    const reference = await opened(what, '30');
    await freely(database, 'ALTER TABLE case_event DROP CONSTRAINT IF EXISTS case_event_reference_fkey', harm(reference));
    await expect(store().load(reference)).rejects.toThrow(TrailFault);
    await expect(store().load(reference)).rejects.toThrow(words);
    await expect(store().load(reference)).rejects.toThrow(`case ${reference}`);
  });

  test('that undoes a decision in four statements, then the case does not open', async () => {
    const reference = await opened('undone', '31');
    await store().append(commitOn(await store().load(reference), [{ type: 'ChairNamed', chair: 'chair-two' }]));
    await freely(
      database,
      `DELETE FROM case_event WHERE reference = '${reference}' AND revision > 2`,
      `UPDATE chain_head SET length = 2, hash = (SELECT hash FROM case_event WHERE reference = '${reference}' AND revision = 2)
       WHERE chain = 'event' AND reference = '${reference}'`,
    );
    await expect(store().load(reference)).rejects.toThrow('the end of its events is gone or was altered');
  });

  test('that makes somebody a deputy, then they are none, the others stay, and it is told once', async () => {
    const told: unknown[] = [];
    const left: string[] = [];
    const outbox = { ...noOutbox, enqueue: async ({ name }: Job) => void left.push(name) };
    const deputies = covers(database.kysely, keys, outbox, { error: (message) => void told.push(message) });
    const cover = { partnership: 'camden', role: 'service-manager', holder: 'sm', from: '2027-02-01', to: '2027-03-01' };
    await deputies.begin({ ...cover, deputy: 'deputy' }, 'real', raisedAt);
    await database.pool.query(`
      INSERT INTO cover (number, draft, partnership, role, holder, deputy, from_date, to_date, made_at)
      VALUES (77, 'forged', 'camden', 'service-manager', 'sm', 'school-lead', '2027-02-01', '2027-12-31', now())
    `);
    expect((await deputies.all()).map(({ deputy }) => deputy)).toEqual(['deputy']);
    await deputies.all();
    expect(told).toEqual([expect.stringContaining('give nobody any power')]);
    expect(left).toEqual(['tell-partnership', 'check-evidence']);
    await deputies.end(1, 'sm', raisedAt);
    await freely(database, 'DELETE FROM cover_end');
    expect(await deputies.all()).toEqual([]);
    await freely(database, 'DELETE FROM cover', "DELETE FROM chain_head WHERE chain = 'cover'");
  });

  test('that says a case was erased, then nothing is erased or removed by it', async () => {
    const reference = await opened('not erased', '32');
    await database.pool.query(`
      INSERT INTO retention_log (sequence, reference, action, operator, sealed, early, at, previous_hash, hash)
      VALUES (1, '${reference}', 'erased', 'x', 'x', false, now(), '', ''), (2, '${reference}', 'removed', 'x', 'x', false, now(), '', '')
    `);
    for (const deed of [
      `DELETE FROM case_event WHERE reference = '${reference}'`,
      "UPDATE case_key SET wrapped = NULL, erased_at = now() WHERE reference = '-'",
    ])
      await expect(database.pool.query(deed)).rejects.toThrow(/is not allowed/);
    const by = { operator: 'it.operator', reason: 'Why', force: true };
    await store().append(commitOn(await store().load(reference), [{ type: 'CaseClosed' }]));
    await expect(eraseCase({ kysely: database.kysely, keys }, reference, by, { days: 0, years: 0 }, raisedAt)).rejects.toThrow(TrailFault);
    expect(await store().load(reference)).not.toBeNull();
    await freely(database, 'DELETE FROM retention_log');
  });

  test('and the store’s own key deleted, then it is never made anew', async () => {
    const { rows } = await sql`SELECT * FROM case_key WHERE reference = '-'`.execute(database.kysely);
    await freely(
      database,
      "CREATE TABLE kept AS SELECT * FROM case_key WHERE reference = '-'",
      "DELETE FROM case_key WHERE reference = '-'",
    );
    await expect(openKeys(database.kysely, vault)).rejects.toThrow(StartFault);
    await expect(openKeys(database.kysely, vault)).rejects.toThrow('Restore the store from a back-up');
    await freely(database, 'INSERT INTO case_key TABLE kept', 'DROP TABLE kept');
    expect((await sql`SELECT * FROM case_key WHERE reference = '-'`.execute(database.kysely)).rows).toEqual(rows);
  });
});

describe('corner 31: given a clock that has gone back', () => {
  test('when an event is added, then it is not earlier than the one before it, and the trail is whole', async () => {
    const reference = await opened('clock', '33');
    const back = commitOn(await store().load(reference), [{ type: 'ChairNamed', chair: 'chair-two' }]);
    await store().append({ ...back, at: raisedAt.subtract({ hours: 1 }) });
    expect((await store().load(reference))?.events.map(({ at }) => at)).toEqual(Array.from({ length: 3 }, () => raisedAt.toString()));
  });
});

describe('EV7: given a directory', () => {
  const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} })();
  const record = (changed: object, hour: number) =>
    recordDirectory(database.kysely, keys, { ...directory, ...changed }, raisedAt.add({ hours: hour }));
  const history = () => directoryHistory(database.kysely, keys);

  test('when it is read by several replicas, then each change is in the trail once, with its instant and what was before', async () => {
    await Promise.all([record({}, 0), record({}, 0), record({}, 0)]);
    const [first, ...others] = await history();
    expect(others).toEqual([]);
    expect(first?.changes.length).toBeGreaterThan(directory.people.length);
    const [moved, ...people] = directory.people;
    await record({ people: [{ ...moved!, role: 'Another post' }, ...people] }, 1);
    await record({ people: [{ ...moved!, role: 'Another post' }, ...people] }, 2);
    await record({ people }, 3);
    expect((await history()).slice(1)).toEqual([
      {
        sequence: 2,
        at: raisedAt.add({ hours: 1 }).toString(),
        changes: [{ entry: `people ${moved?.id}`, was: moved, is: { ...moved, role: 'Another post' } }],
      },
      {
        sequence: 3,
        at: raisedAt.add({ hours: 3 }).toString(),
        changes: [{ entry: `people ${moved?.id}`, was: { ...moved, role: 'Another post' }, is: null }],
      },
    ]);
    const { rows } = await sql<{ row: string }>`SELECT t::text AS row FROM directory_change t`.execute(database.kysely);
    for (const { row } of rows) expect(row).not.toContain(moved!.name);
  });

  test('when a change that was written down is altered, then it is not told', async () => {
    await freely(database, 'CREATE TABLE kept AS TABLE directory_change', 'UPDATE directory_change SET at = now() WHERE sequence = 2');
    await expect(history()).rejects.toThrow('entry 2 of the changes of the directory was altered');
    await freely(database, 'DELETE FROM directory_change', 'INSERT INTO directory_change TABLE kept', 'DROP TABLE kept');
  });
});

describe('EV4: given the rows of a chronology', () => {
  test('then words and nonces open the commitments that the hashes cover, and no other words do', async () => {
    const reference = await opened('chronology', '34');
    const chronology = await chronologyRows(database.kysely, keys, reference);
    expect(chronology?.events).toHaveLength(2);
    let previous = chronology!.header.hash;
    for (const { row, words, nonce } of chronology!.events) {
      expect(row.previous_hash).toBe(previous);
      expect(rowHash('case_event', previous, row)).toBe(row.hash);
      expect(commitmentTo(words!, Buffer.from(nonce!, 'hex'))).toBe(row.commitment);
      expect(commitmentTo(`${words} `, Buffer.from(nonce!, 'hex'))).not.toBe(row.commitment);
      previous = row.hash;
    }
    expect(chronology?.events[0]?.words).toContain(dissent.newInformation ?? 'threshold');
    expect(await chronologyRows(database.kysely, keys, 'DIS-34-999')).toBeNull();
  });
});

describe('EV3, EV6: given a store as it is', () => {
  test('without the master key, then chains and guards are checked and what could not be is said', async () => {
    const fresh = await freshDatabase();
    try {
      await caseStore(fresh.kysely, await keysOf(fresh), noOutbox).open(opening('one'));
      expect(await verifyAudit(fresh.kysely, { vault: null })).toMatchObject({
        fault: null,
        cases: 1,
        unchecked: [expect.stringContaining('set MASTER_KEY')],
      });
      expect((await checkEvidence(fresh, vault)).fault).toBeNull();
      await freely(fresh, "UPDATE case_event SET actor_role = 'x' WHERE revision = 1");
      expect((await checkEvidence(fresh, vault)).fault).toMatchObject({ reference: 'DIS-27-001', revision: 1 });
    } finally {
      await fresh.close();
    }
  });
});

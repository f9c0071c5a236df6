import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Cover } from '../../src/app/cover.ts';
import type { Job } from '../../src/app/job.ts';
import { noOutbox } from '../../src/storage/caseStore.ts';
import { covers } from '../../src/storage/covers.ts';
import type { Database } from '../../src/storage/database.ts';
import type { StoreKeys } from '../../src/storage/storeKeys.ts';
import { stuckNotices } from '../../src/storage/stuckNotices.ts';
import { freshDatabase } from '../support/database.ts';
import { keysOf } from './caseFixtures.ts';

let database: Database;
let keys: StoreKeys;
let left: Job[];
beforeAll(async () => {
  database = await freshDatabase();
  keys = await keysOf(database);
});
afterAll(() => database.close());
beforeEach(() => {
  left = [];
});

const now = Temporal.Instant.from('2027-01-12T15:10:00Z');
const aCover = (changes: Partial<Cover> = {}) => ({
  partnership: 'camden',
  role: 'service-manager',
  holder: 'sm',
  deputy: 'deputy',
  from: '2027-01-12',
  to: '2027-01-22',
  ...changes,
});
const store = () => covers(database.kysely, keys, { ...noOutbox, enqueue: async (job) => void left.push(job) }, { error: () => {} });

test('Q27 X4: a form sent twice makes one cover, and its cards are asked for once', async () => {
  await store().begin(aCover(), 'sm/one', now);
  await store().begin(aCover({ deputy: 'somebody-else' }), 'sm/one', now);
  expect(await store().all()).toEqual([{ number: expect.any(Number), endedAt: null, ...aCover() }]);
  expect(left).toEqual([{ name: 'tell-partnership', reference: 'camden' }]);
});

test('Q27 X1: an end is a row of its own, made once, and no row can be changed or taken away', async () => {
  await store().begin(aCover({ from: '2028-01-01', to: '2028-01-02' }), 'sm/two', now);
  const { number = 0 } = (await store().all()).at(-1) ?? {};
  await store().end(number, 'sm', now);
  await store().end(number, 'sm', now.add({ hours: 1 }));
  expect((await store().all()).at(-1)).toMatchObject({ number, endedAt: '2027-01-12T15:10:00Z' });
  expect(left).toHaveLength(2);
  for (const change of ["UPDATE cover SET deputy = 'x'", 'DELETE FROM cover', 'DELETE FROM cover_end', 'TRUNCATE cover_end'])
    await expect(database.executeSql(change)).rejects.toThrow(/append-only/);
});

test('a person is told once a day that something is stuck, unless they could not be reached', async () => {
  const notices = stuckNotices(database.kysely);
  const claims = await Promise.all([notices.claim('administrator', '2027-01-12'), notices.claim('administrator', '2027-01-12')]);
  expect(claims.toSorted()).toEqual([false, true]);
  await notices.release('administrator', '2027-01-12');
  expect(await notices.claim('administrator', '2027-01-12')).toBe(true);
  expect(await notices.claim('administrator', '2027-01-13')).toBe(true);
});

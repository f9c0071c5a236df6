import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openQueue, type Queue } from '../../src/jobs/queue.ts';
import { caseStore } from '../../src/storage/caseStore.ts';
import { conversations } from '../../src/storage/conversations.ts';
import { covers } from '../../src/storage/covers.ts';
import type { Database } from '../../src/storage/database.ts';
import { postedCards } from '../../src/storage/postedCards.ts';
import type { StoreKeys } from '../../src/storage/storeKeys.ts';
import { unreachedPeople } from '../../src/storage/unreached.ts';
import { freshDatabase } from '../support/database.ts';
import { commitOn, keysOf, opening } from './caseFixtures.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
let database: Database;
let keys: StoreKeys;
let queue: Queue;
let ways = 0;
beforeAll(async () => {
  database = await freshDatabase();
  keys = await keysOf(database);
  queue = await openQueue({ database, log });
  database.pool.on('acquire', () => {
    ways += 1;
  });
});
afterAll(async () => {
  await queue.close();
  await database.close();
});

test('house rule 1: all that a press needs is one way to the database and back, and all that it leaves another', async () => {
  const { kysely } = database;
  const cases = caseStore(kysely, keys, queue);
  const { reference } = await cases.open(opening('one read'));
  ways = 0;
  const [trail, others, covering, unreached, chat, gone] = await Promise.all([
    cases.load(reference),
    cases.onConference(reference),
    covers(kysely, keys, queue, log).all(),
    unreachedPeople(kysely).all(),
    conversations(kysely, keys).of('chair-one'),
    postedCards(kysely, keys).formClosed('chair-one', 'message-1'),
  ]);
  expect(ways).toBe(1);
  expect([trail?.reference, others, covering, unreached, chat, gone]).toEqual([reference, [], [], [], null, []]);

  ways = 0;
  const commit = commitOn(
    trail,
    [{ type: 'ChairNamed', chair: 'chair-two' }],
    [
      { name: 'tell', reference },
      { name: 'send', reference },
    ],
  );
  expect(await cases.append(commit)).toBe('committed');
  expect(ways).toBe(1);
  expect((await cases.load(reference))?.events).toHaveLength(3);
  expect(await cases.append(commit)).toBe('conflict');
});

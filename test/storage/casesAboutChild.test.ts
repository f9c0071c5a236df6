import { expect, test } from '@jest/globals';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { casesAboutChild } from '../../src/storage/casesAboutChild.ts';
import { freshDatabase } from '../support/database.ts';
import { keysOf, opening } from './caseFixtures.ts';

test('OP8: a case is found by a reference of a child that the database does not hold, and one of which that was not kept is looked at', async () => {
  const database = await freshDatabase();
  const keys = await keysOf(database);
  const { reference } = await caseStore(database.kysely, keys, noOutbox).open(opening('a draft'));
  const about = casesAboutChild(database.kysely, keys);
  const ask = (child: string, partnership = 'camden') => about([partnership], child);
  expect([await ask('C-2'), await ask('c-1'), await ask('C-3'), await ask('C-2', 'elsewhere')]).toEqual([[reference], [reference], [], []]);
  const { rows } = await database.pool.query('SELECT * FROM case_view');
  expect(JSON.stringify(rows)).not.toMatch(/C-[12]\b/);
  await database.pool.query('UPDATE case_view SET children = NULL');
  expect(await ask('C-3')).toEqual([reference]);
  await database.close();
});

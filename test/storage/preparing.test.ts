import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../src/storage/database.ts';
import { find } from '../../src/storage/look.ts';
import { freshDatabase } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const TIMES = 5;
const ask = () => database.kysely.selectFrom('replica').selectAll().where('id', '=', 'one').execute();
/** On as many connections as there are, so that each of them has made the statement ready. */
const often = async () => {
  for (let time = 0; time < TIMES; time += 1) await Promise.all(Array.from({ length: 10 }, ask));
};
const names = async () => {
  const { rows } = await database.pool.query<{ name: string }>('SELECT name FROM pg_prepared_statements');
  return rows.map(({ name }) => name);
};

test('a statement that is asked for often is made ready once, and goes on when a migration changes its table under it', async () => {
  await often();
  const before = await names();
  expect(before).not.toEqual([]);
  await sql`ALTER TABLE replica ADD COLUMN of_a_later_version text`.execute(database.kysely);
  await often();
  expect(await ask()).toEqual([]);
  expect((await names()).filter((name) => name.endsWith('.1'))).not.toEqual([]);
});

test('inside a transaction nothing is made ready, so that nothing of it can be lost to a migration', async () => {
  const before = await names();
  const statement = (transaction: Database['kysely']) =>
    transaction.selectFrom('replica').select('directory').where('id', '=', 'one').execute();
  for (let time = 0; time < TIMES; time += 1) await database.kysely.transaction().execute(statement);
  expect(await names()).toEqual(before);
});

test('where a pooler gives each statement another session, every statement is run as it is', async () => {
  await often();
  await Promise.all(Array.from({ length: 10 }, () => database.pool.query('DEALLOCATE ALL')));
  await often();
  expect(await ask()).toEqual([]);
});

test('what is asked for in one moment is read together, and a fault is that of whoever asked for it alone', async () => {
  const looks = [
    { text: 'SELECT $1::integer + $2::integer', values: [1, 2] },
    { text: 'SELECT json_build_array($1::text)', values: ['three'] },
    { text: 'SELECT 1 / $1::integer', values: [0] },
  ];
  const found = await Promise.allSettled(looks.map((look) => find(database.kysely, look)));
  expect(found).toMatchObject([{ value: 3 }, { value: ['three'] }, { reason: { code: '22012' } }]);
});

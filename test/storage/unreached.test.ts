import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { UnreachedPeople } from '../../src/app/unreached.ts';
import type { Database } from '../../src/storage/database.ts';
import { unreachedPeople } from '../../src/storage/unreached.ts';
import { freshDatabase } from '../support/database.ts';
import { unreachedInMemory } from '../support/unreached.ts';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const at = Temporal.Instant.from('2027-01-12T15:10:00Z');

test.each<[string, () => UnreachedPeople]>([
  ['the store', () => unreachedPeople(database.kysely)],
  ['the tests’ own', unreachedInMemory],
])('TM1: %s keeps who could not be told, since the first time, and lets one mail a day go to them', async (_of, open) => {
  const people = open();
  expect([await people.note('gp', 'permission', at), await people.note('gp', 'not-found', at.add({ hours: 1 }))]).toEqual([true, false]);
  expect(await people.claimMail('teacher', '2027-01-12')).toBe(false);
  expect([await people.claimMail('gp', '2027-01-12'), await people.claimMail('gp', '2027-01-12')]).toEqual([true, false]);
  await people.releaseMail('gp');
  expect([await people.claimMail('gp', '2027-01-12'), await people.claimMail('gp', '2027-01-13')]).toEqual([true, true]);
  expect(await people.all()).toEqual([{ person: 'gp', since: '2027-01-12T15:10:00Z', cause: 'permission', mailedOn: '2027-01-13' }]);
  expect([await people.forget('gp'), await people.forget('gp'), await people.all()]).toEqual(['2027-01-12T15:10:00Z', null, []]);
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { casesRaised } from '../../src/storage/casesRaised.ts';
import type { Database } from '../../src/storage/database.ts';
import { up } from '../../src/storage/migrations/070-figures.ts';
import { freshDatabase } from '../support/database.ts';
import { keysOf, opening } from './caseFixtures.ts';

let database: Database;

beforeAll(async () => {
  database = await freshDatabase();
}, 60_000);

afterAll(() => database.close());

test('Part E: what a case that closed under the version before adds to the figures is told as of the day on which it closed', async () => {
  const { kysely } = database;
  const store = caseStore(kysely, await keysOf(database), noOutbox);
  const kept = async (draft: string, figures: object | null) => {
    const { reference } = await store.open(opening(draft));
    const changed = { figures: figures && JSON.stringify(figures), closed_at: figures && '2027-03-01T10:00:00Z' };
    await kysely.updateTable('case_view').set(changed).where('reference', '=', reference).execute();
  };
  await kept('late', { agency: 'health', outcome: 'Upheld', days: 12, overdue: true });
  await kept('withdrawn', { agency: null, outcome: null, days: null, overdue: false });
  await kept('open', null);
  await up(kysely as unknown as Kysely<unknown>);
  const [from, to] = ['2027-01-01T00:00:00Z', '2027-04-01T00:00:00Z'].map((at) => Temporal.Instant.from(at));
  const closed = '2027-03-01T10:00:00.000Z';
  expect((await casesRaised(kysely)('camden', from!, to!)).map(({ figures }) => figures)).toEqual([
    { about: 'dissent', agency: 'health', decision: { title: 'Upheld', days: 12, at: closed }, endedAt: null, lateFrom: closed },
    { about: 'dissent', agency: null, decision: null, endedAt: closed, lateFrom: null },
    null,
  ]);
});

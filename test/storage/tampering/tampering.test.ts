import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verifyAudit } from '../../../src/storage/audit/verifyAudit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { freshDatabase } from '../../support/database.ts';
import { vault } from '../caseFixtures.ts';
import type { Alteration } from './alteration.ts';
import { alterations } from './alterations.ts';
import { fillStore, played } from './play.ts';

/** One of each kind on each table; `npm run soak -- tampering` plays them all. */
let database: Database;
let chosen: Alteration[];
beforeAll(async () => {
  database = await freshDatabase();
  await fillStore(database);
  const all = await database.kysely.transaction().execute(alterations);
  chosen = [...new Map(all.map((alteration) => [alteration.kind, alteration])).values()];
});
afterAll(() => database.close());

describe('EV1, EV3, EV5, EV7: given a store and somebody with all powers over the database, but not the master key', () => {
  test('when nothing is altered, then the trail is whole', async () => {
    expect(await verifyAudit(database.kysely, { vault })).toMatchObject({ cases: 4, erased: 1, fault: null, unchecked: [] });
  });

  test('when anything is altered, then going through the trail finds it and says what it is, save what was once true', async () => {
    const wrong: string[] = [];
    for (const alteration of chosen) {
      const result = await played(database, alteration);
      if (result === 'changed nothing') continue;
      const told = result.found === null ? 'nothing' : result.found;
      if ((result.found === null) !== (alteration.finds === 'checkpoint') || !/^[A-Z].*\.$/s.test(told === 'nothing' ? 'Nothing.' : told))
        wrong.push(`${alteration.what}: ${told}`);
    }
    expect(wrong).toEqual([]);
    expect(await verifyAudit(database.kysely, { vault })).toMatchObject({ fault: null });
  });
});

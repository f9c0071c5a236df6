import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verifyAgainst, type Witness } from '../../../src/storage/audit/againstCheckpoints.ts';
import { verifyAudit } from '../../../src/storage/audit/verifyAudit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { freshDatabase } from '../../support/database.ts';
import { vault } from '../caseFixtures.ts';
import type { Alteration } from './alteration.ts';
import { alterations } from './alterations.ts';
import { fillStore, played } from './play.ts';

/** One of each kind on each table; `npm run soak -- tampering` plays them all. */
let database: Database;
let witness: Witness;
let chosen: Alteration[];
beforeAll(async () => {
  database = await freshDatabase();
  witness = await fillStore(database);
  const all = await database.kysely.transaction().execute(alterations);
  chosen = [...new Map(all.map((alteration) => [alteration.kind, alteration])).values()];
});
afterAll(() => database.close());

describe('EV1, EV3, EV5, EV7: given a store and somebody with all powers over the database, but not the master key', () => {
  test('when nothing is altered, then the trail is whole', async () => {
    expect(await verifyAudit(database.kysely, { vault })).toMatchObject({ cases: 4, erased: 1, fault: null, unchecked: [] });
  });

  test('when anything is altered, then it is found and told, by the trail itself or, where it was once true, beside a checkpoint', async () => {
    const wrong: string[] = [];
    for (const alteration of chosen) {
      const result = await played(database, witness, alteration);
      if (result === 'changed nothing') continue;
      const { by, sentence } = result.found ?? { by: 'nothing', sentence: '' };
      if (by !== alteration.finds || !/^[A-Z].*\.$/s.test(sentence)) wrong.push(`${alteration.what}: found by ${by}: ${sentence}`);
    }
    expect(wrong).toEqual([]);
    expect(await verifyAudit(database.kysely, { vault })).toMatchObject({ fault: null });
    expect(await verifyAgainst(database.kysely, [witness])).toMatchObject({ fault: null, uncovered: 0 });
  });
});

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { createGunzip } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { verifyAudit } from '../../src/storage/audit/verifyAudit.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { covers } from '../../src/storage/covers.ts';
import { type Embedded, startEmbedded } from '../../src/storage/embedded.ts';
import { masterKeyVault } from '../../src/storage/keyVault.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { retentionActs } from '../../src/storage/retentionLog.ts';
import { openKeys } from '../../src/storage/storeKeys.ts';
import type { Tables } from '../../src/storage/tables.ts';
import { upgradeEvidence } from '../../src/storage/upgradeEvidence.ts';
import { commitOn, keysOf, raised, recorded, vault } from './caseFixtures.ts';
import { freely } from './harm.ts';

/** A back-up of a store that was made before rows carried MACs: four cases, of which one was erased and one removed, and two covers. */
const FIXTURE = 'test/storage/fixtures/before-evidence.backup';

let embedded: Embedded;
let kysely: Kysely<Tables>;
beforeEach(async () => {
  embedded = await startEmbedded({});
  kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: embedded.pool }) });
  await migrate(kysely, '040-open-forms');
  for await (const line of createInterface({ input: createReadStream(FIXTURE).pipe(createGunzip()) })) {
    const read = JSON.parse(line);
    if (!Array.isArray(read) || read[0] === 'end') continue;
    const [table, row] = read as [string, object];
    await sql`
        INSERT INTO ${sql.table(table)} OVERRIDING SYSTEM VALUE
        SELECT * FROM jsonb_populate_record(NULL::${sql.table(table)}, ${JSON.stringify(row)}::jsonb)
      `.execute(kysely);
  }
  await migrate(kysely);
}, 60_000);
afterEach(() => embedded.close());

describe('EV1: a store made before its rows were authenticated', () => {
  test('given its chains are whole, when it is upgraded, then every row is authenticated and everything opens as before', async () => {
    await expect(openKeys(kysely, vault)).rejects.toThrow('run `npm run upgrade-evidence` once');
    expect((await verifyAudit(kysely, { vault })).fault?.sentence).toContain('Its rows are not authenticated');
    await expect(upgradeEvidence(kysely, masterKeyVault(Buffer.alloc(32, 'another').toString('base64')))).rejects.toThrow(
      'another master key',
    );
    expect(await upgradeEvidence(kysely, vault)).toMatchObject({ cases: 3, erased: 1, events: 8, accesses: 4 });
    await expect(upgradeEvidence(kysely, vault)).rejects.toThrow('authenticated already');
    const whole = { cases: 3, erased: 1, events: 8, accesses: 4, fault: null, unchecked: [] };
    expect(await verifyAudit(kysely, { vault })).toEqual(whole);

    const keys = await keysOf({ kysely });
    const cases = caseStore(kysely, keys, noOutbox);
    expect((await cases.load('DIS-27-001'))?.events).toEqual(recorded(raised));
    expect(await cases.load('DIS-27-002')).toBeNull();
    expect(await cases.append(commitOn(await cases.load('DIS-27-001'), [{ type: 'ChairNamed', chair: 'chair-two' }]))).toBe('committed');
    const formats = await kysely
      .selectFrom('case_event')
      .select('format')
      .where('reference', '=', 'DIS-27-001')
      .orderBy('revision')
      .execute();
    expect(formats.map(({ format }) => format)).toEqual([1, 1, 2]);
    const all = await covers(kysely, keys, noOutbox, { error: () => {} }).all();
    expect(all.map(({ deputy, endedAt }) => ({ deputy, endedAt }))).toEqual([
      { deputy: 'deputy', endedAt: '2027-01-12T17:10:00Z' },
      { deputy: 'chair', endedAt: null },
    ]);
    expect((await retentionActs(kysely, keys)).map(({ action }) => action)).toEqual(['hold-on', 'erased', 'erased', 'removed']);
    expect(await verifyAudit(kysely, { vault })).toEqual({ ...whole, events: 9 });
  });

  test('given an event that was altered before, when it is to be upgraded, then nothing is signed and the fault is told', async () => {
    await freely(embedded, `UPDATE case_event SET actor_person = 'somebody' WHERE reference = 'DIS-27-001' AND revision = 2`);
    await expect(upgradeEvidence(kysely, vault)).rejects.toThrow('Event 2 of case DIS-27-001 was altered.');
    expect(await kysely.selectFrom('case_event').select('mac').where('mac', 'is not', null).execute()).toEqual([]);
  });
});

import { sql, type Transaction } from 'kysely';
import { readDirectory } from '../../../src/directory/readDirectory.ts';
import { append, EMPTY, rootOf } from '../../../src/evidence/tree.ts';
import { accessLog } from '../../../src/storage/accessLog.ts';
import { againstWithin, type Witness } from '../../../src/storage/audit/againstCheckpoints.ts';
import { type AuditOptions, verifyWithin } from '../../../src/storage/audit/verifyAudit.ts';
import { caseStore, noOutbox } from '../../../src/storage/caseStore.ts';
import { covers } from '../../../src/storage/covers.ts';
import type { Database } from '../../../src/storage/database.ts';
import { recordDirectory } from '../../../src/storage/directoryTrail.ts';
import { evidenceLog } from '../../../src/storage/evidenceLog.ts';
import { eraseCase, removeCase, setHold } from '../../../src/storage/retention.ts';
import type { Tables } from '../../../src/storage/tables.ts';
import { commitOn, keysOf, look, opening, raisedAt, vault } from '../caseFixtures.ts';
import { guardsOff, guardsOn } from '../harm.ts';
import type { Alteration } from './alteration.ts';

const options: AuditOptions = { vault };

/**
 * Fills a store with something in every table of evidence: open cases, one that was erased and one that was removed, looks, holds, covers
 * with an early end, and changes of the directory; in the table `once`, the end of DIS-27-004 as it was before more was done to it.
 * Answers the checkpoint over all of it that stands elsewhere.
 */
export async function fillStore(database: Database): Promise<Witness> {
  const { kysely } = database;
  const keys = await keysOf(database);
  const cases = caseStore(kysely, keys, noOutbox);
  await cases.open(opening('other year', undefined, '26'));
  for (const draft of ['one', 'two', 'three', 'four']) await cases.open(opening(draft));
  await sql`
    CREATE TABLE once AS SELECT to_jsonb(t) AS row FROM chain_head t WHERE chain = 'event' AND reference = 'DIS-27-004'
  `.execute(kysely);
  for (const reference of ['DIS-27-002', 'DIS-27-003'])
    await cases.append(commitOn(await cases.load(reference), [{ type: 'ChairNamed', chair: 'chair-two' }, { type: 'CaseClosed' }]));
  await cases.append(commitOn(await cases.load('DIS-27-004'), [{ type: 'ChairNamed', chair: 'chair-two' }]));
  const store = { kysely, keys };
  const by = { operator: 'it.operator', reason: 'The days are over.' };
  const periods = { days: 90, years: 6 };
  await setHold(store, 'DIS-27-001', true, by, raisedAt);
  for (const reference of ['DIS-27-002', 'DIS-27-003']) await eraseCase(store, reference, { ...by, force: true }, periods, raisedAt);
  await removeCase(store, 'DIS-27-003', by, periods, raisedAt.add({ hours: 24 * 366 * 7 }));
  const looks = accessLog(kysely, keys);
  for (const reference of ['DIS-27-001', 'DIS-27-001', 'DIS-27-002', null])
    await looks.record({ ...look, reference, cardRevision: 2, code: 'stale', rule: 'X5' });
  const deputies = covers(kysely, keys, noOutbox, { error: () => {} });
  const cover = { partnership: 'camden', role: 'service-manager', holder: 'service-manager', from: '2027-02-01', to: '2027-03-01' };
  await deputies.begin({ ...cover, deputy: 'head-of-service' }, 'a', raisedAt);
  await deputies.begin({ ...cover, deputy: 'chair', to: '2027-04-01' }, 'b', raisedAt.add({ hours: 1 }));
  for (const [index, number] of [1, 2].entries()) await deputies.end(number, 'service-manager', raisedAt.add({ hours: 2 + index }));
  await deputies.begin({ ...cover, role: 'head-of-service', deputy: 'chair' }, 'c', raisedAt.add({ hours: 5 }));
  const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} })();
  await recordDirectory(kysely, keys, directory, raisedAt);
  const [, ...people] = directory.people;
  await recordDirectory(kysely, keys, { ...directory, people }, raisedAt.add({ hours: 1 }));
  await recordDirectory(kysely, keys, directory, raisedAt.add({ hours: 2 }));
  const log = evidenceLog(kysely);
  const size = await log.takeIn();
  let tree = EMPTY;
  for await (const leaf of log.leaves(0, size)) tree = append(tree, leaf);
  return { file: 'the checkpoint', size, root: rootOf(tree) };
}

/** What tells an alteration, and in which sentence. */
export type Found = { by: Alteration['finds']; sentence: string };

/** What became of an alteration: null where nothing tells it. */
export type Played = { found: Found | null } | 'changed nothing';

/** Plays an alteration, of rows with every guard off, goes through the trail, and takes everything back. */
export async function played({ kysely }: Database, witness: Witness, alteration: Pick<Alteration, 'play' | 'ofTables'>): Promise<Played> {
  const result: { played: Played } = { played: 'changed nothing' };
  const enough = new Error('taken back');
  await kysely
    .transaction()
    .execute(async (transaction) => {
      if (!alteration.ofTables) await sql.raw(guardsOff).execute(transaction);
      const changed = await alteration.play(transaction);
      if (!alteration.ofTables) await sql.raw(guardsOn).execute(transaction);
      if (changed) result.played = { found: await foundIn(transaction, witness) };
      throw enough;
    })
    .catch((fault: unknown) => {
      if (fault !== enough) throw fault;
    });
  return result.played;
}

async function foundIn(transaction: Transaction<Tables>, witness: Witness): Promise<Found | null> {
  const alone = (await verifyWithin(transaction, options)).fault;
  if (alone) return { by: 'verify', sentence: alone.sentence };
  const beside = (await againstWithin(transaction, [witness])).fault;
  return beside && { by: 'checkpoint', sentence: beside.sentence };
}

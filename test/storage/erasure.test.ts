import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { erasuresKept, keepErasures } from '../../src/app/keepErasures.ts';
import { folderPlace } from '../../src/checkpoints/folder.ts';
import type { CaseEvent } from '../../src/domain/events/events.ts';
import { erasuresName, signErasures } from '../../src/evidence/erasures.ts';
import { keyFromSeed, signerOf } from '../../src/evidence/note.ts';
import { openQueue } from '../../src/jobs/queue.ts';
import { verifyAudit } from '../../src/storage/audit/verifyAudit.ts';
import { backUp } from '../../src/storage/backUp.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { checkpointSigner } from '../../src/storage/checkpointSigner.ts';
import type { Database } from '../../src/storage/database.ts';
import { evidenceLog } from '../../src/storage/evidenceLog.ts';
import { restore } from '../../src/storage/restore.ts';
import { eraseCase, rewriteKeys } from '../../src/storage/retention.ts';
import type { StoreKeys } from '../../src/storage/storeKeys.ts';
import { freshDatabase } from '../support/database.ts';
import { commitOn, keysOf, opening, raisedAt, vault } from './caseFixtures.ts';

let folder: string;
let database: Database;
let keys: StoreKeys;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'erasure-'));
  database = await freshDatabase();
  keys = await keysOf(database);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The key that signs follows from the store. */
const unnamed = { name: null, key: null };

const by = { operator: 'it.operator', reason: 'The days are over.', force: true };
const erase = (reference: string) => eraseCase({ kysely: database.kysely, keys }, reference, by, { days: 90, years: 6 }, raisedAt);
async function closedCase(draft: string, events: CaseEvent[] = []): Promise<string> {
  const cases = caseStore(database.kysely, keys, noOutbox);
  const { reference } = await cases.open(opening(draft));
  await cases.append(commitOn(await cases.load(reference), [...events, { type: 'CaseClosed' }]));
  return reference;
}

test('corner 33: given a case that was erased, when the run is over, then its wrapped key is in no part of the table’s file', async () => {
  const reference = await closedCase('rewritten');
  const { wrapped } = await database.kysely
    .selectFrom('case_key')
    .select('wrapped')
    .where('reference', '=', reference)
    .executeTakeFirstOrThrow();
  const inFile = async () => {
    await sql`CHECKPOINT`.execute(database.kysely);
    const { rows } = await sql<{ found: boolean }>`
      SELECT position(convert_to(${wrapped}, 'UTF8') IN pg_read_binary_file(pg_relation_filepath('case_key'))) > 0 AS found
    `.execute(database.kysely);
    return rows[0]?.found;
  };
  expect(await inFile()).toBe(true);
  expect(await erase(reference)).toBeNull();
  expect(await inFile()).toBe(true);
  await rewriteKeys(database.kysely);
  expect(await inFile()).toBe(false);
  expect((await verifyAudit(database.kysely, { vault })).fault).toBeNull();
});

test('corner 34: given erasures after a back-up, when it is restored, then what was erased is erased again, though open in it, and nothing else', async () => {
  const cases = caseStore(database.kysely, keys, noOutbox);
  const closed = await closedCase('erased later');
  const { reference: open } = await cases.open(opening('open in the back-up'));
  const kept = await closedCase('kept');
  const file = join(folder, 'store.backup');
  await backUp(database.kysely, keys, file, raisedAt);
  await cases.append(commitOn(await cases.load(open), [{ type: 'CaseClosed' }]));
  for (const reference of [closed, open]) expect(await erase(reference)).toBeNull();
  const place = folderPlace(folder);
  const signer = checkpointSigner(keys, unnamed);
  expect(await keepErasures(await evidenceLog(database.kysely).erasures(), signer, [place])).toEqual([]);
  const forger = signerOf(signer.name, keyFromSeed(Buffer.alloc(32, 'forger')));
  await place.write(erasuresName(99), await signErasures([{ reference: kept, at: raisedAt.toString() }], forger));
  const fresh = await freshDatabase();
  try {
    const { erasedAgain } = await restore(fresh.kysely, vault, file, noOutbox, (own) =>
      erasuresKept(checkpointSigner(own, unnamed), [place]),
    );
    expect(erasedAgain).toEqual([closed, open]);
    const restored = caseStore(fresh.kysely, await keysOf(fresh), noOutbox);
    for (const reference of [closed, open]) expect(await restored.load(reference)).toBeNull();
    expect(await restored.load(kept)).not.toBeNull();
    expect(await restored.openReferences()).not.toContain(open);
    expect((await verifyAudit(fresh.kysely, { vault })).fault).toBeNull();
  } finally {
    await fresh.close();
  }
});

test('corner 35: given reminders of a case, when it is erased, then they keep nothing of it, and others stay', async () => {
  const reference = await closedCase('reminded');
  const about = (references: string[]) => JSON.stringify(references.map((each) => ({ reference: each, stage: 'record' })));
  await database.pool.query(`
    INSERT INTO reminder (person, day, about, state) VALUES
      ('one', '2027-01-12', '${about([reference])}', 'sent'), ('two', '2027-01-12', '${about(['DIS-27-999', reference])}', 'sent')
  `);
  expect(await erase(reference)).toBeNull();
  const rows = await database.kysely.selectFrom('reminder').select(['person', 'about']).execute();
  expect(rows).toEqual([{ person: 'two', about: [{ reference: 'DIS-27-999', stage: 'record' }] }]);
});

test('corner 36: given work under way for a case, when it is to be erased, then it is refused until that is done', async () => {
  const reference = await closedCase('working');
  const queue = await openQueue({ database, log: { info: () => {}, warn: () => {}, error: () => {} } });
  await queue.enqueue({ name: 'send', reference });
  expect(await erase(reference)).toBe(`Work for case ${reference} is still under way. Try again once it is done.`);
  const [job] = await queue.boss.fetch('send');
  await queue.boss.complete('send', job!);
  expect(await erase(reference)).toBeNull();
  await queue.close();
});

test('corner 36: given a case that holds the conference of another, when it is to be erased, then it is refused until that one has closed', async () => {
  const cases = caseStore(database.kysely, keys, noOutbox);
  const { reference: guest } = await cases.open(opening('guest'));
  const joined = { reference: guest, family: false, required: [], optional: [], windows: [], differentChair: false, chair: null };
  const host = await closedCase('host', [{ type: 'MeetingJoined', guest: joined }]);
  expect(await erase(host)).toBe(`Case ${host} holds the conference that case ${guest} shares. It can be erased once that one has closed.`);
  await cases.append(commitOn(await cases.load(guest), [{ type: 'CaseClosed' }]));
  expect(await erase(host)).toBeNull();
});

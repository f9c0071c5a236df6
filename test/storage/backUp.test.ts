import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Job } from '../../src/app/job.ts';
import { openQueue } from '../../src/jobs/queue.ts';
import { accessLog } from '../../src/storage/accessLog.ts';
import { verifyAudit } from '../../src/storage/audit/verifyAudit.ts';
import { backUp, tablesOf } from '../../src/storage/backUp.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { conversations } from '../../src/storage/conversations.ts';
import type { Database } from '../../src/storage/database.ts';
import { masterKeyVault } from '../../src/storage/keyVault.ts';
import { restore } from '../../src/storage/restore.ts';
import { eraseCase } from '../../src/storage/retention.ts';
import { freshDatabase } from '../support/database.ts';
import { commitOn, dissent, keysOf, look, opening, raised, raisedAt, recorded, vault } from './caseFixtures.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
const tell = (reference: string): Job[] => [{ name: 'tell', reference }];
let folder: string;
let database: Database;
let file: string;
let written: Record<string, number>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'back-up-'));
  database = await freshDatabase();
  const queue = await openQueue({ database, log });
  const keys = await keysOf(database);
  const cases = caseStore(database.kysely, keys, queue);
  await cases.open(opening('one', tell));
  await cases.open(opening('two'));
  await cases.append(commitOn(await cases.load('DIS-27-002'), [{ type: 'CaseClosed' }]));
  await accessLog(database.kysely, keys).record(look);
  await conversations(database.kysely, keys).keep('chair-one', { id: 'chat' }, 'Noor Ash');
  const erasing = { operator: 'it.operator', reason: 'The days are over.', force: true };
  await eraseCase({ kysely: database.kysely, keys }, 'DIS-27-002', erasing, { days: 90, years: 6 }, raisedAt);
  await queue.enqueue({ name: 'tell', reference: 'DIS-27-002' });
  await sql`INSERT INTO reminder (person, day, about, state) VALUES ('chair-one', '2027-01-12', '[]', 'sent')`.execute(database.kysely);
  file = join(folder, 'store.backup');
  written = await backUp(database.kysely, keys, file, raisedAt);
  await queue.close();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const rowsOf = async ({ kysely }: Database) =>
  Object.fromEntries(
    await Promise.all(
      (await tablesOf(kysely)).map(async (table) => [
        table,
        (await sql`SELECT to_jsonb(t) AS row FROM ${sql.table(table)} t ORDER BY to_jsonb(t)::text`.execute(kysely)).rows,
      ]),
    ),
  );

test('given a back-up, when it is restored into an empty store, then every row is there, the trail is whole, a case opens, and jobs wait again', async () => {
  const empty = await freshDatabase();
  try {
    const queue = await openQueue({ database: empty, log });
    expect(await restore(empty.kysely, vault, file, queue)).toEqual({
      rows: written,
      erasedAgain: [],
      madeAt: raisedAt.toString(),
      lastRetention: { action: 'erased', reference: 'DIS-27-002', at: raisedAt.toString() },
    });
    expect(written).toMatchObject({
      case_header: 2,
      case_event: 5,
      case_key: 3,
      case_access: 1,
      retention_log: 1,
      conversation: 1,
      job: 2,
    });
    expect(await rowsOf(empty)).toEqual(await rowsOf(database));
    expect(await verifyAudit(empty.kysely, { vault })).toMatchObject({ fault: null, cases: 2, erased: 1 });
    const cases = caseStore(empty.kysely, await keysOf(empty), noOutbox);
    expect((await cases.load('DIS-27-001'))?.events).toEqual(recorded(raised));
    expect(await cases.load('DIS-27-002')).toBeNull();
    expect((await cases.open(opening('three'))).reference).toBe('DIS-27-003');
    await sql`INSERT INTO reminder (person, day, about, state) VALUES ('chair-two', '2027-01-12', '[]', 'sent')`.execute(empty.kysely);
    const waiting = await queue.boss.findJobs<Job>('tell', { queued: true });
    expect(waiting.map(({ data }) => data.reference).sort()).toEqual(['DIS-27-001', 'DIS-27-002']);
    await queue.close();
  } finally {
    await empty.close();
  }
});

test('given a back-up, then no reasons, names or children stand in it', () => {
  const text = gunzipSync(readFileSync(file)).toString();
  for (const secret of [dissent.reasons.slice(0, 20), ...dissent.children.map((child) => `"${child}"`), 'Noor Ash', 'The days are over']) {
    expect(text).not.toContain(secret);
  }
});

test('given a store that holds something, or a file that is there already, then nothing is restored or written over', async () => {
  const before = readFileSync(file);
  await expect(restore(database.kysely, vault, file, noOutbox)).rejects.toThrow('This store is not empty.');
  await expect(backUp(database.kysely, await keysOf(database), file, raisedAt)).rejects.toThrow('is there already');
  expect(readFileSync(file)).toEqual(before);
});

test('EV8: given a back-up that was cut short, altered, or is another version’s or master key’s, then it is refused whole and the store stays empty', async () => {
  const empty = await freshDatabase();
  try {
    const lines = gunzipSync(readFileSync(file)).toString();
    const spoilt: [Buffer, string][] = [
      [readFileSync(file).subarray(0, -40), 'could not be restored, and nothing was changed'],
      [Buffer.from('not a back-up'), 'could not be restored, and nothing was changed'],
      [gzipSync(lines.slice(0, lines.lastIndexOf('["end"'))), 'The back-up was altered or is damaged'],
      [gzipSync(lines.replace('chair-one', 'chair-two')), 'The back-up was altered or is damaged'],
      [
        gzipSync(lines.replace('"role":"chair"', '"role":"dissenter"').replace('"role": "chair"', '"role": "dissenter"')),
        'The back-up was altered',
      ],
      [gzipSync(`${lines}["case_number",{}]\n`), 'The back-up goes on after its end'],
      [gzipSync(lines.replace('001-sealed-cases', '001-other')), 'made by another version'],
      [gzipSync('{"format":"another"}\n'), 'is no back-up of Conference Dissent'],
    ];
    for (const [bytes, words] of spoilt) {
      const bad = join(folder, 'bad.backup');
      writeFileSync(bad, bytes);
      await expect(restore(empty.kysely, vault, bad, noOutbox)).rejects.toThrow(words);
    }
    const another = masterKeyVault(Buffer.alloc(32, 'another').toString('base64'));
    await expect(restore(empty.kysely, another, file, noOutbox)).rejects.toThrow('another master key');
    for (const rows of Object.values(await rowsOf(empty))) expect(rows).toEqual([]);
  } finally {
    await empty.close();
  }
});

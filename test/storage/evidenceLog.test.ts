import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { isCheckpoint, type Place } from '../../src/app/checkpoint.ts';
import { checkpointMaker } from '../../src/app/jobs/makeCheckpoint.ts';
import { folderPlace } from '../../src/checkpoints/folder.ts';
import { openCheckpoint } from '../../src/evidence/checkpoint.ts';
import { openErasures } from '../../src/evidence/erasures.ts';
import { hashOfLeaf } from '../../src/evidence/leaf.ts';
import { readVerifier } from '../../src/evidence/note.ts';
import { append, EMPTY, rootOf } from '../../src/evidence/tree.ts';
import { accessLog } from '../../src/storage/accessLog.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { checkpointSigner } from '../../src/storage/checkpointSigner.ts';
import type { Database } from '../../src/storage/database.ts';
import { evidenceLog } from '../../src/storage/evidenceLog.ts';
import { eraseCase } from '../../src/storage/retention.ts';
import { freshDatabase } from '../support/database.ts';
import { commitOn, keysOf, look, opening, raisedAt } from './caseFixtures.ts';
import { freely } from './harm.ts';

let database: Database;
let folder: string;
const clock = { at: raisedAt, now: () => clock.at };

let emptied: string;
beforeAll(async () => {
  database = await freshDatabase();
  const { rows } = await database.pool.query(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'kysely%'",
  );
  emptied = `TRUNCATE ${rows.map(({ tablename }) => tablename).join(', ')} RESTART IDENTITY`;
});
afterAll(() => database.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  clock.at = raisedAt;
});
afterEach(async () => {
  // To make an empty store anew takes a second.
  await freely(database, emptied);
  rmSync(folder, { recursive: true });
});

const store = async () => caseStore(database.kysely, await keysOf(database), noOutbox);
const signer = async () => checkpointSigner(await keysOf(database), { name: null, key: null });
const maker = async (places: Place[] = [folderPlace(folder)]) =>
  checkpointMaker({ evidence: evidenceLog(database.kysely), places, signer: await signer(), clock });
const standing = () => readdirSync(folder).filter(isCheckpoint).toSorted();
const leaves = async () => database.kysely.selectFrom('log_leaf').selectAll().orderBy('index').execute();
const later = (hours: number) => {
  clock.at = clock.at.add({ hours });
};

describe('EV2: the log', () => {
  test('takes in every row of every chain once, what a case was opened with first, and each time only what is new', async () => {
    const cases = await store();
    const evidence = evidenceLog(database.kysely);
    await cases.open(opening('one'));
    expect(await evidence.takeIn()).toBe(3);
    expect(await evidence.takeIn()).toBe(3);
    await cases.open(opening('two'));
    await cases.append(commitOn(await cases.load('DIS-27-001'), [{ type: 'ChairNamed', chair: 'chair-two' }]));
    await accessLog(database.kysely, await keysOf(database)).record(look);
    expect(await evidence.takeIn()).toBe(8);
    const taken = (await leaves()).map(({ index, chain, reference, sequence }) => `${index} ${chain} ${reference} ${sequence}`);
    expect(taken).toEqual([
      '0 event DIS-27-001 0',
      '1 event DIS-27-001 1',
      '2 event DIS-27-001 2',
      '3 access DIS-27-001 1',
      '4 event DIS-27-001 3',
      '5 event DIS-27-002 0',
      '6 event DIS-27-002 1',
      '7 event DIS-27-002 2',
    ]);
  });

  test('given that what was taken in was forgotten, then it is taken in once all the same', async () => {
    await (await store()).open(opening('one'));
    const evidence = evidenceLog(database.kysely);
    await evidence.takeIn();
    await database.pool.query('DELETE FROM log_reach');
    expect(await evidence.takeIn()).toBe(3);
    const reach = await database.kysely.selectFrom('log_reach').selectAll().execute();
    expect(reach).toEqual([{ chain: 'event', reference: 'DIS-27-001', logged: 2 }]);
  });

  test('given several replicas and clicks at once, then every row has one place and no place is empty', async () => {
    const cases = await store();
    const work = Array.from({ length: 12 }, async (_, number) => {
      await cases.open(opening(`draft ${number}`));
      await evidenceLog(database.kysely).takeIn();
    });
    await Promise.all(work);
    expect(await evidenceLog(database.kysely).takeIn()).toBe(36);
    expect((await leaves()).map(({ index }) => Number(index))).toEqual(Array.from({ length: 36 }, (_, index) => index));
  });

  test.each(['log_leaf', 'log_checkpoint'])('%s takes no change and loses nothing', async (table) => {
    await (await store()).open(opening('one'));
    await (await maker())();
    for (const deed of [`UPDATE ${table} SET size = 0`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
      await expect(database.pool.query(deed.replace('size = 0', table === 'log_leaf' ? "hash = ''" : 'size = 0'))).rejects.toThrow(
        'append-only',
      );
  });
});

describe('EV2: a checkpoint', () => {
  test('says how many rows there are and the root over them, signed, in a file that sorts by size', async () => {
    const cases = await store();
    const make = await maker();
    await cases.open(opening('one'));
    await make();
    await cases.append(commitOn(await cases.load('DIS-27-001'), [{ type: 'ChairNamed', chair: 'chair-two' }]));
    await make();
    expect(standing()).toEqual(['000000000003-20270112T151000Z.checkpoint', '000000000004-20270112T151000Z.checkpoint']);
    const { verifier, name } = await signer();
    const tree = (await leaves()).map(hashOfLeaf).reduce(append, EMPTY);
    const newest = readFileSync(join(folder, standing()[1]!), 'utf8');
    expect(openCheckpoint(newest, [readVerifier(verifier)])).toEqual({ origin: name, size: 4, root: rootOf(tree), signedBy: [name] });
    expect(readFileSync(join(folder, 'latest'), 'utf8')).toBe(newest);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  test('is made again after an hour though nothing is new, and not before', async () => {
    const make = await maker();
    await make();
    await make();
    expect(standing()).toHaveLength(1);
    later(1);
    await make();
    expect(standing()).toEqual(['000000000000-20270112T151000Z.checkpoint', '000000000000-20270112T161000Z.checkpoint']);
  });

  test('is written to the other places where one fails, which is told', async () => {
    const broken = join(folder, 'file');
    writeFileSync(broken, 'not a folder');
    const make = await maker([folderPlace(join(broken, 'under')), folderPlace(folder)]);
    await expect(make()).rejects.toMatchObject({ kind: 'permission', check: expect.stringContaining(broken) });
    expect(standing()).toHaveLength(1);
  });

  test('is accompanied by the signed list of cases that were erased', async () => {
    const keys = await keysOf(database);
    const cases = await store();
    await cases.open(opening('one'));
    await cases.append(commitOn(await cases.load('DIS-27-001'), [{ type: 'CaseClosed' }]));
    const by = { operator: 'it.operator', reason: 'asked for', force: true };
    await eraseCase({ kysely: database.kysely, keys }, 'DIS-27-001', by, { days: 90, years: 6 }, raisedAt);
    await (await maker())();
    const list = readFileSync(join(folder, 'erasures-000000000001.note'), 'utf8');
    expect(openErasures(list, readVerifier((await signer()).verifier))).toEqual([{ reference: 'DIS-27-001', at: raisedAt.toString() }]);
    expect(() => openErasures(list.replace('001 ', '002 '), readVerifier(peter))).toThrow('not signed');
  });
});

const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';

describe('EV2: nothing is signed over what stands outside', () => {
  const twoCases = async () => {
    const cases = await store();
    for (const draft of ['one', 'two']) await cases.open(opening(draft));
    await (await maker())();
    later(2);
  };
  const inconsistent = { kind: 'rejected', message: expect.stringContaining('does not go on from the checkpoints outside') };

  test.each<[string, string[]]>([
    ['put back to an older state', ['DELETE FROM log_leaf WHERE index > 3', 'DELETE FROM log_checkpoint']],
    ['whose log was altered', ["UPDATE log_leaf SET hash = repeat('0', 64) WHERE index = 2", 'DELETE FROM log_checkpoint']],
    ['whose log has a hole', ['DELETE FROM log_leaf WHERE index = 1', 'DELETE FROM log_checkpoint']],
    ['whose last checkpoint was altered', ["UPDATE log_checkpoint SET frontier = repeat('0', 64) || ' ' || frontier"]],
  ])('given a store %s, then no checkpoint is made, and it is told at once', async (_what, harm) => {
    await twoCases();
    await freely(database, ...harm);
    await expect((await maker())()).rejects.toMatchObject(inconsistent);
    expect(standing()).toHaveLength(1);
  });

  test('given that the folder was emptied too, then the process still knows what it signed', async () => {
    const cases = await store();
    for (const draft of ['one', 'two']) await cases.open(opening(draft));
    const make = await maker();
    await make();
    later(2);
    await freely(database, 'DELETE FROM log_leaf WHERE index > 3', 'DELETE FROM log_checkpoint');
    rmSync(join(folder, standing()[0]!));
    await expect(make()).rejects.toMatchObject(inconsistent);
  });

  test('given a new place beside one that has them all, then it goes on from both; checkpoints of another log are passed over', async () => {
    await twoCases();
    const beside = join(folder, 'beside');
    writeFileSync(join(folder, '000000999999-20270101T000000Z.checkpoint'), 'another log\n999999\nAAAA\n\n— another log AAAAAAAA\n');
    await (await maker([folderPlace(folder), folderPlace(beside)]))();
    expect(readdirSync(beside).filter(isCheckpoint)).toHaveLength(1);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkFiles } from '../../scripts/checkChronology.ts';
import { checkpointMaker } from '../../src/app/jobs/makeCheckpoint.ts';
import { folderPlace } from '../../src/checkpoints/folder.ts';
import { checkpointsIn, erasuresIn, placeAt } from '../../src/checkpoints/inPlace.ts';
import { readVerifier, type Signer } from '../../src/evidence/note.ts';
import { accessLog } from '../../src/storage/accessLog.ts';
import { verifyAgainst } from '../../src/storage/audit/againstCheckpoints.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { checkpointSigner } from '../../src/storage/checkpointSigner.ts';
import type { Database } from '../../src/storage/database.ts';
import { evidenceLog } from '../../src/storage/evidenceLog.ts';
import { exportChronology } from '../../src/storage/exportChronology.ts';
import { freshDatabase } from '../support/database.ts';
import { commitOn, keysOf, look, opening, raisedAt } from './caseFixtures.ts';
import { freely } from './harm.ts';

let database: Database;
let folder: string;
let signer: Signer;
/** The store's rows, to be put back after each harm; those that others refer to first. */
const tables = [
  'case_number',
  'case_header',
  'case_key',
  'case_event',
  'case_access',
  'chain_head',
  'case_view',
  'log_leaf',
  'log_reach',
  'log_checkpoint',
];

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'against-'));
  const keys = await keysOf(database);
  signer = checkpointSigner(keys, { name: 'camden.example/dissent', key: null });
  const cases = caseStore(database.kysely, keys, noOutbox);
  const evidence = evidenceLog(database.kysely);
  const make = checkpointMaker({ evidence, places: [folderPlace(folder)], signer, clock: { now: () => raisedAt } });
  for (const draft of ['one', 'two']) await cases.open(opening(draft));
  await make();
  await cases.append(commitOn(await cases.load('DIS-27-001'), [{ type: 'ChairNamed', chair: 'chair-two' }]));
  await accessLog(database.kysely, keys).record(look);
  await make();
  for (const table of tables) await database.pool.query(`CREATE TABLE kept_${table} AS TABLE ${table}`);
}, 60_000);
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const checkpoints = async () => (await checkpointsIn(await placeAt(folder), readVerifier(signer.verifier))).checkpoints;
const verify = async () => verifyAgainst(database.kysely, await checkpoints());

/** What is found after a harm that somebody with all powers over the database does; everything is put back. */
async function faultAfter(...harm: string[]) {
  try {
    await freely(database, ...harm);
    return (await verify()).fault;
  } finally {
    const back = tables.map(
      (table) => `INSERT INTO ${table} ${table === 'log_checkpoint' ? 'OVERRIDING SYSTEM VALUE' : ''} TABLE kept_${table}`,
    );
    await freely(database, ...[...tables].reverse().map((table) => `DELETE FROM ${table}`), ...back);
  }
}

/** A whole older state: the case as it was at the first checkpoint, and the log too. */
const olderState = [
  "DELETE FROM case_event WHERE reference = 'DIS-27-001' AND revision > 2",
  "UPDATE chain_head SET length = 2, hash = (SELECT hash FROM case_event WHERE reference = 'DIS-27-001' AND revision = 2) WHERE reference = 'DIS-27-001' AND chain = 'event'",
  "DELETE FROM case_access; DELETE FROM chain_head WHERE chain = 'access'",
];
const olderLog = [
  'DELETE FROM log_leaf WHERE index >= 6',
  'DELETE FROM log_checkpoint WHERE size > 6',
  "UPDATE log_reach SET logged = 2; DELETE FROM log_reach WHERE chain = 'access'",
];
const wholeCase = ['case_access', 'case_view', 'case_event', 'case_key', 'case_header', 'chain_head'].map(
  (table) => `DELETE FROM ${table} WHERE reference = 'DIS-27-002'`,
);

describe('EV3: against checkpoints', () => {
  test('a store that nobody touched is what they say', async () => {
    expect(await verify()).toEqual({ leaves: 8, checkpoints: 2, uncovered: 0, fault: null });
  });

  test.each<[string, string[], string, number | null, RegExp]>([
    ['cuts a tail and sets its end back', olderState, 'DIS-27-001', 1, /Entry 1 of the looks at case DIS-27-001 is missing/],
    [
      'cuts a tail, its end and the log',
      [...olderState, ...olderLog],
      '-',
      null,
      /last 2 rows of evidence are gone.*An older state was put back/,
    ],
    [
      'takes a whole case away with its number',
      [...wholeCase, 'UPDATE case_number SET last = 1'],
      'DIS-27-002',
      0,
      /What case DIS-27-002 was opened with is missing/,
    ],
    [
      'puts another row in the place of one',
      ["UPDATE case_event SET hash = repeat('a', 64) WHERE reference = 'DIS-27-002' AND revision = 1"],
      'DIS-27-002',
      1,
      /Event 1 of case DIS-27-002 is not what was taken into the log/,
    ],
    [
      'computes a whole chain anew, and the log with it',
      [
        "UPDATE case_event SET hash = repeat('a', 64) WHERE reference = 'DIS-27-001' AND revision = 3",
        "UPDATE log_leaf SET hash = repeat('a', 64) WHERE reference = 'DIS-27-001' AND sequence = 3",
      ],
      'DIS-27-001',
      1,
      /among its 2 rows since checkpoint 000000000006-\S+ one or more were altered.*Entry 1 of the looks at case DIS-27-001 is the first/,
    ],
    [
      'takes a row out of the log',
      ['DELETE FROM log_leaf WHERE index = 1'],
      'DIS-27-001',
      1,
      /Event 1 of case DIS-27-001 was added, or taken out of the log/,
    ],
    [
      'takes the whole log away',
      ['DELETE FROM log_leaf', 'DELETE FROM log_reach', 'DELETE FROM log_checkpoint'],
      '-',
      null,
      /last 8 rows of evidence are gone/,
    ],
    [
      'exchanges two rows of the log',
      [
        'UPDATE log_leaf SET index = 99 WHERE index = 1',
        'UPDATE log_leaf SET index = 1 WHERE index = 2',
        'UPDATE log_leaf SET index = 2 WHERE index = 99',
      ],
      'DIS-27-001',
      0,
      /among its 6 rows from the beginning one or more were altered.*What case DIS-27-001 was opened with is the first of them/,
    ],
  ])('given somebody with all powers who %s, then it is found and named', async (_what, harm, reference, revision, sentence) => {
    expect(await faultAfter(...harm)).toEqual({ reference, revision, sentence: expect.stringMatching(sentence) });
  });

  test('a checkpoint that was altered is told, and one of another log is passed over', async () => {
    const [first] = await checkpoints();
    const altered = join(folder, '000000000007-20270112T151000Z.checkpoint');
    writeFileSync(altered, readFileSync(join(folder, first!.file), 'utf8').replace('\n6\n', '\n7\n'));
    writeFileSync(
      join(folder, '000000000009-20270112T151000Z.checkpoint'),
      'elsewhere.example\n9\nAAAA\n\n\u2014 elsewhere.example AAAAAAAA\n',
    );
    expect(await checkpointsIn(folderPlace(folder), readVerifier(signer.verifier))).toMatchObject({
      checkpoints: [{ size: 6 }, { size: 8 }],
      altered: [altered.split('/').at(-1)],
    });
    rmSync(altered);
    expect(await erasuresIn(folderPlace(folder), readVerifier(signer.verifier))).toEqual([]);
  });
});

describe('EV4: a chronology is checked with a checkpoint and a public key alone', () => {
  const written = async (change: (text: string) => string = (text) => text) => {
    const exported = await exportChronology(database.kysely, await keysOf(database), 'DIS-27-001', readVerifier(signer.verifier));
    if ('why' in exported) throw new Error(exported.why);
    const [checkpoint, chronology] = [join(folder, 'given'), join(folder, 'chronology.json')];
    writeFileSync(checkpoint, exported.note);
    writeFileSync(chronology, change(JSON.stringify(exported.chronology)));
    const lines: string[] = [];
    const code = checkFiles(checkpoint, chronology, signer.verifier, (line) => lines.push(line));
    return { code, said: lines.join('\n') };
  };

  test('given what the program exported, then each row and its words are proved', async () => {
    const { code, said } = await written();
    expect(code).toBe(0);
    expect(said).toContain('signed by the key given: 8 rows of evidence');
    expect(said).toMatch(
      /1\. 2027-01-12T15:10:00Z DissentRaised by health-visitor as dissenter: .*The threshold is met.* {2}\[words proved\]/,
    );
    expect(said).toContain('3. 2027-01-12T17:10:00Z ChairNamed by chair-one as chair: {"chair":"chair-two"}  [words proved]');
    expect(said).toContain('The chronology ends with event 3.');
  });

  test.each<[string, (text: string) => string, RegExp]>([
    [
      'other words',
      (text) => text.replace('The threshold is met', 'The threshold is not'),
      /Row 1 of case DIS-27-001 does not hold: its words were altered/,
    ],
    [
      'another actor',
      (text) => text.replace('"actor_person":"health-visitor"', '"actor_person":"teacher"'),
      /Row 1 .* its hash is not over what it says/,
    ],
    ['another day', (text) => text.replace('"at":"2027-01-12T17', '"at":"2027-01-11T17'), /Row 3 .* its hash is not over what it says/],
    [
      'a row taken out',
      (text) => JSON.stringify({ ...JSON.parse(text), rows: JSON.parse(text).rows.toSpliced(2, 1) }),
      /Row 3 .* a row is missing or was moved/,
    ],
    ["another case's name", (text) => text.replaceAll('DIS-27-001', 'DIS-27-002'), /its hash is not over what it says/],
    ['another place', (text) => text.replace(/"index":\d+/, '"index":5'), /it is not in the checkpoint/],
    ['a proof cut short', (text) => text.replace(/"proof":\[[^\]]*\]/, '"proof":[]'), /it is not in the checkpoint/],
    ['nothing in it', () => '{}', /not a chronology/],
    ['half of it gone', (text) => text.slice(0, 900), /cannot be read/],
  ])('given a chronology with %s, then it does not hold, and the row is named', async (_what, change, said) => {
    const found = await written(change);
    expect(found.code).not.toBe(0);
    expect(found.said).toMatch(said);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { startSandbox } from '../../src/sandbox/startSandbox.ts';
import type { Database } from '../../src/storage/database.ts';
import { dissentForm, peopleAt, recordForm } from '../journeys/partnership.ts';
import { freshDatabase } from '../support/database.ts';

let folder: string;
let database: Database;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-'));
  database = await freshDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** All text of every row of every table, the job queue's included. */
async function dump(): Promise<string> {
  const tables = await sql<{ schema: string; name: string }>`
    SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
  `.execute(database.kysely);
  const texts: string[] = [];
  for (const { schema, name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`SELECT t::text AS row FROM ${sql.table(`${schema}.${name}`)} t`.execute(database.kysely);
    texts.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return texts.join('\n');
}

test('Part E, X6: given a case that was played through, then a dump of the database holds nothing that was typed, no name and no child', async () => {
  const typed = {
    reasons: 'Three injuries in six weeks, and nobody asked.',
    children: 'CH-1041, CH-1042',
    newInformation: 'Hospital rang on Friday.',
    threshold: 'Went through every part of it aloud.',
    question: 'Which day was the visit?',
    answer: 'It was the Wednesday afternoon.',
    decision: 'Considered with care by the manager.',
  };
  const sandbox = await startSandbox({
    port: 0,
    sandboxPort: 0,
    dataDirectory: folder,
    proceduresDirectory: 'procedures',
    directoryFile: 'src/sandbox/partnerships.yaml',
    graphBaseUrl: null,
    openDatabase: async () => ({ ...database, close: async () => {} }),
    log: { info: () => {}, warn: () => {}, error: console.error },
  });
  const people = peopleAt(sandbox.url);
  let names: string[];
  try {
    await people.clock('2027-01-12T15:10:00Z');
    names = ((await people.call('GET', '/people')).body as unknown as { name: string }[]).map(({ name }) => name);
    await people.says('health-visitor', 'raise dissent');
    const { reasons, children, newInformation } = typed;
    const form = dissentForm({ date: '2027-01-12', reasons, children, newInformation });
    expect(await people.presses('health-visitor', 'Send to the chair', form)).toContain('DIS-27-001');
    await people.says('health-visitor', 'case CH-1041');
    await people.presses('chair', 'Refer');
    await people.presses('chair', 'Refer to the Service Manager', recordForm({ threshold: typed.threshold }));
    await people.fillsIn('service-manager', 'DIS-27-001', 'Ask dissenter', { question: typed.question });
    await people.fillsIn('health-visitor', 'DIS-27-001', 'Answer', { answer: typed.answer });
    await people.presses('service-manager', 'Not upheld');
    await people.pressesVerb('service-manager', 'decide:decide.not_upheld', { reasons: typed.decision });
    const state = JSON.stringify(await people.describe('DIS-27-001'));
    for (const text of [reasons, newInformation, typed.threshold, typed.question, typed.answer, typed.decision, 'CH-1042'])
      expect(state).toContain(text);
  } finally {
    await sandbox.close();
  }
  const text = await dump();
  expect(text).toContain('DecisionMade');
  expect(text).toContain('posted_card (DIS-27-001');
  expect(names.length).toBeGreaterThan(10);
  const words = Object.values(typed)
    .flatMap((each) => each.split(/[.,?]\s*/))
    .filter((each) => each !== '');
  for (const secret of [...words, ...names, 'not_upheld']) expect(text).not.toContain(secret);
});

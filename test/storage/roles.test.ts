import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openQueue } from '../../src/jobs/queue.ts';
import { prepareStore } from '../../src/prepareStore.ts';
import { accessLog } from '../../src/storage/accessLog.ts';
import { excessivePowers } from '../../src/storage/audit/guards.ts';
import { verifyAudit } from '../../src/storage/audit/verifyAudit.ts';
import { caseStore } from '../../src/storage/caseStore.ts';
import { covers } from '../../src/storage/covers.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { masterKeyVault } from '../../src/storage/keyVault.ts';
import { eraseCase, removeCase, rewriteKeys } from '../../src/storage/retention.ts';
import { databaseOn, freshDatabase } from '../support/database.ts';
import { commitOn, keysOf, look, opening, raisedAt, vault } from './caseFixtures.ts';

const server = process.env.TEST_DATABASE_URL;
const onServer = server ? describe : describe.skip;

/** Roles are made on a server, and the embedded database has one alone. */
onServer('EV5: given an owner, a program and a role for retention', () => {
  const name = randomUUID().slice(0, 8);
  const roles = { owner: `owner_${name}`, program: `program_${name}`, retention: `retention_${name}` };
  let fresh: { url: string; drop(): Promise<void> };
  let program: Database;
  let folder: string;
  const urlOf = (role: keyof typeof roles) => Object.assign(new URL(fresh.url), { username: roles[role], password: '' }).href;
  const administer = async (...statements: string[]) => {
    const client = new pg.Client(server);
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  const prepare = (under = vault) => {
    const databaseRoles = { ownerUrl: urlOf('owner'), retentionUrl: urlOf('retention') };
    return prepareStore({ databaseUrl: urlOf('program'), databaseRoles, dataDir: folder }, under);
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'roles-'));
    fresh = await databaseOn(server!);
    await administer(...Object.values(roles).map((role) => `CREATE ROLE ${role} LOGIN`));
    await administer(`ALTER DATABASE ${new URL(fresh.url).pathname.slice(1)} OWNER TO ${roles.owner}`);
    await prepare();
    program = await openDatabase({ databaseUrl: urlOf('program'), dataDirectory: folder });
  });
  afterAll(async () => {
    await program.close();
    await fresh.drop();
    await administer(...Object.values(roles).map((role) => `DROP ROLE ${role}`));
    rmSync(folder, { recursive: true, force: true });
  });

  test('then the program does all its work, and may neither change nor delete evidence, nor touch a guard', async () => {
    const keys = await keysOf(program);
    const queue = await openQueue({ database: program, log: { info: () => {}, warn: () => {}, error: () => {} } });
    const cases = caseStore(program.kysely, keys, queue);
    const { reference } = await cases.open(opening('one', (each) => [{ name: 'tell', reference: each }]));
    await cases.append(commitOn(await cases.load(reference), [{ type: 'CaseClosed' }], [{ name: 'tell', reference }]));
    await accessLog(program.kysely, keys).record({ ...look, reference });
    const cover = { partnership: 'camden', role: 'sm', holder: 'sm', deputy: 'dep', from: '2027-01-01', to: '2027-02-01' };
    await covers(program.kysely, keys, queue, { error: () => {} }).begin(cover, 'a', raisedAt);
    await program.pool.query('DELETE FROM pgboss.job');
    await queue.close();
    for (const deed of [
      "UPDATE case_event SET actor_person = 'x'",
      'DELETE FROM case_event',
      'DELETE FROM chain_head',
      'UPDATE case_key SET wrapped = NULL, erased_at = now()',
      'TRUNCATE case_access',
      "INSERT INTO retention_log VALUES (1, 'x', 'removed', 'x', 'x', false, now(), '', '')",
      'ALTER TABLE case_event DISABLE TRIGGER ALL',
      'DROP TRIGGER only_longer_update ON chain_head',
      'CREATE TABLE other ()',
      'SELECT rewrite_keys()',
    ])
      await expect(program.pool.query(deed)).rejects.toThrow(/permission denied|must be owner/);
    await expect(program.pool.query('UPDATE case_key SET erased_at = now()')).rejects.toThrow('violates check constraint');
    await expect(program.pool.query('UPDATE chain_head SET length = 0')).rejects.toThrow('a chain only grows');
    expect(await excessivePowers(program.kysely)).toBeNull();
    expect((await verifyAudit(program.kysely, { vault })).fault).toBeNull();
  });

  test('then the role for retention erases and removes, and rewrites the keys’ file without owning it', async () => {
    const retention = await openDatabase({ databaseUrl: urlOf('retention'), dataDirectory: folder });
    try {
      const store = { kysely: retention.kysely, keys: await keysOf(retention) };
      const by = { operator: 'it.operator', reason: 'The days are over.' };
      expect(await eraseCase(store, 'DIS-27-001', { ...by, force: true }, { days: 90, years: 0 }, raisedAt)).toBeNull();
      await rewriteKeys(store.kysely);
      expect((await verifyAudit(program.kysely, { vault })).fault).toBeNull();
      expect(await removeCase(store, 'DIS-27-001', by, { days: 90, years: 0 }, raisedAt)).toBeNull();
      expect(await verifyAudit(program.kysely, { vault })).toMatchObject({ fault: null, cases: 0 });
      await expect(retention.pool.query('DELETE FROM retention_log')).rejects.toThrow('permission denied');
    } finally {
      await retention.close();
    }
  });

  test('then a master key is changed by the owner, since the program may not', async () => {
    const keyOf = (text: string) => Buffer.alloc(32, text).toString('base64');
    const next = masterKeyVault(keyOf('next'), keyOf('test'));
    await keysOf(program);
    await prepare(next);
    await expect(keysOf(program)).rejects.toThrow('another master key');
    expect((await verifyAudit(program.kysely, { vault: masterKeyVault(keyOf('next')) })).fault).toBeNull();
  });
});

test('EV5: given one role that owns everything, then it is told that it could switch the guards off', async () => {
  const database = await freshDatabase();
  try {
    expect(await excessivePowers(database.kysely)).toMatch(/could switch (the|its) guards off\. Give the program a role of its own/);
  } finally {
    await database.close();
  }
});

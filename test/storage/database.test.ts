import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { lockFolder } from '../../src/storage/folderLock.ts';
import { folderWithStore, freshDatabaseUrl } from '../support/database.ts';
import { keysOf, opening } from './caseFixtures.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'conference-dissent-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inUse = (of: string) =>
  `The data folder ${of} is in use by another copy of this program. Stop that copy, or start this one with another DATA_DIR.`;

describe('the data folder', () => {
  test('given a process that holds it, then another is refused with a plain sentence, and let in once the first was killed', async () => {
    const held = join(folder, 'held');
    const source = join(import.meta.dirname, '../../src/storage/folderLock.ts');
    const script = `import { lockFolder } from ${JSON.stringify(source)}; lockFolder(process.argv[1]); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script, held], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(holder, 'exit');
    try {
      await once(holder.stdout, 'data');
      expect(() => lockFolder(held)).toThrow(inUse(held));
    } finally {
      holder.kill('SIGKILL');
      await ended;
    }
    lockFolder(held)();
  });

  test('given a database in it, when it is opened twice, then the second is refused; when it is closed and opened again, then all is there', async () => {
    const dataDirectory = join(folder, 'data');
    const first = await openDatabase({ dataDirectory });
    await expect(openDatabase({ dataDirectory })).rejects.toThrow(inUse(dataDirectory));
    const { reference } = await caseStore(first.kysely, await keysOf(first), noOutbox).open(opening('kept'));
    await first.close();
    const second = await openDatabase({ dataDirectory });
    expect(await caseStore(second.kysely, await keysOf(second), noOutbox).load(reference)).toMatchObject({ reference });
    await second.close();
  });
});

describe('the embedded database', () => {
  test('given a failed statement, also one with a BEGIN of its own, then the next works and finds nothing half done', async () => {
    const dataDirectory = await folderWithStore();
    const database = await openDatabase({ dataDirectory });
    await database.pool.query('CREATE TABLE note (text text)');
    await expect(database.executeSql("BEGIN; INSERT INTO note VALUES ('half'); SELECT 1 / 0; COMMIT;")).rejects.toThrow('division by zero');
    await expect(database.pool.query('SELECT 1 / $1::int', [0])).rejects.toThrow('division by zero');
    await expect(
      database.kysely.transaction().execute((transaction) =>
        transaction
          .insertInto('case_number')
          .values([1, 2].map(() => ({ prefix: 'A', year: '27', last: 1 })))
          .execute(),
      ),
    ).rejects.toThrow('duplicate key');
    expect((await database.executeSql('SELECT * FROM note')).rows).toEqual([]);
    expect((await database.executeSql('SELECT 1 AS one; SELECT 2 AS two')).rows).toEqual([{ one: 1 }, { two: 2 }]);
    await database.close();
    rmSync(dataDirectory, { recursive: true });
  });
});

describe('a PostgreSQL server', () => {
  test('given an address where none is, then the sentence names DATABASE_URL and not the password', async () => {
    const opened = openDatabase({ databaseUrl: 'postgres://somebody:secret@127.0.0.1:9/none', dataDirectory: folder });
    await expect(opened).rejects.toThrow(/^The database that DATABASE_URL names cannot be reached: .*ECONNREFUSED/);
    await expect(opened).rejects.not.toThrow('secret');
  });

  (process.env.TEST_DATABASE_URL ? test : test.skip)(
    'given three replicas that start at once on an empty one, then each finds the tables',
    async () => {
      const fresh = (await freshDatabaseUrl())!;
      const replicas = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl: fresh.url, dataDirectory: folder })));
      const opened = await Promise.all(
        replicas.map(async (replica, index) =>
          caseStore(replica.kysely, await keysOf(replica), noOutbox).open(opening(`replica-${index}`)),
        ),
      );
      expect(opened.map(({ reference }) => reference).sort()).toEqual(['DIS-27-001', 'DIS-27-002', 'DIS-27-003']);
      for (const replica of replicas) await replica.close();
      await fresh.drop();
    },
  );

  (process.env.TEST_DATABASE_URL ? test : test.skip)(
    'given two statements of a library that wait for each other, then both are done in the end, each once',
    async () => {
      const fresh = (await freshDatabaseUrl())!;
      const { executeSql, close } = await openDatabase({ databaseUrl: fresh.url, dataDirectory: folder });
      await executeSql('CREATE TABLE note (id int, times int); INSERT INTO note VALUES (1, 0), (2, 0);');
      const twice = (one: number, other: number) =>
        executeSql(`
          BEGIN;
          UPDATE note SET times = times + 1 WHERE id = ${one};
          SELECT pg_sleep(0.2);
          UPDATE note SET times = times + 1 WHERE id = ${other};
          COMMIT;
        `);
      await Promise.all([twice(1, 2), twice(2, 1)]);
      expect((await executeSql('SELECT times FROM note')).rows).toEqual([{ times: 2 }, { times: 2 }]);
      await close();
      await fresh.drop();
    },
  );
});

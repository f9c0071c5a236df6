import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Log } from '../../src/app/ports.ts';
import { oneDirectory } from '../../src/app/replicas.ts';
import type { Directory } from '../../src/directory/directory.ts';
import type { Database } from '../../src/storage/database.ts';
import { replicas } from '../../src/storage/replicas.ts';
import { freshDatabase } from '../support/database.ts';

let database: Database;
let warnings: string[];

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.kysely.deleteFrom('replica').execute();
  warnings = [];
});

/** A replica that goes by the directory of that name, until its file is another. */
function aReplica(name: string) {
  const file = { directory: { people: [name] } as unknown as Directory };
  const log: Log = { info: () => {}, warn: (message) => void warnings.push(message), error: () => {} };
  const stored = replicas(database.kysely);
  const { present, agreed } = oneDirectory({ replicas: stored, read: () => file.directory, fingerprint: (text) => text, log });
  return {
    present,
    ended: stored.ended,
    reads: (other: string) => {
      file.directory = { people: [other] } as unknown as Directory;
    },
    tells: () =>
      agreed().then(
        () => 'told',
        (fault: { kind: string }) => fault.kind,
      ),
  };
}

describe('corner 30: two replicas with different directory files', () => {
  test('given one that has read a change and one that has not, then neither tells anybody, and each says so once', async () => {
    const [one, other] = [aReplica('before'), aReplica('before')];
    await one.present();
    await other.present();
    expect([await one.tells(), await other.tells()]).toEqual(['told', 'told']);
    one.reads('after');
    expect([await one.tells(), await one.tells(), await other.tells()]).toEqual(['apart', 'apart', 'apart']);
    expect(warnings).toHaveLength(2);
    other.reads('after');
    expect([await other.tells(), await one.tells()]).toEqual(['told', 'told']);
  });

  test('given one that has ended, or has not been heard of, then the other goes on alone', async () => {
    const [one, other, silent] = [aReplica('one'), aReplica('other'), aReplica('silent')];
    await other.present();
    await silent.present();
    await database.pool.query(`UPDATE replica SET seen_at = now() - interval '3 minutes' WHERE directory LIKE '%silent%'`);
    expect(await one.tells()).toBe('apart');
    await other.ended();
    expect(await one.tells()).toBe('told');
  });
});

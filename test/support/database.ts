import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { openQueue } from '../../src/jobs/queue.ts';
import { type Database, openDatabase, overEmbedded } from '../../src/storage/database.ts';
import { startEmbedded } from '../../src/storage/embedded.ts';

/**
 * An empty database with the product's tables, for one test or one test file; close it when done.
 * In memory, or on the PostgreSQL of TEST_DATABASE_URL, whose user must be allowed to make databases.
 */
export async function freshDatabase(): Promise<Database> {
  const server = process.env.TEST_DATABASE_URL;
  return server ? freshOnServer(server) : overEmbedded(await startEmbedded({ loadDataDir: await template() }));
}

/** A fresh database's address on the server, and how to drop it; null when the tests run in memory. */
export async function freshDatabaseUrl(): Promise<{ url: string; drop(): Promise<void> } | null> {
  const server = process.env.TEST_DATABASE_URL;
  return server ? databaseOn(server) : null;
}

/** An empty database on a server whose user may make them: its address, and how to drop it. */
export async function databaseOn(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function freshOnServer(server: string): Promise<Database> {
  const fresh = await databaseOn(server);
  const database = await openDatabase({ databaseUrl: fresh.url, dataDirectory: tmpdir() });
  return {
    ...database,
    close: async () => {
      await database.close();
      await fresh.drop();
    },
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Makes a data folder in which a program of a process of its own finds an empty store, and need not make one first. */
export async function folderWithStore(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  await template();
  mkdirSync(join(folder, 'postgres'));
  execFileSync('tar', ['-xf', templateFile(), '-C', join(folder, 'postgres')], { stdio: 'ignore' });
  return folder;
}

/**
 * Making a new PostgreSQL with its tables takes seconds and unpacking one a moment, so the first test to need one leaves it for all that
 * follow, under a name that changes with whatever makes the tables.
 */
async function template(): Promise<Blob> {
  const file = templateFile();
  if (!existsSync(file)) {
    const dataDir = mkdtempSync(join(tmpdir(), 'template-'));
    const made = await overEmbedded(await startEmbedded({ dataDir }));
    await (await openQueue({ database: made, log: { info: () => {}, warn: () => {}, error: () => {} } })).close();
    await made.close();
    const pglite = await PGlite.create({ dataDir });
    // What new databases are made from is a third of all that each test would unpack, and none makes another.
    await pglite.exec('UPDATE pg_database SET datistemplate = false');
    for (const spare of ['template1', 'template0']) await pglite.exec(`DROP DATABASE ${spare}`);
    await pglite.exec('CHECKPOINT');
    const dump = await pglite.dumpDataDir('none');
    await pglite.close();
    rmSync(dataDir, { recursive: true, force: true });
    const unfinished = `${file}.${randomUUID()}`;
    writeFileSync(unfinished, new Uint8Array(await dump.arrayBuffer()));
    renameSync(unfinished, file);
  }
  return new Blob([readFileSync(file)]);
}

function templateFile(): string {
  return join(tmpdir(), `conference-dissent-database-${fingerprint()}.tar`);
}

function fingerprint(): string {
  const root = join(import.meta.dirname, '../..');
  const makers = [
    'package-lock.json',
    'test/support/database.ts',
    'src/jobs/queue.ts',
    ...globSync('src/storage/migrat*/*.ts', { cwd: root }).toSorted(),
  ];
  const hash = createHash('sha256');
  for (const file of makers) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

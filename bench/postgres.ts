import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL whose user may make databases, and how to put it away; null where there is none on this machine. */
export type Server = { url: string; described: string; stop(): void };

const DEBIAN = '/usr/lib/postgresql';

/**
 * The PostgreSQL that TEST_DATABASE_URL names, or else one of our own on a free loopback port, with PostgreSQL's usual settings, so that
 * a commit waits for the disk.
 */
export async function findPostgres(): Promise<Server | null> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, described: 'the PostgreSQL of TEST_DATABASE_URL', stop: () => {} };
  const programs = whereProgramsAre();
  if (!programs) return null;
  const folder = mkdtempSync(join(tmpdir(), 'bench-postgres-'));
  const port = await freePort();
  const asRoot = process.getuid?.() === 0;
  // PostgreSQL does not run as root: Debian's package brings a user for it.
  if (asRoot) chownSync(folder, ...postgresUser());
  const run = (program: string, ...options: string[]) => {
    const command = [join(programs, program), ...options];
    const [file = '', ...rest] = asRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    execFileSync(file, rest, { cwd: '/', stdio: 'ignore' });
  };
  const data = join(folder, 'data');
  run('initdb', '-D', data, '-U', 'bench', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8');
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`;
  run('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-w', 'start', '-o', settings);
  return {
    url: `postgresql://bench@127.0.0.1:${port}/postgres`,
    described: 'a PostgreSQL of its own, with the usual settings (fsync on)',
    stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function whereProgramsAre(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((one, other) => Number(other) - Number(one)) : [];
  const folders = [...versions.map((version) => join(DEBIAN, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

function postgresUser(): [number, number] {
  const id = (which: string) => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
  return [id('-u'), id('-g')];
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

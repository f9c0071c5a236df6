import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { StartFault } from '../app/ports.ts';
import * as cases from './migrations/001-cases.ts';
import * as chats from './migrations/002-chats.ts';
import * as procedureFingerprints from './migrations/003-procedure-fingerprints.ts';
import type { Tables } from './tables.ts';

/** In order of their numbers. One that has been released is never edited: a change is a new one. */
const migrations: Record<string, Migration> = {
  '001-cases': cases,
  '002-chats': chats,
  '003-procedure-fingerprints': procedureFingerprints,
};

/**
 * Brings the tables up to date. Several processes may do so at once: one does the work and the others wait for it.
 * @throws the first migration's failure; nothing of that migration is left behind
 */
export async function migrate(kysely: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (!error) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the first step';
  throw new StartFault(`The database's tables could not be brought up to date at ${failed}. Check that its user may create tables.`, {
    cause: error,
  });
}

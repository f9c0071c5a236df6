import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { StartFault } from '../app/faults.ts';
import * as sealedCases from './migrations/001-sealed-cases.ts';
import * as chats from './migrations/002-chats.ts';
import * as covers from './migrations/020-covers.ts';
import * as reminders from './migrations/030-reminders.ts';
import * as openForms from './migrations/040-open-forms.ts';
import * as evidence from './migrations/050-evidence.ts';
import * as evidenceLog from './migrations/060-evidence-log.ts';
import * as figures from './migrations/070-figures.ts';
import * as remindersOnce from './migrations/072-reminders-once.ts';
import * as replicas from './migrations/073-replicas.ts';
import * as parts from './migrations/076-parts.ts';
import * as bookedAnew from './migrations/080-booked-anew.ts';
import * as bookingClaims from './migrations/081-booking-claims.ts';
import * as newestFirst from './migrations/100-newest-first.ts';
import * as lookedAt from './migrations/110-looked-at.ts';
import * as unreached from './migrations/120-unreached.ts';
import * as caseSystemReach from './migrations/170-case-system-reach.ts';
import * as childrenIndex from './migrations/171-children-index.ts';
import type { Tables } from './tables.ts';

/** In order of their numbers. One that has been released is never edited: a change is a new one. */
const migrations: Record<string, Migration> = {
  '001-sealed-cases': sealedCases,
  '002-chats': chats,
  '020-covers': covers,
  '030-reminders': reminders,
  '040-open-forms': openForms,
  '050-evidence': evidence,
  '060-evidence-log': evidenceLog,
  '070-figures': figures,
  '072-reminders-once': remindersOnce,
  '073-replicas': replicas,
  '076-parts': parts,
  '080-booked-anew': bookedAnew,
  '081-booking-claims': bookingClaims,
  '100-newest-first': newestFirst,
  '110-looked-at': lookedAt,
  '120-unreached': unreached,
  '170-case-system-reach': caseSystemReach,
  '171-children-index': childrenIndex,
};

/** The tables' present form, as a back-up names it. */
export const migrationNames = Object.keys(migrations);

/**
 * Brings the tables up to date, or only as far as a migration. Several processes may do so at once: one does the work and the others wait for it.
 * @throws StartFault for a store of an unknown version, and for the first migration's failure; nothing of that migration is left behind
 */
export async function migrate(kysely: Kysely<Tables>, upTo?: string): Promise<void> {
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => migrations } });
  const { error, results } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
  if (!error) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName;
  if (failed === undefined && (await isForeign(kysely)))
    throw new StartFault(
      'This store was made by another version of this program, which kept cases in another form. Run that version, or begin with an empty store: in the sandbox, delete the folder that DATA_DIR names.',
      { cause: error },
    );
  throw new StartFault(
    `The database's tables could not be brought up to date at ${failed ?? 'the first step'}. Check that its user may create tables, or run npm run migrate with DATABASE_OWNER_URL set.`,
    {
      cause: error,
    },
  );
}

/** Whether the store has been through a migration that this version does not know. */
async function isForeign(kysely: Kysely<Tables>): Promise<boolean> {
  const done = kysely.withTables<{ kysely_migration: { name: string } }>().selectFrom('kysely_migration').select('name').execute();
  return (await done.catch(() => [])).some(({ name }) => !migrationNames.includes(name));
}

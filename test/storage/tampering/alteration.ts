import type { Transaction } from 'kysely';
import type { Tables } from '../../../src/storage/tables.ts';

/** One thing that somebody with all powers over the database, and without the master key, may do to evidence. */
export type Alteration = {
  /** Its kind and table, of which the short form plays one each. */
  kind: string;
  what: string;
  /** What finds it: going through the trail, or only that beside a checkpoint kept elsewhere. */
  finds: 'verify' | 'checkpoint';
  /** It is done to a table or to a guard, and needs no guard off. */
  ofTables?: true;
  /** Does it; returns whether anything is otherwise than before. */
  play(transaction: Transaction<Tables>): Promise<boolean>;
};

import { sql, type Transaction } from 'kysely';
import type { Tables } from '../../../src/storage/tables.ts';
import type { Alteration } from './alteration.ts';
import { changes, unbind } from './harms.ts';

const of = (what: string, statement: string): Alteration => ({
  kind: `checkpoint: ${what}`,
  what,
  finds: 'checkpoint',
  async play(transaction: Transaction<Tables>) {
    await unbind(transaction, 'log_leaf');
    return changes(transaction, statement);
  },
});

/** What may be done to the log itself: the rows of evidence stay as they are, and only a checkpoint knows what it was over. */
export const ofLog: Alteration[] = [
  of('a leaf altered', "UPDATE log_leaf SET hash = repeat('a', 64) WHERE index = 3"),
  of('a leaf moved to another row', 'UPDATE log_leaf SET sequence = sequence + 100 WHERE index = 3'),
  of('the first leaf gone', 'DELETE FROM log_leaf WHERE index = 0'),
  of('a leaf in the middle gone', 'DELETE FROM log_leaf WHERE index = 5'),
  of('the last leaf gone', 'DELETE FROM log_leaf WHERE index = (SELECT max(index) FROM log_leaf)'),
  of('two leaves exchanged', 'UPDATE log_leaf SET index = 9 - index WHERE index IN (4, 5)'),
  of('all leaves gone', 'DELETE FROM log_leaf'),
  {
    kind: 'checkpoint: a case and its leaves gone',
    what: 'the only case of a year, with its counter, its leaves and their places closed up',
    finds: 'checkpoint',
    async play(transaction) {
      for (const table of ['case_view', 'case_event', 'chain_head', 'case_key', 'case_header', 'log_leaf', 'log_reach', 'case_number'])
        await unbind(transaction, table);
      for (const table of ['case_view', 'case_event', 'chain_head', 'case_key', 'case_header', 'log_leaf', 'log_reach'])
        await sql`DELETE FROM ${sql.table(table)} WHERE reference = 'DIS-26-001'`.execute(transaction);
      await sql`DELETE FROM case_number WHERE year = '26'`.execute(transaction);
      return changes(
        transaction,
        'UPDATE log_leaf l SET index = n.place FROM (SELECT index, row_number() OVER (ORDER BY index) - 1 AS place FROM log_leaf) n WHERE l.index = n.index',
      );
    },
  },
];

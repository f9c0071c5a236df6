import { sql, type Transaction } from 'kysely';
import { allRows } from '../../../src/storage/audit/readRows.ts';
import { type EvidenceTable, rowHash } from '../../../src/storage/evidenceRows.ts';
import type { Tables } from '../../../src/storage/tables.ts';
import type { Alteration } from './alteration.ts';
import { changes, insert, unbind } from './harms.ts';

const gone = (tables: string[], where: string) => async (transaction: Transaction<Tables>) => {
  for (const table of tables) await unbind(transaction, table as EvidenceTable);
  let changed = false;
  for (const table of tables) changed = (await changes(transaction, `DELETE FROM ${table} WHERE ${where}`)) || changed;
  return changed;
};

const ofCase = ['case_view', 'case_event', 'case_access', 'chain_head', 'case_key', 'case_header'];

/** What is done to whole cases and to what is kept beside them. What was once true, put back in every place, only a checkpoint finds. */
export const ofCases: Alteration[] = [
  { kind: 'a case gone', what: 'a case with all that hangs on it', finds: 'verify', play: gone(ofCase, "reference = 'DIS-27-002'") },
  {
    kind: 'a case gone, written down as removed',
    what: 'a case, with a forged line that it was removed',
    finds: 'verify',
    async play(transaction) {
      await gone(ofCase, "reference = 'DIS-27-001'")(transaction);
      const [last] = await allRows(transaction, sql`SELECT to_jsonb(t) AS row FROM retention_log t ORDER BY sequence DESC LIMIT 1`);
      const content = { ...last, sequence: Number(last!.sequence) + 1, reference: 'DIS-27-001', action: 'removed' };
      const row = { ...content, previous_hash: last!.hash, hash: rowHash('retention_log', String(last!.hash), content) };
      await insert(transaction, 'retention_log', row);
      return changes(transaction, `UPDATE chain_head SET length = length + 1, hash = '${row.hash}' WHERE chain = 'retention'`);
    },
  },
  {
    kind: 'the newest case gone',
    what: 'the newest case of a year, and its number',
    finds: 'verify',
    async play(transaction) {
      await gone(ofCase, "reference = 'DIS-27-004'")(transaction);
      return changes(transaction, "UPDATE case_number SET last = last - 1 WHERE year = '27'");
    },
  },
  {
    kind: 'a key destroyed',
    what: 'the key of an open case destroyed, with a forged line that it was erased',
    finds: 'verify',
    async play(transaction) {
      const [last] = await allRows(transaction, sql`SELECT to_jsonb(t) AS row FROM retention_log t ORDER BY sequence DESC LIMIT 1`);
      const content = { ...last, sequence: Number(last!.sequence) + 1, reference: 'DIS-27-001', action: 'erased' };
      const row = { ...content, previous_hash: last!.hash, hash: rowHash('retention_log', String(last!.hash), content) };
      await insert(transaction, 'retention_log', row);
      await changes(transaction, `UPDATE chain_head SET length = length + 1, hash = '${row.hash}' WHERE chain = 'retention'`);
      return changes(transaction, "UPDATE case_key SET wrapped = NULL, erased_at = now() WHERE reference = 'DIS-27-001'");
    },
  },
  {
    kind: 'keys exchanged',
    what: 'the keys of two cases exchanged, with their MACs',
    finds: 'verify',
    play: (transaction) =>
      changes(
        transaction,
        `UPDATE case_key t SET wrapped = o.wrapped, key_id = o.key_id, mac = o.mac FROM case_key o
         WHERE (t.reference, o.reference) IN (('DIS-27-001', 'DIS-27-004'), ('DIS-27-004', 'DIS-27-001'))`,
      ),
  },
  { kind: 'own key gone', what: "the store's own key gone", finds: 'verify', play: gone(['case_key'], "reference = '-'") },
  {
    kind: 'a recorded end of nobody',
    what: 'the recorded end of a chain that there is not',
    finds: 'verify',
    play: (transaction) =>
      changes(transaction, "INSERT INTO chain_head (chain, reference, length, hash) VALUES ('other', 'DIS-27-001', 1, 'x')"),
  },
  {
    kind: 'rows of nobody',
    what: 'looks without a reference',
    finds: 'verify',
    async play(transaction) {
      await unbind(transaction, 'case_access');
      await sql`ALTER TABLE case_access ALTER COLUMN reference DROP NOT NULL`.execute(transaction);
      return changes(transaction, "UPDATE case_access SET reference = NULL WHERE reference = '-'");
    },
  },
  {
    kind: 'a table gone',
    ofTables: true,
    what: 'the table of covers gone',
    finds: 'verify',
    play: async (transaction) => {
      await sql`DROP TABLE cover CASCADE`.execute(transaction);
      return true;
    },
  },
  {
    kind: 'a column gone',
    ofTables: true,
    what: 'the column of MACs gone',
    finds: 'verify',
    play: async (transaction) => {
      await sql`ALTER TABLE case_event DROP COLUMN mac CASCADE`.execute(transaction);
      return true;
    },
  },
  {
    kind: 'a column of another type',
    ofTables: true,
    what: 'revisions as text',
    finds: 'verify',
    play: async (transaction) => {
      await sql`DROP VIEW evidence_row`.execute(transaction);
      await sql`ALTER TABLE case_event ALTER COLUMN revision TYPE text`.execute(transaction);
      return true;
    },
  },
  {
    kind: 'made as if before MACs',
    what: "the store's own key wrapped as an earlier version did",
    finds: 'verify',
    play: (transaction) => changes(transaction, "UPDATE case_key SET wrapped = substr(wrapped, 3) WHERE reference = '-'"),
  },
  {
    kind: 'checkpoint: a case and its year gone',
    what: 'the only case of a year, with its counter',
    finds: 'checkpoint',
    async play(transaction) {
      await gone(ofCase, "reference = 'DIS-26-001'")(transaction);
      return changes(transaction, "DELETE FROM case_number WHERE year = '26'");
    },
  },
  {
    kind: 'checkpoint: looks gone',
    what: 'all looks at a case, with their recorded end',
    finds: 'checkpoint',
    async play(transaction) {
      await gone(['case_access'], "reference = 'DIS-27-001'")(transaction);
      return changes(transaction, "DELETE FROM chain_head WHERE chain = 'access' AND reference = 'DIS-27-001'");
    },
  },
  {
    kind: 'checkpoint: covers gone',
    what: 'all covers, with their recorded end',
    finds: 'checkpoint',
    async play(transaction) {
      await gone(['cover_end', 'cover'], 'true')(transaction);
      return changes(transaction, "DELETE FROM chain_head WHERE chain = 'cover'");
    },
  },
  {
    kind: 'checkpoint: directory gone',
    what: 'all changes of the directory, with their recorded end',
    finds: 'checkpoint',
    async play(transaction) {
      await gone(['directory_change'], 'true')(transaction);
      return changes(transaction, "DELETE FROM chain_head WHERE chain = 'directory'");
    },
  },
  {
    kind: 'checkpoint: an older state put back',
    what: 'a case as it once was, rows and recorded end',
    finds: 'checkpoint',
    async play(transaction) {
      await unbind(transaction, 'case_event');
      await sql`DELETE FROM case_event WHERE reference = 'DIS-27-004' AND revision > 2`.execute(transaction);
      await sql`DELETE FROM chain_head WHERE chain = 'event' AND reference = 'DIS-27-004'`.execute(transaction);
      return changes(transaction, 'INSERT INTO chain_head SELECT (jsonb_populate_record(NULL::chain_head, row)).* FROM once');
    },
  },
];

import { type Kysely, sql, type Transaction } from 'kysely';
import { StartFault } from '../app/faults.ts';
import { allRows, readRows } from './audit/readRows.ts';
import type { AuditReport } from './audit/report.ts';
import { verifyAudit } from './audit/verifyAudit.ts';
import { headAfter, headRow, NO_CASE, newHead } from './chain.ts';
import { type EvidenceTable, evidenceTables, linked, type Row, rowMac } from './evidenceRows.ts';
import { isUnbound, type KeyVault } from './keyVault.ts';
import { guards } from './migrations/050-evidence.ts';
import { keysOver, type StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

const ROWS_AT_ONCE = 500;

/** What tells the rows of each table apart, and orders them. */
const identities: Record<EvidenceTable, string[]> = {
  case_header: ['reference'],
  case_event: ['reference', 'revision'],
  case_access: ['reference', 'sequence'],
  case_key: ['reference'],
  case_number: ['prefix', 'year'],
  chain_head: ['chain', 'reference'],
  retention_log: ['sequence'],
  cover: ['number'],
  cover_end: ['cover'],
  directory_change: ['sequence'],
};

/**
 * Gives a store that was made before rows carried MACs theirs (EV1), once: its chains are checked first, then every row is signed, covers
 * become a chain, and every key is wrapped for its own place. What was sealed and hashed stays as it was. All of it or nothing; it takes
 * a role that owns the tables, and no program running beside it. Answers what the check before it read.
 * @throws StartFault when the store has its MACs already, when its chains are not whole, or the master key is another
 */
export async function upgradeEvidence(kysely: Kysely<Tables>, vault: KeyVault): Promise<AuditReport> {
  const own = await kysely.selectFrom('case_key').selectAll().where('reference', '=', NO_CASE).executeTakeFirst();
  if (!own?.wrapped) throw new StartFault('There is nothing to upgrade: the store has no key of its own yet, or has lost it.');
  if (!isUnbound(own.wrapped)) throw new StartFault('There is nothing to upgrade: the rows of this store are authenticated already.');
  const report = await verifyAudit(kysely, { vault: null, beforeUpgrade: true });
  if (report.fault) throw new StartFault(`The store was not upgraded, since its trail is not whole. ${report.fault.sentence}`);
  const keys = keysOver(vault, await vault.unwrap({ wrapped: own.wrapped, keyId: own.key_id }, NO_CASE));
  await kysely.transaction().execute(async (transaction) => {
    await sql`SET LOCAL TIME ZONE 'UTC'; SET LOCAL statement_timeout = 0`.execute(transaction);
    const guarded = [...new Set(guards.map(({ table }) => table))];
    await sql`LOCK TABLE ${sql.join(guarded.map((table) => sql.table(table)))} IN ACCESS EXCLUSIVE MODE`.execute(transaction);
    for (const table of guarded) await sql`ALTER TABLE ${sql.table(table)} DISABLE TRIGGER USER`.execute(transaction);
    await chainCovers(transaction, keys);
    for (const table of evidenceTables) await signAll(transaction, table, await changeOf(transaction, table, keys), keys);
    for (const { table, name } of guards)
      await sql`ALTER TABLE ${sql.table(table)} ENABLE ALWAYS TRIGGER ${sql.ref(name)}`.execute(transaction);
  });
  return report;
}

/** Beginnings and ends of covers in the order of their instants. */
async function chainCovers(transaction: Transaction<Tables>, keys: StoreKeys): Promise<void> {
  const rows = await allRows(
    transaction,
    sql`
      SELECT to_jsonb(t) || '{"table":"cover"}' AS row, made_at AS since, 0 AS kind, number FROM cover t
      UNION ALL SELECT to_jsonb(t) || '{"table":"cover_end"}', ended_at, 1, cover FROM cover_end t
      ORDER BY since, kind, number
    `,
  );
  let head = newHead('cover', NO_CASE);
  for (const { table, ...stored } of rows) {
    const { mac: _, ...content } = { ...stored, sequence: head.length + 1 } as Row;
    const row = linked(keys.rows, table as EvidenceTable, head.hash, content);
    const [identity] = identities[table as EvidenceTable];
    await sql`
      UPDATE ${sql.table(table as string)} SET sequence = ${row.sequence}, previous_hash = ${row.previous_hash}, hash = ${row.hash}
      WHERE ${sql.ref(identity!)} = ${content[identity!]}
    `.execute(transaction);
    head = headAfter(head, row, new Date(String(content.made_at ?? content.ended_at)));
  }
  if (head.length > 0) await transaction.insertInto('chain_head').values(headRow(keys, head)).execute();
}

/** What a row of a table needs beside its MAC: a key its place, a recorded end the instant of its last row. */
async function changeOf(transaction: Transaction<Tables>, table: EvidenceTable, keys: StoreKeys): Promise<(row: Row) => Promise<Row>> {
  if (table === 'case_key') return (row) => boundAnew(row, keys);
  if (table !== 'chain_head') return async (row) => row;
  return async (row) => {
    const [last] = await allRows(
      transaction,
      sql`
        SELECT jsonb_build_object('at', max(at)) AS row FROM (
          SELECT at FROM case_event WHERE ${row.chain} = 'event' AND reference = ${row.reference} AND revision = ${row.length}
          UNION ALL SELECT at FROM case_access WHERE ${row.chain} = 'access' AND reference = ${row.reference} AND sequence = ${row.length}
          UNION ALL SELECT at FROM retention_log WHERE ${row.chain} = 'retention' AND sequence = ${row.length}
        ) ends
      `,
    );
    return { ...row, at: row.at ?? last?.at ?? null };
  };
}

async function boundAnew(row: Row, { vault }: StoreKeys): Promise<Row> {
  if (typeof row.wrapped !== 'string') return row;
  const reference = String(row.reference);
  const key = await vault.unwrap({ wrapped: row.wrapped, keyId: String(row.key_id) }, reference);
  return { ...row, wrapped: await vault.wrap(key, reference), key_id: vault.keyId };
}

/** Changes and signs every row of a table, some hundreds at a time. */
async function signAll(
  transaction: Transaction<Tables>,
  table: EvidenceTable,
  change: (row: Row) => Promise<Row>,
  { rows: key }: StoreKeys,
): Promise<void> {
  const changing = ['mac', ...(table === 'case_key' ? ['wrapped', 'key_id'] : table === 'chain_head' ? ['at'] : [])];
  const set = sql.join(changing.map((name) => sql`${sql.ref(name)} = n.${sql.ref(name)}`));
  const same = sql.join(
    identities[table].map((name) => sql`t.${sql.ref(name)} = n.${sql.ref(name)}`),
    sql` AND `,
  );
  const write = (rows: Row[]) =>
    sql`
      UPDATE ${sql.table(table)} t SET ${set} FROM jsonb_populate_recordset(NULL::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb) n
      WHERE ${same}
    `.execute(transaction);
  let rows: Row[] = [];
  for await (const row of readRows(transaction, sql`SELECT to_jsonb(t) AS row FROM ${sql.table(table)} t WHERE mac IS NULL`)) {
    const changed = await change(row);
    rows.push({ ...changed, mac: rowMac(key, table, changed) });
    if (rows.length < ROWS_AT_ONCE) continue;
    await write(rows);
    rows = [];
  }
  await write(rows);
}

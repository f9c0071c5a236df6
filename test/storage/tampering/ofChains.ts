import { sql, type Transaction } from 'kysely';
import { allRows } from '../../../src/storage/audit/readRows.ts';
import { type EvidenceTable, type Row, rowHash } from '../../../src/storage/evidenceRows.ts';
import type { Tables } from '../../../src/storage/tables.ts';
import type { Alteration } from './alteration.ts';
import { insert, unbind } from './harms.ts';

/** The chains, with the table that a row is added to, the column of its place, and what is otherwise in a forged row. */
const chains: { chain: string; table: EvidenceTable; place: string; reference: string | null; forged: Row }[] = [
  { chain: 'event', table: 'case_event', place: 'revision', reference: 'DIS-27-001', forged: { actor_person: 'somebody' } },
  { chain: 'access', table: 'case_access', place: 'sequence', reference: 'DIS-27-001', forged: { person: 'somebody' } },
  { chain: 'retention', table: 'retention_log', place: 'sequence', reference: null, forged: { operator: 'somebody' } },
  { chain: 'cover', table: 'cover', place: 'sequence', reference: null, forged: { deputy: 'somebody', number: 99, draft: 'forged' } },
  { chain: 'directory', table: 'directory_change', place: 'sequence', reference: null, forged: { state: 'another' } },
];

/** What may be done to every chain. */
export const ofChains = (): Alteration[] => chains.flatMap(inChain);

/** Rows forged at the end, tails cut with the end set back, and all of a chain made anew, each with hashes that are right without a key. */
function inChain({ chain, table, place, reference, forged }: (typeof chains)[number]): Alteration[] {
  const its = (transaction: Transaction<Tables>) =>
    allRows(
      transaction,
      sql`
        SELECT to_jsonb(t) AS row FROM ${sql.table(table)} t
        WHERE ${reference === null ? sql`true` : sql`reference = ${reference}`} ORDER BY ${sql.ref(place)}
      `,
    );
  const end = (transaction: Transaction<Tables>, length: number, hash: unknown) =>
    sql`
      UPDATE chain_head SET length = ${length}, hash = ${hash} WHERE chain = ${chain} AND reference = ${reference ?? '-'}
    `.execute(transaction);
  const append = (moves: boolean, mac: 'none' | 'another row’s') => async (transaction: Transaction<Tables>) => {
    const last = (await its(transaction)).at(-1)!;
    const [{ length, hash } = { length: 0, hash: '' }] = await headsOf(transaction, chain, reference ?? '-');
    const content = { ...last, ...forged, [place]: Number(length) + 1 };
    const row = { ...content, previous_hash: hash, hash: rowHash(table, String(hash), content), mac: mac === 'none' ? null : last.mac };
    await insert(transaction, table, row);
    if (moves) await end(transaction, Number(length) + 1, row.hash);
    return true;
  };
  return [
    ...([true, false] as const).flatMap((moves) =>
      (['none', 'another row’s'] as const).map(
        (mac): Alteration => ({
          kind: `${table} forged`,
          what: `${table}: a row forged, with the right hash and ${mac} MAC, the end ${moves ? 'moved on' : 'left'}`,
          finds: 'verify',
          play: append(moves, mac),
        }),
      ),
    ),
    {
      kind: `${table} cut`,
      what: `${table}: the last row cut off and the end set back`,
      finds: 'verify',
      async play(transaction) {
        const rows = await its(transaction);
        await unbind(transaction, table);
        await sql`DELETE FROM ${sql.table(table)} WHERE hash = ${rows.at(-1)!.hash}`.execute(transaction);
        const [{ length } = { length: 0 }] = await headsOf(transaction, chain, reference ?? '-');
        await end(transaction, Number(length) - 1, rows.at(-1)!.previous_hash);
        return true;
      },
    },
    {
      kind: `${table} made anew`,
      what: `${table}: another first row, and every hash after it worked out anew`,
      finds: 'verify',
      async play(transaction) {
        const rows = await its(transaction);
        await unbind(transaction, table);
        let previous = rows[0]!.previous_hash;
        for (const [index, old] of rows.entries()) {
          const changed: Row = { ...old, ...(index === 0 ? { ...forged, number: old.number } : {}) };
          const hash = rowHash(table, String(previous), changed);
          await sql`DELETE FROM ${sql.table(table)} WHERE hash = ${old.hash}`.execute(transaction);
          await insert(transaction, table, { ...changed, previous_hash: previous, hash });
          previous = hash;
        }
        await end(transaction, rows.length, previous);
        return true;
      },
    },
    {
      kind: `${table} emptied`,
      what: `${table}: all rows gone and the end set to nothing`,
      finds: 'verify',
      async play(transaction) {
        await unbind(transaction, table);
        await sql`DELETE FROM ${sql.table(table)} WHERE ${reference === null ? sql`true` : sql`reference = ${reference}`}`.execute(
          transaction,
        );
        await end(transaction, 0, '0'.repeat(64));
        return true;
      },
    },
  ];
}

function headsOf(transaction: Transaction<Tables>, chain: string, reference: string): Promise<Row[]> {
  return allRows(transaction, sql`SELECT to_jsonb(t) AS row FROM chain_head t WHERE chain = ${chain} AND reference = ${reference}`);
}

import { type Kysely, sql, type Transaction } from 'kysely';
import { StartFault, TrailFault } from '../app/faults.ts';
import { NO_CASE } from './chain.ts';
import { isGenuine, type RowKey, signed } from './evidenceRows.ts';
import { isUnbound, type KeyVault, type WrappedKey } from './keyVault.ts';
import { newKey, purposeKey } from './seal.ts';
import type { Tables } from './tables.ts';

/**
 * What opens the store: the vault that unwraps each case's key, the store's own secret, for what belongs to no one case, and the key
 * under which every row that is evidence carries its MAC.
 */
export type StoreKeys = RowKey & { vault: KeyVault; own: Buffer };

const REWRAPPED_AT_ONCE = 500;

/** What only a store in use has something in: none of it without the store's own key. */
const SIGNS_OF_USE = ['case_header', 'case_key', 'chain_head', 'cover', 'directory_change', 'conversation', 'posted_card'] as const;

/**
 * Opens the store's keys, making its own on first use. Keys that an earlier master key wrapped are wrapped anew where this role may
 * change them, so that the earlier one is needed no more once a start has gone well.
 * @throws StartFault when the master key is not the store's, when the store's own key is gone, and for a store that has to be upgraded
 */
export async function openKeys(kysely: Kysely<Tables>, vault: KeyVault): Promise<StoreKeys> {
  const row = (await ownKeyRow(kysely)) ?? (await firstOwnKey(kysely, vault));
  if (row.wrapped === null) throw new StartFault("The store's own key was destroyed. Restore the store from a back-up.");
  if (isUnbound(row.wrapped))
    throw new StartFault(
      'This store was made before its rows were authenticated. Stop every replica, make a back-up, and run `npm run upgrade-evidence` once. If that was done already, the store has been tampered with: restore it.',
    );
  const keys = keysOver(vault, await vault.unwrap({ wrapped: row.wrapped, keyId: row.key_id }, NO_CASE));
  if (!isGenuine(keys.rows, 'case_key', row)) throw new TrailFault(NO_CASE, null, "the row of the store's own key was altered");
  if (await mayRewrap(kysely)) await rewrap(kysely, keys);
  return keys;
}

/** The store's keys for somebody who only reads; null where there are none, or none that this vault opens. */
export async function presentKeys(kysely: Kysely<Tables>, vault: KeyVault): Promise<StoreKeys | null> {
  const row = await ownKeyRow(kysely);
  if (!row?.wrapped || isUnbound(row.wrapped)) return null;
  const own = await vault.unwrap({ wrapped: row.wrapped, keyId: row.key_id }, NO_CASE).catch(() => null);
  return own && keysOver(vault, own);
}

/** The keys that follow from the store's own secret. */
export function keysOver(vault: KeyVault, own: Buffer): StoreKeys {
  return { vault, own, rows: purposeKey(own, 'evidence row v1') };
}

function ownKeyRow(kysely: Kysely<Tables>) {
  return kysely.selectFrom('case_key').selectAll().where('reference', '=', NO_CASE).executeTakeFirst();
}

/** Makes the store's own key, in an empty store alone: without the old one nothing that is there could be opened or believed. */
async function firstOwnKey(kysely: Kysely<Tables>, vault: KeyVault) {
  for (const table of SIGNS_OF_USE) {
    if ((await kysely.selectFrom(table).select(sql`1`.as('one')).limit(1).execute()).length === 0) continue;
    const made = await ownKeyRow(kysely);
    if (made) return made;
    throw new StartFault("The store's own key is gone from case_key, though the store is in use. Restore the store from a back-up.");
  }
  const own = newKey();
  const made = { reference: NO_CASE, wrapped: await vault.wrap(own, NO_CASE), key_id: vault.keyId, erased_at: null };
  await kysely
    .insertInto('case_key')
    .values(signed(keysOver(vault, own).rows, 'case_key', made))
    .onConflict((conflict) => conflict.column('reference').doNothing())
    .execute();
  return (await ownKeyRow(kysely))!;
}

/** Makes a case's key, in the transaction that opens the case. */
export async function makeKey(transaction: Transaction<Tables>, { vault, rows }: StoreKeys, reference: string): Promise<WrappedKey> {
  const { keyId } = vault;
  const wrapped = await vault.wrap(newKey(), reference);
  await transaction
    .insertInto('case_key')
    .values(signed(rows, 'case_key', { reference, wrapped, key_id: keyId, erased_at: null }))
    .execute();
  return { wrapped, keyId };
}

/** The program's own role may not change keys: then whoever owns the tables wraps them anew, with `npm run migrate`. */
async function mayRewrap(kysely: Kysely<Tables>): Promise<boolean> {
  const { may } = await kysely
    .selectNoFrom((row) => row.fn<boolean>('has_table_privilege', [row.val('case_key'), row.val('UPDATE')]).as('may'))
    .executeTakeFirstOrThrow();
  return may;
}

async function rewrap(kysely: Kysely<Tables>, { vault, rows }: StoreKeys): Promise<void> {
  for (;;) {
    const old = await kysely
      .selectFrom('case_key')
      .selectAll()
      .where('key_id', '<>', vault.keyId)
      .where('wrapped', 'is not', null)
      .limit(REWRAPPED_AT_ONCE)
      .execute();
    if (old.length === 0) return;
    for (const { mac: _, ...row } of old) {
      if (!isGenuine(rows, 'case_key', { ...row, mac: _ })) throw new TrailFault(row.reference, null, 'its key was altered');
      const key = await vault.unwrap({ wrapped: row.wrapped!, keyId: row.key_id }, row.reference);
      const wrapped = await vault.wrap(key, row.reference);
      const { mac } = signed(rows, 'case_key', { ...row, wrapped, key_id: vault.keyId });
      await kysely
        .updateTable('case_key')
        .set({ wrapped, key_id: vault.keyId, mac })
        .where('reference', '=', row.reference)
        // A case that was erased meanwhile stays so.
        .where('wrapped', '=', row.wrapped)
        .execute();
    }
  }
}

import type { Kysely, Selectable, Transaction } from 'kysely';
import type { KeyVault, WrappedKey } from './keyVault.ts';
import { newKey } from './seal.ts';
import type { Tables } from './tables.ts';

/** What opens the store: the vault that unwraps each case's key, and the store's own key, for what belongs to no one case. */
export type StoreKeys = { vault: KeyVault; own: Buffer };

/** Stands in place of a reference for the store's own key. */
export const OWN_KEY = '-';

const REWRAPPED_AT_ONCE = 500;

/**
 * Opens the store's keys, making its own on first use. Keys that an earlier master key wrapped are wrapped anew, so that the
 * earlier one is needed no more once a start has gone well.
 * @throws StartFault when the master key is not the store's
 */
export async function openKeys(kysely: Kysely<Tables>, vault: KeyVault): Promise<StoreKeys> {
  const made = { reference: OWN_KEY, wrapped: await vault.wrap(newKey()), key_id: vault.keyId };
  await kysely
    .insertInto('case_key')
    .values(made)
    .onConflict((conflict) => conflict.column('reference').doNothing())
    .execute();
  const row = await kysely.selectFrom('case_key').selectAll().where('reference', '=', OWN_KEY).executeTakeFirstOrThrow();
  const own = await unwrapped(vault, row);
  if (own === null) throw new Error("the store's own key was erased; restore the store from a back-up");
  await rewrap(kysely, vault);
  return { vault, own };
}

/** Makes a case's key, in the transaction that opens the case. */
export async function makeKey(transaction: Transaction<Tables>, { vault }: StoreKeys, reference: string): Promise<WrappedKey> {
  const { keyId } = vault;
  const wrapped = await vault.wrap(newKey());
  await transaction.insertInto('case_key').values({ reference, wrapped, key_id: keyId }).execute();
  return { wrapped, keyId };
}

/** A key that opens what it sealed, or null once it was erased. */
export async function unwrapped(vault: KeyVault, row: Pick<Selectable<Tables['case_key']>, 'wrapped' | 'key_id'>): Promise<Buffer | null> {
  return row.wrapped === null ? null : vault.unwrap({ wrapped: row.wrapped, keyId: row.key_id });
}

async function rewrap(kysely: Kysely<Tables>, vault: KeyVault): Promise<void> {
  for (;;) {
    const rows = await kysely
      .selectFrom('case_key')
      .selectAll()
      .where('key_id', '<>', vault.keyId)
      .where('wrapped', 'is not', null)
      .limit(REWRAPPED_AT_ONCE)
      .execute();
    if (rows.length === 0) return;
    for (const row of rows) {
      const key = await unwrapped(vault, row);
      if (key === null) continue;
      await kysely
        .updateTable('case_key')
        .set({ wrapped: await vault.wrap(key), key_id: vault.keyId })
        .where('reference', '=', row.reference)
        // A case that was erased meanwhile stays so.
        .where('wrapped', '=', row.wrapped)
        .execute();
    }
  }
}

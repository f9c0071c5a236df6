import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartFault } from '../app/faults.ts';
import { newKey, seal, unseal } from './seal.ts';

/** A key as the database holds it: of no use without the master key that `keyId` names. */
export type WrappedKey = { wrapped: string; keyId: string };

/** The first of it is on every key that is wrapped for the place that it stands in. */
const BOUND = '2.';

/** Whether a key is wrapped as an earlier version of this program did, for no place: `upgradeEvidence` wraps it anew. */
export function isUnbound(wrapped: string): boolean {
  return !wrapped.startsWith(BOUND);
}

/**
 * Wraps the keys of cases with a master key that the database never holds. A cloud's key vault can stand here: it answers the same
 * three, and nothing else in the product sees a master key.
 */
export type KeyVault = {
  /** Names the master key that wraps now. */
  keyId: string;
  /** Wraps a case's key, or the store's own, for that reference: in the place of another's it is of no use. */
  wrap(key: Buffer, reference: string): Promise<string>;
  /** @throws StartFault when the key was wrapped with a master key that is not at hand; Error when it was altered or moved */
  unwrap(key: WrappedKey, reference: string): Promise<Buffer>;
};

/** Where a wrapped key stands, for the seal. */
const placeOf = (wrapped: string, reference: string) => (isUnbound(wrapped) ? 'key' : `key of ${reference}`);

/**
 * A vault over a master key in hand: 32 bytes in base64, as MASTER_KEY has it. `previous` still unwraps what was wrapped before the
 * master key was changed, and wraps nothing.
 */
export function masterKeyVault(current: string, previous: string | null = null): KeyVault {
  const masters = [current, ...(previous === null ? [] : [previous])].map((text) => Buffer.from(text, 'base64'));
  const byId = new Map(masters.map((master) => [idOf(master), master]));
  const [master] = masters as [Buffer];
  return {
    keyId: idOf(master),
    wrap: async (key, reference) => BOUND + seal(master, key.toString('base64'), placeOf(BOUND, reference)),
    async unwrap({ wrapped, keyId }, reference) {
      const by = byId.get(keyId);
      if (!by)
        throw new StartFault(
          `The store was sealed with another master key (its id is ${keyId}). Set MASTER_KEY to that one, or MASTER_KEY_PREVIOUS while you change it; the sandbox keeps its own in master.key, in DATA_DIR.`,
        );
      const place = placeOf(wrapped, reference);
      return Buffer.from(unseal(by, isUnbound(wrapped) ? wrapped : wrapped.slice(BOUND.length), place), 'base64');
    },
  };
}

/** Tells master keys apart and gives nothing of them away. */
function idOf(master: Buffer): string {
  return createHash('sha256').update('conference dissent master key').update(master).digest('hex').slice(0, 12);
}

/** The sandbox's own master key, kept in the file `master.key` of its data folder and made on first use. */
export function folderMasterKey(dataDirectory: string): string {
  const file = join(dataDirectory, 'master.key');
  if (!existsSync(file)) {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, newKey().toString('base64'), { mode: 0o600 });
    // A link never takes the place of a file that another process has made meanwhile.
    if (!existsSync(file)) linkSync(unfinished, file);
    rmSync(unfinished);
  }
  return readFileSync(file, 'utf8').trim();
}

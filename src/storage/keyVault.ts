import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartFault } from '../app/faults.ts';
import { newKey, seal, unseal } from './seal.ts';

/** A key as the database holds it: of no use without the master key that `keyId` names. */
export type WrappedKey = { wrapped: string; keyId: string };

/**
 * Wraps the keys of cases with a master key that the database never holds. A cloud's key vault can stand here: it answers the same
 * three, and nothing else in the product sees a master key.
 */
export type KeyVault = {
  /** Names the master key that wraps now. */
  keyId: string;
  wrap(key: Buffer): Promise<string>;
  /** @throws StartFault when the key was wrapped with a master key that is not at hand */
  unwrap(key: WrappedKey): Promise<Buffer>;
};

/** Where a wrapped key stands, for the seal. */
const PLACE = 'key';

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
    wrap: async (key) => seal(master, key.toString('base64'), PLACE),
    async unwrap({ wrapped, keyId }) {
      const by = byId.get(keyId);
      if (!by)
        throw new StartFault(
          `The store was sealed with another master key (its id is ${keyId}). Set MASTER_KEY to that one, or MASTER_KEY_PREVIOUS while you change it; the sandbox keeps its own in master.key, in DATA_DIR.`,
        );
      return Buffer.from(unseal(by, wrapped, PLACE), 'base64');
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

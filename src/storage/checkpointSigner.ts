import { createPrivateKey, type KeyObject } from 'node:crypto';
import { StartFault } from '../app/faults.ts';
import { keyFromSeed, NoteFault, type Signer, signerOf } from '../evidence/note.ts';
import { keyedHash, purposeKey } from './seal.ts';
import type { StoreKeys } from './storeKeys.ts';

/** What the operator says of the key that signs checkpoints: its name, and the key itself. Both may be left out. */
export type CheckpointKey = { name: string | null; key: string | null };

const SEED = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Who signs this store's checkpoints: the key that the operator gave, else one that follows from the store's own key. Its name is the
 * log's, and follows from the store too unless it was given, so that checkpoints of two stores are never taken for each other.
 * @throws StartFault when what was given is no Ed25519 key, or the name will not do
 */
export function checkpointSigner({ own }: Pick<StoreKeys, 'own'>, { name, key }: CheckpointKey): Signer {
  try {
    const signs = key === null ? keyFromSeed(purposeKey(own, 'checkpoint')) : readKey(key);
    return signerOf(name ?? `conference-dissent/${keyedHash(own, 'name of the log').slice(0, 12)}`, signs);
  } catch (cause) {
    const why =
      cause instanceof NoteFault ? cause.message : 'Use an Ed25519 key (openssl genpkey -algorithm ed25519), or 32 bytes in base64.';
    throw new StartFault(`Checkpoints cannot be signed with CHECKPOINT_KEY and CHECKPOINT_NAME. ${why}`, { cause });
  }
}

/** A key in PEM (PKCS#8), its lines perhaps written as `\n`, or a seed in base64. */
function readKey(text: string): KeyObject {
  const trimmed = text.trim();
  return SEED.test(trimmed) ? keyFromSeed(Buffer.from(trimmed, 'base64')) : createPrivateKey(trimmed.replaceAll('\\n', '\n'));
}

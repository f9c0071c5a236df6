import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A new key for {@link seal}: 32 random bytes. */
export function newKey(): Buffer {
  return randomBytes(32);
}

/**
 * Encrypts text with AES-256-GCM under a nonce of its own. `place` says where it stands; there alone it can be opened again, so that
 * nobody can move it to another row. Answers base64 of nonce, tag and ciphertext.
 */
export function seal(key: Buffer, text: string, place: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64');
}

/**
 * The text that was sealed at `place`.
 * @throws Error when it was altered or moved, or the key is another; the message names the place and holds no content
 */
export function unseal(key: Buffer, sealed: string, place: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)).setAAD(Buffer.from(place));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Error(`what is sealed at "${place}" cannot be opened: it was altered or moved; run verify-audit`, { cause });
  }
}

/** A hash that only the key's owner can make, in hexadecimal: tells the same from the same without saying what it is. */
export function keyedHash(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** A key for one purpose alone, by HKDF-SHA256 of a secret of 32 random bytes: knowing one tells nothing of the secret or of another. */
export function purposeKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
}

import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/**
 * Signed notes as c2sp.org/signed-note has them, which is also what Go's golang.org/x/mod/sumdb/note reads: a text, an empty line, and a
 * line for each signature. Whoever holds a note may add a line of their own: that is how a witness countersigns.
 */

/** Something put forward as evidence is not what it should be, in one plain sentence. */
export class NoteFault extends Error {}

/** Signs notes. A key vault that holds an Ed25519 key can stand here. */
export type Signer = {
  /** The key's name, without spaces and plus signs. */
  name: string;
  /** What a reader needs to check its signatures: the verifier key of c2sp.org/signed-note, such as `example.gov.uk+530d903a+Aek...`. */
  verifier: string;
  /** The 64 bytes of an Ed25519 signature (RFC 8032) over the text. */
  sign(text: string): Promise<Buffer>;
};

/** A key that signatures are checked with. */
export type Verifier = { name: string; id: string; type: 'ed25519' | 'cosignature'; key: KeyObject };

/** One signature line of a note; `id` is the first four bytes in hexadecimal. */
export type Signature = { name: string; id: string; bytes: Buffer };

/** The kinds of signature that are read here, by their byte in c2sp.org/signed-note. */
const TYPES = { ed25519: 1, cosignature: 4 } as const;
const DASH = '\u2014';
const MOST_SIGNATURES = 100;
/** What stands before the bare key in PKCS#8 and in SubjectPublicKeyInfo (RFC 8410). */
const PRIVATE_DER = Buffer.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20);
const PUBLIC_DER = Buffer.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);
/** A name may hold neither spaces nor plus signs; no sign with a meaning of its own is wanted in a log or a file's name either. */
const NAME = /^[^\s+\p{C}]+$/u;

/** A private Ed25519 key from its seed of 32 bytes. */
export function keyFromSeed(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PRIVATE_DER, seed]), format: 'der', type: 'pkcs8' });
}

/** Signs with an Ed25519 key in hand, under a name. @throws NoteFault for a name or a key of another kind */
export function signerOf(name: string, key: KeyObject): Signer {
  if (!NAME.test(name)) throw new NoteFault(`A key cannot be called "${name}": leave out spaces and plus signs.`);
  if (key.asymmetricKeyType !== 'ed25519') throw new NoteFault('The key that signs has to be an Ed25519 key.');
  const bare = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length);
  const typed = Buffer.concat([Buffer.from([TYPES.ed25519]), bare]);
  const verifier = `${name}+${keyId(name, typed)}+${typed.toString('base64')}`;
  return { name, verifier, sign: async (text) => sign(null, Buffer.from(text), key) };
}

/** Reads a verifier key. @throws NoteFault when it is none, or of a kind that is not read here */
export function readVerifier(text: string): Verifier {
  const [, name = '', id, base64 = ''] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/su.exec(text) ?? [];
  const typed = fromBase64(base64);
  const type = (Object.keys(TYPES) as (keyof typeof TYPES)[]).find((each) => TYPES[each] === typed?.[0]);
  if (!NAME.test(name) || !typed || !type || typed.length !== 33 || keyId(name, typed) !== id)
    throw new NoteFault('This is not a verifier key: it looks like name+0123abcd+Base64, on one line.');
  return { name, id, type, key: createPublicKey({ key: Buffer.concat([PUBLIC_DER, typed.subarray(1)]), format: 'der', type: 'spki' }) };
}

/** A text with its signature. @throws NoteFault for a text that no note may hold */
export async function signNote(text: string, signer: Signer): Promise<string> {
  const [, id = ''] = signer.verifier.split('+');
  const bytes = Buffer.concat([Buffer.from(id, 'hex'), await signer.sign(text)]);
  const note = `${text}\n${DASH} ${signer.name} ${bytes.toString('base64')}\n`;
  readNote(note);
  return note;
}

/** A note's text and signatures, none of them checked yet. @throws NoteFault when it is no note */
export function readNote(note: string): { text: string; signatures: Signature[] } {
  const end = note.lastIndexOf('\n\n');
  const lines = note.slice(end + 2).split('\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids them
  const isNote = end >= 0 && lines.pop() === '' && lines.length > 0 && lines.length <= MOST_SIGNATURES && !/[\0-\x09\x0b-\x1f]/.test(note);
  if (!isNote || !note.isWellFormed() || note.includes('\uFFFD')) throw new NoteFault('This is not a signed note, or it was damaged.');
  return { text: note.slice(0, end + 1), signatures: lines.map(readSignature) };
}

function readSignature(line: string): Signature {
  const [dash, name = '', base64 = '', ...more] = line.split(' ');
  const bytes = fromBase64(base64);
  if (dash !== DASH || !NAME.test(name) || !bytes || bytes.length < 5 || more.length > 0)
    throw new NoteFault('A signature line of the note is damaged.');
  return { name, id: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) };
}

/**
 * A note's text with the names of the keys that signed it, of those given; signatures of others are passed over.
 * @throws NoteFault when it is no note, when a signature of a key given is wrong, and when none of them signed it
 */
export function openNote(note: string, verifiers: readonly Verifier[]): { text: string; signedBy: string[] } {
  const { text, signatures } = readNote(note);
  const signedBy = new Set<string>();
  for (const { name, id, bytes } of signatures) {
    const verifier = verifiers.find((each) => each.name === name && each.id === id);
    if (!verifier) continue;
    if (!holds(text, verifier, bytes)) throw new NoteFault(`The signature of ${name} is not over this text: the note was altered.`);
    signedBy.add(name);
  }
  if (signedBy.size === 0) throw new NoteFault('The note is not signed by the key that was given.');
  return { text, signedBy: [...signedBy] };
}

/** A witness signs the text with the time at which it did (c2sp.org/tlog-cosignature). */
function holds(text: string, { type, key }: Verifier, bytes: Buffer): boolean {
  if (type === 'ed25519') return verify(null, Buffer.from(text), key, bytes);
  if (bytes.length !== 72) return false;
  return verify(null, Buffer.from(`cosignature/v1\ntime ${bytes.readBigUInt64BE(0)}\n${text}`), key, bytes.subarray(8));
}

function keyId(name: string, typed: Buffer): string {
  return createHash('sha256').update(`${name}\n`).update(typed).digest('hex').slice(0, 8);
}

/** Standard base64 (RFC 4648, section 4) and nothing else: the same bytes can be written in one way alone. */
function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : null;
}

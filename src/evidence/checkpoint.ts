import { NoteFault, openNote, type Signer, signNote, type Verifier } from './note.ts';

/**
 * What a log says of itself at a moment: how many leaves it has and the root of the tree over them (c2sp.org/tlog-checkpoint). `origin`
 * names the log, and is the name of the key that signs.
 */
export type Checkpoint = { origin: string; size: number; root: Buffer };

/** Writes and signs a checkpoint. */
export function signCheckpoint({ size, root }: Omit<Checkpoint, 'origin'>, signer: Signer): Promise<string> {
  return signNote(`${signer.name}\n${size}\n${root.toString('base64')}\n`, signer);
}

/**
 * Reads a checkpoint whose log signed it, and says which of the keys given did.
 * @throws NoteFault when it is no checkpoint, was altered, or its log's own key is not among those given or did not sign
 */
export function openCheckpoint(note: string, verifiers: readonly Verifier[]): Checkpoint & { signedBy: string[] } {
  const { text, signedBy } = openNote(note, verifiers);
  const [origin = '', decimal = '', base64 = '', ...rest] = text.split('\n');
  const size = Number(decimal);
  const root = Buffer.from(base64, 'base64');
  const isOne = /^(0|[1-9]\d*)$/.test(decimal) && Number.isSafeInteger(size) && root.length === 32 && root.toString('base64') === base64;
  if (!isOne || rest.pop() !== '' || rest.includes('')) throw new NoteFault('This note is not a checkpoint.');
  if (!signedBy.includes(origin)) throw new NoteFault(`The checkpoint of ${origin} is not signed by the key of that name.`);
  return { origin, size, root, signedBy };
}

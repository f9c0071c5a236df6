import { leafHash } from './tree.ts';

/**
 * A row of evidence as the log holds it: the chain that it belongs to, what the chain hangs on (a case's reference, or `-`), its place in
 * the chain, and its hash in hexadecimal, which covers its content and the row before it.
 */
export type Leaf = { chain: string; reference: string; sequence: number; hash: string };

/** The hash of a row in the tree: its four facts, a line each. */
export function hashOfLeaf({ chain, reference, sequence, hash }: Leaf): Buffer {
  return leafHash(`${chain}\n${reference}\n${sequence}\n${hash}`);
}

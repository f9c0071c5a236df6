import { createHash } from 'node:crypto';

/**
 * A Merkle tree as RFC 9162, section 2.1, has it: SHA-256 over every leaf after a byte 0x00 and over every pair of nodes after a byte
 * 0x01, so that a leaf can never be taken for a node. All hashes are buffers of 32 bytes.
 */
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** The root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = createHash('sha256').digest();

/** The hash of a leaf by its data; text is taken as UTF-8. */
export function leafHash(data: string | Buffer): Buffer {
  return createHash('sha256').update(LEAF).update(data).digest();
}

/** The hash of a node by its two children. */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** All that has to be kept of a tree to add to it: how many leaves it has, and the roots of its whole subtrees, the largest first. */
export type Frontier = { size: number; roots: readonly Buffer[] };

/** A tree without leaves. */
export const EMPTY: Frontier = { size: 0, roots: [] };

/** The tree with one leaf more. */
export function append({ size, roots }: Frontier, leaf: Buffer): Frontier {
  const grown = [...roots];
  let root = leaf;
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) root = nodeHash(grown.pop()!, root);
  grown.push(root);
  return { size: size + 1, roots: grown };
}

/** The root of a tree. */
export function rootOf({ roots }: Frontier): Buffer {
  return roots.reduceRight((right: Buffer | null, left) => (right === null ? left : nodeHash(left, right)), null) ?? EMPTY_ROOT;
}

/** A frontier as text, for keeping: each subtree's root in hexadecimal. */
export function frontierText({ roots }: Frontier): string {
  return roots.map((root) => root.toString('hex')).join(' ');
}

/** A frontier of `size` leaves from its text. */
export function readFrontier(size: number, text: string): Frontier {
  return { size, roots: text === '' ? [] : text.split(' ').map((root) => Buffer.from(root, 'hex')) };
}

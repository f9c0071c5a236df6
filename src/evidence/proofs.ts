import { append, EMPTY, EMPTY_ROOT, type Frontier, nodeHash, rootOf } from './tree.ts';

/**
 * Proofs about a Merkle tree: that it holds a leaf (RFC 9162, 2.1.3), and that it goes on from an earlier one (2.1.4). A proof is the
 * roots of some ranges of leaves, which a {@link proofMaker} works out while the leaves pass by once.
 */
type Range = { from: number; to: number };

/** The largest power of two below a number of leaves: where its tree divides. */
function splitOf(leaves: number): number {
  let split = 1;
  while (split * 2 < leaves) split *= 2;
  return split;
}

/** The ranges whose roots lead from a leaf to the root, the leaf's own neighbour first. */
export function inclusionRanges(index: number, { from, to }: Range): Range[] {
  if (to - from === 1) return [];
  const middle = from + splitOf(to - from);
  const [left, right] = [
    { from, to: middle },
    { from: middle, to },
  ];
  return index < middle ? [...inclusionRanges(index, left), right] : [...inclusionRanges(index, right), left];
}

/** The ranges whose roots show that a tree's first `size` leaves are an earlier tree; none where either is empty or both are the same. */
export function consistencyRanges(size: number, whole: Range, isWhole = true): Range[] {
  const { from, to } = whole;
  if (size === 0 || size === to) return size === 0 || isWhole ? [] : [whole];
  const middle = from + splitOf(to - from);
  return size <= middle
    ? [...consistencyRanges(size, { from, to: middle }, isWhole), { from: middle, to }]
    : [...consistencyRanges(size, { from: middle, to }, false), { from, to: middle }];
}

/** Takes every leaf of a tree in order, once, and then has the roots of the ranges that were asked for. */
export function proofMaker(wanted: Range[]): { take(leaf: Buffer): void; roots(ranges: Range[]): Buffer[] } {
  const key = ({ from, to }: Range) => `${from} ${to}`;
  const distinct = new Map(wanted.map((range) => [key(range), range]));
  const waiting = [...distinct.values()].toSorted((one, other) => other.from - one.from);
  const found = new Map<string, Buffer>();
  let open: { range: Range; tree: Frontier }[] = [];
  let next = 0;
  return {
    take(leaf) {
      while (waiting.at(-1)?.from === next) open.push({ range: waiting.pop()!, tree: EMPTY });
      next++;
      for (const each of open) {
        each.tree = append(each.tree, leaf);
        if (each.range.to === next) found.set(key(each.range), rootOf(each.tree));
      }
      open = open.filter(({ range }) => range.to > next);
    },
    roots: (ranges) => ranges.map((range) => found.get(key(range)) ?? missing(range)),
  };
}

function missing({ from, to }: Range): never {
  throw new Error(`leaves ${from} to ${to} have not passed by yet`);
}

/** Whether a proof leads from a leaf at `index` to the root of a tree of `size` leaves (RFC 9162, 2.1.3.2). */
export function isIncluded(leaf: Buffer, index: number, size: number, proof: readonly Buffer[], root: Buffer): boolean {
  if (index >= size) return false;
  let place = index;
  let last = size - 1;
  let hash = leaf;
  for (const beside of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(beside, hash);
      // A node without a neighbour at its own level has it further up.
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      hash = nodeHash(hash, beside);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && hash.equals(root);
}

type Head = { size: number; root: Buffer };

/** Whether a proof shows that the later tree begins with the earlier one, leaf for leaf (RFC 9162, 2.1.4.2). */
export function isConsistent(earlier: Head, later: Head, proof: readonly Buffer[]): boolean {
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size) return proof.length === 0 && earlier.root.equals(later.root);
  if (earlier.size === 0) return proof.length === 0 && earlier.root.equals(EMPTY_ROOT);
  const isPower = 2 ** Math.round(Math.log2(earlier.size)) === earlier.size;
  const [first, ...rest] = isPower ? [earlier.root, ...proof] : proof;
  if (!first) return false;
  let place = earlier.size - 1;
  let last = later.size - 1;
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  let [old, now] = [first, first];
  for (const beside of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      [old, now] = [nodeHash(beside, old), nodeHash(beside, now)];
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      now = nodeHash(now, beside);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && old.equals(earlier.root) && now.equals(later.root);
}

function half(number: number): number {
  return Math.floor(number / 2);
}

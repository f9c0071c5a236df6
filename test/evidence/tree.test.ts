import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { consistencyRanges, inclusionRanges, isConsistent, isIncluded, proofMaker } from '../../src/evidence/proofs.ts';
import { append, EMPTY, EMPTY_ROOT, type Frontier, frontierText, leafHash, readFrontier, rootOf } from '../../src/evidence/tree.ts';
import { alwaysHolds } from '../support/properties.ts';

/** The leaves with which the implementations of RFC 6962 are tried, and the roots of the trees over the first 0, 1, 2 ... of them. */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const knownLeaves = inputs.map((hex) => leafHash(Buffer.from(hex, 'hex')));

/** The definition of RFC 9162, 2.1.1, word for word: it keeps nothing and works everything out anew. */
function plainRoot(leaves: readonly Buffer[]): Buffer {
  const [first, ...more] = leaves;
  if (!first) return createHash('sha256').digest();
  if (more.length === 0) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const both = Buffer.concat([Buffer.from([1]), plainRoot(leaves.slice(0, split)), plainRoot(leaves.slice(split))]);
  return createHash('sha256').update(both).digest();
}

const grown = (leaves: readonly Buffer[], from: Frontier = EMPTY) => leaves.reduce(append, from);
const leavesOf = (count: number) => Array.from({ length: count }, (_, index) => leafHash(`row ${index}`));

/** A proof over some leaves, made while they pass by once. */
function proofOver(leaves: readonly Buffer[], ranges: Parameters<typeof proofMaker>[0]): Buffer[] {
  const maker = proofMaker(ranges);
  for (const leaf of leaves) maker.take(leaf);
  return maker.roots(ranges);
}
const included = (leaves: readonly Buffer[], index: number) => proofOver(leaves, inclusionRanges(index, { from: 0, to: leaves.length }));
const consistent = (leaves: readonly Buffer[], size: number) => proofOver(leaves, consistencyRanges(size, { from: 0, to: leaves.length }));

describe('EV2: the tree is that of RFC 9162', () => {
  test.each(roots.map((root, size) => [size, root]))('over %s of the known leaves it has the published root', (size, root) => {
    expect(rootOf(grown(knownLeaves.slice(0, Number(size)))).toString('hex')).toBe(root);
  });

  test('the published proof that the sixth of eight leaves is included', () => {
    const proof = [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ];
    expect(included(knownLeaves, 5).map((hash) => hash.toString('hex'))).toEqual(proof);
  });

  test('a tree of any size has the root that the definition gives, however often it was put away between', () => {
    alwaysHolds(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), (first, more) => {
        const leaves = leavesOf(first + more);
        const kept = frontierText(grown(leaves.slice(0, first)));
        expect(rootOf(grown(leaves.slice(first), readFrontier(first, kept)))).toEqual(plainRoot(leaves));
      }),
      60,
    );
  });
});

describe('EV4: proofs', () => {
  const sized = fc.integer({ min: 1, max: 200 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));

  test('every leaf has a proof, and it proves nothing of another leaf, place, tree or root', () => {
    alwaysHolds(
      fc.property(sized, fc.nat(), ([size, index], any) => {
        const leaves = leavesOf(size);
        const root = plainRoot(leaves);
        const proof = included(leaves, index);
        const leaf = leaves[index]!;
        expect(isIncluded(leaf, index, size, proof, root)).toBe(true);
        expect(isIncluded(leafHash('another'), index, size, proof, root)).toBe(false);
        expect(isIncluded(leaf, index, size, proof, leafHash('another'))).toBe(false);
        expect(isIncluded(leaf, index, size, [...proof, root], root)).toBe(false);
        expect(isIncluded(leaf, size, size, proof, root)).toBe(false);
        if (proof.length === 0) return;
        const spoilt = proof.with(any % proof.length, leafHash('another'));
        expect(isIncluded(leaf, index, size, spoilt, root)).toBe(false);
        expect(isIncluded(leaf, index, size, proof.slice(1), root)).toBe(false);
        const elsewhere = any % size;
        expect(isIncluded(leaf, elsewhere, size, proof, root)).toBe(elsewhere === index);
      }),
    );
  });

  test('a tree that went on from another has a proof of it, and one that did not has none', () => {
    alwaysHolds(
      fc.property(sized, ([size, earlier]) => {
        const leaves = leavesOf(size);
        const later = { size, root: plainRoot(leaves) };
        const before = { size: earlier, root: plainRoot(leaves.slice(0, earlier)) };
        const proof = consistent(leaves, earlier);
        expect(isConsistent(before, later, proof)).toBe(true);
        expect(isConsistent(later, later, [])).toBe(true);
        expect(isConsistent(later, { ...later, root: leafHash('another') }, [])).toBe(false);
        if (earlier === 0) return;
        const rewritten = plainRoot(leavesOf(earlier).with(0, leafHash('another')));
        expect(isConsistent({ ...before, root: rewritten }, later, proof)).toBe(false);
        expect(isConsistent(before, { ...later, root: rewritten }, proof)).toBe(false);
        expect(isConsistent(before, later, proof.slice(1))).toBe(false);
        expect(isConsistent(later, before, proof)).toBe(false);
      }),
    );
  });

  test('an empty tree is the beginning of every tree, and needs no proof', () => {
    const later = { size: 3, root: plainRoot(leavesOf(3)) };
    expect(isConsistent({ size: 0, root: EMPTY_ROOT }, later, [])).toBe(true);
    expect(isConsistent({ size: 0, root: EMPTY_ROOT }, later, [later.root])).toBe(false);
    expect(isConsistent({ size: 0, root: later.root }, later, [])).toBe(false);
  });

  test('one pass over the leaves makes the proofs of many', () => {
    const leaves = leavesOf(77);
    const wanted = [3, 4, 76].map((index) => inclusionRanges(index, { from: 0, to: 77 }));
    const maker = proofMaker(wanted.flat());
    for (const leaf of leaves) maker.take(leaf);
    expect(wanted.map((ranges) => maker.roots(ranges))).toEqual([3, 4, 76].map((index) => included(leaves, index)));
  });
});

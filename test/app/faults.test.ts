import { expect, test } from '@jest/globals';
import { causeOf, OutsideFault, triesAgain } from '../../src/app/faults.ts';

/** How often a job is tried by itself after a fault of each kind. */
const tries = (kind: OutsideFault['kind']) => [1, 4, 5, 8, 9, 10_000].filter((tried) => triesAgain(kind, tried));

test('OB11: a passing fault is tried for ever, a conflict and an answer that nobody understands a few times, what is settled never', () => {
  const always = [1, 4, 5, 8, 9, 10_000];
  expect((['throttled', 'unreachable', 'apart'] as const).map(tries)).toEqual([always, always, always]);
  expect(tries('conflict')).toEqual([1, 4]);
  expect(tries('unreadable')).toEqual([1, 4, 5, 8]);
  expect((['permission', 'not-found', 'gone', 'rejected', 'uncertain'] as const).flatMap(tries)).toEqual([]);
});

test('OB11: what is tried no more is kept on the case as something that a person can act on', () => {
  const cause = (kind: OutsideFault['kind']) => causeOf(new OutsideFault(kind, '', ''));
  expect((['permission', 'not-found', 'gone', 'conflict', 'unreadable', 'rejected'] as const).map(cause)).toEqual([
    'permission',
    'not-found',
    'not-found',
    'rejected',
    'rejected',
    'rejected',
  ]);
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CaseFacts, figuresOf } from '../../src/domain/figures.ts';
import { quarterAfter, quarterCode, quarterOf, readQuarter, sayQuarter, spanOf } from '../../src/domain/quarter.ts';
import { publish, type Sum } from '../../src/domain/suppression.ts';
import { alwaysHolds } from '../support/properties.ts';

/** Every way in which some published counts can have come about, as somebody would find who tried them all. */
function possible(published: Record<string, unknown>, sums: Sum[], largest: number): Record<string, number>[] {
  const names = Object.keys(published);
  const choices = names.map((name) => {
    const told = published[name];
    if (typeof told === 'number') return [told];
    const [least, most] = told === 'few' ? [1, 4] : [5, largest];
    return Array.from({ length: most - least + 1 }, (_, index) => least + index);
  });
  let worlds: Record<string, number>[] = [{}];
  names.forEach((name, at) => {
    const known = new Set(names.slice(0, at + 1));
    const ready = sums.filter(({ total, parts }) => [total, ...parts].includes(name) && [total, ...parts].every((each) => known.has(each)));
    worlds = worlds
      .flatMap((world) => (choices[at] ?? []).map((count) => ({ ...world, [name]: count })))
      .filter((world) => ready.every(({ total, parts }) => world[total] === parts.reduce((sum, part) => sum + (world[part] ?? 0), 0)));
  });
  return worlds;
}

describe('Part E: small numbers are suppressed', () => {
  const sums: Sum[] = [
    { total: 'raised', parts: ['decided', 'undecided'] },
    { total: 'decided', parts: ['upheld', 'not upheld', 'other'] },
  ];

  test('a count from 1 to 4 is never told, none and five are', () => {
    expect(publish({ a: 0, b: 1, c: 4, d: 5 }, [])).toEqual({ a: 0, b: 'few', c: 'few', d: 5 });
  });

  test('a single small part hides the smallest other, so that it cannot be taken from the total', () => {
    const told = publish({ raised: 30, a: 3, b: 20, c: 7 }, [{ total: 'raised', parts: ['a', 'b', 'c'] }]);
    expect(told).toMatchObject({ raised: 30, a: 'few', b: 20, c: 'withheld' });
  });

  test('where no other part is big enough to hide it behind, the total is not told', () => {
    const told = publish({ raised: 8, a: 4, b: 4 }, [{ total: 'raised', parts: ['a', 'b'] }]);
    expect(told).toEqual({ raised: 'withheld', a: 'few', b: 'few' });
  });

  test('whoever tries all that is possible finds each small count to be anything from 1 to 4', () => {
    for (const upheld of [0, 1, 4, 5, 7])
      for (const notUpheld of [0, 3, 6])
        for (const other of [0, 4, 6])
          for (const undecided of [0, 2, 6]) {
            const decided = upheld + notUpheld + other;
            if (decided < 5) continue;
            const counts = { upheld, 'not upheld': notUpheld, other, decided, undecided, raised: decided + undecided };
            const told = publish(counts, sums);
            const few = Object.keys(counts).filter((name) => told[name] === 'few');
            const worlds = few.length === 0 ? [] : possible(told, sums, 24);
            for (const name of few)
              expect([counts, told, [...new Set(worlds.map((world) => world[name]))].toSorted()]).toEqual([counts, told, [1, 2, 3, 4]]);
          }
  });
});

/** A published count as somebody takes it who tries out what it can have been. */
type Tried = number | string;
const LARGEST = 50;
const SMALL = [1, 2, 3, 4];
const triedOut = (admitted: (tried: number) => boolean) => SMALL.filter(admitted);

function valuesOf(told: Tried): number[] {
  if (typeof told === 'number') return [told];
  const [least, most] = told === 'few' ? [1, 4] : [5, LARGEST];
  return Array.from({ length: most - least + 1 }, (_, index) => least + index);
}

/** All that some counts can add up to. */
function sumsOf(parts: Iterable<number>[]): Set<number> {
  let sums = new Set([0]);
  for (const part of parts) sums = new Set([...sums].flatMap((sum) => [...part].map((each) => sum + each)).filter((sum) => sum <= LARGEST));
  return sums;
}

/** Whether some published counts can all be so, by everything that a reader knows of how they add up. */
function admits(
  told: Record<'raised' | 'decided' | 'ended' | 'undecided' | 'overdue', Tried>,
  agencies: Tried[],
  outcomes: Tried[],
): boolean {
  const byOutcome = sumsOf(outcomes.map(valuesOf));
  const decided = valuesOf(told.decided).filter((count) => outcomes.length === 0 || byOutcome.has(count));
  const byStanding = sumsOf([decided, valuesOf(told.ended), valuesOf(told.undecided)]);
  const byAgency = sumsOf(agencies.map(valuesOf));
  const [leastOverdue = 0] = valuesOf(told.overdue);
  return valuesOf(told.raised).some((count) => byStanding.has(count) && byAgency.has(count) && count >= leastOverdue);
}

const MONDAY = Temporal.Instant.from('2027-03-01T00:00:00Z');
const before = '2027-02-26T10:00:00Z';

type Told = { agency?: string; outcome?: string; days?: number; overdue?: boolean; ended?: boolean };

const facts = (times: number, { agency = 'health', outcome, days = 5, overdue = false, ended = false }: Told): CaseFacts[] =>
  Array.from({ length: times }, () => ({
    about: 'dissent',
    agency,
    decision: outcome === undefined ? null : { title: outcome, days, at: before },
    endedAt: ended ? before : null,
    lateFrom: overdue ? before : null,
  }));

describe('a quarter in figures', () => {
  test('Part E: number, agency, days taken, upheld share and overdue, the most frequent first', () => {
    const cases = [
      ...facts(6, { agency: 'health', outcome: 'Not upheld', days: 7 }),
      ...facts(8, { agency: 'school', outcome: 'Upheld', days: 12, overdue: true }),
      ...facts(6, { agency: 'school' }),
    ];
    const figures = figuresOf(cases, MONDAY);
    expect(figures).toEqual({
      raised: 20,
      decided: 14,
      ended: 0,
      undecided: 6,
      overdue: 8,
      overdueShare: 40,
      byAgency: [
        { agency: 'school', count: 14 },
        { agency: 'health', count: 6 },
      ],
      byOutcome: [
        { title: 'Upheld', count: 8, share: 57 },
        { title: 'Not upheld', count: 6, share: 43 },
      ],
      medianDays: 12,
    });
  });

  test('nothing but their being few is told of fewer than five dissents', () => {
    const figures = figuresOf(facts(4, { outcome: 'Upheld', days: 3, overdue: true }), MONDAY);
    expect(figures).toMatchObject({ raised: 'few', byAgency: [], byOutcome: [], overdueShare: null, medianDays: null });
    expect(JSON.stringify(figures)).not.toMatch(/[1-4]|health|Upheld/);
  });

  test('no share and no days are told of fewer than five decisions', () => {
    const figures = figuresOf([...facts(3, { outcome: 'Upheld', days: 9 }), ...facts(20, {})], MONDAY);
    expect(figures).toMatchObject({ decided: 'few', byOutcome: [], medianDays: null });
    expect(figures.raised === 23 && figures.undecided === 20).toBe(false);
  });

  test('a quarter with nothing in it says so', () => {
    expect(figuresOf([], MONDAY)).toMatchObject({ raised: 0, decided: 0, overdue: 0, overdueShare: null, medianDays: null });
  });

  test('corner 13: no median beside a count of late ones that is too small to tell, since it would narrow that', () => {
    const cases = [
      ...facts(4, { outcome: 'Upheld', days: 15, overdue: true }),
      ...facts(8, { outcome: 'Upheld', days: 3 }),
      ...facts(9, {}),
    ];
    expect(figuresOf(cases, MONDAY)).toMatchObject({ decided: 12, overdue: 'few', medianDays: null });
  });

  test('corner 13: what came after the week that is counted is not in it yet', () => {
    const cases = [...facts(5, { outcome: 'Upheld', days: 9, overdue: true }), ...facts(5, {})];
    const week = (asAt: string) => figuresOf(cases, Temporal.Instant.from(asAt));
    expect(week('2027-02-22T00:00:00Z')).toMatchObject({ raised: 10, decided: 0, undecided: 10, overdue: 0 });
    expect(week('2027-03-01T00:00:00Z')).toMatchObject({ raised: 10, decided: 5, undecided: 5, overdue: 5 });
  });

  test('corner 25: what ended without a decision is told apart from what is still to be decided', () => {
    expect(figuresOf([...facts(7, { ended: true }), ...facts(6, {})], MONDAY)).toMatchObject({ raised: 13, ended: 7, undecided: 6 });
  });

  test('P1: complaints of families are not counted among dissents', () => {
    const complaints = facts(9, {}).map((each): CaseFacts => ({ ...each, about: 'complaint' }));
    expect(figuresOf([...complaints, ...facts(6, {})], MONDAY)).toMatchObject({ raised: 6, byAgency: [{ agency: 'health', count: 6 }] });
  });

  test('corner 13: whatever figures are published, each small count can be anything from 1 to 4 to whoever tries all that is possible', () => {
    const part = fc.constantFrom(0, 0, 1, 2, 3, 4, 5, 6, 7);
    const kinds = [
      { agency: 'health', outcome: 'Upheld' },
      { agency: 'school', outcome: 'Upheld', overdue: true },
      { agency: 'school', outcome: 'Not upheld' },
      { agency: 'health', ended: true },
      { agency: 'police', overdue: true },
      { agency: 'police' },
    ];
    alwaysHolds(
      fc.property(fc.tuple(...kinds.map(() => part)), (times) => {
        const { raised, decided, ended, undecided, overdue, byAgency, byOutcome, medianDays } = figuresOf(
          kinds.flatMap((kind, index) => facts(times[index] ?? 0, kind)),
          MONDAY,
        );
        if (typeof overdue !== 'number') expect(medianDays).toBeNull();
        if (raised === 'few') return;
        const told = { raised, decided, ended, undecided, overdue };
        const agencies = byAgency.map(({ count }) => count);
        const outcomes = byOutcome.map(({ count }) => count);
        for (const [name, count] of Object.entries(told))
          if (count === 'few')
            expect([name, triedOut((tried) => admits({ ...told, [name]: tried }, agencies, outcomes))]).toEqual([name, SMALL]);
        agencies.forEach((count, at) => {
          if (count === 'few') expect(triedOut((tried) => admits(told, agencies.with(at, tried), outcomes))).toEqual(SMALL);
        });
        outcomes.forEach((count, at) => {
          if (count === 'few') expect(triedOut((tried) => admits(told, agencies, outcomes.with(at, tried)))).toEqual(SMALL);
        });
      }),
      60,
    );
  });
});

describe('quarters', () => {
  test.each([
    ['2027 Q1', '2027-Q1'],
    ['2027-q1', '2027-Q1'],
    ['q3 2026', '2026-Q3'],
  ])('%s is read', (typed, code) => {
    const read = readQuarter(typed);
    expect(read && quarterCode(read)).toBe(code);
  });
  test.each(['', '2027', '2027 Q5', 'last', '1027 q1'])('%j is not a quarter', (typed) => expect(readQuarter(typed)).toBeNull());

  test('one begins and ends at midnight in London, summer time included', () => {
    const { from, to } = spanOf({ year: 2027, number: 2 });
    expect([from.toString(), to.toString()]).toEqual(['2027-03-31T23:00:00Z', '2027-06-30T23:00:00Z']);
    expect(quarterOf(Temporal.PlainDate.from('2027-06-30'))).toEqual({ year: 2027, number: 2 });
    expect(sayQuarter(quarterAfter({ year: 2027, number: 1 }, -1))).toBe('October to December 2026');
  });
});

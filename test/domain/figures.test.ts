import { describe, expect, test } from '@jest/globals';
import { type CaseFacts, figuresOf } from '../../src/domain/figures.ts';
import { quarterAfter, quarterCode, quarterOf, readQuarter, sayQuarter, spanOf } from '../../src/domain/quarter.ts';
import { publish, type Sum } from '../../src/domain/suppression.ts';

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

const facts = (times: number, each: Partial<CaseFacts>): CaseFacts[] =>
  Array.from({ length: times }, () => ({ agency: 'health', outcome: null, days: null, overdue: false, ...each }));

describe('a quarter in figures', () => {
  test('Part E: number, agency, days taken, upheld share and overdue, the most frequent first', () => {
    const figures = figuresOf([
      ...facts(6, { agency: 'health', outcome: 'Not upheld', days: 7 }),
      ...facts(8, { agency: 'school', outcome: 'Upheld', days: 12, overdue: true }),
      ...facts(6, { agency: 'school' }),
    ]);
    expect(figures).toEqual({
      raised: 20,
      decided: 14,
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
      days: { median: 12, longest: 12 },
    });
  });

  test('nothing but their being few is told of fewer than five dissents', () => {
    const figures = figuresOf(facts(4, { outcome: 'Upheld', days: 3, overdue: true }));
    expect(figures).toMatchObject({ raised: 'few', byAgency: [], byOutcome: [], overdueShare: null, days: null });
    expect(JSON.stringify(figures)).not.toMatch(/[1-4]|health|Upheld/);
  });

  test('no share and no days are told of fewer than five decisions', () => {
    const figures = figuresOf([...facts(3, { outcome: 'Upheld', days: 9 }), ...facts(20, {})]);
    expect(figures).toMatchObject({ decided: 'few', byOutcome: [], days: null });
    expect(figures.raised === 23 && figures.undecided === 20).toBe(false);
  });

  test('a quarter with nothing in it says so', () => {
    expect(figuresOf([])).toMatchObject({ raised: 0, decided: 0, overdue: 0, overdueShare: null, days: null });
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

/** What may be told of a count: itself, that it is from 1 to 4 (`few`), or nothing beyond that it is not (`withheld`). */
export type Published = number | 'few' | 'withheld';

/** A count that others add up to. */
export type Sum = { total: string; parts: string[] };

/** Counts from 1 to this are about too few people to be told. */
const FEW = 4;

type Range = { least: number; most: number };

/**
 * Counts as they may be told to somebody who must not learn of a person (Part E). Every count from 1 to 4 is `few`, and so
 * many others are `withheld`, the smallest first, that nobody can work out more about a `few` by adding and taking away.
 * No total of `sums` may itself be from 1 to 4: what adds up to so few is not to be told part by part.
 */
export function publish(counts: Record<string, number>, sums: Sum[]): Record<string, Published> {
  const isFew = (name: string) => between(counts[name] ?? 0, 1, FEW);
  const few = Object.keys(counts).filter(isFew);
  const withheld = new Set<string>();
  for (;;) {
    const ranges = workedOut(startingRanges(counts, withheld), sums);
    const exposed = few.find((name) => ranges[name]?.least !== 1 || ranges[name].most !== FEW);
    const next = exposed === undefined ? undefined : nextToWithhold(exposed, counts, withheld, sums);
    if (next === undefined) break;
    withheld.add(next);
  }
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, isFew(name) ? 'few' : withheld.has(name) ? 'withheld' : count]),
  );
}

/** What is plain from each count as it is told by itself. */
function startingRanges(counts: Record<string, number>, withheld: Set<string>): Record<string, Range> {
  const range = (name: string, count: number): Range => {
    if (withheld.has(name)) return { least: FEW + 1, most: Number.POSITIVE_INFINITY };
    return between(count, 1, FEW) ? { least: 1, most: FEW } : { least: count, most: count };
  };
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, range(name, count)]));
}

/** What a patient reader can work out: each sum narrows its total and its parts, until nothing gets narrower. */
function workedOut(start: Record<string, Range>, sums: Sum[]): Record<string, Range> {
  const ranges = { ...start };
  const get = (name: string): Range => ranges[name] ?? { least: 0, most: 0 };
  let narrower = true;
  const narrow = (name: string, least: number, most: number) => {
    const before = get(name);
    const after = { least: Math.max(before.least, least), most: Math.min(before.most, most) };
    if (after.least === before.least && after.most === before.most) return;
    ranges[name] = after;
    narrower = true;
  };
  while (narrower) {
    narrower = false;
    for (const { total, parts } of sums) {
      const sum = (names: string[], end: keyof Range) => names.reduce((all, name) => all + get(name)[end], 0);
      narrow(total, sum(parts, 'least'), sum(parts, 'most'));
      for (const part of parts) {
        const others = parts.filter((name) => name !== part);
        narrow(part, get(total).least - sum(others, 'most'), get(total).most - sum(others, 'least'));
      }
    }
  }
  return ranges;
}

/** The smallest count that may be told so far and stands in a sum with the exposed one, or failing that anywhere. */
function nextToWithhold(exposed: string, counts: Record<string, number>, withheld: Set<string>, sums: Sum[]): string | undefined {
  const beside = sums.map(({ total, parts }) => [...parts, total]).filter((names) => names.includes(exposed));
  const smallest = (names: string[]) =>
    names
      .filter((name) => (counts[name] ?? 0) > FEW && !withheld.has(name))
      .toSorted((one, other) => (counts[one] ?? 0) - (counts[other] ?? 0))[0];
  return smallest(beside.flat()) ?? smallest(Object.keys(counts));
}

const between = (count: number, least: number, most: number) => count >= least && count <= most;

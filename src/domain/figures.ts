import type { Case } from './case.ts';
import { dateOf } from './londonTime.ts';
import { type Procedure, writingStage } from './procedure.ts';
import { type Published, publish, type Sum } from './suppression.ts';
import { timeLimitsOfStage } from './timeLimits.ts';
import { type Calendar, workingDaysAfter } from './workingDays.ts';

/** What one case adds to the figures; nothing of who or about whom. */
export type CaseFacts = {
  /** Null until the chair has confirmed whom the dissenter represents. */
  agency: string | null;
  /** The first decision's title, or null where nothing has been decided. */
  outcome: string | null;
  /** Working days from the conference to the first decision. */
  days: number | null;
  /** Whether a decision or the professional's letter came after its time limit, or has passed it while the case is open (C16, S13). */
  overdue: boolean;
};

/** A quarter's figures, as they may be told (requirements Part E): small counts are not, nor what would give them away. */
export type Figures = {
  raised: Published;
  decided: Published;
  undecided: Published;
  overdue: Published;
  /** In whole per cent of those raised; null where it would give a count away. */
  overdueShare: number | null;
  byAgency: { agency: string | null; count: Published }[];
  /** The most frequent first; empty while too few are decided. `share` is in whole per cent of those decided. */
  byOutcome: { title: string; count: Published; share: number | null }[];
  /** Working days from the conference to the first decision; null while too few are decided. */
  days: { median: number; longest: number } | null;
};

/** So many have to be counted together before anything is said of them. */
const ENOUGH = 5;

/** What a case adds to the figures, judged at `now`. Lateness is that of a time limit, never of a local target. */
export function factsOf(current: Case, procedure: Procedure, calendar: Calendar, now: Temporal.Instant): CaseFacts {
  const decisions = Object.entries(current.decisions).toSorted(([, one], [, other]) => Temporal.Instant.compare(one.at, other.at));
  const [first] = decisions;
  const stage = first && procedure.stages[first[0]];
  const title = stage?.kind === 'decide' ? stage.outcomes[first?.[1].outcome ?? '']?.title : undefined;
  const conference = Temporal.PlainDate.from(current.dissent.conference.date);
  const judged = new Set([...decisions.map(([name]) => name), ...awaited(current, procedure)]);
  return {
    agency: current.dissent.agency,
    outcome: first ? (title ?? first[1].outcome) : null,
    days: first ? workingDaysAfter(calendar, conference, dateOf(first[1].at)) : null,
    overdue:
      (current.letter?.lateBy ?? 0) > 0 ||
      [...judged].some((name) =>
        timeLimitsOfStage(current, procedure, name, calendar, now).some(({ kind, overdueBy }) => kind === 'time limit' && overdueBy > 0),
      ),
  };
}

/**
 * What an open case waits for: the letter that is to be written now, and the decision of the stage it is at, or before anything is decided
 * the procedure's first.
 */
function awaited(current: Case, procedure: Procedure): string[] {
  if (current.status === 'closed') return [];
  const letter = writingStage(procedure, current);
  const deciding = Object.entries(procedure.stages).flatMap(([name, { kind }]) => (kind === 'decide' ? [name] : []));
  if (deciding.includes(current.stage)) return [current.stage];
  const first = Object.keys(current.decisions).length === 0 ? deciding.slice(0, 1) : [];
  return letter === null ? first : [...first, letter];
}

/** The figures of some cases. Fewer than five are only counted as few, and nothing more is told of them. */
export function figuresOf(facts: CaseFacts[]): Figures {
  const days = facts.flatMap((each) => each.days ?? []).toSorted((one, other) => one - other);
  const agencies = tally(facts.map(({ agency }) => agency));
  const outcomes = tally(facts.flatMap(({ outcome }) => outcome ?? []));
  const decided = days.length;
  const overdue = facts.filter((each) => each.overdue).length;
  const tellsAll = facts.length >= ENOUGH || facts.length === 0;
  const tellsOutcomes = decided >= ENOUGH;

  const named = <T>(kind: string, counted: { of: T; count: number }[]) =>
    counted.map(({ count }, index) => ({ name: `${kind} ${index}`, count }));
  const [agencyCounts, outcomeCounts] = [named('agency', agencies), tellsOutcomes ? named('outcome', outcomes) : []];
  const counts: Record<string, number> = tellsAll
    ? {
        raised: facts.length,
        decided,
        undecided: facts.length - decided,
        overdue,
        'not overdue': facts.length - overdue,
        ...Object.fromEntries([...agencyCounts, ...outcomeCounts].map(({ name, count }) => [name, count])),
      }
    : {};
  const sums: Sum[] = [
    { total: 'raised', parts: ['decided', 'undecided'] },
    { total: 'raised', parts: ['overdue', 'not overdue'] },
    { total: 'raised', parts: agencyCounts.map(({ name }) => name) },
    ...(tellsOutcomes ? [{ total: 'decided', parts: outcomeCounts.map(({ name }) => name) }] : []),
  ];
  const published = tellsAll ? publish(counts, sums) : {};
  const told = (name: string): Published => published[name] ?? 'withheld';
  return {
    raised: tellsAll ? told('raised') : 'few',
    decided: told('decided'),
    undecided: told('undecided'),
    overdue: told('overdue'),
    overdueShare: share(told('overdue'), told('raised')),
    byAgency: tellsAll ? agencies.map(({ of }, index) => ({ agency: of, count: told(`agency ${index}`) })) : [],
    byOutcome: outcomeCounts.map(({ name }, index) => ({
      title: outcomes[index]?.of ?? '',
      count: told(name),
      share: share(told(name), told('decided')),
    })),
    days: tellsOutcomes ? { median: middle(days), longest: days.at(-1) ?? 0 } : null,
  };
}

/** How often each thing is there, the most frequent first. */
function tally<T extends string | null>(things: T[]): { of: T; count: number }[] {
  const counts = new Map<T, number>();
  for (const each of things) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].map(([of, count]) => ({ of, count })).toSorted((one, other) => other.count - one.count || order(one.of, other.of));
}

const order = (one: string | null, other: string | null) => (one ?? '').localeCompare(other ?? '', 'en-GB');

function share(part: Published, whole: Published): number | null {
  return typeof part === 'number' && typeof whole === 'number' && whole > 0 ? Math.round((100 * part) / whole) : null;
}

/** The median of numbers in order: the middle one, or half-way between the middle two. */
function middle(sorted: number[]): number {
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0];
  return (low + high) / 2;
}

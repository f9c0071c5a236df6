import { type Case, forFamily } from './case.ts';
import { dateOf } from './londonTime.ts';
import { stageOfKind, stagesOfKind, titleOf } from './procedure.ts';
import type { Procedure } from './procedureShape.ts';
import { writingStage } from './stages/stages.ts';
import { type Published, publish, type Sum } from './suppression.ts';
import { timeLimitsOfStage } from './timeLimits.ts';
import { type Calendar, workingDaysAfter } from './workingDays.ts';

/**
 * What one case adds to the figures; nothing of who or about whom. Instants are ISO in UTC: each is there once it is past, so that the same
 * facts tell how a case stood at any moment.
 */
export type CaseFacts = {
  /** Only dissents are counted; a family's complaint is not one (P1). */
  about: 'dissent' | 'complaint';
  /** Null until the chair has confirmed whom the dissenter represents. */
  agency: string | null;
  /** The first decision: its title, its working days from the conference, and when it was made. */
  decision: { title: string; days: number; at: string } | null;
  /** When it closed with nothing decided: withdrawn, resolved, or for the record only. */
  endedAt: string | null;
  /** From when a decision or the professional's letter is late, by its time limit; null where neither is, nor can still be (C16, S13). */
  lateFrom: string | null;
};

/** A quarter's figures, as they may be told (Part E): small counts are not, nor what would give them away. */
export type Figures = {
  raised: Published;
  decided: Published;
  /** Closed with nothing decided: withdrawn, resolved, or for the record only. */
  ended: Published;
  undecided: Published;
  overdue: Published;
  /** In whole per cent of those raised; null where it would give a count away. */
  overdueShare: number | null;
  byAgency: { agency: string | null; count: Published }[];
  /** The most frequent first; empty while too few are decided. `share` is in whole per cent of those decided. */
  byOutcome: { title: string; count: Published; share: number | null }[];
  /**
   * The median of the working days from the conference to the first decision. Null while too few are decided, and while it is not told how
   * many are late: half of the decisions took longer, which would narrow how many those are.
   */
  medianDays: number | null;
};

/** So many have to be counted together before anything is said of them. */
const ENOUGH = 5;

/** What a case adds to the figures. Lateness is that of a time limit, never of a local target. */
export function factsOf(current: Case, procedure: Procedure, calendar: Calendar): CaseFacts {
  const decisions = Object.entries(current.decisions).toSorted(([, one], [, other]) => Temporal.Instant.compare(one.at, other.at));
  const [first] = decisions;
  const conference = Temporal.PlainDate.from(current.dissent.conference.date);
  const lateFrom = (name: string) =>
    timeLimitsOfStage(current, procedure, name, calendar, Temporal.Instant.from(current.raisedAt))
      .filter(({ kind }) => kind === 'time limit')
      .map((limit) => limit.lateFrom);
  const decidedLate = decisions.flatMap(([name, { at }]) => lateFrom(name).filter((from) => Temporal.Instant.compare(from, at) <= 0));
  const letterLate = current.letter && current.letter.lateBy > 0 ? [current.letter.at] : [];
  const [earliest = null] = [...decidedLate, ...letterLate, ...awaited(current, procedure).flatMap(lateFrom)].toSorted(
    Temporal.Instant.compare,
  );
  return {
    about: forFamily(current.dissent) ? 'complaint' : 'dissent',
    agency: current.dissent.agency,
    decision: first
      ? {
          title: titleOf(stageOfKind(procedure, first[0], 'decide')?.outcomes ?? {}, first[1].outcome),
          days: first[1].kept.day ?? workingDaysAfter(calendar, conference, dateOf(first[1].at)),
          at: first[1].at,
        }
      : null,
    endedAt: first ? null : current.closedAt,
    lateFrom: earliest,
  };
}

/**
 * What an open case waits for: the letter that is to be written now, and the decision of the stage it is at, or before anything is decided
 * the procedure's first.
 */
function awaited(current: Case, procedure: Procedure): string[] {
  if (current.status === 'closed') return [];
  const letter = writingStage(procedure, current);
  const deciding = stagesOfKind(procedure, 'decide').map(([name]) => name);
  if (deciding.includes(current.stage)) return [current.stage];
  const first = Object.keys(current.decisions).length === 0 ? deciding.slice(0, 1) : [];
  return letter === null ? first : [...first, letter];
}

/** The figures of some cases' dissents, as they stood at an instant. Fewer than five are only counted as few, and nothing more is told of them. */
export function figuresOf(cases: CaseFacts[], asAt: Temporal.Instant): Figures {
  const past = (instant: string | null) => instant !== null && Temporal.Instant.compare(instant, asAt) <= 0;
  const facts = cases.filter(({ about }) => about === 'dissent');
  const decisions = facts.flatMap(({ decision }) => (decision && past(decision.at) ? [decision] : []));
  const days = decisions.map((each) => each.days).toSorted((one, other) => one - other);
  const agencies = tally(facts.map(({ agency }) => agency));
  const outcomes = tally(decisions.map(({ title }) => title));
  const decided = decisions.length;
  const ended = facts.filter(({ endedAt }) => past(endedAt)).length;
  const overdue = facts.filter(({ lateFrom }) => past(lateFrom)).length;
  const tellsAll = facts.length >= ENOUGH || facts.length === 0;
  const tellsOutcomes = decided >= ENOUGH;

  const named = <T>(kind: string, counted: { of: T; count: number }[]) =>
    counted.map(({ count }, index) => ({ name: `${kind} ${index}`, count }));
  const [agencyCounts, outcomeCounts] = [named('agency', agencies), tellsOutcomes ? named('outcome', outcomes) : []];
  const counts: Record<string, number> = tellsAll
    ? {
        raised: facts.length,
        decided,
        ended,
        undecided: facts.length - decided - ended,
        overdue,
        'not overdue': facts.length - overdue,
        ...Object.fromEntries([...agencyCounts, ...outcomeCounts].map(({ name, count }) => [name, count])),
      }
    : {};
  const sums: Sum[] = [
    { total: 'raised', parts: ['decided', 'ended', 'undecided'] },
    { total: 'raised', parts: ['overdue', 'not overdue'] },
    { total: 'raised', parts: agencyCounts.map(({ name }) => name) },
    ...(tellsOutcomes ? [{ total: 'decided', parts: outcomeCounts.map(({ name }) => name) }] : []),
  ];
  const published = tellsAll ? publish(counts, sums) : {};
  const told = (name: string): Published => published[name] ?? 'withheld';
  return {
    raised: tellsAll ? told('raised') : 'few',
    decided: told('decided'),
    ended: told('ended'),
    undecided: told('undecided'),
    overdue: told('overdue'),
    overdueShare: share(told('overdue'), told('raised')),
    byAgency: tellsAll ? agencies.map(({ of }, index) => ({ agency: of, count: told(`agency ${index}`) })) : [],
    byOutcome: outcomeCounts.map(({ name }, index) => ({
      title: outcomes[index]?.of ?? '',
      count: told(name),
      share: share(told(name), told('decided')),
    })),
    medianDays: tellsOutcomes && typeof told('overdue') === 'number' ? middle(days) : null,
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

import { daysOf, type Pause, pausesAt, type Start, startOf } from './anchors.ts';
import type { Case } from './case.ts';
import { dateOf, endOf } from './londonTime.ts';
import { stageOf, stageOfKind } from './procedure.ts';
import type { Window } from './procedureParts.ts';
import type { Procedure } from './procedureShape.ts';
import { stageFacts, wayToDecision } from './stages/stages.ts';
import { type Calendar, type Count, countWorkingDays, workingDaysAfter } from './workingDays.ts';

/** A date that a case has to meet, with all that explains it (X12). */
export type TimeLimit = {
  stage: string;
  /** `time limit`: the procedure's own. `local target`: the partnership's wish. Neither is statutory. */
  kind: 'time limit' | 'local target';
  source: string;
  /** What it is counted from: `conference`, `raised`, `asked` or a stage; and its date. */
  from: string;
  /** What it is counted from in words, where that was in another case, which one conference serves too (X10). */
  elsewhere?: string;
  start: string;
  within: number;
  unit: Window['unit'];
  /** The last day. It is in time until 23:59:59 in London (Q4). */
  due: string;
  /** The first instant that is late. */
  lateFrom: string;
  /** Days counted and days skipped, with their names; empty for hours. */
  count: Pick<Count, 'counted' | 'skipped'>;
  /** Which working day today is, counted from the start; 0 on the day itself (Q3). */
  today: number;
  /** Whole working days past the due date; 0 while it is in time, and at least 1 as soon as it is late. */
  overdueBy: number;
  /** Set when the date lands beyond the calendar's known holidays. */
  beyondCoverage: boolean;
};

/** Why a day on which the clock stood still is not counted. */
const WAITED = 'waiting for an answer';

/**
 * The due date of one window counted from a start, judged at `now`; null when the procedure sets no limit (S24).
 * The day of the start is day 0 (Q3). Days on which the clock stood still are passed over (Q13).
 */
export function dueIn(
  window: Window,
  start: Start,
  stage: string,
  kind: TimeLimit['kind'],
  known: Calendar,
  now: Temporal.Instant,
  paused: Pause[] = [],
): TimeLimit | null {
  const { within, unit, from, source } = window;
  if (within === null) return null;
  const days = daysOf(paused);
  const calendar =
    days.length === 0 ? known : { ...known, holidays: new Map([...known.holidays, ...days.map((day) => [day, WAITED] as const)]) };
  const count = countWorkingDays(calendar, start.date, unit === 'working-days' ? within : 0);
  const lasts = { 'working-days': () => count.due, 'calendar-days': () => plus({ days: within }), months: () => plus({ months: within }) };
  const plus = (span: Temporal.DurationLike) =>
    days.reduce(
      (last, day) => (start.date.toString() < day && day <= last.toString() ? last.add({ days: 1 }) : last),
      start.date.add(span),
    );
  const ends = paused.reduce(
    (end, { from: begun, to }) => (Temporal.Instant.compare(begun, end) < 0 ? end.add(begun.until(to)) : end),
    start.instant.add({ hours: unit === 'hours' ? within : 0 }),
  );
  const due = unit === 'hours' ? dateOf(ends.subtract({ nanoseconds: 1 })) : lasts[unit]();
  const lateFrom = unit === 'hours' ? ends : endOf(due);
  const today = dateOf(now);
  const late = Temporal.Instant.compare(now, lateFrom) >= 0;
  return {
    stage,
    kind,
    source,
    from,
    start: start.date.toString(),
    within,
    unit,
    due: due.toString(),
    lateFrom: lateFrom.toString(),
    count: { counted: count.counted, skipped: count.skipped },
    today: workingDaysAfter(calendar, start.date, today),
    overdueBy: late ? Math.max(1, workingDaysAfter(calendar, due, today)) : 0,
    beyondCoverage: due.toString() > calendar.coveredUntil,
  };
}

/**
 * Every date that the case's present stage has to meet: its time limit, its local target, both or neither; and at a conference that
 * serves other cases too, theirs, as {@link timeLimitsTogether} has it.
 * How long anybody's questions took makes no difference, but where the procedure stops the clock meanwhile (Q13).
 */
export function timeLimitsOf(current: Case, procedure: Procedure, calendar: Calendar, now: Temporal.Instant): TimeLimit[] {
  if (current.status === 'closed') return [];
  return timeLimitsTogether(current, procedure, current.stage, calendar, now);
}

/**
 * As {@link timeLimitsOfStage}; but of a stage at which a conference meets that serves several cases, the earliest time limit and the
 * earliest local target of them all, since it has to meet every one (X10, Q26).
 */
export function timeLimitsTogether(
  current: Case,
  procedure: Procedure,
  stage: string,
  calendar: Calendar,
  now: Temporal.Instant,
): TimeLimit[] {
  const own = timeLimitsOfStage(current, procedure, stage, calendar, now);
  if (!stageOfKind(procedure, stage, 'reconvene')) return own;
  const judgedAt = judgedAtOf(current, procedure, stage) ?? now;
  const brought = current.guests.flatMap(({ windows }) =>
    windows.flatMap(({ kind, window, start: { date, instant }, countedFrom }) => {
      const start = { date: Temporal.PlainDate.from(date), instant: Temporal.Instant.from(instant) };
      const due = dueIn(window, start, stage, kind, calendar, judgedAt);
      return due ? [{ ...due, elsewhere: countedFrom }] : [];
    }),
  );
  const all = [...own, ...brought].toSorted((one, other) => one.due.localeCompare(other.due));
  return (['time limit', 'local target'] as const).flatMap((wanted) => all.find(({ kind }) => kind === wanted) ?? []);
}

/**
 * As {@link timeLimitsOf}, for a stage of the procedure whether or not the case is at it; empty if its start has not happened.
 * A stage that is over is judged by the moment it ended, one at which somebody writes by the moment they wrote (S13), and a conference by
 * the day on which it was held; once that was kept, it stands whatever becomes of the calendar (CD10).
 */
export function timeLimitsOfStage(
  current: Case,
  procedure: Procedure,
  stage: string,
  calendar: Calendar,
  now: Temporal.Instant,
): TimeLimit[] {
  const definition = stageOf(procedure, stage);
  const judgedAt = judgedAtOf(current, procedure, stage) ?? now;
  const windows = [
    { window: definition.limit, kind: 'time limit' as const },
    { window: definition.target, kind: 'local target' as const },
  ];
  const paused = pausesAt(current, procedure, stage, judgedAt);
  return windows.flatMap(({ window, kind }) => {
    if (!window) return [];
    const kept = current.dates.find((each) => each.stage === stage && each.kind === kind && each.judged);
    const start = (from: string) => startOf(current, from);
    const due = dueOf(window, start, stage, kind, calendar, judgedAt, paused, kept?.due);
    const began = due && start(due.from);
    if (!due || !began) return [];
    return judgedBefore(current, { ...window, within: due.within, unit: due.unit, from: due.from }, began, stage, kind) ?? due;
  });
}

/**
 * As {@link dueIn}, of a window that may have another beside it: the earlier or the later of the two, as far as they have begun; or of both
 * the one that came to the date `known`. Null where nothing has begun, or no limit is set.
 */
export function dueOf(
  window: Window,
  startOf: (from: string) => Start | null,
  stage: string,
  kind: TimeLimit['kind'],
  calendar: Calendar,
  now: Temporal.Instant,
  paused: Pause[] = [],
  known?: string,
): TimeLimit | null {
  const begun = bothOf(window).flatMap((each) => {
    const start = startOf(each.from);
    return (start && dueIn(each, start, stage, kind, calendar, now, paused)) ?? [];
  });
  const later = window.or?.whichever === 'later';
  const inOrder = begun.toSorted((one, other) => (later ? -1 : 1) * Temporal.Instant.compare(one.lateFrom, other.lateFrom));
  return inOrder.find(({ due }) => due === known) ?? inOrder[0] ?? null;
}

/** A window and the one of which the earlier or the later counts beside it, each as a window of its own. */
export function bothOf({ or, ...window }: Window): Window[] {
  if (!or) return [window];
  const { whichever: _, ...other } = or;
  return [window, { ...window, ...other }];
}

/** The moment at which the work of a stage was done, by which it is judged; null while it runs, or lies ahead. */
export function judgedAtOf(current: Case, procedure: Procedure, name: string): Temporal.Instant | null {
  const over = stageFacts(stageOf(procedure, name)).doneAhead(current) ?? current.finished[name];
  return over === undefined ? null : Temporal.Instant.from(over);
}

/** The date by which a stage that is over was judged, as it was kept then; null where it was not, or it still runs. */
function judgedBefore({ dates }: Case, { within, unit, from, source }: Window, start: Start, stage: string, kind: TimeLimit['kind']) {
  const kept = dates.find((each) => each.stage === stage && each.kind === kind);
  if (!kept?.judged || within === null) return null;
  const { due, lateFrom, counted, skipped, judged } = kept;
  const limit: TimeLimit = {
    stage,
    kind,
    source,
    from,
    start: start.date.toString(),
    within,
    unit,
    due,
    lateFrom,
    count: { counted, skipped },
    today: judged.day,
    overdueBy: judged.overdueBy,
    beyondCoverage: false,
  };
  return limit;
}

/**
 * The time limits that run already of what is still to come before anything is decided: the days for a decision are counted from the
 * conference, and those for the professional's letter from the meeting, while the chair has yet to record (C16, S13).
 */
export function timeLimitsAhead(current: Case, procedure: Procedure, calendar: Calendar, now: Temporal.Instant): TimeLimit[] {
  if (current.status === 'closed') return [];
  const ahead = wayToDecision(procedure, current).slice(1);
  const undone = ahead.filter((name) => stageFacts(stageOf(procedure, name)).doneAhead(current) === null);
  const limits = undone.flatMap((name) => timeLimitsOfStage(current, procedure, name, calendar, now));
  return limits.filter(({ kind }) => kind === 'time limit');
}

/** Of some dates the one that counts most: a time limit, or else a local target; null where there is neither (S24). */
export function limitOrTarget<T extends Pick<TimeLimit, 'kind'>>(limits: T[]): T | null {
  return limits.find(({ kind }) => kind === 'time limit') ?? limits[0] ?? null;
}

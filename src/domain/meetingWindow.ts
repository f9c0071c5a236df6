import { startOf } from './anchors.ts';
import { currentBooking, dayOf } from './bookings.ts';
import type { Case } from './case.ts';
import { dateOf } from './londonTime.ts';
import { stagesOfKind } from './procedure.ts';
import type { ReconveneStage } from './procedureParts.ts';
import type { Procedure } from './procedureShape.ts';
import { type TimeLimit, timeLimitsOfStage, timeLimitsTogether } from './timeLimits.ts';
import { type Calendar, countWorkingDays } from './workingDays.ts';

/**
 * The dates a reconvened conference has to meet: the last day, and the earlier target where there is one (C21, Q2). Where it serves
 * several cases, the earliest of each kind (X10, Q26). `stage` is the present one, or another that meets or has met.
 */
export function meetingWindow(
  current: Case,
  procedure: Procedure,
  calendar: Calendar,
  now: Temporal.Instant,
  stage = current.stage,
): { limit: TimeLimit | null; target: TimeLimit | null } {
  const limits = timeLimitsTogether(current, procedure, stage, calendar, now);
  const of = (wanted: TimeLimit['kind']) => limits.find(({ kind }) => kind === wanted) ?? null;
  return { limit: of('time limit'), target: of('local target') };
}

/**
 * The case's own time limit, where its conference is booked for a later day or was held on one, and nobody on the case has said why (C21);
 * else null. Each of several cases that it serves answers for its own (X10).
 */
export function latenessToExplain(current: Case, procedure: Procedure, calendar: Calendar, now: Temporal.Instant): TimeLimit | null {
  const booking = currentBooking(current);
  if (!booking || booking.reason !== null || booking.explained !== undefined || booking.heldBecause !== undefined) return null;
  const met = stagesOfKind(procedure, 'reconvene').find(([name]) => name === current.stage || current.finished[name] !== undefined);
  const limits = met ? timeLimitsOfStage(current, procedure, met[0], calendar, now) : [];
  return limits.find(({ kind, due }) => kind === 'time limit' && dayOf(booking) > due) ?? null;
}

/** Day 0 of the window: what its limit is counted from, or the day the stage began where there is no limit. */
export function windowStart(current: Case, stage: ReconveneStage): Temporal.PlainDate {
  const from = stage.limit?.from;
  const start = from === undefined ? null : startOf(current, from);
  return start?.date ?? dateOf(Object.values(current.finished).toSorted().at(-1) ?? current.raisedAt);
}

/**
 * The first day on which a time is offered: after the notice that the procedure gives, which may be none; where that would pass the limit
 * the next working day, and where that would too, today. Where the limit has passed, nothing is.
 */
export function firstDayOffered(
  { notice }: Pick<ReconveneStage, 'notice'>,
  calendar: Calendar,
  today: Temporal.PlainDate,
  limit: Pick<TimeLimit, 'due'> | null,
): Temporal.PlainDate {
  const days = [notice, Math.min(notice, 1), 0].map((wait) => countWorkingDays(calendar, today, wait).due);
  return days.find((day) => limit === null || day.toString() <= limit.due) ?? today;
}

import type { Case } from './case.ts';
import type { CaseEvent } from './events/events.ts';
import type { KeptDate } from './events/trail.ts';
import type { Procedure } from './procedureShape.ts';
import { judgedAtOf, type TimeLimit, timeLimitsAhead, timeLimitsOfStage } from './timeLimits.ts';
import type { Calendar } from './workingDays.ts';

/** What a case keeps of its dates as a calendar gave them, so that another calendar changes no judgement and no date unseen (CD10). */

/**
 * The dates to keep with what has just happened: those by which a stage that is over now was judged, once and for all; and those that run,
 * once, or all of them where it is recorded that they moved.
 */
export function datesToKeep(after: Case, procedure: Procedure, calendar: Calendar, now: Temporal.Instant, recounted: boolean): KeptDate[] {
  const over = Object.keys(procedure.stages).filter((name) => judgedAtOf(after, procedure, name) !== null);
  const judged = over.flatMap((name) => timeLimitsOfStage(after, procedure, name, calendar, now)).map((limit) => keptOf(limit, true));
  const running = runningDates(after, procedure, calendar, now).map((limit) => keptOf(limit, false));
  const known = (one: KeptDate) => after.dates.find((each) => isOf(each, one));
  return [
    ...judged.filter((each) => !known(each)?.judged),
    ...running.filter((each) => (recounted ? known(each)?.due !== each.due : !known(each))),
  ];
}

/** The dates of an open case that a calendar gives otherwise today than was last recorded: what the bot then records (CD10). */
export function datesMoved(
  current: Case,
  procedure: Procedure,
  calendar: Calendar,
  now: Temporal.Instant,
): Extract<CaseEvent, { type: 'DateMoved' }>[] {
  return runningDates(current, procedure, calendar, now).flatMap((limit) => {
    const { stage, kind, due: to } = limit;
    const before = current.dates.find((each) => isOf(each, limit) && !each.judged);
    return before && before.due !== to ? [{ type: 'DateMoved' as const, stage, kind, from: before.due, to }] : [];
  });
}

/** The moves of dates that still run, the last of each: what those on an open case are told (CD10). */
export function movesToTell({ status, moved, dates }: Pick<Case, 'status' | 'moved' | 'dates'>): Case['moved'] {
  const runs = (one: Case['moved'][number]) => dates.some((each) => isOf(each, one) && !each.judged);
  const last = moved.filter((one, index) => !moved.slice(index + 1).some((later) => isOf(later, one)));
  return status === 'open' ? last.filter(runs) : [];
}

/** The dates that an open case has to meet, now and by a count that runs already. */
function runningDates(current: Case, procedure: Procedure, calendar: Calendar, now: Temporal.Instant): TimeLimit[] {
  if (current.status === 'closed') return [];
  const own =
    judgedAtOf(current, procedure, current.stage) === null ? timeLimitsOfStage(current, procedure, current.stage, calendar, now) : [];
  return [...own, ...timeLimitsAhead(current, procedure, calendar, now)];
}

function keptOf({ stage, kind, due, lateFrom, count, today, overdueBy }: TimeLimit, judged: boolean): KeptDate {
  return { stage, kind, due, lateFrom, ...count, ...(judged ? { judged: { day: today, overdueBy } } : {}) };
}

const isOf = (one: Pick<KeptDate, 'stage' | 'kind'>, other: Pick<KeptDate, 'stage' | 'kind'>) =>
  one.stage === other.stage && one.kind === other.kind;

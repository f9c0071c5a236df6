import type { Case } from './case.ts';
import type { Span } from './events/meetingEvents.ts';
import { dateOf, LONDON, sayDate } from './londonTime.ts';
import { firstDayOffered, meetingWindow } from './meetingWindow.ts';
import { stageOfKind } from './procedure.ts';
import type { Procedure } from './procedureShape.ts';
import { type Calendar, isWorkingDay } from './workingDays.ts';

/**
 * In what a time falls short of one that the bot could offer (C21, CD14): it has gone, its day is not worked, it is outside the hours that
 * the procedure gives, it leaves people less notice than that, or it is after the last day.
 */
export type Shortfall = 'gone' | 'not worked' | 'hours' | 'notice' | 'limit';

/** What a time falls short in, judged as an offer would be at `now`; nothing where no conference meets again. Pure. */
export function shortfallsOf(
  { start, end }: Span,
  current: Case,
  procedure: Procedure,
  calendar: Calendar,
  now: Temporal.Instant,
): Shortfall[] {
  const stage = stageOfKind(procedure, current.stage, 'reconvene');
  if (!stage) return [];
  const [from, to] = [start, end].map((each) => Temporal.Instant.from(each).toZonedDateTimeISO(LONDON)) as [
    Temporal.ZonedDateTime,
    Temporal.ZonedDateTime,
  ];
  const day = dateOf(start);
  const clock = (time: Temporal.ZonedDateTime) => time.toPlainTime().toString({ smallestUnit: 'minute' });
  const { limit } = meetingWindow(current, procedure, calendar, now);
  const first = firstDayOffered(stage, calendar, dateOf(now), limit);
  const within = clock(from) >= stage.hours.from && clock(to) <= stage.hours.to && from.toPlainDate().equals(to.toPlainDate());
  const short: Record<Shortfall, boolean> = {
    gone: Temporal.Instant.compare(start, now) <= 0,
    'not worked': !isWorkingDay(calendar, day),
    hours: !within,
    notice: Temporal.PlainDate.compare(day, first) < 0,
    limit: limit !== null && day.toString() > limit.due,
  };
  return (Object.keys(short) as Shortfall[]).filter((each) => short[each]);
}

/** What is wrong with a time, in a few words each: "after the last day, Tue 9 Mar 2027". */
export function sayShortfalls(
  shortfalls: Shortfall[],
  current: Case,
  procedure: Procedure,
  calendar: Calendar,
  now: Temporal.Instant,
): string[] {
  const stage = stageOfKind(procedure, current.stage, 'reconvene');
  const { limit } = meetingWindow(current, procedure, calendar, now);
  const say: Record<Shortfall, string> = {
    gone: 'already past',
    'not worked': 'on a day that is not worked',
    hours: `outside the hours of ${stage?.hours.from} to ${stage?.hours.to}`,
    notice: `sooner than the ${stage?.notice} working days' notice that people are given`,
    limit: limit ? `after the last day, ${sayDate(limit.due)}` : 'after the last day',
  };
  // What has gone left nobody any notice.
  return shortfalls.filter((each) => each !== 'notice' || !shortfalls.includes('gone')).map((each) => say[each]);
}

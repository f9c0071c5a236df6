/** A calendar of working days: Monday to Friday, less its holidays. */
export type Calendar = {
  id: string;
  title: string;
  /** Every day that is not worked besides Saturdays and Sundays: ISO date to its name. */
  holidays: ReadonlyMap<string, string>;
  /** The last date whose holidays are known. */
  coveredUntil: string;
};

/** A count of working days with all that explains it (X12). Dates are ISO calendar dates. */
export type Count = {
  due: Temporal.PlainDate;
  /** The working days, in order: the first is day 1, the last is `due`. */
  counted: string[];
  /** The days passed over, each with a holiday's name or "Saturday" or "Sunday". */
  skipped: { date: string; why: string }[];
};

const SATURDAY = 6;
const SUNDAY = 7;
const WEEK = 7;
const WEEKDAYS = 5;

/** Why nobody works on that date: "Saturday", "Sunday" or the holiday's name; null on a working day. */
export function whyNotWorked(calendar: Calendar, date: Temporal.PlainDate): string | null {
  if (date.dayOfWeek === SATURDAY) return 'Saturday';
  if (date.dayOfWeek === SUNDAY) return 'Sunday';
  return calendar.holidays.get(date.toString()) ?? null;
}

/** Whether people work on that date: a weekday that is no holiday. */
export function isWorkingDay(calendar: Calendar, date: Temporal.PlainDate): boolean {
  return whyNotWorked(calendar, date) === null;
}

/**
 * The date that lies so many working days after a start, with the days counted and skipped on the way.
 * The start is day 0, whether or not it is a working day itself; the first working day after it is day 1 (Q3).
 * Past the calendar's `coveredUntil` only weekends are known, so the caller warns about a date that lands there.
 */
export function countWorkingDays(calendar: Calendar, start: Temporal.PlainDate, days: number): Count {
  const counted: string[] = [];
  const skipped: Count['skipped'] = [];
  let due = start;
  while (counted.length < days) {
    due = due.add({ days: 1 });
    const why = whyNotWorked(calendar, due);
    if (why === null) counted.push(due.toString());
    else skipped.push({ date: due.toString(), why });
  }
  return { due, counted, skipped };
}

/**
 * Which working day after a start a date is: how many working days follow the start, up to and including the date.
 * 0 on the start itself and on any date before it (Q3).
 */
export function workingDaysAfter(calendar: Calendar, start: Temporal.PlainDate, date: Temporal.PlainDate): number {
  const days = start.until(date, { largestUnit: 'days' }).days;
  if (days <= 0) return 0;
  // Every whole week has five weekdays; only what is left over, and the holidays between, have to be looked at.
  const over = Array.from({ length: days % WEEK }, (_, index) => ((start.dayOfWeek + index) % WEEK) + 1);
  const weekdays = Math.floor(days / WEEK) * WEEKDAYS + over.filter(isWeekday).length;
  const [first, last] = [start.toString(), date.toString()];
  const holidays = [...calendar.holidays.keys()].filter((day) => first < day && day <= last);
  return weekdays - holidays.filter((day) => isWeekday(Temporal.PlainDate.from(day).dayOfWeek)).length;
}

const isWeekday = (dayOfWeek: number) => dayOfWeek <= WEEKDAYS;

/** The one time zone of both sources: days begin and end in Europe/London, in Scotland too (Q4). */
export const LONDON = 'Europe/London';

/** The calendar date in London at an instant. */
export function dateOf(instant: Temporal.Instant | string): Temporal.PlainDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(LONDON).toPlainDate();
}

/** The first instant that is no longer on that date in London: a time limit on the date ends just before it (Q4). */
export function endOf(date: Temporal.PlainDate): Temporal.Instant {
  return date.add({ days: 1 }).toZonedDateTime(LONDON).toInstant();
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A date as people read it everywhere in the product: `Tue 26 Jan 2027`. */
export function sayDate(date: Temporal.PlainDate | string): string {
  const plain = Temporal.PlainDate.from(date);
  return `${WEEKDAYS[plain.dayOfWeek - 1]} ${plain.day} ${MONTHS[plain.month - 1]} ${plain.year}`;
}

/** A date as a letter has it: `4 February 2027`. */
export function sayDateInFull(date: Temporal.PlainDate | string): string {
  return Temporal.PlainDate.from(date).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}

/** An instant as people in London read it: `Tue 26 Jan 2027, 16:40`. */
export function sayInstant(instant: Temporal.Instant | string): string {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(LONDON);
  return `${sayDate(zoned.toPlainDate())}, ${zoned.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/** An instant, or the last one written down where a clock has gone back behind it: a trail's order in time is that of its rows. */
export function noEarlierThan(instant: Temporal.Instant, last: Temporal.Instant | string): Temporal.Instant {
  const before = Temporal.Instant.from(last);
  return Temporal.Instant.compare(instant, before) < 0 ? before : instant;
}

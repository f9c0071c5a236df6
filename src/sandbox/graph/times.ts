import type { DateTimeTimeZone } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { FieldsOf } from '../../graph/answers.ts';

/** Windows' name for London's time zone, which Outlook writes. */
const WINDOWS_ZONES: Record<string, string> = { 'GMT Standard Time': 'Europe/London' };

/** Graph's dateTimeTimeZone as an instant; a zone or time that does not exist is a fault of the field. */
export const dateTimeTimeZone = z
  .object({ dateTime: z.string(), timeZone: z.string().default('UTC') } satisfies FieldsOf<DateTimeTimeZone>)
  .transform(({ dateTime, timeZone }, context) => {
    try {
      return Temporal.PlainDateTime.from(dateTime.replace(/Z$/, ''))
        .toZonedDateTime(WINDOWS_ZONES[timeZone] ?? timeZone)
        .toInstant();
    } catch {
      context.addIssue({ code: 'custom', message: 'not a time in a time zone' });
      return z.NEVER;
    }
  });

/** An instant as Graph writes it when nobody prefers another zone: in UTC, to a tenth of a microsecond. */
export function shownTime(instant: Temporal.Instant | string): DateTimeTimeZone {
  return { dateTime: Temporal.Instant.from(instant).toString({ fractionalSecondDigits: 7 }).slice(0, -1), timeZone: 'UTC' };
}

/** Whether two spans of time share a moment; touching ends do not. */
export function overlap(
  a: { start: Temporal.Instant; end: Temporal.Instant },
  b: { start: Temporal.Instant; end: Temporal.Instant },
): boolean {
  return Temporal.Instant.compare(a.start, b.end) < 0 && Temporal.Instant.compare(b.start, a.end) < 0;
}

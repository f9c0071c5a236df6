import type { WorkingHours } from '@microsoft/microsoft-graph-types';
import { TimeZoneConverter } from 'adaptive-expressions';
import type { z } from 'zod';
import type { BusyTime } from '../app/calendars.ts';
import type { scheduleRow } from './answers.ts';

/** Graph's words for the days of the week, by the number that ISO 8601 gives them. */
const DAYS: string[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] satisfies WorkingHours['daysOfWeek'];

/**
 * The times from one instant to another at which somebody does not work, as `getSchedule` tells their working hours (OB8): `off`, in order
 * of time. None where it tells no hours, or in a zone that is nobody's, such as a customised one: nothing is then known of their hours.
 */
export function timesOff(hours: z.infer<typeof scheduleRow>['workingHours'], from: Temporal.Instant, to: Temporal.Instant): BusyTime[] {
  const zone = hours && zoneOf(hours.timeZone.name);
  if (!hours || !zone) return [];
  const days = hours.daysOfWeek.map((day) => DAYS.indexOf(day.toLowerCase()) + 1);
  const [startTime, endTime] = [hours.startTime, hours.endTime].map((time) => Temporal.PlainTime.from(time)) as [
    Temporal.PlainTime,
    Temporal.PlainTime,
  ];
  const untilNextDay = Temporal.PlainTime.compare(endTime, startTime) <= 0;

  const off: BusyTime[] = [];
  let since = from;
  const until = (end: Temporal.Instant) => {
    if (Temporal.Instant.compare(since, end) < 0) off.push({ start: since, end, status: 'off' });
  };
  const last = dateIn(to, zone);
  for (let day = dateIn(from, zone).subtract({ days: 1 }); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    if (!days.includes(day.dayOfWeek)) continue;
    const begins = day.toZonedDateTime({ timeZone: zone, plainTime: startTime }).toInstant();
    const ends = day
      .add({ days: untilNextDay ? 1 : 0 })
      .toZonedDateTime({ timeZone: zone, plainTime: endTime })
      .toInstant();
    until(earlier(begins, to));
    since = later(since, ends);
  }
  until(to);
  return days.some((day) => day > 0) ? off : [];
}

/** The zone by the name that the rest of the program knows, from Windows' name or its own; null for one that there is not. */
function zoneOf(name: string): string | null {
  const zone = TimeZoneConverter.windowsToIana(name);
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch {
    return null;
  }
}

const dateIn = (instant: Temporal.Instant, zone: string) => instant.toZonedDateTimeISO(zone).toPlainDate();
const earlier = (one: Temporal.Instant, other: Temporal.Instant) => (Temporal.Instant.compare(one, other) < 0 ? one : other);
const later = (one: Temporal.Instant, other: Temporal.Instant) => (Temporal.Instant.compare(one, other) > 0 ? one : other);

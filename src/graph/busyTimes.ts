import type { Client } from '@microsoft/microsoft-graph-client';
import type { DateTimeTimeZone, FreeBusyStatus } from '@microsoft/microsoft-graph-types';
import type { BusyTime } from '../app/ports.ts';
import { ask, scheduleAnswer } from './answers.ts';

/** Graph's limit on mailboxes in one getSchedule. */
const MAILBOXES = 20;
/** Graph's limit is 62 days; a little under, so that how it counts the ends does not matter. */
const LONGEST = { hours: 60 * 24 };

/** `free` is left out; a status that is not known, to Graph or to us, counts as busy, never as free. */
const STATUS: Record<string, BusyTime['status'] | null> = {
  unknown: 'busy',
  free: null,
  tentative: 'tentative',
  busy: 'busy',
  oof: 'away',
  workingElsewhere: 'elsewhere',
} satisfies Record<FreeBusyStatus, BusyTime['status'] | null>;

type Schedule = BusyTime[] | 'unknown';

/**
 * Free/busy of each mailbox from one instant to another, in order of time, read from the organiser's calendar in as many calls
 * as Graph's limits need, one after another (four at once is a mailbox's limit). `scheduleItems` is read, not
 * `availabilityView`, where working elsewhere looks like free. A mailbox with an error in its row is `unknown`.
 * @throws OutsideFault
 */
export async function readBusyTimes(
  client: Client,
  headers: Record<string, string>,
  organiser: string,
  mailboxes: string[],
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<Map<string, Schedule>> {
  const schedules = new Map<string, Schedule>(mailboxes.map((mailbox) => [mailbox, []]));
  const asked = [...schedules.keys()];
  for (const [start, end] of ranges(from, to)) {
    for (let first = 0; first < asked.length; first += MAILBOXES) {
      const group = asked.slice(first, first + MAILBOXES);
      const body = { schedules: group, startTime: utc(start), endTime: utc(end), availabilityViewInterval: 60 };
      const answer = await ask(scheduleAnswer, 'Calendars.ReadWrite', () =>
        client
          .api(`/users/${encodeURIComponent(organiser)}/calendar/getSchedule`)
          .headers(headers)
          .post(body),
      );
      const rows = new Map(answer.value.map((row) => [row.scheduleId?.toLowerCase(), row]));
      for (const mailbox of group) schedules.set(mailbox, joined(schedules.get(mailbox), scheduleOf(rows.get(mailbox.toLowerCase()))));
    }
  }
  return schedules;
}

/** An instant as Graph's dateTimeTimeZone, in UTC. */
export function utc(instant: Temporal.Instant): DateTimeTimeZone {
  return { dateTime: instant.toString({ fractionalSecondDigits: 0 }).slice(0, -1), timeZone: 'UTC' };
}

function* ranges(from: Temporal.Instant, to: Temporal.Instant): Generator<[Temporal.Instant, Temporal.Instant]> {
  for (let start = from; Temporal.Instant.compare(start, to) < 0; ) {
    const limit = start.add(LONGEST);
    const end = Temporal.Instant.compare(limit, to) < 0 ? limit : to;
    yield [start, end];
    start = end;
  }
}

type Row = {
  error?: unknown;
  scheduleItems?: { status?: string | null | undefined; start: Temporal.Instant; end: Temporal.Instant }[] | null | undefined;
};

function scheduleOf(row: Row | undefined): Schedule {
  if (!row || row.error || !row.scheduleItems) return 'unknown';
  return row.scheduleItems.flatMap(({ status, start, end }) => {
    const known = STATUS[status ?? ''];
    return known === null ? [] : [{ start, end, status: known ?? 'busy' }];
  });
}

/** Something that lies across two ranges is told in both. */
function joined(before: Schedule | undefined, after: Schedule): Schedule {
  if (before === undefined || before === 'unknown' || after === 'unknown') return 'unknown';
  const every = new Map([...before, ...after].map((busy) => [`${busy.start} ${busy.end} ${busy.status}`, busy]));
  return [...every.values()].sort((a, b) => Temporal.Instant.compare(a.start, b.start));
}

import type { Client } from '@microsoft/microsoft-graph-client';
import type { DateTimeTimeZone, FreeBusyStatus } from '@microsoft/microsoft-graph-types';
import type { z } from 'zod';
import type { BusyTime } from '../app/calendars.ts';
import { OutsideFault } from '../app/faults.ts';
import { ask, scheduleAnswer, scheduleRow } from './answers.ts';
import { timesOff } from './workingHours.ts';

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
 * Free/busy of each mailbox from one instant to another, and when its owner is `off` (OB8), in order of time, read from the organiser's calendar in as many calls
 * as Graph's limits need, one after another (four at once is a mailbox's limit). `scheduleItems` is read, not
 * `availabilityView`, where working elsewhere looks like free. A mailbox with an error in its row, or with an item that cannot be read,
 * is `unknown`; one for which Graph refuses the whole call is too, and stops nobody else (OB7).
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
  const rowsOf = async (group: string[], start: Temporal.Instant, end: Temporal.Instant) => {
    const body = { schedules: group, startTime: utc(start), endTime: utc(end), availabilityViewInterval: 60 };
    const answer = await ask(scheduleAnswer, 'Calendars.ReadWrite', () =>
      client
        .api(`/users/${encodeURIComponent(organiser)}/calendar/getSchedule`)
        .headers(headers)
        .post(body),
    );
    const rows = answer.value.flatMap((row) => scheduleRow.safeParse(row).data ?? []);
    return new Map(rows.map((row) => [row.scheduleId?.toLowerCase(), row]));
  };
  const read = async (group: string[], start: Temporal.Instant, end: Temporal.Instant): Promise<Schedule[]> => {
    try {
      const rows = await rowsOf(group, start, end);
      return group.map((mailbox) => scheduleOf(rows.get(mailbox.toLowerCase()), start, end));
    } catch (fault) {
      if (!(fault instanceof OutsideFault) || fault.kind !== 'rejected' || mailboxes.length === 1) throw fault;
      if (group.length === 1) return ['unknown'];
      // Only asking for each by itself tells which of them it was refused for.
      const each: Schedule[] = [];
      for (const mailbox of group) each.push(...(await read([mailbox], start, end)));
      return each;
    }
  };

  const schedules = new Map<string, Schedule>(mailboxes.map((mailbox) => [mailbox, []]));
  const asked = [...schedules.keys()];
  for (const [start, end] of ranges(from, to)) {
    for (let first = 0; first < asked.length; first += MAILBOXES) {
      const group = asked.slice(first, first + MAILBOXES);
      const found = await read(group, start, end);
      for (const [at, mailbox] of group.entries()) schedules.set(mailbox, joined(schedules.get(mailbox), found[at] ?? 'unknown'));
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

function scheduleOf(row: z.infer<typeof scheduleRow> | undefined, from: Temporal.Instant, to: Temporal.Instant): Schedule {
  if (!row || row.error || !row.scheduleItems) return 'unknown';
  const items = row.scheduleItems.flatMap(({ status, start, end }): BusyTime[] => {
    const known = STATUS[status ?? ''];
    return known === null ? [] : [{ start, end, status: known ?? 'busy' }];
  });
  return [...items, ...timesOff(row.workingHours, from, to)].sort(inOrder);
}

/** Something that lies across two ranges is told in both. */
function joined(before: Schedule | undefined, after: Schedule): Schedule {
  if (before === undefined || before === 'unknown' || after === 'unknown') return 'unknown';
  const every = new Map([...before, ...after].map((busy) => [`${busy.start} ${busy.end} ${busy.status}`, busy]));
  return [...every.values()].sort(inOrder);
}

const inOrder = (one: BusyTime, other: BusyTime) => Temporal.Instant.compare(one.start, other.start);

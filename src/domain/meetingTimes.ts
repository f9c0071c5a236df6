import type { Slot, TimesFound } from './events/meetingEvents.ts';
import type { PersonId } from './events/trail.ts';
import { LONDON } from './londonTime.ts';
import { type Calendar, countWorkingDays, isWorkingDay, workingDaysAfter } from './workingDays.ts';

/**
 * A time that somebody's calendar gives as taken, and how firmly. `elsewhere` is working somewhere else: as good as free. `off` is outside
 * the hours that they work (OB8).
 */
export type TakenTime = { start: Temporal.Instant; end: Temporal.Instant; status: 'tentative' | 'busy' | 'away' | 'elsewhere' | 'off' };

/**
 * Somebody who has to be at the meeting or may be, with their calendar, which is `unknown` where it cannot be read, and with the times at
 * which another conference of ours needs them, whatever their calendar says (OB1).
 */
export type Attendee = {
  person: PersonId;
  required: boolean;
  times: readonly TakenTime[] | 'unknown';
  claimed?: readonly Pick<TakenTime, 'start' | 'end'>[];
};

/** What times are wanted. Dates and hours are in London. */
export type TimesWanted = {
  calendar: Calendar;
  /** Between which hours, as `HH:MM`, the meeting begins and ends. */
  hours: { from: string; to: string };
  /** How long it lasts. */
  minutes: number;
  /** The first day that may be offered, after the notice that people are given. */
  earliest: Temporal.PlainDate;
  /** No time before this instant is offered. */
  notBefore: Temporal.Instant;
  /** Day 0 of the window. */
  windowStart: Temporal.PlainDate;
  /** The last day of the window (C21); null where the procedure sets no limit (S19). */
  limit: Temporal.PlainDate | null;
  /** The earlier target (Q2). */
  target: Temporal.PlainDate | null;
  attendees: readonly Attendee[];
};

/** Minutes between the times considered. */
const STEP = 30;
/** Working days looked through where there is no limit. */
const WITHOUT_LIMIT = 30;
const OFFERED = 6;
const LEAST_BAD = 4;
const NOON = 12 * 60;
const MINUTE = 60_000;

/** `start` and `end` in milliseconds of the epoch; `half` names the half-day. */
type Candidate = { start: number; end: number; half: string; workingDay: number; meetsTarget: boolean | null };
type Availability = 'free' | 'elsewhere' | 'outside' | 'tentative' | 'busy' | 'unknown';
type Weighed = { candidate: Candidate; slot: Slot; rank: number[]; inTheWay: PersonId[] };

/**
 * The times at which a meeting can be held, or who stands in the way of one (C21, Q2).
 *
 * Only working days of the window, inside the hours, on the half-hour. A required person who is busy or away rules a time out.
 * The rest are ranked: meets the earlier target, fewest required people tentative or outside their working hours (OB8), most optional people free, fewest people
 * working elsewhere, earliest. No more than one time is offered for each half-day, so that the times are a real choice.
 * Somebody whose calendar cannot be read is `unknown`, and somebody tentative is `tentative`: neither is called free, and neither
 * rules anything out. Outside their working hours somebody is `outside`, as far as their calendar is free. When every time is ruled out, the least bad ones are given and the people in the way; when the window has no
 * time left at all (it has passed, or notice takes up the rest of it), all three lists are empty.
 */
export function findTimes(wanted: TimesWanted): TimesFound {
  const ranked = candidatesOf(wanted)
    .map(weigher(wanted.attendees))
    .toSorted((one, other) => compareRanks(one.rank, other.rank));
  const possible = ranked.filter(({ inTheWay }) => inTheWay.length === 0);
  if (possible.length > 0) return { slots: oneEachHalfDay(possible, OFFERED), leastBad: [], blockers: [] };
  return { slots: [], leastBad: oneEachHalfDay(ranked, LEAST_BAD), blockers: mostOftenFirst(ranked, wanted.attendees) };
}

/** A time that was chosen, as calendars that were read again at an instant have it (OB2). */
export function readAnew(slot: Slot, attendees: readonly Attendee[], readAt: Temporal.Instant): Slot {
  const { start, end, workingDay, meetsTarget } = slot;
  const [from, to] = [Temporal.Instant.from(start).epochMilliseconds, Temporal.Instant.from(end).epochMilliseconds];
  const { slot: weighed } = weigher(attendees)({ start: from, end: to, half: '', workingDay, meetsTarget });
  return { ...weighed, start, end, readAt: readAt.toString() };
}

/** How many minutes into the day a time such as `09:30` is; NaN for what is no time of day. */
export function minutesOfDay(time: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

function candidatesOf({ calendar, hours, minutes, earliest, notBefore, windowStart, limit, target }: TimesWanted): Candidate[] {
  const last = limit ?? countWorkingDays(calendar, earliest, WITHOUT_LIMIT).due;
  const latestStart = minutesOfDay(hours.to) - minutes;
  const candidates: Candidate[] = [];
  for (let day = earliest; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    if (!isWorkingDay(calendar, day)) continue;
    const workingDay = workingDaysAfter(calendar, windowStart, day);
    const meetsTarget = target && Temporal.PlainDate.compare(day, target) <= 0;
    for (let minute = minutesOfDay(hours.from); minute <= latestStart; minute += STEP) {
      const plainTime = new Temporal.PlainTime(Math.floor(minute / 60), minute % 60);
      const start = day.toZonedDateTime({ timeZone: LONDON, plainTime }).epochMilliseconds;
      if (start < notBefore.epochMilliseconds) continue;
      const half = `${day} ${minute < NOON ? 'morning' : 'afternoon'}`;
      candidates.push({ start, end: start + minutes * MINUTE, half, workingDay, meetsTarget });
    }
  }
  return candidates;
}

/** What judges each candidate against the calendars, which are put into plain numbers once. */
function weigher(attendees: readonly Attendee[]): (candidate: Candidate) => Weighed {
  const availabilities = attendees.map(({ person, required, times, claimed }) => ({
    person,
    required,
    at: availabilityIn(times, claimed),
  }));
  return (candidate) => {
    const there = availabilities.map(({ person, required, at }) => ({ person, required, is: at(candidate) }));
    const those = (...is: Availability[]) => there.filter((each) => is.includes(each.is));
    const required = (each: { required: boolean }) => each.required;
    const persons = (some: { person: PersonId }[]) => some.map(({ person }) => person);
    const inTheWay = persons(those('busy').filter(required));
    return {
      candidate,
      inTheWay,
      rank: [
        inTheWay.length,
        candidate.meetsTarget === false ? 1 : 0,
        those('tentative', 'outside').filter(required).length,
        -those('free', 'elsewhere').filter((each) => !each.required).length,
        those('elsewhere').length,
        candidate.start,
      ],
      slot: {
        start: instantAt(candidate.start),
        end: instantAt(candidate.end),
        workingDay: candidate.workingDay,
        meetsTarget: candidate.meetsTarget,
        free: persons(those('free', 'elsewhere')),
        tentative: persons(those('tentative')),
        busy: persons(those('busy')),
        unknown: persons(those('unknown')),
        ...(those('outside').length > 0 ? { outside: persons(those('outside')) } : {}),
      },
    };
  };
}

function availabilityIn(times: Attendee['times'], claimed: Attendee['claimed'] = []): (candidate: Candidate) => Availability {
  if (claimed.length > 0) {
    const known = availabilityIn(times);
    const ours = availabilityIn(claimed.map((each) => ({ ...each, status: 'busy' })));
    return (candidate) => (ours(candidate) === 'busy' ? 'busy' : known(candidate));
  }
  if (times === 'unknown') return () => 'unknown';
  const taken = times
    .map(({ start, end, status }) => ({ from: start.epochMilliseconds, to: end.epochMilliseconds, status }))
    // OB7: what takes no time, such as a reminder put in a calendar, is in nobody's way.
    .filter(({ from, to }) => from < to);
  return ({ start, end }) => {
    const meanwhile = new Set(taken.filter(({ from, to }) => from < end && to > start).map(({ status }) => status));
    if (meanwhile.has('busy') || meanwhile.has('away')) return 'busy';
    if (meanwhile.has('tentative')) return 'tentative';
    if (meanwhile.has('off')) return 'outside';
    return meanwhile.has('elsewhere') ? 'elsewhere' : 'free';
  };
}

function instantAt(epochMilliseconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toString();
}

function compareRanks(one: number[], other: number[]): number {
  const first = one.findIndex((value, place) => value !== other[place]);
  return first === -1 ? 0 : (one[first] ?? 0) - (other[first] ?? 0);
}

function oneEachHalfDay(ranked: Weighed[], most: number): Slot[] {
  const best = new Map<string, Slot>();
  for (const { candidate, slot } of ranked) {
    if (!best.has(candidate.half)) best.set(candidate.half, slot);
  }
  return [...best.values()].slice(0, most);
}

function mostOftenFirst(ranked: Weighed[], attendees: readonly Attendee[]): PersonId[] {
  const times = new Map(attendees.map(({ person }) => [person, 0]));
  for (const person of ranked.flatMap(({ inTheWay }) => inTheWay)) times.set(person, (times.get(person) ?? 0) + 1);
  const inTheWay = [...times].filter(([, count]) => count > 0);
  return inTheWay.toSorted(([, one], [, other]) => other - one).map(([person]) => person);
}

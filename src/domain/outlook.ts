import { type Booking, byHand, currentBooking } from './bookings.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { Case } from './case.ts';
import type { Report } from './commands.ts';
import type { CaseEvent } from './events/events.ts';
import type { Answer, Reading, Slot, Span } from './events/meetingEvents.ts';
import type { PersonId } from './events/trail.ts';
import { shortfallsOf } from './lawfulTime.ts';
import { dateOf } from './londonTime.ts';
import { meetingWindow, windowStart } from './meetingWindow.ts';
import { stageOfKind } from './procedure.ts';
import type { Procedure } from './procedureShape.ts';
import { inWorkingHours, morningOf } from './reminders.ts';
import { attendeesOf } from './sharing.ts';
import { type Calendar, isWorkingDay, workingDaysAfter } from './workingDays.ts';

/**
 * A booked conference as Outlook has it (OB3, OB4). People move, cancel and delete meetings there, and answer invitations; the bot looks,
 * writes down what is new, and asks those who book where that needs a word of theirs.
 */

/** Something that those who book, and whoever decided, have to know at once. */
export type Trouble =
  | { what: 'moved'; to: Span; claimed: PersonId[] }
  | { what: 'cancelled' | 'gone' }
  | { what: 'declined' | 'taken off'; person: PersonId };

/**
 * What happened in Outlook that goes to those who book and to the decider at once: the event was moved to where it could not have been
 * offered, cancelled or deleted, or the chair or somebody else who has to be there declined or was taken off it (OB3).
 */
export function troublesOf(current: Case): Trouble[] {
  const booking = currentBooking(current);
  if (!booking || current.status === 'closed' || booking.status === 'held') return [];
  const { outlook, found = outlook } = booking;
  const what = byHand(booking);
  if (what === 'cancelled' || what === 'gone') return [{ what }];
  const moved: Trouble[] = what === 'moved' && found?.at ? [{ what, to: found.at, claimed: outlook?.claimed ?? [] }] : [];
  if (!outlook || booking.status === 'wanted') return moved;
  const needed = new Set(attendeesOf(current).flatMap(({ person, required }) => (required ? [person] : [])));
  const declined = outlook.answers.filter(({ person, answer }) => answer === 'declined' && needed.has(person));
  const takenOff = outlook.takenOff.filter((person) => needed.has(person));
  return [
    ...moved,
    ...declined.map(({ person }) => ({ what: 'declined', person }) as const),
    ...takenOff.map((person) => ({ what: 'taken off', person }) as const),
  ];
}

/**
 * Everybody who has to be there or may be, with the answer that Outlook had from them when it was last read: null for whom no invitation
 * went to, or who was taken off it. Empty where nothing is booked.
 */
export function answersOf(current: Case): { person: PersonId; required: boolean; answer: Answer | null; proposed?: Span }[] {
  const booking = currentBooking(current);
  if (!booking || booking.heldFor !== undefined) return [];
  const { outlook, asked, status } = booking;
  return attendeesOf(current).map((attendee) => {
    const { person } = attendee;
    const read = outlook?.answers.find((each) => each.person === person);
    const invited = status === 'sent' && !outlook && (asked?.invited ?? []).some((each) => each.person === person);
    return { ...attendee, answer: read?.answer ?? (invited ? 'none' : null), ...(read?.proposed ? { proposed: read.proposed } : {}) };
  });
}

/** Whether there is an event of a booking to look at: it stands, and is this case's own. */
export function isLookedAt(current: Case): Booking | null {
  const booking = currentBooking(current);
  const stands = booking?.status === 'sent' || booking?.status === 'failed' || booking?.status === 'lost';
  return current.status === 'open' && stands && booking.calendarEvent !== null && booking.heldFor === undefined ? booking : null;
}

/** The last working days before a conference in which it is looked at every working hour. */
const CLOSE = 5;

/**
 * When a booked conference is looked at next after an instant: on working mornings, and in its last five working days every working hour
 * (OB3), until it is recorded as held. Null where there is none to look at. Pure.
 */
export function nextLook(current: Case, calendar: Calendar, after: Temporal.Instant): Temporal.Instant | null {
  const booking = isLookedAt(current);
  if (!booking) return null;
  const meets = dateOf((booking.inOutlook ?? booking.slot).start);
  for (let day = dateOf(after); ; day = day.add({ days: 1 })) {
    if (!isWorkingDay(calendar, day)) continue;
    const ahead = Temporal.PlainDate.compare(day, meets) <= 0;
    const close = ahead && workingDaysAfter(calendar, day, meets) <= CLOSE;
    for (let look = morningOf(day); inWorkingHours(look); look = look.add({ hours: 1 })) {
      if (Temporal.Instant.compare(look, after) > 0) return look;
      if (!close) break;
    }
  }
}

/** Whether a conference that was last looked at an instant ago, or never, is due to be looked at now. */
export function isDue(current: Case, calendar: Calendar, last: Temporal.Instant | null, now: Temporal.Instant): boolean {
  if (!inWorkingHours(now) || !isWorkingDay(calendar, dateOf(now))) return false;
  const next = isLookedAt(current) && nextLook(current, calendar, last ?? now.subtract({ hours: 24 }));
  return next !== null && Temporal.Instant.compare(next, now) <= 0;
}

/**
 * What a look comes to: nothing where Outlook says what is known, or where what is known has changed since the look began. A time to which
 * somebody moved it is the conference's from then on where it could have been offered; where not, people are asked (OB3).
 */
export function takeReading(current: Case, report: Extract<Report, { type: 'ReadOutlook' }>): CaseEvent[] {
  const { booking: number, knownIn, reading, offered } = report;
  const booking = isLookedAt(current);
  if (!booking || booking.number !== number || (booking.knownIn ?? 0) !== knownIn || saysTheSame(booking, reading)) return [];
  const takes = offered !== null && byHand({ ...booking, outlook: reading }) === 'moved';
  return [
    { type: 'OutlookRead', booking: number, reading },
    ...(takes ? [{ type: 'OutlookTimeTaken', booking: number, slot: offered, reason: null } as const] : []),
  ];
}

/** The time that a reading has as one of the window's, where it could have been offered; else null (OB3). Pure. */
export function offeredAt({ at, claimed = [], readAt }: Reading, current: Case, procedure: Procedure, calendar: Calendar): Slot | null {
  const now = Temporal.Instant.from(readAt);
  if (at === null || claimed.length > 0 || shortfallsOf(at, current, procedure, calendar, now).length > 0) return null;
  return slotOf(at, claimed, current, procedure, calendar, now);
}

/** The time that Outlook has as one of the window's; nobody's calendar was read for it. */
export function slotOf(
  { start, end }: Span,
  busy: PersonId[],
  current: Case,
  procedure: Procedure,
  calendar: Calendar,
  now: Temporal.Instant,
): Slot {
  const stage = stageOfKind(procedure, current.stage, 'reconvene');
  const { target } = meetingWindow(current, procedure, calendar, now);
  const day = dateOf(start);
  const people = attendeesOf(current).map(({ person }) => person);
  return {
    start,
    end,
    workingDay: stage ? workingDaysAfter(calendar, windowStart(current, stage), day) : 0,
    meetsTarget: target ? day.toString() <= target.due : null,
    free: [],
    tentative: [],
    busy,
    unknown: people.filter((person) => !busy.includes(person)),
  };
}

/** Whether a reading is what is known of a booking's event already, whenever that was read. */
function saysTheSame({ outlook, inOutlook, asked }: Booking, reading: Reading): boolean {
  const known: Omit<Reading, 'readAt'> = outlook ?? {
    is: 'there',
    at: inOutlook ?? null,
    answers: (asked?.invited ?? []).map(({ person }) => ({ person, answer: 'none' })),
    takenOff: [],
    others: [],
  };
  return canonicalJson({ ...known, readAt: '' }) === canonicalJson({ ...reading, readAt: '' });
}

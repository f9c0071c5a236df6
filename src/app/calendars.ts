import type { Answer } from '../domain/events/meetingEvents.ts';
import type { TakenTime } from '../domain/meetingTimes.ts';

/** What the use cases need of a partnership's calendars, and the rows of what they did there. */

/** A time at which somebody is not simply free: `off` is outside the hours that they work. */
export type BusyTime = TakenTime;

/** A meeting as it is put into calendars. */
export type Invitation = {
  /** From the case and the booking's number: the same booking is never made twice. */
  transactionId: string;
  subject: string;
  start: Temporal.Instant;
  end: Temporal.Instant;
  attendees: { email: string; required: boolean }[];
  /** The room that is invited as a resource and is where it meets; null where there is none (OB10). */
  room: { name: string; mailbox: string } | null;
  /** Plain sentences for the body; neutral (X6). */
  lines: string[];
};

/** What an invitation said before: what of it has not changed since is left in Outlook as people there may have changed it (OB9). */
export type Before = Pick<Invitation, 'subject' | 'attendees' | 'room'> & {
  /** No other time is wanted: it stays when Outlook has it. */
  timeStays: boolean;
};

/** An event as Outlook has it. */
export type EventFound = {
  cancelled: boolean;
  start: Temporal.Instant;
  end: Temporal.Instant;
  joinUrl: string | null;
  attendees: {
    email: string;
    /** What Outlook calls them, which may be the address. */
    name: string;
    kind: 'person' | 'room';
    answer: Answer;
    /** When they answered, as Outlook writes it, so that of two answers the later is known. */
    answeredAt: string;
    /** Another time that they proposed with it. */
    proposed: { start: Temporal.Instant; end: Temporal.Instant } | null;
  }[];
};

/** The calendars of a partnership, through Microsoft Graph. @throws OutsideFault */
export type Calendars = {
  /** Free/busy by mailbox; `unknown` where it cannot be read, never taken for free. */
  busyTimes(
    organiser: string,
    mailboxes: string[],
    from: Temporal.Instant,
    to: Temporal.Instant,
  ): Promise<Map<string, BusyTime[] | 'unknown'>>;
  book(organiser: string, invitation: Invitation): Promise<{ calendarEvent: string; joinUrl: string | null }>;
  /** Changes what is other than before, and nothing where nothing is. @throws OutsideFault `gone` also for one that was cancelled there */
  move(organiser: string, calendarEvent: string, invitation: Invitation, before: Before | null): Promise<{ joinUrl: string | null }>;
  /** An event as Outlook has it; null for one that was deleted there (OB3, OB5). */
  read(organiser: string, calendarEvent: string): Promise<EventFound | null>;
  /** Cancels and tells the attendees; an event that is gone already counts as cancelled. */
  cancel(organiser: string, calendarEvent: string, comment: string): Promise<void>;
  /** The mailbox of somebody who is not in the directory, by Entra object id; null if there is none. */
  mailboxOf(aadObjectId: string): Promise<string | null>;
};

/** The permanent row of an effect that must happen once; `attempted` is written before the deed. */
export type BookingRows = {
  /** Its event, and how many before that were deleted in Outlook. */
  find(reference: string, booking: number): Promise<{ calendarEvent: string | null; givenUp: number } | null>;
  attempt(reference: string, booking: number): Promise<void>;
  /** Its event is no more, so that another is to be booked in its place (OB5). */
  giveUp(reference: string, booking: number, calendarEvent: string): Promise<void>;
  done(reference: string, booking: number, calendarEvent: string): Promise<void>;
  /** The event was looked at in Outlook at an instant (OB3). */
  looked(reference: string, booking: number, at: Temporal.Instant): Promise<void>;
  /** The open cases with an event in Outlook, and when each was last looked at; null where it never was. */
  booked(): Promise<{ reference: string; lookedAt: Temporal.Instant | null }[]>;
};

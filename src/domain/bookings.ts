import type { Actor, CaseEvent, PersonId, RecordedEvent } from './case.ts';

/** A moment that the bot may choose or has chosen for the reconvened conference. `start` and `end` are instants. */
export type Slot = {
  start: string;
  end: string;
  /** Which working day of the window it falls on. */
  workingDay: number;
  /** On or before the earlier target (Q2); null when the procedure has none. */
  meetsTarget: boolean | null;
  free: PersonId[];
  /** Have something in their calendar that they have not settled yet: perhaps busy, never free. */
  tentative: PersonId[];
  /** Busy at that time. */
  busy: PersonId[];
  /** Whose calendars cannot be read: unknown, never free. */
  unknown: PersonId[];
};

/** What reading the calendars gave. */
export type TimesFound = {
  /** Best first; every required person known to be busy is in `busy` of none of them. */
  slots: Slot[];
  /** When there is no such time in the window: the least bad ones, best first. */
  leastBad: Slot[];
  /** The required people most often in the way, worst first. */
  blockers: PersonId[];
};

export type Booking = {
  /** Counts from 1; a cancelled booking's number is not used again. */
  number: number;
  slot: Slot;
  reason: string | null;
  chosenBy: Actor;
  /** `wanted`: chosen, and the calendar job has yet to confirm it; `sent`: in everyone's calendar as chosen. */
  status: 'wanted' | 'sent' | 'failed' | 'cancelled' | 'cancellation-sent' | 'held';
  /** The Outlook event, once there is one. */
  calendarEvent: string | null;
  joinUrl: string | null;
  failure: 'permission' | 'not-found' | 'rejected' | null;
  /** The day, in London, on which it was recorded as held. */
  heldOn: string | null;
};

/** The bookings with one of them changed. */
export function changed(bookings: Booking[], number: number, change: (booking: Booking) => Booking): Booking[] {
  return bookings.map((each) => (each.number === number ? change(each) : each));
}

/** The bookings once a time was chosen: a new booking, or another time for one that stands. */
export function withTime(bookings: Booking[], event: Extract<RecordedEvent, { type: 'TimeChosen' }>): Booking[] {
  const { booking: number, slot, reason, actor: chosenBy } = event;
  const existing = bookings.find((each) => each.number === number);
  const chosen = { slot, reason, chosenBy, status: 'wanted', failure: null } as const;
  if (existing) return changed(bookings, number, (each) => ({ ...each, ...chosen }));
  return [...bookings, { number, ...chosen, calendarEvent: null, joinUrl: null, heldOn: null }];
}

/** A booking once its invitation went out. One that a later choice or a cancellation has overtaken leaves only its calendar event behind. */
export function invited(booking: Booking, event: Extract<CaseEvent, { type: 'InvitationSent' }>): Booking {
  const current = booking.status !== 'cancelled' && booking.slot.start === event.start;
  const { calendarEvent, joinUrl } = event;
  return { ...booking, calendarEvent, joinUrl, ...(current ? { status: 'sent', failure: null } : {}) };
}

/** The booking that stands: the last one, unless it was cancelled. */
export function standingBooking(current: { bookings: Booking[] }): Booking | null {
  const last = current.bookings.at(-1);
  return last && last.status !== 'cancelled' && last.status !== 'cancellation-sent' ? last : null;
}

import type { MeetingEvent } from './events/events.ts';
import type { Asked, Followed, Guest, Reading, Slot, Span, TimesFound } from './events/meetingEvents.ts';
import type { Actor, PersonId, Recorded } from './events/trail.ts';
import { dateOf } from './londonTime.ts';

/** A time chosen for the reconvened conference, and what became of it in calendars. */
export type Booking = Followed & {
  /** Counts from 1; a cancelled booking's number is not used again. */
  number: number;
  /** The Outlook event, once there is one. */
  calendarEvent: string | null;
  /** When Outlook last said that it is, which a move that failed leaves as it was (OB4). Absent before it was booked, and once it is gone. */
  inOutlook?: Span;
  /** What Outlook last said of its event, where it was looked at since the invitation for this time went out (OB3). */
  outlook?: Reading;
  /** What its invitation last said, and the room that was invited: null where none was to be had. Absent where that was not kept. */
  asked?: Asked;
  room?: { name: string; mailbox: string } | null;
  /** Only who is there has changed since the invitation went out: the event's time is left as Outlook has it (OB9). */
  peopleOnly?: true;
  /** The revision by which what is known of its event was last written: a look from before that tells nothing any more. */
  knownIn?: number;
  /** When its invitation last went out (an instant); absent before it did. */
  sentAt?: string;
  /** For a day Teams has given it no link (OB6). */
  linkMissing?: true;
  /** How often its invitation was wanted: an answer to an earlier one does not count as sent. Absent for the first. */
  round?: number;
  /** Those to whom no invitation went, since no mailbox of theirs is known. */
  uninvited?: PersonId[];
  /** Why it is later than the case's own time limit allows, where that was not said when its time was chosen (C21). */
  explained?: string;
  /** Why it was held on that day, where it was asked. */
  heldBecause?: string;
  /** The case that holds it for this one too, where one conference serves several (X10, Q26). */
  heldFor?: string;
};

/**
 * Where one conference serves this case and another, which books it, or could. `onward`: that other case is offered a third one's in turn,
 * which would then serve this one too; whoever books here may agree to that as well.
 */
export type Sharing = { with: string; state: 'offered' | 'agreed' | 'shared'; onward?: { with: string; agreed: boolean } };

/** The part of a case's state that is about the conference that meets again. */
export type MeetingState = {
  times: TimesFound | null;
  /** Calendars are being read. */
  timesWanted: boolean;
  bookings: Booking[];
  /** Who chairs it instead of the chair of the conference (Q28, P8). */
  otherChair: PersonId | null;
  /** Who is invited instead of those whom the chair listed (CD5); null where nobody changed that. */
  invited: { required: PersonId[]; optional: PersonId[] } | null;
  /** Whether it is held together with that of another case, which books it. */
  sharing: Sharing | null;
  /** That it will not take place after all, and why (CD6). */
  calledOff: { reason: string; at: string; by: PersonId } | null;
  /** The other cases that it serves. */
  guests: Guest[];
};

/** A case of which no conference was asked for. */
export const noMeeting: MeetingState = {
  times: null,
  timesWanted: false,
  bookings: [],
  otherChair: null,
  invited: null,
  sharing: null,
  calledOff: null,
  guests: [],
};

/** Who chose a time that somebody gave the event in Outlook, where nobody says who that was. */
export const IN_OUTLOOK: Actor = { person: 'outlook', role: 'outlook' };

/** The meeting after one more event. Pure. */
export function meetingBy(before: MeetingState, event: Recorded<MeetingEvent>): MeetingState {
  const booking = (number: number, change: (booking: Booking) => Booking): MeetingState => ({
    ...before,
    bookings: before.bookings.map((each) => (each.number === number ? change(each) : each)),
  });
  switch (event.type) {
    case 'TimesRequested':
      return { ...before, timesWanted: true };
    case 'TimesFound':
      return { ...before, times: event.found, timesWanted: false };
    case 'ChairChosen':
      return forOthers({ ...before, otherChair: event.chair }, [event.chair]);
    case 'InvitedChanged': {
      const { required, optional } = event;
      return forOthers({ ...before, invited: { required, optional } }, [...required, ...optional]);
    }
    case 'TimeChosen':
      return { ...before, bookings: withTime(before.bookings, event) };
    case 'TimeLost':
      return booking(event.booking, (each) => ({ ...each, status: 'lost', slot: event.slot }));
    case 'InvitationSent':
      return booking(event.booking, (each) => invited(each, event));
    case 'OutlookRead':
      return booking(event.booking, (each) => read(each, event.reading, event.revision));
    case 'OutlookTimeTaken':
      return booking(event.booking, ({ explained: _, ...each }) => {
        const { slot, reason, actor } = event;
        const chosenBy = actor.person === 'bot' ? IN_OUTLOOK : actor;
        return { ...each, slot, reason, chosenBy, status: 'sent', failure: null };
      });
    case 'LinkFound':
      return booking(event.booking, ({ linkMissing: _, ...each }) => ({ ...each, joinUrl: event.joinUrl }));
    case 'LinkMissing':
      return booking(event.booking, (each) => ({ ...each, linkMissing: true }));
    case 'InvitationFailed':
      return booking(event.booking, (each) => ({ ...each, status: 'failed', failure: event.cause }));
    case 'MeetingCancelled':
      return booking(event.booking, (each) => ({ ...each, status: 'cancelled', reason: event.reason }));
    case 'CancellationSent':
      return booking(event.booking, (each) => ({ ...each, status: 'cancellation-sent' }));
    case 'MeetingCalledOff':
      return { ...before, timesWanted: false, calledOff: { reason: event.reason, at: event.at, by: event.actor.person } };
    case 'MeetingHeld':
      return booking(event.booking, (each) => ({
        ...each,
        status: 'held',
        heldOn: event.on,
        ...(event.reason === undefined ? {} : { heldBecause: event.reason }),
      }));
    case 'MeetingLatenessExplained':
      return booking(event.booking, (each) => ({ ...each, explained: event.reason }));
    case 'SharingOffered':
      return { ...before, sharing: offered(before.sharing, event.with) };
    case 'SharingAgreed':
      return { ...before, sharing: before.sharing && agreed(before.sharing) };
    case 'SharingEnded':
      return before.sharing?.onward
        ? { ...before, sharing: withoutOnward(before.sharing) }
        : { ...before, sharing: null, bookings: own(before) };
    case 'MeetingShared':
      return { ...before, sharing: { with: event.with, state: 'shared' }, times: null, timesWanted: false, bookings: own(before) };
    case 'MeetingFollowed':
      return followed(before, event.booking);
    case 'MeetingLeft':
      return forOthers({ ...before, guests: before.guests.filter(({ reference }) => reference !== event.reference) }, []);
    case 'MeetingJoined':
      return forOthers({ ...before, guests: [...before.guests, event.guest] }, [...event.guest.required, ...event.guest.optional]);
  }
}

function offered(sharing: Sharing | null, other: string): Sharing {
  return sharing?.state === 'shared' ? { ...sharing, onward: { with: other, agreed: false } } : { with: other, state: 'offered' };
}

function agreed(sharing: Sharing): Sharing {
  return sharing.onward ? { ...sharing, onward: { ...sharing.onward, agreed: true } } : { ...sharing, state: 'agreed' };
}

function withoutOnward({ onward: _, ...sharing }: Sharing): Sharing {
  return sharing;
}

/** A case's own bookings, without that of another case which serves it. */
function own({ bookings }: Pick<MeetingState, 'bookings'>): Booking[] {
  return bookings.filter(({ heldFor }) => heldFor === undefined);
}

/** The bookings once a time was chosen: a new booking, or another time for one that stands. */
function withTime(bookings: Booking[], event: Extract<MeetingEvent, { type: 'TimeChosen' }> & { actor: Actor }): Booking[] {
  const { booking: number, slot, reason, actor: chosenBy } = event;
  const existing = bookings.find((each) => each.number === number);
  const chosen = { slot, reason, chosenBy, status: 'wanted', failure: null } as const;
  // What was said of the time before says nothing of this one.
  const moved = ({ explained, peopleOnly, ...rest }: Booking): Booking => {
    const same = rest.slot.start === slot.start;
    const kept = same && explained !== undefined ? { explained } : {};
    return { ...rest, ...chosen, ...kept, ...(peopleOnly && same && rest.status === 'failed' ? { peopleOnly } : {}) };
  };
  if (existing) return bookings.map((each) => (each.number === number ? moved(each) : each));
  return [...bookings, { number, ...chosen, calendarEvent: null, joinUrl: null, heldOn: null }];
}

/**
 * A booking once its invitation went out. One that a later choice or a cancellation has overtaken leaves only its calendar event behind.
 */
function invited(
  { linkMissing: _, outlook: before, peopleOnly, ...booking }: Booking,
  event: Extract<Recorded<MeetingEvent>, { type: 'InvitationSent' }>,
): Booking {
  const current = booking.status !== 'cancelled' && booking.slot.start === event.start && booking.round === event.round;
  const { calendarEvent, joinUrl, at: sentAt, uninvited = [], slot = booking.slot, asked, room } = event;
  const lasts = Temporal.Instant.from(booking.slot.start).until(booking.slot.end);
  const asAsked = { start: event.start, end: Temporal.Instant.from(event.start).add(lasts).toString() };
  // Where only people changed, the time stays as Outlook has it, and so does what the others answered.
  const keeps = peopleOnly && booking.calendarEvent === calendarEvent ? booking.inOutlook : undefined;
  return {
    ...booking,
    calendarEvent,
    joinUrl,
    sentAt,
    inOutlook: keeps ?? asAsked,
    ...(keeps && before ? { outlook: before } : {}),
    ...(asked ? { asked } : {}),
    ...(room === undefined ? {} : { room }),
    knownIn: event.revision,
    ...(current ? { status: 'sent', failure: null, uninvited, slot } : peopleOnly ? { peopleOnly } : {}),
  };
}

/** A booking as Outlook has its event: what stands is what was read (OB4). */
function read({ inOutlook: _, ...booking }: Booking, outlook: Reading, knownIn: number): Booking {
  return { ...booking, outlook, knownIn, ...(outlook.is === 'there' && outlook.at ? { inOutlook: outlook.at } : {}) };
}

/**
 * Once other people have to be there, times that were found for those before are no longer offered, and a booking that stands goes to
 * everybody anew; nobody has looked whether the newcomers are free.
 */
function forOthers(before: MeetingState, newcomers: PersonId[]): MeetingState {
  const meeting = { ...before, times: null };
  const booked = currentBooking(meeting);
  if (!booked || booked.status === 'held') return meeting;
  const { slot } = booked;
  const known = new Set(everybodyIn(slot));
  const unknown = [...slot.unknown, ...newcomers.filter((person) => !known.has(person))];
  const sent = booked.status === 'sent' || booked.peopleOnly ? { peopleOnly: true as const } : {};
  const anew: Booking = { ...booked, slot: { ...slot, unknown }, status: 'wanted', failure: null, round: (booked.round ?? 1) + 1, ...sent };
  return { ...meeting, bookings: meeting.bookings.map((each) => (each === booked ? anew : each)) };
}

/** Everybody who was looked for when a time was found, whatever their calendars said. */
export function everybodyIn({ free, tentative, busy, unknown, outside = [] }: Slot): PersonId[] {
  return [...free, ...tentative, ...busy, ...unknown, ...outside];
}

/** What has become of the shared conference, as this case's own booking of it; what was said here of the same time still stands. */
function followed(before: MeetingState, booking: Followed): MeetingState {
  const heldFor = before.sharing?.with ?? '';
  const last = before.bookings.at(-1);
  const explained = last?.heldFor !== undefined && last.slot.start === booking.slot.start ? last.explained : undefined;
  const said = explained === undefined ? {} : { explained };
  const inOutlook = booking.found?.is === 'there' && booking.found.at ? { inOutlook: booking.found.at } : {};
  return {
    ...before,
    bookings: [
      ...own(before),
      { ...booking, reason: null, number: own(before).length + 1, calendarEvent: null, heldFor, ...inOutlook, ...said },
    ],
  };
}

/** A time that was chosen last and never came into Outlook, since it was no longer free when calendars were read again (OB2). */
export function lostTime(current: { bookings: Booking[] }): Booking | null {
  const last = current.bookings.at(-1);
  return last?.status === 'lost' ? last : null;
}

/** The booking that stands: the last one, unless it was cancelled, or its time was lost before anybody was invited. */
export function currentBooking(current: { bookings: Booking[] }): Booking | null {
  const last = current.bookings.at(-1);
  if (!last || last.status === 'cancelled' || last.status === 'cancellation-sent') return null;
  return last.status === 'lost' && last.calendarEvent === null ? null : last;
}

/** The day, in London, that counts for a booking: on which it was held, or else for which it is booked. */
export function dayOf({ heldOn, slot }: Pick<Booking, 'heldOn' | 'slot'>): string {
  return heldOn ?? dateOf(slot.start).toString();
}

/** What somebody did in Outlook to the event of a booking that stands, and nobody has settled since; null where nothing is. */
export function byHand({ status, slot, outlook, found = outlook }: Booking): 'moved' | 'cancelled' | 'gone' | null {
  if (!found || status === 'wanted' || status === 'held' || status === 'cancelled' || status === 'cancellation-sent') return null;
  if (found.is !== 'there') return found.is;
  // A time that failed or was lost is said beside the one that stands.
  return status === 'sent' && found.at && !sameSpan(found.at, slot) ? 'moved' : null;
}

const sameSpan = (one: Span, other: Span) =>
  Temporal.Instant.compare(one.start, other.start) === 0 && Temporal.Instant.compare(one.end, other.end) === 0;

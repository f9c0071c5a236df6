import type { Booking } from '../../domain/bookings.ts';
import { forFamily } from '../../domain/case.ts';
import type { Slot } from '../../domain/events/meetingEvents.ts';
import { type Attendee, readAnew } from '../../domain/meetingTimes.ts';
import { attendeesOf, chairWanted } from '../../domain/sharing.ts';
import { reportOnCase } from '../actOnCase.ts';
import type { Claims } from '../claims.ts';
import { causeOf, mayMend, OutsideFault } from '../faults.ts';
import type { Job } from '../job.ts';
import type { BookingRows, Calendars, Invitation } from '../ports.ts';
import { type CaseDependencies, type CaseForViewer, seenBy } from '../seeCase.ts';
import { mailboxOf, readTimes } from './findTimes.ts';
import { tellGuests } from './shareMeeting.ts';

type AlignDependencies = CaseDependencies & { calendars: Calendars; bookings: BookingRows; claims: Claims };

/**
 * The job that brings Outlook in line with a case's bookings: a time chosen is sent or moved, a cancelled one is cancelled.
 * The case says what is wanted and is never the other way round, so running it again changes nothing. The booking's own row
 * is written before the deed and its transaction id is the same at every try, so that a booking happens once. A conference that
 * serves several cases is booked by one of them; the others are told of it (X10).
 */
export function calendarAligner(deps: AlignDependencies): (reference: string, job?: Job, tried?: number) => Promise<void> {
  return async (reference, _job, tried) => {
    const trail = await deps.cases.load(reference);
    if (!trail) return;
    const seen = seenBy(deps, trail, 'bot');
    // Nobody is invited while it is not settled who chairs it (P8).
    const sends = !chairWanted(seen.current, seen.procedure);
    for (const booking of seen.current.bookings.filter(({ heldFor }) => heldFor === undefined)) {
      if (booking.status === 'wanted' && sends) await send(deps, seen, booking, tried);
      if (booking.status === 'cancelled') await cancel(deps, seen, booking);
    }
    const { sharing, calledOff } = seen.current;
    if (calledOff && sharing?.state === 'shared') await reportOnCase(deps, sharing.with, { type: 'LeaveMeeting', guest: reference });
    await tellGuests(deps, reference);
  };
}

async function send(deps: AlignDependencies, seen: CaseForViewer, booking: Booking, tried?: number): Promise<void> {
  const { reference } = seen.current;
  const { number, slot, round } = booking;
  const start = Temporal.Instant.from(slot.start);
  try {
    const { lost, read } = await claimed(deps, seen, booking, tried);
    if (lost) return void (await reportOnCase(deps, reference, { type: 'LoseTime', booking: number, slot: lost }));
    const { calendarEvent, joinUrl } = await inOutlook(deps, seen, booking);
    const uninvited = (await invitedTo(deps, seen)).flatMap(({ person, email }) => (email === null ? [person] : []));
    const more = {
      ...(round === undefined ? {} : { round }),
      ...(uninvited.length === 0 ? {} : { uninvited }),
      ...(read ? { slot: read } : {}),
    };
    const sent = { booking: number, start: slot.start, calendarEvent, joinUrl, ...more };
    await deps.claims.keepOnly(reference, number, start);
    await reportOnCase(deps, reference, { type: 'ConfirmInvitation', ...sent });
  } catch (fault) {
    if (!(fault instanceof OutsideFault) || mayMend(fault.kind, tried)) throw fault;
    deps.log.error('a conference could not be put in the calendar', fault, { reference, booking: number, check: fault.check });
    await deps.claims.keepOnly(reference, number, booking.inOutlook ? Temporal.Instant.from(booking.inOutlook.start) : null);
    await reportOnCase(deps, reference, { type: 'FailInvitation', booking: number, cause: causeOf(fault) });
  }
}

/**
 * Claims everybody who has to be there for the time that was chosen, once their calendars have been read again (OB1, OB2): `lost` where
 * somebody is busy then of whom whoever chose it did not know, else `read`, the time as calendars have it now. Neither where it was
 * claimed by a try before this one, whose event may show as busy by now.
 */
async function claimed(
  deps: AlignDependencies,
  seen: CaseForViewer,
  { number: booking, slot, round, inOutlook, chosenBy }: Booking,
  tried?: number,
): Promise<{ lost?: Slot; read?: Slot }> {
  const { reference } = seen.current;
  const [start, end] = [Temporal.Instant.from(slot.start), Temporal.Instant.from(slot.end)];
  if (round === undefined && (await deps.claims.isHeld(reference, booking, start))) return {};
  const attendees = await readTimes(deps, seen, start, end, tried);
  const read = readAnew(slot, inOutlook ? attendees.map((each) => withoutOwn(each, inOutlook)) : attendees, seen.now);
  const needed = attendees.filter(({ required }) => required).map(({ person }) => person);
  // Where only the people have changed, the invitation stands, and the card says who is busy.
  const known = round === undefined ? slot.busy : needed;
  // Whoever gave a day and time of their own was told that nobody's calendar was known; our own conferences rule it out all the same.
  const asked = chosenBy.person === 'bot' ? known : [...known, ...slot.unknown];
  const busy = needed.filter((person) => read.busy.includes(person) && !asked.includes(person));
  const taken = busy.length > 0 ? busy : await deps.claims.take({ reference, booking, start, end, people: needed }, known);
  if (taken.length === 0) return { read };
  const free = (people: string[]) => people.filter((person) => !taken.includes(person));
  const { outside } = read;
  const also = { tentative: free(read.tentative), unknown: free(read.unknown), ...(outside ? { outside: free(outside) } : {}) };
  return { lost: { ...read, ...also, free: free(read.free), busy: [...new Set([...read.busy, ...taken])] } };
}

/** A calendar without the event that is to be moved. */
function withoutOwn<A extends { times: Attendee['times'] }>(attendee: A, { start, end }: { start: string; end: string }): A {
  const { times } = attendee;
  if (times === 'unknown') return attendee;
  const own = times.findIndex((time) => time.start.equals(start) && time.end.equals(end));
  return { ...attendee, times: times.filter((_, at) => at !== own) };
}

/** Books or moves, whichever makes Outlook say what the case says. */
async function inOutlook(
  deps: AlignDependencies,
  seen: CaseForViewer,
  booking: Booking,
): Promise<{ calendarEvent: string; joinUrl: string | null }> {
  const { reference } = seen.current;
  const row = await deps.bookings.find(reference, booking.number);
  const known = row ? row.calendarEvent : booking.calendarEvent;
  if (!known) return book(deps, seen, booking);
  try {
    const moved = await deps.calendars.move(seen.partnership.mailbox, known, await invitationFor(deps, seen, booking, row));
    return { calendarEvent: known, ...moved };
  } catch (fault) {
    if (!(fault instanceof OutsideFault) || fault.kind !== 'gone') throw fault;
    // OB5: deleted in Outlook, by hand: what was chosen since is booked anew.
    if (!row) await deps.bookings.done(reference, booking.number, known);
    await deps.bookings.giveUp(reference, booking.number, known);
    return book(deps, seen, booking);
  }
}

async function book(deps: AlignDependencies, seen: CaseForViewer, booking: Booking) {
  const { reference } = seen.current;
  const invitation = await invitationFor(deps, seen, booking, await deps.bookings.find(reference, booking.number));
  await deps.bookings.attempt(reference, booking.number);
  const booked = await deps.calendars.book(seen.partnership.mailbox, invitation);
  await deps.bookings.done(reference, booking.number, booked.calendarEvent);
  return booked;
}

async function cancel(deps: AlignDependencies, seen: CaseForViewer, booking: Booking): Promise<void> {
  const { reference } = seen.current;
  const row = await deps.bookings.find(reference, booking.number);
  // A booking that was begun but whose answer was lost may stand in Outlook: asking for it again finds it.
  const found = row && !row.calendarEvent ? await book(deps, seen, booking) : null;
  const calendarEvent = row?.calendarEvent ?? found?.calendarEvent ?? booking.calendarEvent;
  if (calendarEvent) await deps.calendars.cancel(seen.partnership.mailbox, calendarEvent, 'This meeting is cancelled.');
  await deps.claims.keepOnly(reference, booking.number, null);
  await reportOnCase(deps, reference, { type: 'ConfirmCancellation', booking: booking.number });
}

/**
 * What an event is called: by the reference of the case that it serves (X6); by the dissent's where it serves a complaint too, since
 * whoever is there for a dissent may not learn of a complaint; and by none where it serves two dissents, since neither's people may learn
 * of the other (X9, Part E).
 */
function titleOf({ current: { reference, guests, dissent } }: CaseForViewer): string {
  const cases = [{ reference, family: forFamily(dissent) }, ...guests];
  const dissents = cases.filter(({ family }) => !family);
  const [only, another] = dissents.length > 0 ? dissents : cases;
  return only && !another ? `Meeting ${only.reference}` : 'Meeting';
}

/**
 * A neutral invitation: a title and nothing about a child (X6); professionals only, never family (X7). One text goes to all, so that it
 * says only what is true of each of them; and it names no case, since it stays as it was written when a conference comes to serve another
 * case too, and only the title changes.
 */
async function invitationFor(
  deps: AlignDependencies,
  seen: CaseForViewer,
  booking: Booking,
  row: { givenUp: number } | null,
): Promise<Invitation> {
  const { reference, raisedAt } = seen.current;
  const attendees = await invitedTo(deps, seen);
  return {
    // The moment of raising tells apart two stores that both began at 001.
    transactionId: [
      `${reference}.${booking.number}.${Temporal.Instant.from(raisedAt).epochMilliseconds}`,
      ...(row?.givenUp ? [row.givenUp] : []),
    ].join('.'),
    subject: titleOf(seen),
    start: Temporal.Instant.from(booking.slot.start),
    end: Temporal.Instant.from(booking.slot.end),
    attendees: attendees.flatMap(({ email, required }) => (email === null ? [] : [{ email, required }])),
    lines: [
      'Please do not forward this invitation.',
      'Whoever has a part in a case finds it in Conference Dissent in Teams. Anybody else can ask whoever sent this what it is about.',
    ],
  };
}

/** Whoever has to be there or may be, with their mailbox: null for those to whom no invitation can go. */
function invitedTo(deps: AlignDependencies, seen: CaseForViewer) {
  const mailboxes = attendeesOf(seen.current).map(async (attendee) => ({
    ...attendee,
    email: await mailboxOf(deps, seen, attendee.person),
  }));
  return Promise.all(mailboxes);
}

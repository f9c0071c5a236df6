import type { Booking } from '../domain/case.ts';
import { attendeesOf } from '../domain/sharing.ts';
import { reportOnCase } from './actOnCase.ts';
import { mayMend, OutsideFault } from './faults.ts';
import { mailboxOf } from './findTimes.ts';
import type { BookingRows, Calendars, Invitation } from './ports.ts';
import { type CaseDependencies, type Seen, seenBy } from './seeCase.ts';
import { tellGuests } from './shareMeeting.ts';

type AlignDependencies = CaseDependencies & { calendars: Calendars; bookings: BookingRows };

/**
 * The job that brings Outlook in line with a case's bookings: a time chosen is sent or moved, a cancelled one is cancelled.
 * The case says what is wanted and is never the other way round, so running it again changes nothing. The booking's own row
 * is written before the deed and its transaction id is the same at every try, so that a booking happens once. A conference that
 * serves several cases is booked by one of them; the others are told of it (X10).
 */
export function calendarAligner(on: AlignDependencies): (reference: string) => Promise<void> {
  return async (reference) => {
    const trail = await on.cases.load(reference);
    if (!trail) return;
    const seen = seenBy(on, trail, 'bot');
    for (const booking of seen.current.bookings.filter(({ heldFor }) => heldFor === undefined)) {
      if (booking.status === 'wanted') await send(on, seen, booking);
      if (booking.status === 'cancelled') await cancel(on, seen, booking);
    }
    await tellGuests(on, reference);
  };
}

async function send(on: AlignDependencies, seen: Seen, booking: Booking): Promise<void> {
  const { reference } = seen.current;
  const { number, slot, round } = booking;
  try {
    const { calendarEvent, joinUrl } = await inOutlook(on, seen, booking);
    const sent = { booking: number, start: slot.start, calendarEvent, joinUrl, ...(round === undefined ? {} : { round }) };
    await reportOnCase(on, reference, { type: 'ConfirmInvitation', ...sent });
  } catch (fault) {
    if (!(fault instanceof OutsideFault) || mayMend(fault.kind)) throw fault;
    on.log.error('a conference could not be put in the calendar', fault, { reference, booking: number, check: fault.check });
    await reportOnCase(on, reference, { type: 'FailInvitation', booking: number, cause: fault.kind });
  }
}

/** Books or moves, whichever makes Outlook say what the case says. */
async function inOutlook(on: AlignDependencies, seen: Seen, booking: Booking): Promise<{ calendarEvent: string; joinUrl: string | null }> {
  const organiser = seen.partnership.mailbox;
  const invitation = await invitationFor(on, seen, booking);
  const known = booking.calendarEvent ?? (await on.bookings.find(seen.current.reference, booking.number))?.calendarEvent;
  if (known) return { calendarEvent: known, ...(await on.calendars.move(organiser, known, invitation)) };
  return book(on, seen, booking, invitation);
}

async function book(on: AlignDependencies, seen: Seen, booking: Booking, invitation: Invitation) {
  const { reference } = seen.current;
  await on.bookings.attempt(reference, booking.number);
  const booked = await on.calendars.book(seen.partnership.mailbox, invitation);
  await on.bookings.done(reference, booking.number, booked.calendarEvent);
  return booked;
}

async function cancel(on: AlignDependencies, seen: Seen, booking: Booking): Promise<void> {
  const { reference } = seen.current;
  const row = await on.bookings.find(reference, booking.number);
  // A booking that was begun but whose answer was lost may stand in Outlook: asking for it again finds it.
  const found = row && !row.calendarEvent ? await book(on, seen, booking, await invitationFor(on, seen, booking)) : null;
  const calendarEvent = booking.calendarEvent ?? row?.calendarEvent ?? found?.calendarEvent;
  if (calendarEvent) await on.calendars.cancel(seen.partnership.mailbox, calendarEvent, `Meeting ${reference} is cancelled.`);
  await reportOnCase(on, reference, { type: 'ConfirmCancellation', booking: booking.number });
}

/** A neutral invitation: the case reference and nothing about a child (X6); professionals only, never family (X7). */
async function invitationFor(on: AlignDependencies, seen: Seen, booking: Booking): Promise<Invitation> {
  const { reference, raisedAt } = seen.current;
  const attendees = await Promise.all(
    attendeesOf(seen.current).map(async ({ person, required }) => ({ email: await mailboxOf(on, seen, person), required })),
  );
  return {
    // The moment of raising tells apart two stores that both began at 001.
    transactionId: `${reference}.${booking.number}.${Temporal.Instant.from(raisedAt).epochMilliseconds}`,
    subject: `Meeting ${reference}`,
    start: Temporal.Instant.from(booking.slot.start),
    end: Temporal.Instant.from(booking.slot.end),
    attendees: attendees.flatMap(({ email, required }) => (email === null ? [] : [{ email, required }])),
    lines: [`Case reference ${reference}.`, 'Please do not forward this invitation. To see the case, open Conference Dissent in Teams.'],
  };
}

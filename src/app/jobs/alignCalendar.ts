import type { Booking } from '../../domain/bookings.ts';
import { forFamily } from '../../domain/case.ts';
import type { Slot, Span } from '../../domain/events/meetingEvents.ts';
import { type Attendee, readAnew } from '../../domain/meetingTimes.ts';
import { chairWanted } from '../../domain/sharing.ts';
import { reportOnCase } from '../actOnCase.ts';
import type { Before, BookingRows, Calendars, Invitation } from '../calendars.ts';
import type { Claims } from '../claims.ts';
import { causeOf, mayMend, OutsideFault } from '../faults.ts';
import type { Job } from '../job.ts';
import { type CaseDependencies, type CaseForViewer, seenBy } from '../seeCase.ts';
import { invitedTo, readTimes } from './findTimes.ts';
import { roomFor } from './rooms.ts';
import { tellGuests } from './shareMeeting.ts';

/** An invitation, but for what tells its booking from others. */
type Wanted = Omit<Invitation, 'transactionId'>;
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
    const people = await invitedTo(deps, seen);
    const room = await roomFor(deps, seen, booking, people.length, tried);
    const wanted = invitationOf(seen, booking, people, room ?? null);
    const { calendarEvent, joinUrl } = await inOutlook(deps, seen, booking, wanted);
    const uninvited = people.flatMap(({ person, email }) => (email === null ? [person] : []));
    const invited = people.flatMap(({ email, ...each }) => (email === null ? [] : { ...each, email }));
    const more = {
      ...(round === undefined ? {} : { round }),
      ...(uninvited.length === 0 ? {} : { uninvited }),
      ...(read ? { slot: read } : {}),
      asked: { subject: wanted.subject, invited },
      ...(room === undefined ? {} : { room }),
    };
    const sent = { booking: number, start: slot.start, calendarEvent, joinUrl, ...more };
    await deps.claims.keepOnly(reference, number, [start, ...(booking.peopleOnly ? startsOf(booking.inOutlook) : [])]);
    await reportOnCase(deps, reference, { type: 'ConfirmInvitation', ...sent });
  } catch (fault) {
    if (!(fault instanceof OutsideFault) || mayMend(fault.kind, tried)) throw fault;
    deps.log.error('a conference could not be put in the calendar', fault, { reference, booking: number, check: fault.check });
    await deps.claims.keepOnly(reference, number, startsOf(booking.inOutlook));
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
  { number: booking, slot, reason, round, inOutlook, chosenBy }: Booking,
  tried?: number,
): Promise<{ lost?: Slot; read?: Slot }> {
  const { reference } = seen.current;
  const [start, end] = [Temporal.Instant.from(slot.start), Temporal.Instant.from(slot.end)];
  if (round === undefined && (await deps.claims.held(reference, booking, start)).length > 0) return {};
  const attendees = await readTimes(deps, seen, start, end, tried);
  const read = readAnew(slot, inOutlook ? attendees.map((each) => withoutOwn(each, inOutlook)) : attendees, seen.now);
  const needed = attendees.filter(({ required }) => required).map(({ person }) => person);
  // Where only the people have changed, the invitation stands, and the card says who is busy.
  const known = round === undefined ? slot.busy : needed;
  // Whoever said why this time meant it whatever calendars say that they could not see; our own conferences rule it out all the same.
  const asked = chosenBy.person === 'bot' || reason === null ? known : [...known, ...slot.unknown];
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
  wanted: Wanted,
): Promise<{ calendarEvent: string; joinUrl: string | null }> {
  const { reference } = seen.current;
  const row = await deps.bookings.find(reference, booking.number);
  const known = row ? row.calendarEvent : booking.calendarEvent;
  if (!known) return book(deps, seen, booking, wanted);
  try {
    const invitation = { ...wanted, transactionId: transactionOf(seen, booking, row) };
    const moved = await deps.calendars.move(seen.partnership.mailbox, known, invitation, saidBefore(booking));
    return { calendarEvent: known, ...moved };
  } catch (fault) {
    if (!(fault instanceof OutsideFault) || fault.kind !== 'gone') throw fault;
    // OB5: deleted in Outlook, by hand: what was chosen since is booked anew.
    if (!row) await deps.bookings.done(reference, booking.number, known);
    await deps.bookings.giveUp(reference, booking.number, known);
    return book(deps, seen, booking, wanted);
  }
}

async function book(deps: AlignDependencies, seen: CaseForViewer, booking: Booking, wanted: Wanted) {
  const { reference } = seen.current;
  const transactionId = transactionOf(seen, booking, await deps.bookings.find(reference, booking.number));
  await deps.bookings.attempt(reference, booking.number);
  const booked = await deps.calendars.book(seen.partnership.mailbox, { ...wanted, transactionId });
  await deps.bookings.done(reference, booking.number, booked.calendarEvent);
  return booked;
}

/** What the event's invitation said when it last went out; null where that was not kept (OB9). */
function saidBefore({ asked, room = null, peopleOnly }: Booking): Before | null {
  return asked ? { subject: asked.subject, attendees: asked.invited, room, timeStays: peopleOnly === true } : null;
}

async function cancel(deps: AlignDependencies, seen: CaseForViewer, booking: Booking): Promise<void> {
  const { reference } = seen.current;
  const row = await deps.bookings.find(reference, booking.number);
  // A booking that was begun but whose answer was lost may stand in Outlook: asking for it again finds it.
  const begun = row !== null && !row.calendarEvent;
  const found = begun ? await book(deps, seen, booking, invitationOf(seen, booking, await invitedTo(deps, seen), null)) : null;
  const calendarEvent = row?.calendarEvent ?? found?.calendarEvent ?? booking.calendarEvent;
  if (calendarEvent) await deps.calendars.cancel(seen.partnership.mailbox, calendarEvent, 'This meeting is cancelled.');
  await deps.claims.keepOnly(reference, booking.number, []);
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
function invitationOf(
  seen: CaseForViewer,
  { slot }: Booking,
  people: Awaited<ReturnType<typeof invitedTo>>,
  room: Invitation['room'],
): Wanted {
  return {
    subject: titleOf(seen),
    start: Temporal.Instant.from(slot.start),
    end: Temporal.Instant.from(slot.end),
    attendees: people.flatMap(({ email, required }) => (email === null ? [] : [{ email, required }])),
    room,
    lines: [
      'Please do not forward this invitation.',
      'Whoever has a part in a case finds it in Conference Dissent in Teams. Anybody else can ask whoever sent this what it is about.',
    ],
  };
}

/** Tells one booking's event from every other; the moment of raising tells apart two stores that both began at 001. */
function transactionOf({ current }: CaseForViewer, { number }: Booking, row: { givenUp: number } | null): string {
  const raised = Temporal.Instant.from(current.raisedAt).epochMilliseconds;
  return [`${current.reference}.${number}.${raised}`, ...(row?.givenUp ? [row.givenUp] : [])].join('.');
}

const startsOf = (span: Span | undefined) => (span ? [Temporal.Instant.from(span.start)] : []);

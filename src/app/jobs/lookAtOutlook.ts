import { nameIn } from '../../directory/directory.ts';
import type { Booking } from '../../domain/bookings.ts';
import { canonicalJson } from '../../domain/canonicalJson.ts';
import type { Reading, Span } from '../../domain/events/meetingEvents.ts';
import { harmlessName } from '../../domain/harmlessText.ts';
import { isDue, isLookedAt, nextLook, offeredAt } from '../../domain/outlook.ts';
import { attendeesOf } from '../../domain/sharing.ts';
import { reportOnCase } from '../actOnCase.ts';
import type { BookingRows, Calendars, EventFound } from '../calendars.ts';
import type { Claims } from '../claims.ts';
import { OutsideFault } from '../faults.ts';
import type { Job } from '../job.ts';
import { type CaseDependencies, type CaseForViewer, seenBy } from '../seeCase.ts';
import { seeEach } from '../seeEach.ts';
import { invitedTo } from './findTimes.ts';
import { tellGuests } from './shareMeeting.ts';

type Attending = EventFound['attendees'][number];
type LookDependencies = CaseDependencies & { calendars: Calendars; bookings: BookingRows; claims: Claims };

/** More looks than others can spoil one after another. */
const MOST_LOOKS = 5;

/**
 * The job that looks at one booked conference in Outlook and writes down what is new there (OB3). It changes nothing in Outlook and writes
 * nothing where nothing is new, so it may run late, twice, or on two replicas: what is known is written by whoever looked last, and a look
 * that something overtook is made again. What people claimed follows the conference to where it stands (OB1).
 */
export function outlookLooker(deps: LookDependencies): (reference: string) => Promise<void> {
  return async (reference) => {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const trail = await deps.cases.load(reference);
      const seen = trail && seenBy(deps, trail, 'bot');
      const booking = seen && isLookedAt(seen.current);
      if (!seen || !booking?.calendarEvent) return;
      const { number, knownIn = 0 } = booking;
      const found = await deps.calendars.read(seen.partnership.mailbox, booking.calendarEvent);
      const reading = await readingOf(deps, seen, booking, found);
      const offered = offeredAt(reading, seen.current, seen.procedure, seen.calendar);
      const after = await reportOnCase(deps, reference, { type: 'ReadOutlook', booking: number, knownIn, reading, offered });
      const now = after && isLookedAt(after);
      if (now && now.number === number && now.knownIn !== booking.knownIn && canonicalJson(now.outlook) !== canonicalJson(reading))
        continue;
      if (now) {
        if (found && !found.cancelled && found.joinUrl !== null && now.joinUrl === null)
          await reportOnCase(deps, reference, { type: 'FindLink', booking: number, joinUrl: found.joinUrl });
        await deps.claims.keepOnly(reference, number, claimedBy(now));
        await deps.bookings.looked(reference, number, deps.clock.now());
        await tellGuests(deps, reference);
      }
      return;
    }
    throw new OutsideFault('conflict', 'a booking changed at every look', 'Nothing to do: it is looked at again.');
  };
}

/** The times at which a booking claims its people: where it stands, and where it is wanted. */
function claimedBy({ status, slot, inOutlook }: Booking): Temporal.Instant[] {
  const starts = [...(status === 'sent' ? [slot.start] : []), ...(inOutlook ? [inOutlook.start] : [])];
  return starts.map((start) => Temporal.Instant.from(start));
}

/** What was found, by the people of the case; whoever has to be there is claimed for the time to which it was moved. */
async function readingOf(deps: LookDependencies, seen: CaseForViewer, booking: Booking, found: EventFound | null): Promise<Reading> {
  const readAt = seen.now.toString();
  const off = { readAt, answers: [], takenOff: [], others: [] };
  if (!found) return { is: 'gone', at: null, ...off };
  const at = spanOf(found);
  if (found.cancelled) return { is: 'cancelled', at, ...off };
  const invited =
    booking.asked?.invited ?? (await invitedTo(deps, seen)).flatMap(({ person, email }) => (email === null ? [] : { person, email }));
  // Exchange may list somebody once more, by its own internal address, with the answer that they gave since.
  const called = (person: string) => nameIn(seen.directory, person)?.toLowerCase();
  const isOf = (attendee: Attending, { person, email }: { person: string; email: string }) =>
    attendee.email.toLowerCase() === email.toLowerCase() ||
    (attendee.email.startsWith('/') && attendee.name.toLowerCase() === called(person));
  const theirs = (one: { person: string; email: string }) =>
    found.attendees.filter((each) => isOf(each, one)).toSorted((a, b) => b.answeredAt.localeCompare(a.answeredAt))[0];
  const rooms = new Set((seen.partnership.rooms ?? []).map(({ mailbox }) => mailbox.toLowerCase()));
  const room = found.attendees.find(({ email }) => email.toLowerCase() === booking.room?.mailbox.toLowerCase());
  const claimed = await claimedElsewhere(deps, seen, booking, at);
  return {
    is: 'there',
    at,
    readAt,
    answers: invited.flatMap((one) => {
      const attendee = theirs(one);
      const { person } = one;
      if (!attendee) return [];
      const { answer, proposed } = attendee;
      return [{ person, answer, ...(proposed ? { proposed: spanOf(proposed) } : {}) }];
    }),
    takenOff: invited.filter((one) => !theirs(one)).map(({ person }) => person),
    others: found.attendees
      .filter((each) => each.kind === 'person' && !rooms.has(each.email.toLowerCase()) && !invited.some((one) => isOf(each, one)))
      .map(({ name, answer }) => ({ name: harmlessName(name).slice(0, LONGEST_NAME), answer })),
    // That a room accepts is what is expected of it.
    ...(room?.answer === 'declined' ? { room: 'declined' } : {}),
    ...(claimed.length > 0 ? { claimed } : {}),
  };
}

const LONGEST_NAME = 80;

/** Claims those who have to be there for the time to which an event was moved; returns those whom another conference needs then. */
async function claimedElsewhere(
  { claims }: LookDependencies,
  { current }: CaseForViewer,
  { number: booking, slot, status }: Booking,
  at: Span,
): Promise<string[]> {
  if (status !== 'sent' || (at.start === slot.start && at.end === slot.end)) return [];
  const people = attendeesOf(current).flatMap(({ person, required }) => (required ? [person] : []));
  const [start, end] = [Temporal.Instant.from(at.start), Temporal.Instant.from(at.end)];
  return (await claims.take({ reference: current.reference, booking, start, end, people }, [])).toSorted();
}

const spanOf = ({ start, end }: { start: Temporal.Instant; end: Temporal.Instant }): Span => ({ start: `${start}`, end: `${end}` });

/**
 * Has each booked conference looked at in Outlook when that is due (OB3). Several replicas may each go round: one look more does no harm.
 */
export function outlookRound(deps: CaseDependencies & { bookings: BookingRows; enqueue(job: Job): Promise<void> }): () => Promise<void> {
  let gone = '';
  return async () => {
    const now = deps.clock.now();
    const hour = now.round({ smallestUnit: 'hour', roundingMode: 'floor' }).toString();
    if (hour === gone) return;
    for (const { seen, lookedAt } of await booked(deps))
      if (isDue(seen.current, seen.calendar, lookedAt, now))
        await deps.enqueue({ name: 'look-at-outlook', reference: seen.current.reference });
    gone = hour;
  };
}

/** When, after one instant and up to another, a booked conference is to be looked at first: where a clock that is moved on has to stop. */
export async function looksBetween(
  deps: CaseDependencies & { bookings: BookingRows },
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<Temporal.Instant[]> {
  const looks = (await booked(deps)).flatMap(({ seen }) => nextLook(seen.current, seen.calendar, from) ?? []);
  return looks.filter((look) => Temporal.Instant.compare(look, to) <= 0);
}

async function booked(deps: CaseDependencies & { bookings: BookingRows }) {
  const rows = await deps.bookings.booked();
  const seen = await seeEach(
    deps,
    rows.map(({ reference }) => reference),
    'bot',
  );
  return seen.map((each) => ({
    seen: each,
    lookedAt: rows.find(({ reference }) => reference === each.current.reference)?.lookedAt ?? null,
  }));
}

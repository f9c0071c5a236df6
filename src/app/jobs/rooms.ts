import type { Booking } from '../../domain/bookings.ts';
import type { Calendars } from '../calendars.ts';
import type { Claims } from '../claims.ts';
import type { CaseDependencies, CaseForViewer } from '../seeCase.ts';
import { readOrUnknown } from './findTimes.ts';

/** What a room is claimed by, beside people (OB1). */
const claimOf = (mailbox: string) => `room:${mailbox.toLowerCase()}`;

/**
 * The room to invite for a booking's time: of those that the directory lists and that seat so many, the smallest that is free, by its
 * calendar and by our own bookings (OB10). The one that it has already stays where it still does. Null where there is none; undefined where
 * the directory lists no rooms.
 */
export async function roomFor(
  deps: CaseDependencies & { calendars: Calendars; claims: Claims },
  seen: CaseForViewer,
  { number: booking, slot, inOutlook, outlook, room }: Booking,
  people: number,
  tried?: number,
): Promise<Booking['room'] | undefined> {
  const { rooms } = seen.partnership;
  if (!rooms || rooms.length === 0) return undefined;
  const { reference } = seen.current;
  const [start, end] = [Temporal.Instant.from(slot.start), Temporal.Instant.from(slot.end)];
  const refused = outlook?.room === 'declined' ? room?.mailbox : undefined;
  const large = rooms
    .filter(({ seats, mailbox }) => seats >= people && mailbox !== refused)
    .toSorted((one, other) => one.seats - other.seats);
  const held = await deps.claims.held(reference, booking, start);
  const own = large.find(({ mailbox }) => held.includes(claimOf(mailbox)));
  if (own) return { name: own.name, mailbox: own.mailbox };

  const mailboxes = large.map(({ mailbox }) => mailbox);
  const times = await readOrUnknown(deps, seen, mailboxes, start, end, tried);
  for (const { name, mailbox } of large) {
    const taken = times.get(mailbox) ?? 'unknown';
    // What it is moved from is in the way of nobody, and a room has no hours of its own.
    const others = taken === 'unknown' ? [] : taken.filter((time) => time.status !== 'off' && !isOwn(time, mailbox));
    if (taken === 'unknown' || others.length > 0) continue;
    const claimed = await deps.claims.take({ reference, booking, start, end, people: [claimOf(mailbox)] }, []);
    if (claimed.length === 0) return { name, mailbox };
  }
  return null;

  function isOwn(time: { start: Temporal.Instant; end: Temporal.Instant }, mailbox: string): boolean {
    return mailbox === room?.mailbox && inOutlook !== undefined && time.start.equals(inOutlook.start) && time.end.equals(inOutlook.end);
  }
}

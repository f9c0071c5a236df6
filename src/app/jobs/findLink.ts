import { currentBooking } from '../../domain/bookings.ts';
import { reportOnCase } from '../actOnCase.ts';
import type { Calendars } from '../calendars.ts';
import { OutsideFault } from '../faults.ts';
import { type CaseDependencies, seenBy } from '../seeCase.ts';
import { tellGuests } from './shareMeeting.ts';

/** How long a link is waited for, counted from when the invitation went out. */
const LOOKED_FOR = { hours: 24 };

/**
 * The job that looks whether Teams has given an event its link, where Outlook made it without one (OB6). It is tried again, every ten minutes
 * at last, until there is a link or a day has passed; then the case says that there is none. It does nothing where no link is missing.
 * @throws OutsideFault `not-yet` for the queue to try it again
 */
export function linkFinder(deps: CaseDependencies & { calendars: Calendars }): (reference: string) => Promise<void> {
  return async (reference) => {
    const trail = await deps.cases.load(reference);
    if (!trail) return;
    const { current, partnership, now } = seenBy(deps, trail, 'bot');
    const booking = currentBooking(current);
    if (booking?.status !== 'sent' || booking.heldFor !== undefined || booking.joinUrl !== null) return;
    const { number, calendarEvent, sentAt } = booking;
    if (calendarEvent === null || sentAt === undefined || booking.linkMissing) return;
    const found = await deps.calendars.read(partnership.mailbox, calendarEvent);
    // What somebody deleted or cancelled is seen to by the look at Outlook (OB3).
    if (!found || found.cancelled) return;
    const { joinUrl } = found;
    if (joinUrl !== null) await reportOnCase(deps, reference, { type: 'FindLink', booking: number, joinUrl });
    else if (Temporal.Instant.compare(Temporal.Instant.from(sentAt).add(LOOKED_FOR), now) <= 0)
      await reportOnCase(deps, reference, { type: 'MissLink', booking: number });
    else throw new OutsideFault('not-yet', 'a meeting has no Teams link yet', 'Nothing to do: it is looked at again for a day.');
    await tellGuests(deps, reference);
  };
}

import { byHand, currentBooking } from '../bookings.ts';
import type { Case } from '../case.ts';
import { sayShortfalls, shortfallsOf } from '../lawfulTime.ts';
import { dateOf, sayDate } from '../londonTime.ts';
import { slotOf } from '../outlook.ts';
import { already, notNow } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { listOf } from '../words.ts';
import type { CommandFamily } from './commandFacts.ts';
import { byBookers, chairFirst, notBooked } from './meeting.ts';

/** What those who book do about what somebody did to the event in Outlook (OB3); another time is chosen as ever. */
export const outlookCommands: CommandFamily<'TakeOutlookTime' | 'RestoreBooking'> = {
  TakeOutlookTime: {
    rule: (current, intention, context) => where(byHandIn(current) === 'moved', byBookers(current, intention, context)),
    onlyFor: (words) => `Only those who book this ${words.meeting} can take the time that Outlook has.`,
    consequences: (current, { reason }, { procedure, calendar, now }) => {
      const booking = currentBooking(current);
      const at = booking?.outlook?.at;
      if (!booking || !at) return already('Outlook and this case say the same time.');
      const short = sayShortfalls(shortfallsOf(at, current, procedure, calendar, now), current, procedure, calendar, now);
      if (short.length > 0 && reason === null) return notBooked({ reason: `That time is ${listOf(short)}. Say why.` });
      if (reason === null && (booking.outlook?.claimed ?? []).length > 0)
        return notBooked({ reason: 'Somebody who has to be there is needed elsewhere then. Say why this time all the same.' }, 'OB1');
      const slot = slotOf(at, booking.outlook?.claimed ?? [], current, procedure, calendar, now);
      return { events: [{ type: 'OutlookTimeTaken', booking: booking.number, slot, reason }] };
    },
  },
  RestoreBooking: {
    rule: (current, intention, context) => where(byHandIn(current) !== null, byBookers(current, intention, context)),
    onlyFor: (words) => `Only those who book this ${words.meeting} can put it back.`,
    consequences: (current, _command, context) => {
      const booking = currentBooking(current);
      const first = chairFirst(current, context);
      if (!booking || first) return first ?? already('There is nothing to put back.');
      const { number, slot, reason } = booking;
      if (Temporal.Instant.compare(slot.start, context.now) <= 0)
        return notNow(`${sayDate(dateOf(slot.start))} has gone. Choose another time.`, 'OB3');
      return { events: [{ type: 'TimeChosen', booking: number, slot, reason }] };
    },
  },
};

function byHandIn(current: Case): ReturnType<typeof byHand> {
  const booking = currentBooking(current);
  return booking && byHand(booking);
}

function where(stands: boolean, rule: ReturnType<typeof byBookers>): Rule {
  return { ...rule, bar: rule.bar ?? (stands ? null : notNow('Outlook and this case say the same of it.', 'OB3')) };
}

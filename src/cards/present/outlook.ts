import type { CaseForViewer } from '../../app/seeCase.ts';
import { nameOf } from '../../directory/names.ts';
import { type Booking, byHand, currentBooking } from '../../domain/bookings.ts';
import type { Answer } from '../../domain/events/meetingEvents.ts';
import { sayShortfalls, shortfallsOf } from '../../domain/lawfulTime.ts';
import { sayInstant } from '../../domain/londonTime.ts';
import { answersOf, type Trouble, troublesOf } from '../../domain/outlook.ts';
import { meetingChairOf } from '../../domain/sharing.ts';
import { listOf, sayMeeting } from '../../domain/words.ts';
import type { Fact } from '../dates.ts';
import type { Alert, Button } from './body.ts';

/** What somebody did in Outlook, and those who declined, for those who book and whoever decided (OB3). */
export function outlookAlerts(seen: CaseForViewer): Alert[] {
  return troublesOf(seen.current).map((trouble) => ({ text: sayTrouble(trouble, seen), style: 'attention' }));
}

function sayTrouble(trouble: Trouble, { current, directory, procedure, calendar, now }: CaseForViewer): string {
  const { meeting } = procedure.words;
  const who = (person: string) =>
    `${nameOf(directory, person)}, who ${person === meetingChairOf(current) ? 'chairs it' : 'has to be there'},`;
  switch (trouble.what) {
    case 'moved': {
      const short = sayShortfalls(shortfallsOf(trouble.to, current, procedure, calendar, now), current, procedure, calendar, now);
      const claimed = trouble.claimed.map((person) => nameOf(directory, person));
      const wrong = [
        ...short,
        ...(claimed.length > 0 ? [`when ${listOf(claimed)} ${claimed.length > 1 ? 'are' : 'is'} needed elsewhere`] : []),
      ];
      return `Somebody moved it in Outlook to ${sayMeeting(trouble.to)}${wrong.length > 0 ? `, which is ${listOf(wrong)}` : ''}. Take that time, put ours back, or choose another.`;
    }
    case 'cancelled':
      return `Somebody cancelled this ${meeting} in Outlook. Book it anew for the same time, or choose another.`;
    case 'gone':
      return `Somebody deleted this ${meeting} in Outlook. Book it anew for the same time, or choose another.`;
    case 'declined':
      return `${who(trouble.person)} declined in Outlook. Choose another time, or ask them who comes instead.`;
    case 'taken off':
      return `${who(trouble.person)} was taken off the invitation in Outlook. Please make sure that they come.`;
  }
}

/** Where a booking stands in Outlook, in a few words; null where that is as it was booked. */
export function sayByHand(booking: Booking): string | null {
  const what = byHand(booking);
  return what && { moved: 'Moved in Outlook', cancelled: 'Cancelled in Outlook', gone: 'Deleted in Outlook' }[what];
}

/** What else Outlook says of it, for those who book: other times that people proposed, whom somebody took off or added, and the room (OB3). */
export function outlookFacts(seen: CaseForViewer): Fact[] {
  const { current, directory } = seen;
  const booking = currentBooking(current);
  const { outlook, room } = booking ?? {};
  const names = (people: { person: string }[]) => listOf(people.map(({ person }) => nameOf(directory, person)));
  const fact = (title: string, value: string): Fact[] => (value === '' ? [] : [{ title, value }]);
  const proposed = answersOf(current).flatMap(({ person, proposed: time }) =>
    time ? [`${nameOf(directory, person)}: ${sayMeeting(time)}`] : [],
  );
  return [
    ...fact('Other time proposed', proposed.join('; ')),
    ...fact('Taken off in Outlook', names((outlook?.takenOff ?? []).map((person) => ({ person })))),
    ...fact('Invited by hand', listOf((outlook?.others ?? []).map(({ name }) => name))),
    ...roomFact(room, outlook?.room, booking?.place),
    ...fact('Outlook read', outlook ? sayInstant(outlook.readAt) : ''),
  ];
}

function roomFact(room: Booking['room'], answer: Answer | undefined, place: string | undefined): Fact[] {
  if (room === null) return [{ title: 'Room', value: 'None that is large enough is free then' }];
  const name = room?.name ?? place;
  return name === undefined ? [] : [{ title: 'Room', value: answer === 'declined' ? `${name}, which declined` : name }];
}

/** The ways on where somebody changed the event in Outlook, before the usual ones (OB3). */
export function waysOn(booking: Booking): Button[] {
  const what = byHand(booking);
  if (what === null) return [];
  return what === 'moved'
    ? [
        { verb: 'take-time', title: "Take Outlook's time", style: 'positive' },
        { verb: 'put-back', title: 'Put our time back' },
      ]
    : [{ verb: 'put-back', title: 'Book it anew', style: 'positive' }];
}

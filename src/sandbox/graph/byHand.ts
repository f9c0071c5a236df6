import type { Clock } from '../../app/ports.ts';
import { RequestFault } from '../server.ts';
import { answerForRooms, RESPONSES } from './answers.ts';
import { changeMeeting, type EventChange } from './change.ts';
import { isOff, type Meeting, type Meetings, organises } from './meetings.ts';
import type { User, Users } from './users.ts';

/** What people do in Outlook, by hand, to what is in their calendars. */
export type ByHand = ReturnType<typeof byHand>;

const WORDS: Record<string, keyof typeof RESPONSES> = {
  accepted: 'accept',
  accept: 'accept',
  tentative: 'tentativelyAccept',
  tentativelyAccepted: 'tentativelyAccept',
  tentativelyAccept: 'tentativelyAccept',
  declined: 'decline',
  decline: 'decline',
};

/**
 * What a person, or whoever opens a mailbox, does in Outlook. Only the organiser moves a meeting or cancels it for everybody; somebody
 * invited answers, or takes it out of their own calendar, of which the organiser does not hear. `delegates` says of whom it is known that
 * they open the mailboxes that conferences are booked from.
 */
export function byHand(users: Users, meetings: Meetings, clock: Clock, delegates: (person: string) => string[]) {
  const seats = (whose: string): User[] => {
    const own = users.all.find(({ person }) => person === whose) ?? users.find(whose);
    if (!own) throw new RequestFault(404, `There is no calendar of "${whose}".`);
    return [own, ...delegates(whose).flatMap((mailbox) => users.find(mailbox) ?? [])];
  };
  const opened = (whose: string, event: string): { meeting: Meeting; user: User } => {
    const found = seats(whose).flatMap((user) => {
      const meeting = meetings.find(user, event);
      return meeting ? [{ meeting, user }] : [];
    });
    if (!found[0]) throw new RequestFault(404, 'There is no such event in that calendar.');
    return found[0];
  };
  return {
    change(whose: string, event: string, { attendees, ...changes }: EventChange): void {
      const { meeting, user } = opened(whose, event);
      if (!organises(meeting, user))
        throw new RequestFault(403, 'Only the organiser can change a meeting. Answer it, and propose another time.');
      const lasts = Temporal.Instant.from(meeting.start).until(meeting.end);
      // Outlook keeps how long it lasts when only its beginning is moved.
      const end = changes.end ?? changes.start?.add(lasts);
      const people = attendees?.map(({ email, type }) => ({
        email: users.all.find(({ person }) => person === email)?.email ?? email,
        type,
      }));
      changeMeeting(meetings, meeting, { ...changes, ...(end ? { end } : {}), ...(people ? { attendees: people } : {}) });
      answerForRooms(meeting, meetings, users, clock);
    },
    remove(whose: string, event: string): void {
      const { meeting, user } = opened(whose, event);
      const own = organises(meeting, user);
      meetings.change(meeting, own ? { cancelled: true } : { deletedBy: [...meeting.deletedBy, user.email.toLowerCase()] });
    },
    answer(whose: string, event: string, response: string, proposed: { start: Temporal.Instant; end: Temporal.Instant } | null): void {
      const { meeting, user } = opened(whose, event);
      const word = WORDS[response];
      if (!word) throw new RequestFault(400, 'That is no answer.');
      if (organises(meeting, user)) throw new RequestFault(400, 'Whoever organises a meeting cannot answer it.');
      if (isOff(meeting, user)) throw new RequestFault(400, 'This meeting was cancelled.');
      if (proposed && word === 'accept') throw new RequestFault(400, 'A new time goes with a tentative answer or with declining.');
      const at = clock.now().toString({ fractionalSecondDigits: 0 });
      const times = proposed && { start: `${proposed.start}`, end: `${proposed.end}` };
      meetings.answer(meeting, user.email, { response: RESPONSES[word], at, proposed: times }, true);
    },
  };
}

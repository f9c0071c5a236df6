import type {
  Attendee,
  AttendeeType,
  Event,
  ItemBody,
  Location,
  Recipient,
  ResponseType,
  Sensitivity,
} from '@microsoft/microsoft-graph-types';
import type { Clock } from '../../app/ports.ts';
import type { Shelf } from '../shelf.ts';
import { shownTime } from './times.ts';
import type { User, Users } from './users.ts';

/** How somebody answered an invitation, by their address in small letters. Times are UTC in ISO 8601. */
export type Answered = { response: ResponseType; at: string; proposed: { start: string; end: string } | null };

/** A meeting as the organiser made it; each person's event is a view of it. Times are UTC in ISO 8601. */
export type Meeting = {
  key: string;
  organiser: string;
  transactionId: string | null;
  /** What the create request said, to tell a repetition from a different event under the same transaction. */
  asked: string;
  subject: string;
  body: Required<ItemBody> & { content: string };
  start: string;
  end: string;
  attendees: { email: string; type: AttendeeType }[];
  sensitivity: Sensitivity;
  hideAttendees: boolean;
  allowNewTimeProposals: boolean;
  responseRequested: boolean;
  joinUrl: string | null;
  cancelled: boolean;
  /** Addresses of attendees who were left out later: they see it as cancelled. */
  uninvited: string[];
  /** Addresses of people who deleted it from their own calendar. */
  deletedBy: string[];
  /** It is in no calendar, and its organiser still reads it by its id; `cancelled` where everybody was told. */
  inDeletedItems?: 'cancelled' | 'deleted';
  /** Where it meets; absent where that was not said. */
  location?: Location;
  /** What the organiser has been answered, by address; absent in what was kept before answers were. */
  answers?: Record<string, Answered>;
  /** What people answered in their own calendars, though they may not have told the organiser. */
  ownAnswers?: Record<string, ResponseType>;
  createdAt: string;
  changedAt: string;
};

/** The sandbox's meetings. */
export type Meetings = ReturnType<typeof openMeetings>;

/** Every meeting of the sandbox's tenant, kept on the shelf. */
export function openMeetings(shelf: Shelf, clock: Clock) {
  const meetings = shelf.read<Meeting[]>('graph-meetings', []);
  const now = () => clock.now().toString({ fractionalSecondDigits: 0 });
  return {
    add(meeting: Omit<Meeting, 'key' | 'createdAt' | 'changedAt' | 'cancelled' | 'uninvited' | 'deletedBy'>): Meeting {
      const added = {
        ...meeting,
        key: crypto.randomUUID().replaceAll('-', ''),
        cancelled: false,
        uninvited: [],
        deletedBy: [],
        createdAt: now(),
        changedAt: now(),
      };
      meetings.push(added);
      shelf.write('graph-meetings', meetings);
      return added;
    },
    change(meeting: Meeting, changes: Partial<Meeting>): void {
      Object.assign(meeting, changes, { changedAt: now() });
      shelf.write('graph-meetings', meetings);
    },
    /** Somebody answers; the organiser hears of it where it is sent. */
    answer(meeting: Meeting, email: string, answered: Answered, sent: boolean): void {
      const key = email.toLowerCase();
      meeting.ownAnswers = { ...meeting.ownAnswers, [key]: answered.response };
      if (sent) meeting.answers = { ...meeting.answers, [key]: answered };
      shelf.write('graph-meetings', meetings);
    },
    /** The meeting that a transaction made in an organiser's calendar, though it be cancelled since. */
    ofTransaction: (organiser: User, transactionId: string) =>
      meetings.find((meeting) => meeting.organiser === organiser.email && meeting.transactionId === transactionId) ?? null,
    /** The meetings that stand in a person's calendar, cancelled invitations included. */
    of: (user: User) => meetings.filter((meeting) => stands(meeting, user)),
    /** By the id of that person's own event. */
    find: (user: User, event: string) =>
      meetings.find(
        (meeting) =>
          eventId(meeting, user) === event && (stands(meeting, user) || (organises(meeting, user) && meeting.inDeletedItems !== undefined)),
      ) ?? null,
  };
}

/** Whether the person organises the meeting. */
export function organises(meeting: Meeting, user: User): boolean {
  return meeting.organiser === user.email;
}

/** Whether a meeting is off for this person: cancelled, or they were left out of it. */
export function isOff(meeting: Meeting, user: User): boolean {
  if (organises(meeting, user) && meeting.inDeletedItems === 'deleted') return false;
  return meeting.cancelled || meeting.uninvited.includes(user.email.toLowerCase());
}

/** How the meeting shows in the person's free/busy: an invitation not yet answered is tentative, and one that was declined is free. */
export function showsAs(meeting: Meeting, user: User): 'free' | 'busy' | 'tentative' {
  const response = ownAnswer(meeting, user);
  if (isOff(meeting, user) || response === 'declined') return 'free';
  return organises(meeting, user) || response === 'accepted' ? 'busy' : 'tentative';
}

/** What the person answered, as their own calendar has it. */
export function ownAnswer(meeting: Meeting, user: User): ResponseType {
  return organises(meeting, user) ? 'organizer' : (meeting.ownAnswers?.[user.email.toLowerCase()] ?? 'notResponded');
}

/** The person's event for a meeting, as Graph writes it. */
export function eventOf(meeting: Meeting, user: User, users: Users): Event {
  const address = (email: string): Recipient => ({ emailAddress: { address: email, name: users.find(email)?.name ?? email } });
  const own = organises(meeting, user);
  const off = isOff(meeting, user);
  const seen =
    meeting.hideAttendees && !own
      ? meeting.attendees.filter(({ email }) => email.toLowerCase() === user.email.toLowerCase())
      : meeting.attendees;
  return {
    id: eventId(meeting, user),
    createdDateTime: meeting.createdAt,
    lastModifiedDateTime: meeting.changedAt,
    ...(own && meeting.transactionId ? { transactionId: meeting.transactionId } : {}),
    iCalUId: meeting.key,
    subject: off ? `Canceled: ${meeting.subject}` : meeting.subject,
    body: meeting.body,
    bodyPreview: meeting.body.content.slice(0, 255),
    sensitivity: meeting.sensitivity,
    showAs: showsAs(meeting, user),
    type: 'singleInstance',
    isAllDay: false,
    isCancelled: off,
    isOrganizer: own,
    start: shownTime(meeting.start),
    end: shownTime(meeting.end),
    organizer: address(meeting.organiser),
    attendees: seen.map(
      // To whom the organiser is another, only their own answer is told.
      ({ email, type }): Attendee => ({ ...address(email), type, ...statusOf(own ? meeting : { ...meeting, answers: {} }, email) }),
    ),
    responseStatus: { response: ownAnswer(meeting, user), time: '0001-01-01T00:00:00Z' },
    location: meeting.location ?? { displayName: '' },
    responseRequested: meeting.responseRequested,
    allowNewTimeProposals: meeting.allowNewTimeProposals,
    hideAttendees: meeting.hideAttendees,
    isOnlineMeeting: meeting.joinUrl !== null,
    onlineMeetingProvider: meeting.joinUrl ? 'teamsForBusiness' : 'unknown',
    onlineMeeting: meeting.joinUrl ? { joinUrl: meeting.joinUrl } : null,
  };
}

/** What an organiser's event says of somebody's answer, and of the time that they proposed. */
function statusOf({ answers = {} }: Meeting, email: string): Pick<Attendee, 'status' | 'proposedNewTime'> {
  const told = answers[email.toLowerCase()];
  return {
    status: told ? { response: told.response, time: told.at } : { response: 'none', time: '0001-01-01T00:00:00Z' },
    ...(told?.proposed ? { proposedNewTime: { start: shownTime(told.proposed.start), end: shownTime(told.proposed.end) } } : {}),
  };
}

/** The id of a person's own event: every copy has one, ending as Exchange's ids do. */
export function eventId(meeting: Meeting, user: User): string {
  return `AAMk${meeting.key}${user.id.replaceAll('-', '')}=`;
}

function stands(meeting: Meeting, user: User): boolean {
  if (meeting.deletedBy.includes(user.email.toLowerCase())) return false;
  if (organises(meeting, user)) return !meeting.cancelled;
  return [...meeting.attendees.map(({ email }) => email.toLowerCase()), ...meeting.uninvited].includes(user.email.toLowerCase());
}

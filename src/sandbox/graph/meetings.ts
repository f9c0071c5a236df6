import type { Attendee, AttendeeType, Event, ItemBody, Recipient, Sensitivity } from '@microsoft/microsoft-graph-types';
import type { Clock } from '../../app/ports.ts';
import type { Shelf } from '../shelf.ts';
import { shownTime } from './times.ts';
import type { User, Users } from './users.ts';

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
    /** The meeting that a transaction made in an organiser's calendar, though it be cancelled since. */
    ofTransaction: (organiser: User, transactionId: string) =>
      meetings.find((meeting) => meeting.organiser === organiser.email && meeting.transactionId === transactionId) ?? null,
    /** The meetings that stand in a person's calendar, cancelled invitations included. */
    of: (user: User) => meetings.filter((meeting) => stands(meeting, user)),
    /** By the id of that person's own event. */
    find: (user: User, event: string) => meetings.find((meeting) => eventId(meeting, user) === event && stands(meeting, user)) ?? null,
  };
}

/** Whether the person organises the meeting. */
export function organises(meeting: Meeting, user: User): boolean {
  return meeting.organiser === user.email;
}

/** Whether a meeting is off for this person: cancelled, or they were left out of it. */
export function isOff(meeting: Meeting, user: User): boolean {
  return meeting.cancelled || meeting.uninvited.includes(user.email.toLowerCase());
}

/** How the meeting shows in the person's free/busy: an invitation not yet answered is tentative. */
export function showsAs(meeting: Meeting, user: User): 'free' | 'busy' | 'tentative' {
  if (isOff(meeting, user)) return 'free';
  return organises(meeting, user) ? 'busy' : 'tentative';
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
      ({ email, type }): Attendee => ({ ...address(email), type, status: { response: 'none', time: '0001-01-01T00:00:00Z' } }),
    ),
    responseStatus: { response: own ? 'organizer' : 'notResponded', time: '0001-01-01T00:00:00Z' },
    responseRequested: meeting.responseRequested,
    allowNewTimeProposals: meeting.allowNewTimeProposals,
    hideAttendees: meeting.hideAttendees,
    isOnlineMeeting: meeting.joinUrl !== null,
    onlineMeetingProvider: meeting.joinUrl ? 'teamsForBusiness' : 'unknown',
    onlineMeeting: meeting.joinUrl ? { joinUrl: meeting.joinUrl } : null,
  };
}

/** Every person's copy has an id of its own, ending as Exchange's ids do. */
function eventId(meeting: Meeting, user: User): string {
  return `AAMk${meeting.key}${user.id.replaceAll('-', '')}=`;
}

function stands(meeting: Meeting, user: User): boolean {
  if (meeting.deletedBy.includes(user.email.toLowerCase())) return false;
  if (organises(meeting, user)) return !meeting.cancelled;
  return [...meeting.attendees.map(({ email }) => email.toLowerCase()), ...meeting.uninvited].includes(user.email.toLowerCase());
}

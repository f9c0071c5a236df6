import { LONDON } from '../../domain/londonTime.ts';
import type { Diary } from './diary.ts';
import { eventId, isOff, type Meetings, organises, ownAnswer, showsAs } from './meetings.ts';
import { diaryItems } from './schedule.ts';
import type { Users } from './users.ts';

/** An event as `GET /calendars` tells it. Times are UTC in ISO 8601. */
export type EventShown = {
  /** By which it is changed, answered or deleted, in that calendar; null for what the diary holds. */
  id: string | null;
  subject: string;
  start: string;
  end: string;
  showAs: string;
  sensitivity: string;
  organiser: string;
  isOrganiser: boolean;
  /** Each with their answer as the organiser has it, and the other time that they proposed. */
  attendees: { email: string; type: string; response: string; proposedNewTime: { start: string; end: string } | null }[];
  /** What the calendar's owner answered. */
  response: string;
  /** Where it meets; empty where that is not said. */
  location: string;
  isOnlineMeeting: boolean;
  joinUrl: string | null;
  cancelled: boolean;
  body: string;
};

/** One person's calendar; `person` is their id in the directory, null for a shared mailbox. */
export type CalendarShown = { person: string | null; name: string; email: string; events: EventShown[] };

/** What is in everybody's calendar, for the control address and its page: meetings always, the diary between two London dates. */
export function calendarsShown(
  users: Users,
  meetings: Meetings,
  diary: Diary,
  between?: { from: Temporal.PlainDate; to: Temporal.PlainDate },
): CalendarShown[] {
  return users.all.map((user) => {
    const booked: EventShown[] = meetings.of(user).map((meeting) => ({
      id: eventId(meeting, user),
      subject: meeting.subject,
      start: meeting.start,
      end: meeting.end,
      showAs: showsAs(meeting, user),
      sensitivity: meeting.sensitivity,
      organiser: meeting.organiser,
      isOrganiser: organises(meeting, user),
      attendees: meeting.attendees.map(({ email, type }) => {
        const told = meeting.answers?.[email.toLowerCase()];
        return { email, type, response: told?.response ?? 'none', proposedNewTime: told?.proposed ?? null };
      }),
      response: ownAnswer(meeting, user),
      location: meeting.location?.displayName ?? '',
      isOnlineMeeting: meeting.joinUrl !== null,
      joinUrl: meeting.joinUrl,
      cancelled: isOff(meeting, user),
      body: meeting.body.content,
    }));
    const window = between && {
      from: between.from.toZonedDateTime(LONDON).toInstant(),
      to: between.to.add({ days: 1 }).toZonedDateTime(LONDON).toInstant(),
    };
    const other: EventShown[] = (window ? diaryItems(diary, user, window.from, window.to) : []).map((item) => ({
      id: null,
      subject: item.subject,
      start: `${item.start}`,
      end: `${item.end}`,
      showAs: item.status,
      sensitivity: item.private ? 'private' : 'normal',
      organiser: user.email,
      isOrganiser: true,
      attendees: [],
      response: 'organizer',
      location: '',
      isOnlineMeeting: false,
      joinUrl: null,
      cancelled: false,
      body: '',
    }));
    const events = [...booked, ...other].sort((a, b) => a.start.localeCompare(b.start));
    return { person: user.person, name: user.name, email: user.email, events };
  });
}

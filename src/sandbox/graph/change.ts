import type { AttendeeType, Location } from '@microsoft/microsoft-graph-types';
import type { Meeting, Meetings } from './meetings.ts';

/** What an organiser changes of a meeting; what is left out stays. */
export type EventChange = Partial<Pick<Meeting, 'subject' | 'body' | 'sensitivity'>> & {
  start?: Temporal.Instant;
  end?: Temporal.Instant;
  attendees?: { email: string; type: AttendeeType }[];
  location?: Location;
  isOnlineMeeting?: boolean;
};

/**
 * Changes a meeting for everybody, as Exchange does: whoever is left out sees it as cancelled, another time asks everybody anew, and a new
 * body without the Teams part costs the meeting its link.
 */
export function changeMeeting(meetings: Meetings, meeting: Meeting, { start, end, isOnlineMeeting, ...rest }: EventChange): void {
  const moved = (start !== undefined && `${start}` !== meeting.start) || (end !== undefined && `${end}` !== meeting.end);
  const kept = new Set(rest.attendees?.map(({ email }) => email.toLowerCase()));
  const left = rest.attendees ? meeting.attendees.map(({ email }) => email.toLowerCase()).filter((email) => !kept.has(email)) : [];
  const joinUrl = rest.body && meeting.joinUrl && !rest.body.content.includes(meeting.joinUrl) ? null : meeting.joinUrl;
  const given = isOnlineMeeting && !meeting.joinUrl ? `https://teams.microsoft.com/l/meetup-join/sandbox/${crypto.randomUUID()}` : joinUrl;
  meetings.change(meeting, {
    ...rest,
    ...(start ? { start: `${start}` } : {}),
    ...(end ? { end: `${end}` } : {}),
    ...(moved ? { answers: {}, ownAnswers: {} } : {}),
    joinUrl: given,
    uninvited: [...meeting.uninvited.filter((email) => !kept.has(email)), ...left],
  });
}

import type { Attendee, Event, Location } from '@microsoft/microsoft-graph-types';
import type { z } from 'zod';
import type { Before, EventFound, Invitation } from '../app/calendars.ts';
import type { Answer } from '../domain/events/meetingEvents.ts';
import type { eventAnswer } from './answers.ts';
import { utc } from './busyTimes.ts';

/** An event as Graph has it. */
export type GraphEvent = z.infer<typeof eventAnswer>;

/**
 * What makes an event say what an invitation says, and no more (OB9): of what the invitation said `before`, only what has changed since, so
 * that what people did in Outlook by hand stays. Without it, all that is other. Attendees go all or not at all, as Graph wants them. The
 * body is never among it: without the Teams part that Outlook added to it, the meeting would lose its link.
 */
export function changesTo(event: GraphEvent, wanted: Invitation, before: Before | null): Event {
  const subject = before ? before.subject !== wanted.subject : (event.subject ?? '') !== wanted.subject;
  const time = !before?.timeStays && !(event.start.equals(wanted.start) && event.end.equals(wanted.end));
  const attendees = attendeesOf(event, wanted, before);
  const room = before ? before.room?.mailbox !== wanted.room?.mailbox : attendees !== null && wanted.room !== null;
  return {
    ...(subject ? { subject: wanted.subject } : {}),
    ...(time ? { start: utc(wanted.start), end: utc(wanted.end) } : {}),
    ...(attendees ? { attendees } : {}),
    ...(room ? { location: locationOf(wanted.room) } : {}),
  };
}

/** Everybody whom an invitation goes to, the room as a resource. */
export function invitedBy({ attendees, room }: Pick<Invitation, 'attendees' | 'room'>): Attendee[] {
  return [
    ...attendees.map(({ email, required }): Attendee => ({ emailAddress: { address: email }, type: required ? 'required' : 'optional' })),
    ...(room ? [{ emailAddress: { address: room.mailbox, name: room.name }, type: 'resource' } satisfies Attendee] : []),
  ];
}

/** Where it meets, as Outlook shows it. */
export function locationOf(room: Invitation['room']): Location {
  return room
    ? { displayName: room.name, locationEmailAddress: room.mailbox, locationType: 'conferenceRoom' }
    : { displayName: '', locationType: 'default' };
}

/** The event's attendees with our own change made to them; null where that leaves them as they are. */
function attendeesOf(event: GraphEvent, wanted: Invitation, before: Before | null): Attendee[] | null {
  const now = invitedBy(wanted);
  const present = event.attendees ?? [];
  if (!before) {
    const same =
      present.length === now.length && now.every((each) => present.some((other) => isOf(other, each) && other.type === each.type));
    return same ? null : now;
  }
  const then = invitedBy(before);
  const added = now.filter((each) => !then.some((other) => isOf(other, each) && other.type === each.type));
  const gone = then.filter((each) => !now.some((other) => isOf(other, each)));
  // A time that is chosen anew goes to everybody who has to be there, also to whom somebody took off the event.
  const missing = before.timeStays ? [] : now.filter((each) => !present.some((other) => isOf(other, each)));
  const put = now.filter(
    (each) => (added.includes(each) || missing.includes(each)) && !present.some((other) => isOf(other, each) && other.type === each.type),
  );
  const kept = present.filter((each) => !gone.some((other) => isOf(other, each)) && !put.some((other) => isOf(other, each)));
  if (put.length === 0 && kept.length === present.length) return null;
  return [...kept.map(({ emailAddress, type }) => ({ emailAddress, type }) as Attendee), ...put];
}

type Addressed = { emailAddress?: { address?: string | null | undefined } | null | undefined };

function isOf(one: Addressed, other: Addressed): boolean {
  return (one.emailAddress?.address ?? '').toLowerCase() === (other.emailAddress?.address ?? '').toLowerCase();
}

/** Graph's words for an answer; one that is not known, and one not given yet, is none. */
const ANSWERS: Record<string, Answer> = { accepted: 'accepted', tentativelyAccepted: 'tentative', declined: 'declined' };

/** An event as the program reads it. */
export function foundOf({ isCancelled, start, end, onlineMeeting, attendees }: GraphEvent): EventFound {
  return {
    cancelled: isCancelled === true,
    start,
    end,
    joinUrl: onlineMeeting?.joinUrl ?? null,
    attendees: (attendees ?? []).flatMap(({ emailAddress, type, status, proposedNewTime }) => {
      const email = emailAddress?.address ?? '';
      if (email === '') return [];
      const answer = ANSWERS[status?.response ?? ''] ?? 'none';
      const said = { email, name: emailAddress?.name ?? email, answer, answeredAt: status?.time ?? '', proposed: proposedNewTime ?? null };
      return [{ ...said, kind: type === 'resource' ? 'room' : 'person' } as const];
    }),
  };
}

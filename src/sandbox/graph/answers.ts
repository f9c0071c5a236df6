import type { TimeSlot } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { Clock } from '../../app/ports.ts';
import type { FieldsOf } from '../../graph/answers.ts';
import { isOff, type Meeting, type Meetings, organises } from './meetings.ts';
import { type Answer, type GraphRequest, refuse } from './operation.ts';
import { dateTimeTimeZone, overlap } from './times.ts';
import type { User, Users } from './users.ts';

const slot = z.object({ start: dateTimeTimeZone, end: dateTimeTimeZone } satisfies FieldsOf<TimeSlot>);
const body = z.object({
  comment: z.string().nullish(),
  sendResponse: z.boolean().nullish(),
  proposedNewTime: slot.nullish(),
});

/** Graph's three ways to answer, by the last part of the address. */
export const RESPONSES = { accept: 'accepted', tentativelyAccept: 'tentativelyAccepted', decline: 'declined' } as const;

/**
 * An attendee's answer, as Microsoft has it: the organiser cannot answer, a new time can be proposed with a decline or a tentative answer
 * where the event allows it, and without `sendResponse` the organiser does not hear of it.
 */
export function respond(
  meetings: Meetings,
  clock: Clock,
  response: (typeof RESPONSES)[keyof typeof RESPONSES],
): (meeting: Meeting, user: User, request: GraphRequest) => Answer {
  return (meeting, user, request) => {
    if (organises(meeting, user))
      return refuse(
        400,
        'ErrorInvalidRequest',
        "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.",
      );
    const asked = body.safeParse(request.body ?? {});
    if (!asked.success) return refuse(400, 'ErrorInvalidRequest', 'The request is not valid.');
    const { sendResponse, proposedNewTime } = asked.data;
    if (proposedNewTime && (response === 'accepted' || !meeting.allowNewTimeProposals || sendResponse === false))
      return refuse(400, 'ErrorInvalidRequest', 'A new time cannot be proposed for this meeting.');
    const proposed = proposedNewTime ? { start: `${proposedNewTime.start}`, end: `${proposedNewTime.end}` } : null;
    const at = clock.now().toString({ fractionalSecondDigits: 0 });
    meetings.answer(meeting, user.email, { response, at, proposed }, sendResponse !== false);
    return { status: 202 };
  };
}

/** A room answers by itself, as a resource mailbox that accepts what it is free for and declines what conflicts. */
export function answerForRooms(meeting: Meeting, meetings: Meetings, users: Users, clock: Clock): void {
  for (const { email, type } of meeting.attendees) {
    const room = users.find(email);
    if (type !== 'resource' || !room?.room) continue;
    const taken = meetings
      .of(room)
      .some((other) => other !== meeting && !isOff(other, room) && accepted(other, email) && overlap(spanOf(other), spanOf(meeting)));
    const at = clock.now().toString({ fractionalSecondDigits: 0 });
    meetings.answer(meeting, email, { response: taken ? 'declined' : 'accepted', at, proposed: null }, true);
  }
}

function accepted({ answers = {} }: Meeting, email: string): boolean {
  return answers[email.toLowerCase()]?.response === 'accepted';
}

function spanOf({ start, end }: Meeting) {
  return { start: Temporal.Instant.from(start), end: Temporal.Instant.from(end) };
}

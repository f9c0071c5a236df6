import type { Attendee, EmailAddress, Event, ItemBody, Location } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { Clock } from '../../app/ports.ts';
import type { FieldsOf } from '../../graph/answers.ts';
import { answerForRooms, RESPONSES, respond } from './answers.ts';
import { changeMeeting } from './change.ts';
import type { Diary } from './diary.ts';
import { eventOf, type Meeting, type Meetings, organises } from './meetings.ts';
import { type Answer, type GraphRequest, type Operation, page, refuse, selected } from './operation.ts';
import { diaryEvents } from './schedule.ts';
import { dateTimeTimeZone, overlap } from './times.ts';
import type { User, Users } from './users.ts';

const attendees = z
  .array(
    z.object({
      emailAddress: z.object({ address: z.email() } satisfies FieldsOf<EmailAddress>),
      type: z.enum(['required', 'optional', 'resource']).default('required'),
    } satisfies FieldsOf<Attendee>),
  )
  .transform((list) => list.map(({ emailAddress, type }) => ({ email: emailAddress.address, type })));
const body = z.object({
  contentType: z.enum(['text', 'html']).default('text'),
  content: z.string().default(''),
} satisfies FieldsOf<ItemBody>);

const changeable = {
  subject: z.string().max(255),
  body,
  start: dateTimeTimeZone,
  end: dateTimeTimeZone,
  attendees,
  sensitivity: z.enum(['normal', 'personal', 'private', 'confidential']),
  location: z.object({
    displayName: z.string().default(''),
    locationEmailAddress: z.string().optional(),
    locationType: z.enum(['default', 'conferenceRoom']).optional(),
  } satisfies FieldsOf<Location>),
} satisfies FieldsOf<Event>;
const newEvent = z.object({
  ...changeable,
  subject: changeable.subject.default(''),
  body: body.default({ contentType: 'text', content: '' }),
  attendees: attendees.default([]),
  sensitivity: changeable.sensitivity.default('normal'),
  location: changeable.location.optional(),
  transactionId: z.string().nullable().default(null),
  isOnlineMeeting: z.boolean().default(false),
  hideAttendees: z.boolean().default(false),
  allowNewTimeProposals: z.boolean().default(true),
  responseRequested: z.boolean().default(true),
} satisfies FieldsOf<Event>);
const changes = z.object({ ...changeable, isOnlineMeeting: z.boolean() }).partial();

/**
 * What an organiser and the attendees can do with events. `duplicate` is how a transaction seen before is answered: as
 * Exchange does ('as-exchange': the first event where the request is the same, 409 where it differs), or with 400 or 409 always.
 */
export function eventOperations(
  users: Users,
  meetings: Meetings,
  diary: Diary,
  clock: Clock,
  duplicate: 'as-exchange' | 400 | 409,
): Operation[] {
  const forUser = (answer: (user: User, request: GraphRequest, named: Record<string, string>) => Answer): Operation['answer'] => {
    return (request, named) => {
      const user = users.find(named.user ?? '');
      return user ? answer(user, request, named) : refuse(404, 'ErrorInvalidUser', `The requested user '${named.user}' is invalid.`);
    };
  };
  const forEvent = (answer: (meeting: Meeting, user: User, request: GraphRequest) => Answer): Operation['answer'] =>
    forUser((user, request, named) => {
      const meeting = meetings.find(user, named.event ?? '');
      return meeting
        ? answer(meeting, user, request)
        : refuse(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
    });
  const shown = (meeting: Meeting, user: User) => eventOf(meeting, user, users);

  const create = forUser((user, request) => {
    const asked = newEvent.safeParse(request.body);
    if (!asked.success) return invalid(asked.error);
    const { start, end, isOnlineMeeting, location, ...rest } = asked.data;
    if (Temporal.Instant.compare(start, end) > 0) return refuse(400, 'ErrorPropertyValidationFailure', 'The end is before the start.');
    const earlier = rest.transactionId === null ? null : meetings.ofTransaction(user, rest.transactionId);
    if (earlier && duplicate === 'as-exchange' && earlier.asked === JSON.stringify(request.body))
      return { status: 201, body: shown(earlier, user) };
    if (earlier)
      return refuse(
        duplicate === 400 ? 400 : 409,
        'ErrorDuplicateTransactionId',
        'The TransactionId was used before, for a different event.',
      );
    const joinUrl =
      isOnlineMeeting && !request.withoutLink ? `https://teams.microsoft.com/l/meetup-join/sandbox/${crypto.randomUUID()}` : null;
    const said = { asked: JSON.stringify(request.body), organiser: user.email, start: `${start}`, end: `${end}`, joinUrl };
    const made = meetings.add({ ...rest, ...said, ...(location ? { location: defined(location) } : {}) });
    answerForRooms(made, meetings, users, clock);
    return { status: 201, body: shown(made, user) };
  });

  const view = forUser((user, request) => {
    const times = ['startDateTime', 'endDateTime'].map(
      (name) => dateTimeTimeZone.safeParse({ dateTime: request.query.get(name) ?? '' }).data,
    );
    const [start, end] = times;
    if (!start || !end) return refuse(400, 'ErrorInvalidParameter', 'startDateTime and endDateTime are required.');
    const own = meetings
      .of(user)
      .filter((meeting) =>
        overlap({ start: Temporal.Instant.from(meeting.start), end: Temporal.Instant.from(meeting.end) }, { start, end }),
      );
    return page(request, [...own.map((meeting) => shown(meeting, user)), ...diaryEvents(diary, user, start, end)], 10);
  });

  const change = forEvent((meeting, user, request) => {
    const asked = changes.safeParse(request.body);
    if (!asked.success) return invalid(asked.error);
    if (!organises(meeting, user)) return refuse(403, 'ErrorAccessDenied', 'Only the organizer can change a meeting.');
    const { location, body: text, ...rest } = asked.data;
    changeMeeting(meetings, meeting, {
      ...defined(rest),
      ...(text ? { body: text } : {}),
      ...(location ? { location: defined(location) } : {}),
    });
    answerForRooms(meeting, meetings, users, clock);
    return { status: 200, body: shown(meeting, user) };
  });

  return [
    { method: 'POST', path: '/users/{user}/events', answer: create },
    { method: 'POST', path: '/users/{user}/calendar/events', answer: create },
    {
      method: 'GET',
      path: '/users/{user}/events',
      answer: forUser((user, request) =>
        page(
          request,
          meetings.of(user).map((meeting) => shown(meeting, user)),
          10,
        ),
      ),
    },
    { method: 'GET', path: '/users/{user}/calendarView', answer: view },
    {
      method: 'GET',
      path: '/users/{user}/events/{event}',
      answer: forEvent((meeting, user, request) => ({ status: 200, body: selected(request, shown(meeting, user)) })),
    },
    { method: 'PATCH', path: '/users/{user}/events/{event}', answer: change },
    {
      method: 'DELETE',
      path: '/users/{user}/events/{event}',
      answer: forEvent((meeting, user, { keptInDeletedItems }) => {
        const kept = keptInDeletedItems ? ({ inDeletedItems: 'deleted' } as const) : {};
        meetings.change(
          meeting,
          organises(meeting, user) ? { cancelled: true, ...kept } : { deletedBy: [...meeting.deletedBy, user.email.toLowerCase()] },
        );
        return { status: 204 };
      }),
    },
    ...Object.entries(RESPONSES).map(([name, response]) => ({
      method: 'POST',
      path: `/users/{user}/events/{event}/${name}`,
      answer: forEvent(respond(meetings, clock, response)),
    })),
    {
      method: 'POST',
      path: '/users/{user}/events/{event}/cancel',
      answer: forEvent((meeting, user, { keptInDeletedItems }) => {
        if (!organises(meeting, user))
          return refuse(400, 'ErrorInvalidRequest', "Your request can't be completed. You need to be an organizer to cancel a meeting.");
        meetings.change(meeting, { cancelled: true, ...(keptInDeletedItems ? { inDeletedItems: 'cancelled' } : {}) });
        return { status: 202 };
      }),
    },
  ];
}

function invalid(error: z.ZodError): Answer {
  return refuse(400, 'ErrorInvalidRequest', `The request is not valid: ${error.issues.map((issue) => issue.path.join('.')).join(', ')}.`);
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ByHand } from './graph/byHand.ts';
import type { CalendarShown } from './graph/calendarsShown.ts';
import { RequestFault, readJson, sendJson } from './server.ts';

type Dependencies = { byHand: ByHand; calendarOf(whose: string): CalendarShown | null; settle(): Promise<void> };

const time = z.object({ dateTime: z.string() }).or(z.string());
const change = z.strictObject({
  subject: z.string().max(255).optional(),
  start: time.optional(),
  end: time.optional(),
  /** Addresses or people's ids. */
  attendees: z
    .array(z.string().or(z.object({ email: z.string(), type: z.enum(['required', 'optional', 'resource']).optional() })))
    .optional(),
});
const response = z.strictObject({
  response: z.enum(['accepted', 'tentative', 'tentativelyAccepted', 'declined', 'accept', 'tentativelyAccept', 'decline']),
  proposedNewTime: z.object({ start: time, end: time }).nullish(),
});

/**
 * The control's part under `/calendars/{person}`: their calendar with its answers, and what they would do in Outlook, with
 * `PATCH` and `DELETE` of an event and `POST .../answer`. `{person}` is somebody's id or any mailbox's address, such as the one that
 * conferences are booked from; an administrator also opens that one's events.
 */
export function calendarControl(
  deps: Dependencies,
): (request: IncomingMessage, response: ServerResponse, path: string[]) => Promise<boolean> {
  return async (request, answer, [whose = '', events, event = '', deed, ...more]) => {
    const { byHand, calendarOf } = deps;
    const calendar = calendarOf(whose);
    if (!calendar) throw new RequestFault(404, `There is no calendar of "${whose}". GET /calendars lists them.`);
    if (events === undefined && request.method === 'GET') return sendJson(answer, 200, calendar);
    if (events !== 'events' || event === '' || more.length > 0) return false;
    const method = `${request.method}${deed === undefined ? '' : ` ${deed}`}`;
    const deeds: Record<string, () => Promise<void> | void> = {
      PATCH: async () => byHand.change(whose, event, changesIn(checked(change, await readJson(request), CHANGE))),
      DELETE: () => byHand.remove(whose, event),
      'POST answer': async () => {
        const asked = checked(response, await readJson(request), ANSWER);
        const proposed = asked.proposedNewTime;
        byHand.answer(whose, event, asked.response, proposed ? { start: instantOf(proposed.start), end: instantOf(proposed.end) } : null);
      },
    };
    const wanted = deeds[method];
    if (!wanted) throw new RequestFault(405, `/calendars/{person}/events/{event} does not answer ${method}.`);
    await wanted();
    await deps.settle();
    return sendJson(answer, 200, calendarOf(whose)?.events.find(({ id }) => id === event) ?? { id: event, removed: true });
  };
}

const CHANGE =
  'Change it as {"start": "2027-03-02T10:00:00Z", "end": "2027-03-02T12:00:00Z"}, with "subject" or "attendees" if those change.';
const ANSWER =
  'Answer as {"response": "declined"}: accepted, tentative or declined; with "proposedNewTime": {"start", "end"} to propose another.';

function checked<T>(schema: z.ZodType<T>, body: unknown, sentence: string): T {
  const read = schema.safeParse(body);
  if (!read.success) throw new RequestFault(400, sentence);
  return read.data;
}

type Change = z.infer<typeof change>;

function changesIn({ subject, start, end, attendees }: Change) {
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(start === undefined ? {} : { start: instantOf(start) }),
    ...(end === undefined ? {} : { end: instantOf(end) }),
    ...(attendees
      ? {
          attendees: attendees.map((each) =>
            typeof each === 'string'
              ? { email: each, type: 'required' as const }
              : { email: each.email, type: each.type ?? ('required' as const) },
          ),
        }
      : {}),
  };
}

/** An instant as `2027-03-02T10:00:00Z`, or as Graph writes one, in UTC. */
function instantOf(given: z.infer<typeof time>): Temporal.Instant {
  const written = typeof given === 'string' ? given : `${given.dateTime.replace(/Z$/, '')}Z`;
  try {
    return Temporal.Instant.from(written);
  } catch {
    throw new RequestFault(400, 'Give a time as "2027-03-02T10:00:00Z", with Z or an offset such as +01:00.');
  }
}

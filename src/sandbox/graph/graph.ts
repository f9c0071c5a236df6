import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../app/ports.ts';
import type { Shelf } from '../shelf.ts';
import { type BadDay, badDays } from './badDays.ts';
import { type ByHand, byHand } from './byHand.ts';
import { type CalendarShown, calendarsShown } from './calendarsShown.ts';
import { type Content, openContents } from './contents.ts';
import { openDiary } from './diary.ts';
import { driveOperations, type FileShown, openDrive } from './drive.ts';
import { eventOperations } from './events.ts';
import { type MailShown, mailOperations, openMail } from './mail.ts';
import { openMeetings } from './meetings.ts';
import { type Answer, type GraphRequest, operationFor, readRequest, refuse } from './operation.ts';
import { scheduleOperations } from './schedule.ts';
import { userOperations, usersOf } from './users.ts';

/** The stand-in for Graph, and what can be seen of it from outside. */
export type SandboxGraph = {
  /** Answers a request under the prefix; false, with nothing touched, for any other. Call it before anything else reads the request. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Every user's calendar: the meetings in it, and between two London dates (both included) what else they have on. */
  calendars(between?: { from: Temporal.PlainDate; to: Temporal.PlainDate }): CalendarShown[];
  /** What people do in Outlook themselves. */
  byHand: ByHand;
  /** Every message that was sent, oldest first. */
  mail(): MailShown[];
  /** Every document in the libraries, in the order in which they first came. */
  files(): FileShown[];
  /** The attachment or document that lies at this very address, as `mail` and `files` tell it; null for any other. */
  content(address: string): Content | null;
  /** Plans a bad day. @throws ZodError for a plan that is not one */
  misbehave(plan: BadDay): void;
};

/**
 * A stand-in for Microsoft Graph, v1.0, that keeps what it is told on the shelf. `people` are the directory's, `mailboxes` the shared
 * ones, `rooms` those of rooms, `drives` the document libraries; anybody else's is unknown to it. It answers under `prefix` (`/graph/v1.0/...`). `accepts` says
 * whether an Authorization header will do (any, and none, if left out).
 */
export function sandboxGraph(options: {
  people: { id: string; name: string; email: string; aadObjectId: string; role?: string }[];
  mailboxes?: string[];
  rooms?: { name: string; mailbox: string }[];
  /** The mailboxes that somebody opens besides their own, by their id in the directory. */
  delegates?: (person: string) => string[];
  drives?: string[];
  shelf: Shelf;
  clock: Clock;
  prefix?: string;
  accepts?: (authorization: string | undefined) => boolean;
  duplicate?: 'as-exchange' | 400 | 409;
}): SandboxGraph {
  const prefix = `${options.prefix ?? '/graph'}/v1.0`;
  const users = usersOf(options.people, options.mailboxes ?? [], options.rooms ?? []);
  const meetings = openMeetings(options.shelf, options.clock);
  const contents = openContents(options.shelf);
  const mail = openMail(options.shelf, contents, options.clock);
  const drive = openDrive(options.shelf, contents, options.clock);
  const diary = openDiary();
  const troubles = badDays();
  const operations = [
    ...userOperations(users),
    ...scheduleOperations(users, meetings, diary),
    ...eventOperations(users, meetings, diary, options.clock, options.duplicate ?? 'as-exchange'),
    ...mailOperations(users, mail, contents),
    ...driveOperations(options.drives ?? [], drive),
  ];

  const answer = (request: GraphRequest): Answer => {
    if (options.accepts && !options.accepts(request.authorization))
      return refuse(401, 'InvalidAuthenticationToken', 'Access token is empty or not valid.');
    const found = operationFor(operations, request.method, request.path);
    if (!found) return refuse(400, 'BadRequest', 'Resource not found for the segment.');
    return found.operation.answer(request, found.named);
  };

  return {
    async handle(incoming, response) {
      if (!incoming.url?.startsWith(`${prefix}/`)) return false;
      const request = await readRequest(incoming, prefix);
      const trouble = troubles.befalls(request.method, request.path);
      if (trouble?.what === 'refused') {
        send(
          response,
          refuse(trouble.status, trouble.code, 'A bad day was asked for.', {
            ...(trouble.retryAfter ? { 'Retry-After': trouble.retryAfter } : {}),
            ...(trouble.challenge ? { 'WWW-Authenticate': trouble.challenge } : {}),
          }),
        );
        return true;
      }
      const answered = answer({
        ...request,
        ...(trouble?.what === 'without-link' ? { withoutLink: true } : {}),
        ...(trouble?.what === 'kept-in-deleted-items' ? { keptInDeletedItems: true } : {}),
      });
      if (trouble?.what === 'lost-answer') response.destroy();
      else if (trouble?.what === 'done-but-refused') send(response, refuse(trouble.status, 'SandboxTrouble', 'A bad day was asked for.'));
      else if (trouble?.what === 'slow') await sendLate(response, answered, trouble.milliseconds);
      else send(response, answered);
      return true;
    },
    calendars: (between) => calendarsShown(users, meetings, diary, between),
    byHand: byHand(users, meetings, options.clock, options.delegates ?? (() => [])),
    mail: mail.shown,
    files: drive.shown,
    content: (address) => mail.content(address) ?? drive.content(address),
    misbehave: troubles.plan,
  };
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, {
    'request-id': crypto.randomUUID(),
    ...(body ? { 'Content-Type': 'application/json' } : { 'Content-Length': '0' }),
    ...headers,
  });
  response.end(body ? JSON.stringify(body) : undefined);
}

/** Answers after a while, or not at all if the caller has given up by then. */
function sendLate(response: ServerResponse, answer: Answer, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      send(response, answer);
      resolve();
    }, milliseconds);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

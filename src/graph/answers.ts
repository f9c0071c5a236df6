import type {
  Attendee,
  DateTimeTimeZone,
  DriveItem,
  EmailAddress,
  Event,
  FreeBusyError,
  OnlineMeetingInfo,
  ResponseStatus,
  ScheduleInformation,
  ScheduleItem,
  TimeSlot,
  User,
  WorkingHours,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import { type Deed, outsideFault, unreadable } from './faults.ts';

/** What is read of Graph's answers: no more than is used, since Microsoft adds to them freely. */

/** Some of the fields that Microsoft's type of an object has, each under its own name and read as the kind of value that it says. */
export type FieldsOf<Theirs> = { [Name in keyof Theirs]?: z.ZodType<unknown, Loose<Theirs[Name]>> };

/** A value of Graph's without its lists of words, to which Microsoft adds. */
type Loose<Value> = Value extends string
  ? string
  : Value extends (infer Each)[]
    ? Loose<Each>[]
    : Value extends object
      ? { [Name in keyof Value]: Loose<Value[Name]> | undefined }
      : Value;

/** Times come in UTC because every request prefers it; in another zone the answer cannot be trusted. */
const time = z
  .object({ dateTime: z.iso.datetime({ local: true }), timeZone: z.literal('UTC') } satisfies FieldsOf<DateTimeTimeZone>)
  .transform(({ dateTime }) => Temporal.Instant.from(dateTime.endsWith('Z') ? dateTime : `${dateTime}Z`));

/** What `getSchedule` returns: a row a mailbox, each to be read by itself, so that one that cannot be read stops no other (OB7). */
export const scheduleAnswer = z.object({ value: z.array(z.unknown()) });

/** The days and hours that somebody works, as their mailbox has them. */
const workingHours = z.object({
  daysOfWeek: z.array(z.string()),
  startTime: z.iso.time(),
  endTime: z.iso.time(),
  timeZone: z.object({ name: z.string() }),
} satisfies FieldsOf<WorkingHours>);

/** The row of one mailbox, as far as it is read. */
export const scheduleRow = z.object({
  scheduleId: z.string().nullish(),
  /** What cannot be read of them makes nobody unknown. */
  workingHours: workingHours.nullish().catch(null),
  error: z.object({ responseCode: z.string().nullish() } satisfies FieldsOf<FreeBusyError>).nullish(),
  scheduleItems: z.array(z.object({ status: z.string().nullish(), start: time, end: time } satisfies FieldsOf<ScheduleItem>)).nullish(),
} satisfies FieldsOf<ScheduleInformation>);

/** Somebody invited; what cannot be read of a proposal of theirs is no proposal. */
const attendee = z.object({
  type: z.string().nullish(),
  emailAddress: z.object({ address: z.string().nullish(), name: z.string().nullish() } satisfies FieldsOf<EmailAddress>).nullish(),
  status: z.object({ response: z.string().nullish(), time: z.string().nullish() } satisfies FieldsOf<ResponseStatus>).nullish(),
  proposedNewTime: z
    .object({ start: time, end: time } satisfies FieldsOf<TimeSlot>)
    .nullish()
    .catch(null),
} satisfies FieldsOf<Attendee>);

/** An event, as far as it is read. */
export const eventAnswer = z.object({
  id: z.string().min(1),
  transactionId: z.string().nullish(),
  isCancelled: z.boolean().nullish(),
  subject: z.string().nullish(),
  start: time,
  end: time,
  attendees: z.array(attendee).nullish(),
  onlineMeeting: z.object({ joinUrl: z.string().nullish() } satisfies FieldsOf<OnlineMeetingInfo>).nullish(),
} satisfies FieldsOf<Event>);

/** A page of events. */
export const eventsAnswer = z.object({ value: z.array(eventAnswer), '@odata.nextLink': z.string().optional() });

/** A user, as far as it is read. */
export const userAnswer = z.object({ mail: z.string().nullish(), userPrincipalName: z.string().nullish() } satisfies FieldsOf<User>);

/** A document in a library, as far as it is read. */
export const driveItemAnswer = z.object({ id: z.string().min(1), webUrl: z.string().nullish() } satisfies FieldsOf<DriveItem>);

/**
 * Sends a request and reads its answer. `permission` is the application permission it needs, for the operator;
 * `deed` says whether it may be sent again by guess.
 * @throws OutsideFault
 */
export async function ask<T>(
  answer: z.ZodType<T>,
  permission: string,
  send: () => Promise<unknown>,
  deed: Deed = 'repeatable',
): Promise<T> {
  let body: unknown;
  try {
    body = await send();
  } catch (error) {
    throw outsideFault(error, permission, deed);
  }
  const read = answer.safeParse(body);
  // Paths alone: a message of zod's may quote what was sent (X6).
  if (!read.success) throw unreadable(read.error.issues.map((issue) => issue.path.join('.') || 'whole').join(', '));
  return read.data;
}

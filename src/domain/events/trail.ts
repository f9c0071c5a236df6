import { z } from 'zod';

/** What every event of a trail is made of. */

/** A person's identity in the directory, or the Entra object id of somebody who is not in it. */
export type PersonId = string;
/** Whether a person goes by their Entra object id, as somebody does who is not in the directory (C2). */
export function isObjectId(person: PersonId): boolean {
  return z.guid().safeParse(person).success;
}

/** The name of a stage in the case's procedure. */
export type StageName = string;

/**
 * A person's standing on one case: `dissenter` (or `logger`, who logged it for a family, P1), `chair`, `agency-lead`, `administrator`,
 * `decided` (made a decision on it, and may go on reading it), `teller` (named to tell the parents),
 * `meeting-chair` (chosen to chair the reconvened conference instead of its chair), or a role of the procedure.
 */
export type Standing = string;

/** Who did it, and as what: the role that allowed it (X1). `bot` is the program itself. */
export type Actor = { person: PersonId | 'bot'; role: Standing | 'bot' };

/** An event as it stands in the trail (X1). `at` is an instant in UTC. */
export type Recorded<E> = E & { revision: number; at: string; actor: Actor };

const signatory = z.strictObject({
  name: z.string(),
  /** Their job, as the directory had it. Absent for somebody who was not in it. */
  job: z.string().exactOptional(),
  /** The name of their agency; absent where they have none. */
  agency: z.string().exactOptional(),
  /** The full title of the post that they acted in, their own or that of whoever they stood in for; absent where it is their job, or none (LE1). */
  post: z.string().exactOptional(),
  /** For whom they acted in a role that another held, and as what (C26, Q27). Absent for its holder, and for whoever acted in no role. */
  standsIn: z.strictObject({ as: z.enum(['deputy', 'alternate']), for: z.string() }).exactOptional(),
});

const keptDate = z.strictObject({
  stage: z.string(),
  kind: z.enum(['time limit', 'local target']),
  due: z.iso.date(),
  lateFrom: z.iso.datetime({ offset: true }),
  counted: z.array(z.iso.date()),
  skipped: z.array(z.strictObject({ date: z.iso.date(), why: z.string() })),
  /** By what the stage was judged when its work was done; absent while it runs. */
  judged: z.strictObject({ day: z.int().nonnegative(), overdueBy: z.int().nonnegative() }).exactOptional(),
});

/**
 * What was so when an event was written and may read otherwise later, from a directory or a calendar that has changed: whatever is absent
 * was not kept then, and is read from those of today.
 */
const kept = z.strictObject({
  /** Who did it (CD11). Absent for the bot. */
  by: signatory.exactOptional(),
  /** For a decision, which working day after the conference it was made on. */
  day: z.int().nonnegative().exactOptional(),
  /** The dates that began to run with it, or by which a stage was judged that ended with it (CD10). */
  dates: z.array(keptDate).exactOptional(),
});

/** The schema of one type of event: it has these fields and no others, and what every event may keep. */
export const event = <const T extends string, S extends z.ZodRawShape>(type: T, fields: S) =>
  z.strictObject({ type: z.literal(type), ...fields, kept: kept.exactOptional() });

/** What an event keeps of the day on which it was written. */
export type Kept = z.infer<typeof kept>;
/** Somebody who acted, as the directory had them then (CD11). */
export type Signatory = z.infer<typeof signatory>;
/** A date as the calendar gave it then, with its count (CD10). */
export type KeptDate = z.infer<typeof keptDate>;

/** A person, a stage or anything else that goes by an identifier. */
export const id = z.string();
/** What somebody wrote. */
export const text = z.string();
/** A date in London: `2027-01-12`. */
export const date = z.iso.date();
/** A moment, in UTC: `2027-01-12T15:10:00Z`. */
export const instant = z.iso.datetime({ offset: true });
/** Numbers of questions, bookings and messages count from 1 within a case. */
export const number = z.int().positive();
/** What people answered to a procedure's questions, by the question's id; yes-no answers are `yes` and `no`. */
export const answers = z.record(z.string(), z.string());
/** Why Graph did not do something. */
export const graphFailure = z.enum(['permission', 'not-found', 'rejected']);

/** What people answered to a procedure's questions, by the question's id; yes-no answers are `yes` and `no`. */
export type Answers = z.infer<typeof answers>;

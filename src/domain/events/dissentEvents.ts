import { z } from 'zod';
import { answers, date, event, id, number, text } from './trail.ts';

/** What can happen to a dissent from the day it is raised to the last decision. */

const dissent = z.strictObject({
  conference: z.strictObject({ type: id, date, chair: id }),
  /** Which decision of the conference is dissented from (C1). */
  decision: z.string(),
  /** References, never names (C3). */
  children: z.array(z.string()),
  dissenter: id,
  /** What Teams calls a dissenter who is not in the directory, for the chair to confirm whom they represent (C2). */
  dissenterName: z.string().exactOptional(),
  /** Null until the chair confirms whom the dissenter represents (C2). */
  agency: id.nullable(),
  grounds: z.array(id),
  /** How far it is to be taken, where the procedure has levels. */
  level: id.exactOptional(),
  reasons: text,
  newInformation: text.nullable(),
  /** Whether the dissenter affirmed what the procedure has them affirm (S5). */
  affirmed: z.boolean(),
  /** Who complains, where staff have logged it for a family: `dissenter` is then whoever logged it, and nobody's agency dissents (P1). */
  complainant: id.exactOptional(),
  /** The day on which a complaint was made, which may be before it is logged (LE4); not known of those logged before it was asked. */
  madeOn: date.exactOptional(),
  /** The agency that it is about, where a ground is an agency's own work (P9). */
  agencyConcerned: id.exactOptional(),
  /** To what the procedure asks on the form besides. */
  answers: answers.exactOptional(),
  /** Whether the professional was at the conference; like the three that follow, absent where they did not say, or were not yet asked (CD15). */
  attended: z.boolean().exactOptional(),
  /** Which lead of their agency they spoke to, and when, as they wrote it. */
  leadConsulted: text.exactOptional(),
  /** The category of the child's plan or registration at the time, as they wrote it. */
  categoryThen: text.exactOptional(),
  /** How to reach them, for those who chair and decide. */
  contact: text.exactOptional(),
  /** Raised after the limit for raising: how many working days, at least one, and why (Q6). */
  late: z.strictObject({ by: number, reason: text }).exactOptional(),
});

const conferenceRecord = z.strictObject({
  answers,
  /** Links to papers by the document's id; null for one that is not attached. */
  documents: z.record(z.string(), z.string().nullable()),
  /** Agencies to be told of the outcome (Q7). */
  agencies: z.array(id),
  /** The conference's other professionals, should it be reconvened. */
  required: z.array(id),
  optional: z.array(id),
});

const letter = z.strictObject({
  text: text.nullable(),
  link: z.string().nullable(),
  lateReason: text.nullable(),
  /** Working days past its time limit; 0 in time. */
  lateBy: z.int().nonnegative(),
});

/** The schemas of these events. */
export const dissentEvents = [
  event('DissentRaised', { dissent, flags: z.array(z.string()) }),
  event('ChairDeclined', { reason: text }),
  event('ChairNamed', { chair: id }),
  event('ConferenceRecorded', { record: conferenceRecord, agency: id.nullable() }),
  event('DissentReferred', { to: id, insteadOf: id.nullable() }),
  /** Somebody is to act in a role on this case alone, where nobody else may (CD7). */
  event('ActorNamed', { role: id, person: id }),
  event('DissentResolved', {}),
  event('LetterSubmitted', { letter }),
  event('LateLetterJudged', { accepted: z.boolean(), reasons: text }),
  event('DissentWithdrawn', { reason: text }),
  event('DissentAddedTo', { text }),
  /** A paper of the conference, by link, given after the chair had recorded (CD4). */
  event('PaperAdded', { title: z.string(), link: z.string() }),
  event('InformationRequested', {
    request: number,
    kind: z.enum(['information', 'advice']),
    /** `dissenter`, `chair`, or for advice the role asked. */
    of: id,
    to: id,
    question: text,
    wantedBy: date.nullable(),
    /** That whoever answers decides nothing in the case afterwards (Q14). */
    aside: z.literal(true).exactOptional(),
  }),
  event('InformationGiven', { request: number, answer: text }),
  /** One of several who decide together has said what they think: a later view of the same role takes its place (PL4). */
  event('ViewGiven', { stage: id, outcome: id, perChild: z.record(z.string(), id), reasons: text, answers }),
  event('DecisionMade', {
    stage: id,
    /** The one that says where the case goes next. */
    outcome: id,
    /** The outcome for each child that the stage decides on, by reference (X11, Q16). */
    perChild: z.record(z.string(), id),
    /** For every child but those with reasons of their own. */
    reasons: text,
    /** What was asked with it, but for what a child has of its own. */
    answers,
    /**
     * Reasons and answers of each child that has its own (CD1); `reasons` is null where they are those of all. Absent where no child has, and
     * from before they were kept.
     */
    own: z.record(z.string(), z.strictObject({ reasons: text.nullable(), answers })).exactOptional(),
    delayReason: text.nullable(),
    flags: z.array(z.string()),
  }),
  /** Whoever raised it chose how it goes on; or by the bot, that they said nothing in time (PL3). */
  event('ChoiceMade', { stage: id, choice: id, reasons: text.nullable(), answers }),
  event('StageEntered', { stage: id }),
  /** A date of the open case is another one, because a calendar of working days changed (CD10). */
  event('DateMoved', { stage: id, kind: z.enum(['time limit', 'local target']), from: date, to: date }),
  event('CaseClosed', {}),
] as const;

/** What the professional sent, or what staff logged for a family (C3, P1). */
export type Dissent = z.infer<typeof dissent>;
/** What the chair records (C5-C8, S9-S11). */
export type ConferenceRecord = z.infer<typeof conferenceRecord>;
/** What the professional wrote to the decider: in words, by link, or both (S12, Q18). */
export type Letter = z.infer<typeof letter>;

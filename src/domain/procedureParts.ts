import { z } from 'zod';

/** The parts that a procedure definition is made of: windows, choices, questions and the five kinds of stage. */

/** What the parts of a procedure are called in its file. */
export const identifier = z.string().regex(/^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/, 'use lower-case letters, digits, - and _');
/** Where a rule comes from; each rule says so. */
export const source = z.string().min(1).describe('The rule that it comes from, such as C16, or a paragraph of the policy');
/** What people read. */
export const title = z.string().min(1).max(120);

const within = z.number().int().positive().max(400);
const unit = z.enum(['working-days', 'calendar-days', 'months', 'hours']).default('working-days');

/**
 * A span of time and the moment it is counted from. `from` is `conference` (its date), `raised`, `asked` (a question's own date), the
 * name of a question of the kind `date`, or the name of a stage, meaning the day that stage was finished.
 * `within: null` says plainly that the procedure sets no limit (S24). `or` is a second span, of which the earlier or the later counts;
 * where only one of them has begun, that one.
 */
export const windowSchema = z.strictObject({
  within: within.nullable(),
  unit,
  from: identifier,
  or: z.strictObject({ within, unit, from: identifier, whichever: z.enum(['earlier', 'later']) }).optional(),
  source,
});

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'use a time such as 09:30');

/** Where something is so only for some kinds of meeting (Q20). */
const only = z.array(identifier).min(1).optional();

/** Something that can be chosen on the form. */
export const choice = z.strictObject({
  title,
  only,
  source: source.optional(),
  /** Shown to the chair and the decider wherever the choice is: "not listed; chair confirms" (Q5, Q15). */
  flag: z.string().min(1).optional(),
});

/** Whether there is a plan, or an entry on a Register, that goes on meanwhile (CD2): it is so where the decision made or continued one. */
const plan = z.boolean().optional();

/** A decision that can be dissented from. */
export const decision = choice.extend({ plan });

/** What a dissent can be about. */
export const ground = choice.extend({
  plan,
  /** A link's name in the directory: a concern on such grounds alone opens no case and is sent there (C4). */
  divert: identifier.optional(),
  /**
   * For what is about one agency's own work: the agency is named, and `task` is to pass it on to that agency's own process. On such
   * grounds alone the case goes to the stage `to` at once, and nothing can come of it for the conference (P9, P11).
   */
  routes: z.strictObject({ to: identifier, task: title }).optional(),
});

/** Something asked on a form and kept with the case: `label` names its answer on cards; `confirm` takes no answer but yes. */
export const question = z.strictObject({
  title,
  label: title.optional(),
  kind: z.enum(['yes-no', 'confirm', 'text', 'long', 'person', 'date']),
  optional: z.boolean().default(false),
  only,
  /** Of a deciding stage: about each child, so that one that is decided on apart has an answer of its own (CD1). */
  eachChild: z.boolean().optional(),
  hint: z.string().min(1).max(200).optional(),
  source,
});

/** Questions, each under a name of its own. */
export const questions = z.record(identifier, question).default({});

/** Papers that the chair may attach by link, and that the deciders see as present or missing (C10, S14). */
export const documents = z.record(identifier, z.strictObject({ title, source })).default({});

const outcome = z.strictObject({
  title,
  next: identifier,
  only,
  source,
  /** What holds from the day of the decision on, where it changes something of the meeting's decision (CD2). */
  holds: z.string().min(1).max(200).optional(),
  /** What the decider is asked beside the reasons when choosing it (C20, S18). */
  asks: questions,
  /** What somebody has to do outside because of it, and say that it is done (Q21). `by` is a role. */
  tasks: z.record(identifier, z.strictObject({ title, by: identifier, source })).default({}),
});

/**
 * Somebody who is told or written to: `agency` (the one that raised it), `other-agency` (the one that it is about), `agencies` (that the
 * chair listed), `dissenter`, `chair`, `everyone` who was there, `board` (the partnership), `decider`, `parents`, or a role.
 */
const told = identifier;

/** The letter of a decision: drafted from it, read and approved by whoever decided, then sent (C17, S22). */
const letter = z.strictObject({
  title,
  /**
   * Whom it goes to, unless the decider says otherwise: the agencies that the chair confirmed, everybody who was there (Q7, Q23), or any
   * of those whom {@link told} lists.
   */
  to: z.union([told, z.array(told).min(1)]).transform((to) => (typeof to === 'string' ? [to] : to)),
  /** Whether the partnership gets a copy, without which the case does not close (C18). */
  copy: z.boolean().default(false),
  source,
});

/**
 * Who else has to be told of a decision, or that a complaint has come, each once (C22, S21, P6). The parents are told by a named person,
 * never by the bot; `decider` is whoever decides next, or at a stage at which nothing is decided, whoever would have.
 */
const tell = z.strictObject({
  who: z.array(told).min(1),
  /** The question that names who tells the parents; without it somebody is named afterwards (Q8). */
  teller: identifier.optional(),
  source,
});

/** How far a dissent is to be taken, as the professional says when raising it. */
export const level = z.strictObject({
  title,
  /** Where the case goes once the chair has recorded it, instead of the record stage's own `next`. */
  next: identifier.optional(),
  source,
});

const stageBase = { title, next: identifier.optional(), limit: windowSchema.optional(), target: windowSchema.optional() };

const recordStage = z.strictObject({
  ...stageBase,
  kind: z.literal('record'),
  /** Who records: the chair, or where staff log what families say, the administrators (P6). */
  by: z.enum(['chair', 'administrator']).default('chair'),
  /** What the chair says on the button that ends the stage: "Refer", "Record". */
  button: title,
  asks: questions,
  documents,
  /** The answer that ends the case where it stands, its reasons kept (S11). */
  closes: z.strictObject({ question: identifier, answer: z.enum(['yes', 'no']), title, source }).optional(),
  tell: tell.optional(),
  next: identifier,
});

const submitStage = z.strictObject({
  ...stageBase,
  kind: z.literal('submit'),
  /** What the professional writes, as the button and the decider's card call it: "dissent letter" (S12, Q18). */
  letter: title,
  next: identifier,
});

const decideStage = z.strictObject({
  ...stageBase,
  kind: z.literal('decide'),
  by: identifier,
  /** Other roles that decide with it: each gives a view, and it is decided once enough of them agree (PL4). */
  with: z.array(identifier).default([]),
  /** How many of them all have to agree; all, where nothing is said. */
  agree: z.number().int().min(2).max(20).optional(),
  /** What they are called together, such as "appeal panel". */
  called: title.optional(),
  /** Who else may write down what was decided, for the role that decides (P8). */
  also: z.array(z.enum(['administrator'])).default([]),
  ask: z.array(z.enum(['dissenter', 'chair'])).default([]),
  askTarget: windowSchema.optional(),
  advice: identifier.optional(),
  /** That whoever gave the advice decides nothing in the case afterwards (Q14). */
  adviserStandsAside: z.boolean().default(false),
  /** That the clock stops while an answer to a question is awaited (Q13). */
  pauses: z.boolean().default(false),
  /** Whether whoever raised it can add to it and withdraw it no more, once this is decided. */
  final: z.boolean().default(true),
  /** Asked with every outcome: guidance followed, who tells the parents, improvements beside the main outcome (S15, S17, S21). */
  asks: questions,
  /** The stage that a letter handed in late goes to when the decider does not accept it (Q17); without it, lateness asks nothing. */
  lateRefused: identifier.optional(),
  outcomes: z.record(identifier, outcome),
  letter: letter.optional(),
  tell: tell.optional(),
});

const reconveneStage = z.strictObject({
  ...stageBase,
  kind: z.literal('reconvene'),
  next: identifier,
  /** A role beside the administrators who may book, move and cancel. */
  by: identifier,
  /** Whether somebody else has to chair it: `required`, or for those who book to choose (Q28, P8). */
  differentChair: z.enum(['required', 'optional']).default('optional'),
  chosenBy: z.enum(['bot', 'administrator']).default('bot'),
  /**
   * Whether it joins a conference that another case has asked for on the same conference by itself, or those who book are asked first
   * (X10, Q26).
   */
  joins: z.enum(['itself', 'if-agreed']).default('itself'),
  minutes: z.number().int().min(15).max(480).default(120),
  /** Between which hours in London the meeting begins and ends. */
  hours: z.strictObject({ from: timeOfDay, to: timeOfDay }),
  /** Working days' notice that people are given before the earliest time offered. */
  notice: z.number().int().min(0).max(30).default(3),
});

/** What whoever raised it may choose, and where the case goes then (PL3). */
const choiceOn = z.strictObject({ title, next: identifier, only, asks: questions, source });

const chooseStage = z.strictObject({
  ...stageBase,
  kind: z.literal('choose'),
  choices: z.record(identifier, choiceOn),
  /** What it counts as where nothing is chosen by the end of the stage's `limit`. */
  silence: z.strictObject({ as: identifier, source }).optional(),
});

const concludeStage = z.strictObject({
  ...stageBase,
  kind: z.literal('conclude'),
  /** That the reasons go on the file of every child (C23, S23). */
  file: z.strictObject({ title, source }).optional(),
  /** Who has to be told of a case that came here at once (P6, P9). */
  tell: tell.optional(),
});

/** A stage of any of the kinds. */
export const stageSchema = z.discriminatedUnion('kind', [
  recordStage,
  submitStage,
  decideStage,
  chooseStage,
  reconveneStage,
  concludeStage,
]);

export type Window = z.infer<typeof windowSchema>;
export type Stage = z.infer<typeof stageSchema>;
/** The name of a kind of stage. */
export type StageKind = Stage['kind'];
/** A stage of one kind. */
export type StageOf<K extends StageKind> = Extract<Stage, { kind: K }>;
export type RecordStage = z.infer<typeof recordStage>;
export type SubmitStage = z.infer<typeof submitStage>;
export type DecideStage = z.infer<typeof decideStage>;
export type ChooseStage = z.infer<typeof chooseStage>;
export type ReconveneStage = z.infer<typeof reconveneStage>;
export type ConcludeStage = z.infer<typeof concludeStage>;
export type FormQuestion = z.infer<typeof question>;

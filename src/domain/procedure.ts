import { z } from 'zod';

/**
 * The schema of a procedure definition: everything that differs between partnerships is said here,
 * in the practitioners' words, and the engine reads it. A published version is never edited (X2).
 */

const identifier = z.string().regex(/^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/, 'use lower-case letters, digits, - and _');
const source = z.string().min(1).describe('The numbered requirement that the rule comes from, such as C16');
const title = z.string().min(1).max(120);

/**
 * A span of time and the moment it is counted from. `from` is `conference` (its date), `raised`, `asked`
 * (a question's own date), or the name of a stage, meaning the day that stage was finished.
 * `within: null` says plainly that the procedure sets no limit (S24).
 */
export const windowSchema = z.strictObject({
  within: z.number().int().positive().max(400).nullable(),
  unit: z.enum(['working-days', 'calendar-days', 'hours']).default('working-days'),
  from: identifier,
  source,
});

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'use a time such as 09:30');

/** Where something is so only for some kinds of meeting (Q20). */
const only = z.array(identifier).min(1).optional();

const choice = z.strictObject({
  title,
  only,
  source: source.optional(),
  /** Shown to the chair and the decider wherever the choice is: "not listed; chair confirms" (Q5, Q15). */
  flag: z.string().min(1).optional(),
});

const ground = choice.extend({
  /** A link's name in the directory: a concern on such grounds alone opens no case and is sent there (C4). */
  divert: identifier.optional(),
});

/** Something asked on a form and kept with the case: `label` names its answer on cards; `confirm` takes no answer but yes. */
const question = z.strictObject({
  title,
  label: title.optional(),
  kind: z.enum(['yes-no', 'confirm', 'text', 'long', 'person']),
  optional: z.boolean().default(false),
  only,
  hint: z.string().min(1).max(200).optional(),
  source,
});

const questions = z.record(identifier, question).default({});

/** Papers that the chair may attach by link, and that the deciders see as present or missing (C10, S14). */
const documents = z.record(identifier, z.strictObject({ title, source })).default({});

const outcome = z.strictObject({
  title,
  next: identifier,
  only,
  source,
  /** What the decider is asked beside the reasons when choosing it (C20, S18). */
  asks: questions,
});

/** What forms ask anyway, or cards carry: a question of a procedure goes by another name. */
const TAKEN = ['reference', 'revision', 'verb', 'reasons', 'agency', 'agencies', 'required', 'optional'];

/** Standings that a case gives by itself, so that no role can go by their name; `agency-lead` may be a role, see {@link procedureSchema}. */
const GIVEN_STANDINGS = ['dissenter', 'chair', 'administrator', 'decided', 'bot'];

/** How far a dissent is to be taken, as the professional says when raising it. */
const level = z.strictObject({
  title,
  /** Where the case goes once the chair has recorded it, instead of the record stage's own `next`. */
  next: identifier.optional(),
  source,
});

const stageBase = { title, next: identifier.optional(), limit: windowSchema.optional(), target: windowSchema.optional() };

const recordStage = z.strictObject({
  ...stageBase,
  kind: z.literal('record'),
  /** What the chair says on the button that ends the stage: "Refer", "Record". */
  button: title,
  asks: questions,
  documents,
  /** The answer that ends the case where it stands, its reasons kept (S11). */
  closes: z.strictObject({ question: identifier, answer: z.enum(['yes', 'no']), title, source }).optional(),
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
  ask: z.array(z.enum(['dissenter', 'chair'])).default([]),
  askTarget: windowSchema.optional(),
  advice: identifier.optional(),
  /** Asked with every outcome: guidance followed, who tells the parents, improvements beside the main outcome (S15, S17, S21). */
  asks: questions,
  /** The stage that a letter handed in late goes to when the decider does not accept it (Q17); without it, lateness asks nothing. */
  lateRefused: identifier.optional(),
  outcomes: z.record(identifier, outcome),
});

const reconveneStage = z.strictObject({
  ...stageBase,
  kind: z.literal('reconvene'),
  next: identifier,
  /** A role beside the administrators who may book, move and cancel. */
  by: identifier,
  chosenBy: z.enum(['bot', 'administrator']).default('bot'),
  minutes: z.number().int().min(15).max(480).default(120),
  /** Between which hours in London the meeting begins and ends. */
  hours: z.strictObject({ from: timeOfDay, to: timeOfDay }),
  /** Working days' notice that people are given before the earliest time offered. */
  notice: z.number().int().min(0).max(30).default(3),
});

const concludeStage = z.strictObject({ ...stageBase, kind: z.literal('conclude') });

export const stageSchema = z.discriminatedUnion('kind', [recordStage, submitStage, decideStage, reconveneStage, concludeStage]);

export const procedureSchema = z
  .strictObject({
    id: identifier,
    version: z.number().int().positive(),
    title,
    /** What precedes the year and number in a case reference: DIS gives DIS-27-001. */
    prefix: z.string().regex(/^[A-Z]{2,5}(-[A-Z])?$/),
    effective: z.iso.date(),
    calendar: identifier,
    /** The words this partnership uses for what the engine does. */
    words: z.strictObject({
      /** What kind of meeting it is, in running text: "conference", "meeting". */
      meeting: title,
      /** Said on every card and letter until the case ends (C12). */
      standing: z.string().min(1).max(200),
    }),
    /** Who decides. The role `agency-lead` is held by the named lead of the dissenter's agency; the others by posts in the directory. */
    roles: z.record(identifier, z.strictObject({ title, source })),
    meetings: z.record(identifier, choice),
    decisions: z.record(identifier, choice),
    grounds: z.record(identifier, ground),
    /** How far a dissent can be taken, such as for the record only; where there are none, nobody is asked. */
    levels: z.record(identifier, level).default({}),
    /** What the professional has to affirm to raise a dissent (S5). */
    affirmation: z.string().min(1).max(300).optional(),
    /** Whom families turn to, where this route is not theirs (S4). */
    families: z.string().min(1).max(300).optional(),
    /** Names of links in the directory that the dissent form shows (P12). */
    links: z.array(identifier).default([]),
    /** The first stage. */
    start: identifier,
    stages: z.record(identifier, stageSchema),
  })
  .superRefine((procedure, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const stages = Object.keys(procedure.stages);
    const stageNamed = (name: string, path: (string | number)[]) => {
      if (!stages.includes(name)) fault(path, `there is no stage "${name}"; the stages are ${stages.join(', ')}`);
    };
    const roleNamed = (name: string, path: (string | number)[]) => {
      const roles = Object.keys(procedure.roles);
      if (!roles.includes(name)) fault(path, `there is no role "${name}"; the roles are ${roles.join(', ')}`);
    };
    const meetings = Object.keys(procedure.meetings);
    const meetingsNamed = (names: string[] | undefined, path: (string | number)[]) =>
      names?.forEach((name, index) => {
        if (!meetings.includes(name))
          fault([...path, 'only', index], `there is no meeting "${name}"; the meetings are ${meetings.join(', ')}`);
      });
    const onlyChecked = (all: Record<string, { only?: string[] | undefined }>, path: (string | number)[]) => {
      for (const [id, each] of Object.entries(all)) meetingsNamed(each.only, [...path, id]);
    };
    const namesChecked = (names: string[], path: (string | number)[]) => {
      for (const name of new Set(names)) {
        const taken = TAKEN.includes(name) || name in Object.prototype || names.indexOf(name) !== names.lastIndexOf(name);
        if (taken || name.length > 40)
          fault([...path, name], `"${name}" cannot name what is asked here: use another name, of at most 40 letters, that is used once`);
      }
    };
    for (const role of Object.keys(procedure.roles)) {
      if (GIVEN_STANDINGS.includes(role))
        fault(['roles', role], `"${role}" cannot name a role: everybody on a case is called that by their part in it`);
    }
    for (const [id, { next }] of Object.entries(procedure.levels)) {
      if (next) stageNamed(next, ['levels', id, 'next']);
    }
    stageNamed(procedure.start, ['start']);
    onlyChecked(procedure.grounds, ['grounds']);
    onlyChecked(procedure.decisions, ['decisions']);
    for (const [name, stage] of Object.entries(procedure.stages)) {
      const path = ['stages', name];
      for (const key of ['limit', 'target'] as const) {
        const from = stage[key]?.from;
        if (from && !['conference', 'raised'].includes(from)) stageNamed(from, [...path, key, 'from']);
      }
      if (stage.next) stageNamed(stage.next, [...path, 'next']);
      if (stage.kind === 'decide' || stage.kind === 'reconvene') roleNamed(stage.by, [...path, 'by']);
      if (stage.kind === 'record') {
        onlyChecked(stage.asks, [...path, 'asks']);
        namesChecked([...Object.keys(stage.asks), ...Object.keys(stage.documents)], [...path, 'asks']);
        const closing = stage.closes && stage.asks[stage.closes.question];
        if (stage.closes && closing?.kind !== 'yes-no')
          fault([...path, 'closes', 'question'], `there is no yes-no question "${stage.closes.question}" in "asks"`);
      }
      if (stage.kind === 'decide') {
        if (stage.advice) roleNamed(stage.advice, [...path, 'advice']);
        if (stage.lateRefused) stageNamed(stage.lateRefused, [...path, 'lateRefused']);
        onlyChecked(stage.asks, [...path, 'asks']);
        onlyChecked(stage.outcomes, [...path, 'outcomes']);
        if (Object.keys(stage.outcomes).length === 0) fault([...path, 'outcomes'], 'a decision needs at least one outcome');
        for (const [id, each] of Object.entries(stage.outcomes)) {
          stageNamed(each.next, [...path, 'outcomes', id, 'next']);
          onlyChecked(each.asks, [...path, 'outcomes', id, 'asks']);
          namesChecked([...Object.keys(each.asks), ...Object.keys(stage.asks)], [...path, 'outcomes', id, 'asks']);
        }
      }
      if (stage.kind === 'conclude' && stage.next) fault([...path, 'next'], 'nothing comes after a "conclude" stage');
      if (stagesAfter(procedure, name).has(name)) fault(path, 'leads back to itself; a case goes through a stage once');
    }
    const reached = stagesAfter(procedure, procedure.start).add(procedure.start);
    const astray = [...reached].some((name) => !stages.includes(name));
    for (const name of stages.filter((each) => !astray && !reached.has(each))) fault(['stages', name], 'nothing leads to this stage');
  });

/** Every stage that may come after one. */
function stagesAfter({ stages, levels }: Pick<Procedure, 'stages' | 'levels'>, name: string): Set<string> {
  const after = new Set<string>();
  const ahead = [name];
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    const stage = stages[at];
    const outcomes = stage?.kind === 'decide' ? [...Object.values(stage.outcomes).map(({ next }) => next), stage.lateRefused] : [];
    const recorded = stage?.kind === 'record' ? Object.values(levels).map(({ next }) => next) : [];
    for (const next of [stage?.next, ...recorded, ...outcomes]) {
      if (next === undefined || after.has(next)) continue;
      after.add(next);
      ahead.push(next);
    }
  }
  return after;
}

export type Window = z.infer<typeof windowSchema>;
export type Stage = z.infer<typeof stageSchema>;
export type RecordStage = z.infer<typeof recordStage>;
export type SubmitStage = z.infer<typeof submitStage>;
export type DecideStage = z.infer<typeof decideStage>;
export type Question = z.infer<typeof question>;
export type ReconveneStage = z.infer<typeof reconveneStage>;
export type Procedure = z.infer<typeof procedureSchema>;

/**
 * The stage of that name. A case names only stages of its own procedure version, so a missing one is a fault.
 * @throws Error if the procedure has no such stage
 */
export function stageOf(procedure: Procedure, name: string): Stage {
  const stage = procedure.stages[name];
  if (!stage) throw new Error(`procedure ${procedure.id} version ${procedure.version} has no stage "${name}"`);
  return stage;
}

/** Those of some choices, outcomes or questions that a kind of meeting has (Q20). */
export function forMeeting<T extends { only?: string[] | undefined }>(all: Record<string, T>, meeting: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([, { only: meetings }]) => !meetings || meetings.includes(meeting)));
}

/** What a decider is asked with one outcome: the stage's own questions and the outcome's, for the case's kind of meeting. */
export function asksOf(stage: DecideStage, outcome: string, meeting: string): Record<string, Question> {
  return forMeeting({ ...stage.outcomes[outcome]?.asks, ...stage.asks }, meeting);
}

/** The stage at which the chair records: a case is recorded once. */
export function recordStageOf(procedure: Procedure): RecordStage | null {
  return Object.values(procedure.stages).find((stage) => stage.kind === 'record') ?? null;
}

/** The stage that a dissent goes to when the chair has recorded it: where its level says, or else the record stage. Null where no chair records. */
export function afterRecord(procedure: Procedure, { level: chosen }: { level?: string }): string | null {
  const own = chosen === undefined ? undefined : procedure.levels[chosen]?.next;
  return own ?? recordStageOf(procedure)?.next ?? null;
}

/** Whether what the chair records goes straight to somebody who decides: it is then referred, and is otherwise only recorded. */
export function refers(procedure: Procedure, dissent: { level?: string }): boolean {
  const next = afterRecord(procedure, dissent);
  return next !== null && stageOf(procedure, next).kind === 'decide';
}

import { z } from 'zod';
import type { Case } from './case.ts';
import { faultsIn } from './procedureFaults.ts';
import {
  choice,
  type DecideStage,
  ground,
  identifier,
  level,
  type Question,
  type RecordStage,
  type Stage,
  source,
  stageSchema,
  title,
} from './procedureParts.ts';

export type { ConcludeStage, DecideStage, Question, ReconveneStage, RecordStage, Stage, SubmitStage, Window } from './procedureParts.ts';

/**
 * The schema of a procedure definition: everything that differs between partnerships is said here,
 * in the practitioners' words, and the engine reads it. A published version is never edited (X2).
 */
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
      /** What is raised, in running text: "dissent", "complaint". */
      case: title.default('dissent'),
      /** Whom a named person tells, in running text: "the parents", "those who complain". */
      family: title.default('the parents'),
    }),
    /** Who raises it: professionals for their agencies, or staff (administrators and chairs) for somebody without Teams (P1). */
    raisedBy: z.enum(['professionals', 'staff']).default('professionals'),
    /** For whom staff may raise it; where there are none, nobody is asked (P1). */
    complainants: z.record(identifier, choice).default({}),
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
    /** Names of links that are shown where the directory has them; one that it lacks is a warning at start (P10). */
    guidance: z.array(identifier).default([]),
    /** What the dissenter is offered after an outcome that they remain concerned about, each as `stage.outcome` (C24, C25, Q11). */
    escalation: z
      .strictObject({
        after: z.array(z.string().regex(/^[\w-]+\.[\w-]+$/, 'write it as stage.outcome')).min(1),
        /** A link's name in the directory. */
        link: identifier,
        /** What to do if a child is in danger now. */
        danger: z.string().min(1).max(300),
        source,
      })
      .optional(),
    /** The first stage. */
    start: identifier,
    stages: z.record(identifier, stageSchema),
  })
  .superRefine((procedure, context) => {
    for (const { path, message } of faultsIn(procedure)) context.addIssue({ code: 'custom', path, message });
  });

/** A procedure definition that has been checked. */
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

/** What a decider is asked with one outcome or several: the outcomes' questions and the stage's own, for the case's kind of meeting. */
export function asksOf(stage: DecideStage, outcomes: string[], meeting: string): Record<string, Question> {
  const own = outcomes.map((outcome) => stage.outcomes[outcome]?.asks);
  return forMeeting(Object.assign({}, ...own, stage.asks), meeting);
}

/** The stage at which the chair records: a case is recorded once. */
export function recordStageOf(procedure: Procedure): RecordStage | null {
  return Object.values(procedure.stages).find((stage) => stage.kind === 'record') ?? null;
}

/**
 * The stage that a dissent goes to when the chair has recorded it: where its level says, or else the record stage. Null where no chair
 * records.
 */
export function afterRecord(procedure: Procedure, { level: chosen }: { level?: string }): string | null {
  const own = chosen === undefined ? undefined : procedure.levels[chosen]?.next;
  return own ?? recordStageOf(procedure)?.next ?? null;
}

/** The stages that a case comes to until something is decided, the present one first: recording, writing, deciding. */
export function wayToDecision(procedure: Procedure, { stage, dissent }: Pick<Case, 'stage' | 'dissent'>): string[] {
  const way: string[] = [];
  for (let name: string | undefined = stage; name !== undefined; ) {
    way.push(name);
    const at: Stage = stageOf(procedure, name);
    if (at.kind === 'record') name = afterRecord(procedure, dissent) ?? at.next;
    else name = at.kind === 'submit' ? at.next : undefined;
  }
  return way;
}

/**
 * The stage at which the professional writes, where a letter is theirs to write now (S12): the case is there, or is on its way there and
 * the chair has still to record, since the days run from the meeting and not from the record (S13). Null where there is none, and once
 * the letter is there.
 */
export function writingStage(procedure: Procedure, current: Pick<Case, 'status' | 'stage' | 'dissent' | 'letter'>): string | null {
  if (current.status === 'closed' || current.letter) return null;
  return wayToDecision(procedure, current).find((name) => stageOf(procedure, name).kind === 'submit') ?? null;
}

/** Whether what the chair records goes straight to somebody who decides: it is then referred, and is otherwise only recorded. */
export function refers(procedure: Procedure, dissent: { level?: string }): boolean {
  const next = afterRecord(procedure, dissent);
  return next !== null && stageOf(procedure, next).kind === 'decide';
}

/** Whether a person may raise something under a procedure: any professional, or only staff (P1). */
export function mayRaise({ raisedBy }: Procedure, person: string, roster: { administrators: string[]; chairs: string[] }): boolean {
  return raisedBy === 'professionals' || roster.administrators.includes(person) || roster.chairs.includes(person);
}

/** The standings that act at a stage: who records, decides or books there. Empty where the professional writes, and at the end. */
export function actorsAt(stage: Stage): string[] {
  if (stage.kind === 'record') return [stage.by];
  if (stage.kind === 'decide') return [stage.by, ...stage.also];
  return stage.kind === 'reconvene' ? [stage.by, 'administrator'] : [];
}

/** The names of the links that a procedure's forms and cards show, where the directory has them (P10, P12). */
export function linksOf({ links, guidance }: Procedure): string[] {
  return [...new Set([...links, ...guidance])];
}

/** Whether a decision's letter goes to the agencies that the chair lists; where none does, the chair is not asked for them (Q7, Q23). */
export function tellsAgencies({ raisedBy, stages }: Procedure): boolean {
  return raisedBy === 'professionals' && Object.values(stages).some((stage) => stage.kind === 'decide' && stage.letter?.to === 'agencies');
}

/** The roles that decide or advise at some stage: they read the whole case. */
export function deciders(procedure: Procedure): string[] {
  const stages = Object.values(procedure.stages);
  return [...new Set(stages.flatMap((stage) => (stage.kind === 'decide' ? [stage.by, ...(stage.advice ? [stage.advice] : [])] : [])))];
}

/** The roles that have a part in every case: those that decide or advise, and those that book. Another role only has tasks. */
export function standingRoles(procedure: Procedure): string[] {
  const booking = Object.values(procedure.stages).flatMap((stage) => (stage.kind === 'reconvene' ? [stage.by] : []));
  return [...new Set([...deciders(procedure), ...booking])];
}

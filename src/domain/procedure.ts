import type { Case } from './case.ts';
import type { DecideStage, Question, RecordStage, Stage } from './procedureParts.ts';
import type { Procedure } from './procedureShape.ts';

export type { ConcludeStage, DecideStage, Question, ReconveneStage, RecordStage, Stage, SubmitStage, Window } from './procedureParts.ts';
export type { Procedure } from './procedureShape.ts';

/** What a procedure says of a case: looked up by everybody, in one place. */

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

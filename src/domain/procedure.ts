import type { DecideStage, FormQuestion, RecordStage, Stage, StageKind, StageOf } from './procedureParts.ts';
import type { Procedure } from './procedureShape.ts';
import { listOf } from './words.ts';

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

/** The stage of that name, where there is one of that kind. */
export function stageOfKind<K extends StageKind>({ stages }: Procedure, name: string, kind: K): StageOf<K> | null {
  const stage = stages[name];
  return stage && isOf(kind)(stage) ? stage : null;
}

/** Every stage of a kind with its name, in the procedure's order. */
export function stagesOfKind<K extends StageKind>({ stages }: Procedure, kind: K): [string, StageOf<K>][] {
  return Object.entries(stages).flatMap(([name, stage]): [string, StageOf<K>][] => (isOf(kind)(stage) ? [[name, stage]] : []));
}

const isOf =
  <K extends StageKind>(kind: K) =>
  (stage: Stage): stage is StageOf<K> =>
    stage.kind === kind;

/** A title as a procedure gives it to a role, an outcome or a choice, or the id of one that it no longer has. */
export function titleOf(options: Record<string, { title: string }>, id: string): string {
  return options[id]?.title ?? id;
}

/**
 * Which decision of the meeting is dissented from, in words; null where none was chosen, since there is none to choose or only one, of which
 * "the decision of the meeting" would say nothing.
 */
export function decisionTitle({ decisions }: Procedure, { decision }: { decision: string }): string | null {
  return decision === '' || Object.keys(decisions).length < 2 ? null : titleOf(decisions, decision);
}

/** Those of some choices, outcomes or questions that a kind of meeting has (Q20). */
export function forMeeting<T extends { only?: string[] | undefined }>(all: Record<string, T>, meeting: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([, { only: meetings }]) => !meetings || meetings.includes(meeting)));
}

/** What a decider is asked with one outcome or several: the outcomes' questions and the stage's own, for the case's kind of meeting. */
export function asksOf(stage: DecideStage, outcomes: string[], meeting: string): Record<string, FormQuestion> {
  const own = outcomes.map((outcome) => stage.outcomes[outcome]?.asks);
  return forMeeting(Object.assign({}, ...own, stage.asks), meeting);
}

/** The stage at which the chair records: a case is recorded once. */
export function recordStageOf(procedure: Procedure): RecordStage | null {
  return stagesOfKind(procedure, 'record')[0]?.[1] ?? null;
}

/**
 * The stage that a dissent goes to when the chair has recorded it: where its level says, or else the record stage. Null where no chair
 * records.
 */
export function afterRecord(procedure: Procedure, { level: chosen }: { level?: string }): string | null {
  const own = chosen === undefined ? undefined : procedure.levels[chosen]?.next;
  return own ?? recordStageOf(procedure)?.next ?? null;
}

/** What the professional writes under a procedure, such as "dissent letter"; null where they write nothing (S12). */
export function writtenLetter(procedure: Procedure): string | null {
  return stagesOfKind(procedure, 'submit')[0]?.[1].letter ?? null;
}

/** The title of the letter of the decision made at a stage; null where there is none (C17, S22). */
export function decisionLetterTitle(procedure: Procedure, stage: string): string | null {
  return stageOfKind(procedure, stage, 'decide')?.letter?.title ?? null;
}

/** Whether what the chair records goes straight to somebody who decides: it is then referred, and is otherwise only recorded. */
export function refers(procedure: Procedure, dissent: { level?: string }): boolean {
  const next = afterRecord(procedure, dissent);
  return next !== null && stageOfKind(procedure, next, 'decide') !== null;
}

/** Whether a person may raise something under a procedure: any professional, or only staff (P1). */
export function mayRaise({ raisedBy }: Procedure, person: string, roster: { administrators: string[]; chairs: string[] }): boolean {
  return raisedBy === 'professionals' || roster.administrators.includes(person) || roster.chairs.includes(person);
}

/** The names of the links that a procedure's forms and cards show, where the directory has them (P10, P12). */
export function linksOf({ links, guidance }: Procedure): string[] {
  return [...new Set([...links, ...guidance])];
}

/** Whether a decision's letter goes to the agencies that the chair lists; where none does, the chair is not asked for them (Q7, Q23). */
export function tellsAgencies(procedure: Procedure): boolean {
  return (
    procedure.raisedBy === 'professionals' && stagesOfKind(procedure, 'decide').some(([, { letter }]) => letter?.to.includes('agencies'))
  );
}

/** What whoever decides at a stage is called: by a name of their own, or by their roles (PL4). */
export function deciderTitle({ roles }: Procedure, { by, with: others, called }: Pick<DecideStage, 'by' | 'with' | 'called'>): string {
  return called ?? listOf([by, ...others].map((role) => titleOf(roles, role)));
}

/** How many of those who decide together have to agree; one where one decides alone (PL4). */
export function agreementOf({ with: others, agree }: Pick<DecideStage, 'with' | 'agree'>): number {
  return others.length === 0 ? 1 : (agree ?? others.length + 1);
}

/** The roles that decide or advise at some stage: they read the whole case. */
export function deciders(procedure: Procedure): string[] {
  return [
    ...new Set(
      stagesOfKind(procedure, 'decide').flatMap(([, { by, with: others, advice }]) => [by, ...others, ...(advice ? [advice] : [])]),
    ),
  ];
}

/** The roles that have a part in every case: those that decide or advise, and those that book. Another role only has tasks. */
export function rolesOnEveryCase(procedure: Procedure): string[] {
  return [...new Set([...deciders(procedure), ...bookers(procedure)])];
}

/** The roles that book, beside the administrators. */
export function bookers(procedure: Procedure): string[] {
  return stagesOfKind(procedure, 'reconvene').map(([, { by }]) => by);
}

/** Every question of a procedure that asks for a day, by its name: days can be counted from its answer. */
export function dateQuestions({ asks, stages }: Procedure): Record<string, FormQuestion> {
  const all = [asks, ...Object.values(stages).flatMap(asksIn)];
  return Object.fromEntries(all.flatMap((each) => Object.entries(each)).filter(([, { kind }]) => kind === 'date'));
}

function asksIn(stage: Procedure['stages'][string]): Record<string, FormQuestion>[] {
  if (stage.kind === 'choose') return Object.values(stage.choices).map(({ asks }) => asks);
  if (!('asks' in stage)) return [];
  const outcomes = 'outcomes' in stage ? Object.values(stage.outcomes) : [];
  return [stage.asks, ...outcomes.map(({ asks }) => asks)];
}

/** Whether the partnership has a copy of a letter, without which the case does not close (C18, PL7). */
export function hasCopy({ copy, to }: NonNullable<DecideStage['letter']>): boolean {
  return copy || to.includes('board');
}

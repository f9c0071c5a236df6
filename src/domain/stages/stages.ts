import type { Case } from '../case.ts';
import type { StageName, Standing } from '../events/trail.ts';
import { stageOf } from '../procedure.ts';
import type { Stage, StageKind } from '../procedureParts.ts';
import type { Procedure } from '../procedureShape.ts';
import { choose } from './choose.ts';
import { conclude } from './conclude.ts';
import { decide } from './decide.ts';
import { reconvene } from './reconvene.ts';
import { record } from './record.ts';
import type { StageFacts } from './stageFacts.ts';
import { submit } from './submit.ts';

const facts: { [K in StageKind]: StageFacts<K> } = { record, submit, decide, choose, reconvene, conclude };

/** The facts of a stage's kind: they take the very stage, of which the compiler cannot see that it is of that kind. */
export function stageFacts(stage: Stage): StageFacts<StageKind> {
  return facts[stage.kind] as StageFacts<StageKind>;
}

/** The standings that act at a stage by its procedure. */
export function actorsAt(stage: Stage): Standing[] {
  return stageFacts(stage).actors(stage);
}

/** The standings whose turn it is at the stage that a case is at, foremost first. */
export function waitsFor(current: Case, procedure: Procedure): Standing[] {
  const stage = stageOf(procedure, current.stage);
  return stageFacts(stage).waitsFor(stage, current);
}

/** The stages that a case comes to until something is decided, the present one first: recording, writing, deciding. */
export function wayToDecision(procedure: Procedure, { stage, dissent }: Pick<Case, 'stage' | 'dissent'>): StageName[] {
  const way: StageName[] = [];
  for (let name: StageName | null = stage; name !== null; ) {
    way.push(name);
    const at: Stage = stageOf(procedure, name);
    name = stageFacts(at).beforeDecision ? stageFacts(at).next(at, procedure, dissent) : null;
  }
  return way;
}

/**
 * The stage at which the professional writes, where a letter is theirs to write now (S12): the case is there, or is on its way there and
 * the chair has still to record, since the days run from the meeting and not from the record (S13). Null where there is none, and once
 * the letter is there.
 */
export function writingStage(procedure: Procedure, current: Pick<Case, 'status' | 'stage' | 'dissent' | 'letter'>): StageName | null {
  if (current.status === 'closed' || current.letter) return null;
  return wayToDecision(procedure, current).find((name) => stageOf(procedure, name).kind === 'submit') ?? null;
}

/** The role that decides next after a stage, or else the one that advises at it; null where nobody does. */
export function roleNextUp(name: StageName, current: Case, procedure: Procedure): Standing | null {
  const stage: Stage = stageOf(procedure, name);
  const own = stageFacts(stage).nextUp(stage, procedure, current);
  const next = stageFacts(stage).next(stage, procedure, current.dissent);
  if (own !== null || next === null) return own;
  const ahead = stageOf(procedure, next);
  return stageFacts(ahead).decider(ahead) ?? roleNextUp(next, current, procedure);
}

/** Whether a case that comes to a stage may come on from it to another, or is there, with nothing decided on the way. */
export function leadsTo(procedure: Procedure, from: StageName, to: StageName, passed: StageName[] = []): boolean {
  if (from === to) return true;
  const stage = procedure.stages[from];
  if (!stage || passed.includes(from) || stageFacts(stage).decider(stage) !== null) return false;
  return stageFacts(stage)
    .ways(stage, procedure)
    .some((next) => leadsTo(procedure, next, to, [...passed, from]));
}

/** Every stage that may come after one. */
export function stagesAfter(procedure: Procedure, name: StageName): Set<StageName> {
  const after = new Set<StageName>();
  const ahead = [name];
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    const stage = procedure.stages[at];
    for (const next of stage ? stageFacts(stage).ways(stage, procedure) : []) {
      if (after.has(next)) continue;
      after.add(next);
      ahead.push(next);
    }
  }
  return after;
}

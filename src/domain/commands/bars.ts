import { actorsFor } from '../authority.ts';
import type { Case } from '../case.ts';
import type { Standing } from '../events/trail.ts';
import { dateOf, sayDate } from '../londonTime.ts';
import { stageOfKind, stagesOfKind } from '../procedure.ts';
import type { Procedure } from '../procedureShape.ts';
import { already, type Refusal } from '../refusal.ts';
import type { CommandContext, Rule } from '../rule.ts';

/** Who may, and what bars it for now, where several commands have that in common. */

/** Whoever raised it: the dissenter, or the one who logged it for a family. */
export const RAISED: Standing[] = ['dissenter', 'logger'];

/** Those who decide at the present stage; elsewhere, those who may ask once it is theirs. */
export function byDecider(current: Case, { procedure, person }: CommandContext): Pick<Rule, 'by'> {
  const stage = stageOfKind(procedure, current.stage, 'decide');
  if (stage) return { by: actorsFor(stage, person, current) };
  return { by: stagesOfKind(procedure, 'decide').flatMap(([, { by, ask }]) => (ask.length > 0 ? [by] : [])) };
}

/** Nothing is done to a dissent that is over. */
export function closed(current: Case, { words }: Procedure): Refusal | null {
  return current.status === 'closed' ? already(current.withdrawn ? `This ${words.case} was withdrawn.` : 'This case is closed.') : null;
}

/**
 * What ends what the dissenter, the chair and those asked can add: the first decision that the procedure calls final, or a late letter that
 * was not accepted.
 */
export function firstDecision(current: Case, { stages }: Procedure): Refusal | null {
  const { lateness } = current;
  if (lateness && !lateness.accepted) return already(`The letter came late and was not accepted ${sayDate(dateOf(lateness.at))}.`);
  const ends = ([name]: [string, unknown]) => stages[name]?.kind !== 'decide' || stages[name].final;
  const [[, first] = []] = Object.entries(current.decisions).filter(ends);
  return first ? already(`Already decided ${sayDate(dateOf(first.at))}.`) : null;
}

/** Whether a letter or anything that was raised late waits for the decider to say that it is accepted, or not (Q17). */
export function latenessOpen(current: Case, procedure: Procedure): boolean {
  const judges = stageOfKind(procedure, current.stage, 'decide')?.lateRefused !== undefined;
  return judges && ((current.letter?.lateBy ?? 0) > 0 || current.dissent.late !== undefined) && current.lateness === null;
}

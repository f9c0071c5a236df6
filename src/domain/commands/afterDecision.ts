import type { Case } from '../case.ts';
import { stageOfKind } from '../procedure.ts';
import type { Procedure } from '../procedureShape.ts';
import { already, type Refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

/** What the commands about what follows a decision have in common. */

/** Said where a form of theirs does not hold. */
export const NOTHING_CHANGED = 'Nothing has been changed yet. Please check what is marked.';

/** A closed case bars most of what follows a decision. */
export function closedAfterDecision(current: Case): Refusal | null {
  return current.status === 'closed' ? already('This case is closed.') : null;
}

/** Whoever holds the role that decided, or made the decision. */
export function byDeciderOf(stage: string, current: Case, procedure: Procedure): Pick<Rule, 'by' | 'orDecider'> {
  const role = stageOfKind(procedure, stage, 'decide')?.by;
  if (role === undefined) return { by: [] };
  const decider = current.decisions[stage]?.by;
  return { by: [role], ...(decider === undefined ? {} : { orDecider: decider }) };
}

/** As {@link byDeciderOf}, or an administrator. */
export function byDeciderOrAdministrator(stage: string, current: Case, procedure: Procedure): Pick<Rule, 'by' | 'orDecider'> {
  const { by, ...rest } = byDeciderOf(stage, current, procedure);
  return { by: [...by, 'administrator'], ...rest };
}

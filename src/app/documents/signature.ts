import { nameOf } from '../../directory/names.ts';
import { holdersOf, standsInFor } from '../../domain/authority.ts';
import type { Decision } from '../../domain/case.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { titleOf } from '../../domain/procedure.ts';
import type { DecideStage } from '../../domain/procedureParts.ts';
import type { CaseForViewer } from '../seeCase.ts';

/**
 * Who decided, as the letter is signed: both names where a deputy or an alternate decided for the one who holds the role (Q27, C26).
 * "Piotr Linnetwood, deputy, for Farida Oakenshaw, Service Manager". As it was signed on the day (CD11), or where that was not kept, by
 * who holds the role now.
 */
export function signature(seen: CaseForViewer, { by: role }: DecideStage, decision: Decision): string {
  const title = titleOf(seen.procedure.roles, role);
  const { name, inRole, standsIn } = decision.kept.by
    ? { ...decision.kept.by, inRole: decision.role === role }
    : signedNow(seen, role, decision);
  if (standsIn) return `${name}, ${standsIn.as}, for ${standsIn.for}, ${title}`;
  return inRole ? `${name}, ${title}` : `${name}, who then acted as ${title}`;
}

function signedNow({ current, roster, directory }: CaseForViewer, role: string, { by, at }: Decision) {
  const on = dateOf(at);
  const stands = standsInFor(by, role, current, roster, on);
  return {
    name: nameOf(directory, by),
    inRole: holdersOf(role, current, roster, on).principal === by,
    standsIn: stands && { as: stands.as, for: nameOf(directory, stands.for) },
  };
}

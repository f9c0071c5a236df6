import { nameOf } from '../../directory/names.ts';
import { holdersOf } from '../../domain/authority.ts';
import type { Decision } from '../../domain/case.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { titleOf } from '../../domain/procedure.ts';
import type { DecideStage } from '../../domain/procedureParts.ts';
import type { CaseForViewer } from '../seeCase.ts';

/**
 * Who decided, as the letter is signed: both names where a deputy or an alternate decided for the one who holds the role (Q27, C26).
 * "Piotr Linnetwood, deputy, for Farida Oakenshaw, Service Manager".
 */
export function signature(
  { current, procedure, roster, directory }: CaseForViewer,
  { by: role }: DecideStage,
  { by, at }: Decision,
): string {
  const title = titleOf(procedure.roles, role);
  const name = nameOf(directory, by);
  const { principal, deputies, insteadOf } = holdersOf(role, current, roster, dateOf(at));
  const instead = insteadOf ?? principal;
  const signedFor = (as: string) => `${name}, ${as}, for ${nameOf(directory, instead ?? by)}, ${title}`;
  if (by === principal) return insteadOf === null ? `${name}, ${title}` : signedFor('alternate');
  return deputies.includes(by) && instead !== null ? signedFor('deputy') : `${name}, who then acted as ${title}`;
}

import { titleOf } from './procedure.ts';
import type { Procedure } from './procedureShape.ts';

/** Whom a procedure can have told or written to besides its roles, in running text. */
const CALLED: Record<string, (words: Procedure['words']) => string> = {
  agency: ({ raises }) => `the agency that ${raises}`,
  'other-agency': () => 'the other agency',
  agencies: () => 'the agencies that the chair confirmed',
  dissenter: ({ case: raised }) => `whoever raised the ${raised}`,
  chair: () => 'the chair',
  everyone: () => 'everyone who was there',
  board: () => 'the partnership',
  decider: () => 'whoever decides next',
  parents: ({ family }) => family,
};

/** The names of all whom a procedure can have told, besides its roles. */
export const TOLD = Object.keys(CALLED);

/** Somebody who is told or written to, in running text: "the chair", "the Service Manager". */
export function called(who: string, { words, roles }: Procedure): string {
  return Object.hasOwn(CALLED, who) ? (CALLED[who]?.(words) ?? who) : `the ${titleOf(roles, who)}`;
}

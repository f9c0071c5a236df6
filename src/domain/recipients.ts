import { peopleIn, type Roster } from './authority.ts';
import type { Case } from './case.ts';
import type { Recipient } from './events/concludingEvents.ts';
import { hasCopy } from './procedure.ts';
import type { DecideStage } from './procedureParts.ts';

type Letter = NonNullable<DecideStage['letter']>;

/**
 * Whom a decision's letter goes to unless the decider says otherwise: the agencies that the chair confirmed and the dissenter's own
 * (Q7), everybody who was invited, the chair and the dissenter (Q23), or whomever the procedure lists (PL7); and the partnership's copy
 * where there is one (C18). `today` is a date in London.
 */
export function recipientsOf(current: Case, letter: Letter, roster: Roster, today: Temporal.PlainDate): Recipient[] {
  const to = letter.to.flatMap((who) =>
    Object.hasOwn(recipients, who) ? (recipients[who]?.(current) ?? []) : holders(who, current, roster, today),
  );
  return [...new Set(to.filter((each) => each !== 'person:'))].concat(hasCopy(letter) ? ['copy'] : []);
}

const agencies = (...some: (string | null | undefined)[]) => some.flatMap((agency): Recipient[] => (agency ? [`agency:${agency}`] : []));
const people = (...some: string[]) => some.map((person): Recipient => `person:${person}`);

const recipients: Record<string, (current: Case) => Recipient[]> = {
  agency: ({ dissent }) => agencies(dissent.agency),
  'other-agency': ({ dissent }) => agencies(dissent.agencyConcerned),
  agencies: ({ dissent, record }) => agencies(dissent.agency, ...(record?.agencies ?? [])),
  dissenter: ({ dissent }) => people(dissent.dissenter),
  chair: ({ dissent }) => people(dissent.conference.chair),
  everyone: ({ dissent, record }) =>
    people(...(record?.required ?? []), ...(record?.optional ?? []), dissent.conference.chair, dissent.dissenter),
  board: () => [],
};

function holders(role: string, current: Case, roster: Roster, today: Temporal.PlainDate): Recipient[] {
  return people(...peopleIn(role, current, roster, today).slice(0, 1));
}

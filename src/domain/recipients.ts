import type { Case } from './case.ts';
import type { Recipient } from './events/concludingEvents.ts';
import type { DecideStage } from './procedureParts.ts';

/**
 * Whom a decision's letter goes to unless the decider says otherwise: the agencies that the chair confirmed and the dissenter's own
 * (Q7), or everybody who was invited, the chair and the dissenter (Q23); and the partnership's copy where there is one (C18).
 */
export function recipientsOf(current: Case, letter: NonNullable<DecideStage['letter']>): Recipient[] {
  const { record, dissent } = current;
  const own = dissent.agency === null ? [] : [dissent.agency];
  const people = [...(record?.required ?? []), ...(record?.optional ?? []), dissent.conference.chair, dissent.dissenter];
  const to: Recipient[] =
    letter.to === 'agencies'
      ? [...own, ...(record?.agencies ?? [])].map((agency): Recipient => `agency:${agency}`)
      : people.map((person): Recipient => `person:${person}`);
  return [...new Set(to), ...(letter.copy ? ['copy' as const] : [])];
}

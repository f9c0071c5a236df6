import type { PersonId } from '../domain/events/trail.ts';
import { OutsideFault } from './faults.ts';

/** Somebody who could not be told something in Teams (TM1): since which instant, why, and on which London date they were last sent a mail about it. */
export type UnreachedPerson = { person: PersonId; since: string; cause: UnreachedCause; mailedOn: string | null };

/** `permission`: they have removed or blocked the app, or it is kept out; `not-found`: there is no chat with them. */
export type UnreachedCause = Extract<OutsideFault['kind'], 'permission' | 'not-found'>;

/** Who could not be told in Teams, until they can be again. */
export type UnreachedPeople = {
  all(): Promise<UnreachedPerson[]>;
  /** Notes that somebody could not be told; returns whether that is news. */
  note(person: PersonId, cause: UnreachedCause, at: Temporal.Instant): Promise<boolean>;
  /** They can be told again. Returns the instant since which they could not, or null for somebody who could all along. */
  forget(person: PersonId): Promise<string | null>;
  /** Takes the one mail that goes to them on a London date; returns whether it was not taken yet. */
  claimMail(person: PersonId, day: string): Promise<boolean>;
  /** The mail did not go after all. */
  releaseMail(person: PersonId): Promise<void>;
};

/** Why a fault means that its person cannot be told in Teams until something changes; null where it means something else. */
export function unreachedBy(fault: unknown): UnreachedCause | null {
  return fault instanceof OutsideFault && (fault.kind === 'permission' || fault.kind === 'not-found') ? fault.kind : null;
}

import type { PersonId } from '../domain/events/trail.ts';

/**
 * Who is needed at the conferences that the product books, and when: the product's own bookings count as busy before Outlook shows them
 * (OB1). The same on every replica.
 */
export type Claims = {
  /** What other cases claim of some people between two instants. */
  ofOthers(
    reference: string,
    people: PersonId[],
    from: Temporal.Instant,
    to: Temporal.Instant,
  ): Promise<{ person: PersonId; start: Temporal.Instant; end: Temporal.Instant }[]>;
  /** Whom a booking claims at a time that begins then. */
  held(reference: string, booking: number, start: Temporal.Instant): Promise<PersonId[]>;
  /** Claims people for a booking; returns those whom another case claims then, `despite` left out, and claims nobody if there are any. */
  take(
    claim: { reference: string; booking: number; start: Temporal.Instant; end: Temporal.Instant; people: PersonId[] },
    despite: PersonId[],
  ): Promise<PersonId[]>;
  /** Lets go of what a booking claims at other times than those that begin then. */
  keepOnly(reference: string, booking: number, starts: Temporal.Instant[]): Promise<void>;
};

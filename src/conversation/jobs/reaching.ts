import type { Job } from '../../app/job.ts';
import type { Clock, ReadDirectory } from '../../app/ports.ts';
import { type UnreachedPeople, unreachedBy } from '../../app/unreached.ts';
import { personOf } from '../../directory/directory.ts';
import type { PersonId } from '../../domain/events/trail.ts';

/** What keeping account of who can be told in Teams depends on. */
export type ReachingDependencies = {
  directory: ReadDirectory;
  clock: Clock;
  unreached: UnreachedPeople;
  enqueue(job: Job): Promise<void>;
};

/**
 * Tells a person something in Teams, and keeps account of whether they could be told (TM1). The first time that they cannot, they are sent a
 * mail, the cards of their cases say so to those who decide and administer, and administrators are told that something is stuck; the
 * first time that they can be again, whatever else waits for them follows.
 */
export async function reaching<T>(deps: ReachingDependencies, person: PersonId, tell: () => Promise<T>): Promise<T> {
  let told: T;
  try {
    told = await tell();
  } catch (fault) {
    const cause = unreachedBy(fault);
    if (cause !== null && (await deps.unreached.note(person, cause, deps.clock.now()))) {
      await deps.enqueue({ name: 'mail-unreached', reference: person });
      await deps.enqueue({ name: 'report-stuck', reference: personOf(deps.directory(), person)?.partnership ?? person });
    }
    throw fault;
  }
  if (deps.directory().unreached?.[person]) await deps.enqueue({ name: 'catch-up', reference: person });
  return told;
}

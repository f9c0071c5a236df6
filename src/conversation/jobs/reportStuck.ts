import { administratorsOf } from '../../app/oversight.ts';
import type { Cases, Chat, Conversations } from '../../app/ports.ts';
import { partnershipsSeeing, type StuckNotices } from '../../app/stuck.ts';
import { showStuckNotice, stuckSummary } from '../../cards/show.ts';
import type { PersonId } from '../../domain/events/trail.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { reach } from './reach.ts';
import { type ReachingDependencies, reaching } from './reaching.ts';

type ReportDependencies = ReachingDependencies & {
  cases: Cases;
  conversations: Conversations;
  chat: Chat;
  notices: StuckNotices;
};

/**
 * The job that tells the administrators of a partnership that something cannot be finished: each of them once a day at most, however
 * much is stuck. It says nothing about a case; what is stuck is shown to whoever asks.
 */
export function stuckReported(deps: ReportDependencies): (reference: string) => Promise<void> {
  return async (reference) => {
    const directory = deps.directory();
    const people = (await partnershipsSeeing(deps, reference)).flatMap((id) => administratorsOf(directory, id));
    const faults: unknown[] = [];
    for (const person of people) await notify(deps, person).catch((fault) => void faults.push(fault));
    if (faults.length > 0) throw faults[0];
  };
}

async function notify(deps: ReportDependencies, person: PersonId): Promise<void> {
  const today = dateOf(deps.clock.now()).toString();
  if (!(await deps.notices.claim(person, today))) return;
  try {
    await reaching(deps, person, async () => {
      const conversation = await reach(deps, deps.directory(), person);
      if (conversation !== null) await deps.chat.post(conversation, showStuckNotice(), stuckSummary);
    });
  } catch (fault) {
    await deps.notices.release(person, today);
    throw fault;
  }
}

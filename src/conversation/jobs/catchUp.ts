import { cardsDue } from '../../app/cardsDue.ts';
import type { Job } from '../../app/job.ts';
import { myCases } from '../../app/myCases.ts';
import type { PostedCards } from '../../app/ports.ts';
import type { ReminderRows } from '../../app/reminders.ts';
import type { CaseDependencies, CaseForViewer } from '../../app/seeCase.ts';
import type { UnreachedPeople } from '../../app/unreached.ts';
import { dateOf } from '../../domain/londonTime.ts';

/** Far more cases than one person has a part in. */
const MOST = 1000;

type CatchUpDependencies = CaseDependencies & {
  posted: Pick<PostedCards, 'of'>;
  reminders: Pick<ReminderRows, 'waiting'>;
  unreached: Pick<UnreachedPeople, 'forget'>;
  enqueue(job: Job): Promise<void>;
};

/**
 * The job that brings somebody what never reached them (TM1), since they have just written or installed the app: the cards of their open
 * cases that stand nowhere, and for somebody who is known not to have been reached those of cases that closed meanwhile, the reminders
 * that wait, and on everybody else's cards that they can be told again.
 */
export function caughtUp(deps: CatchUpDependencies): (person: string) => Promise<void> {
  return async (person) => {
    const since = await deps.unreached.forget(person);
    for (const seen of await myCases(deps, person, MOST)) {
      const { reference, status, closedAt } = seen.current;
      const missed = since !== null && (status === 'open' || (closedAt !== null && !isBefore(closedAt, since)));
      if (missed || (status === 'open' && (await lacksCard(deps, seen)))) await deps.enqueue({ name: 'tell', reference });
    }
    if (since === null) return;
    for (const reference of await deps.reminders.waiting(dateOf(deps.clock.now()).toString()))
      await deps.enqueue({ name: 'remind', reference });
  };
}

function isBefore(instant: string, other: string): boolean {
  return Temporal.Instant.compare(instant, other) < 0;
}

async function lacksCard({ posted }: { posted: Pick<PostedCards, 'of'> }, { current, procedure, roster, now, person }: CaseForViewer) {
  const cards = (await posted.of(current.reference)).filter((card) => card.person === person);
  const due = cardsDue(current, procedure, roster, dateOf(now)).filter((card) => card.person === person);
  const reached = (key: string) => cards.some((card) => card.key === key && card.activityId !== null);
  return cards.some(({ activityId }) => activityId === null) || due.some(({ key }) => !reached(key));
}

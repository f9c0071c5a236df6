import { cardsDue } from '../../app/cardsDue.ts';
import type { Job } from '../../app/job.ts';
import { myCases } from '../../app/myCases.ts';
import type { PostedCards } from '../../app/ports.ts';
import type { CaseDependencies, CaseForViewer } from '../../app/seeCase.ts';
import { dateOf } from '../../domain/londonTime.ts';

/** Far more open cases than one person has a part in. */
const MOST = 1000;

/**
 * The job that brings somebody the cards that never reached them (TM1), since they have just written or installed the app: of each of their
 * open cases that has a card for them which stands nowhere, everybody's cards are asked for.
 */
export function caughtUp(
  deps: CaseDependencies & { posted: Pick<PostedCards, 'of'>; enqueue(job: Job): Promise<void> },
): (person: string) => Promise<void> {
  return async (person) => {
    for (const seen of await myCases(deps, person, MOST))
      if (seen.current.status === 'open' && (await lacksCard(deps, seen)))
        await deps.enqueue({ name: 'tell', reference: seen.current.reference });
  };
}

async function lacksCard({ posted }: { posted: Pick<PostedCards, 'of'> }, { current, procedure, roster, now, person }: CaseForViewer) {
  const cards = (await posted.of(current.reference)).filter((card) => card.person === person);
  const due = cardsDue(current, procedure, roster, dateOf(now)).filter((card) => card.person === person);
  const reached = (key: string) => cards.some((card) => card.key === key && card.activityId !== null);
  return cards.some(({ activityId }) => activityId === null) || due.some(({ key }) => !reached(key));
}

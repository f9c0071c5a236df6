import type { Job } from '../job.ts';
import type { Cases } from '../ports.ts';

/** How many cases are asked for at once. */
const PAGE = 500;

/** The job that has the cards of a partnership's open cases brought up to date, once who may act there has changed. */
export function partnershipTold(deps: { cases: Cases; enqueueAll(jobs: Job[]): Promise<void> }): (partnershipId: string) => Promise<void> {
  return async (partnershipId) => {
    for (let offset = 0; ; offset += PAGE) {
      const open = await deps.cases.openBySoonest([partnershipId], PAGE, offset);
      await deps.enqueueAll(open.map(({ reference }) => ({ name: 'tell', reference })));
      if (open.length < PAGE) return;
    }
  };
}

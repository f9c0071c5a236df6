import type { Seen } from '../../app/seeCase.ts';
import { stageOf } from '../../domain/procedure.ts';
import { timeLimitsOf } from '../../domain/timeLimits.ts';
import { decisionDue, explained, sayLimit } from '../limits.ts';
import type { Body } from './body.ts';
import { dissentSection, flagAlerts, recordSection } from './dissent.ts';
import { meetingSection, outcomeSections, withdrawnSection } from './outcomes.ts';

/** The chair's card: the dissent to record and refer (C5-C9), and afterwards what was recorded and what came of it. */
export function presentRecord(seen: Seen, several: number): Body {
  const { current, procedure, calendar, now } = seen;
  const waits = current.status === 'open' && stageOf(procedure, current.stage).kind === 'record';
  const decision = decisionDue(seen);
  const own = waits ? timeLimitsOf(current, procedure, calendar, now) : [];
  return {
    view: 'record',
    title: waits ? 'A dissent for you to record and refer' : 'The dissent you recorded',
    alerts: flagAlerts(seen),
    dues: [
      ...own.map((limit) => explained(limit, `Refer by ${sayLimit(limit)}`, seen)),
      ...(decision === null ? [] : [explained(decision, `A decision is due by ${sayLimit(decision)}`, seen)]),
    ],
    sections: {
      outcomes: [...withdrawnSection(seen), ...outcomeSections(seen)],
      meeting: meetingSection(seen),
      dissent: [dissentSection(seen, 'The dissent', several, 'chair')],
      record: recordSection(seen, true),
    },
    offers: [
      { verb: 'refer', title: 'Refer', style: 'positive' },
      { verb: 'decline-chair', title: 'I was not the chair' },
    ],
  };
}

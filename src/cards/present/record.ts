import type { Seen } from '../../app/seeCase.ts';
import { refers, stageOf } from '../../domain/procedure.ts';
import { timeLimitsOf } from '../../domain/timeLimits.ts';
import { duesToCome, explained, sayLimit } from '../limits.ts';
import type { Body } from './body.ts';
import { dissentSection, flagAlerts, recordSection } from './dissent.ts';
import { meetingSection, outcomeSections } from './outcomes.ts';

/** The chair's card: the dissent to record and send on (C5-C9, S9-S11), and afterwards what was recorded and what came of it. */
export function presentRecord(seen: Seen, several: number): Body {
  const { current, procedure, calendar, now } = seen;
  const stage = stageOf(procedure, current.stage);
  const waits = current.status === 'open' && stage.kind === 'record' ? stage : null;
  const own = waits ? timeLimitsOf(current, procedure, calendar, now) : [];
  return {
    view: 'record',
    title: waits ? `A dissent for you to record${refers(procedure, current.dissent) ? ' and refer' : ''}` : 'The dissent you recorded',
    alerts: flagAlerts(seen),
    dues: [...own.map((limit) => explained(limit, `${waits?.button} by ${sayLimit(limit)}`, seen)), ...duesToCome(seen)],
    sections: {
      outcomes: outcomeSections(seen),
      meeting: meetingSection(seen),
      dissent: [dissentSection(seen, 'The dissent', several, 'chair')],
      record: recordSection(seen, true),
    },
    offers: [
      { verb: 'refer', title: waits?.button ?? 'Record', style: 'positive' },
      { verb: 'decline-chair', title: 'I was not the chair' },
    ],
  };
}

import type { CaseForViewer } from '../../app/seeCase.ts';
import { refers, stageOf } from '../../domain/procedure.ts';
import type { RecordStage } from '../../domain/procedureParts.ts';
import { timeLimitsOf } from '../../domain/timeLimits.ts';
import { capitalised } from '../../domain/words.ts';
import { duesToCome, explained, overdueAhead, sayLimit } from '../dates.ts';
import { type Alert, type Body, part } from './body.ts';
import { leftSection } from './checklist.ts';
import { dissentSection, flagAlerts, recordSection } from './dissent.ts';
import { letterAlerts } from './letter.ts';
import { linkedAlerts } from './linked.ts';
import { meetingSection, outcomeSections } from './outcomeSections.ts';
import { sentToViewer } from './sending.ts';

/** The chair's card: the dissent to record and send on (C5-C9, S9-S11), and afterwards what was recorded and what came of it. */
export function presentRecord(seen: CaseForViewer, several: number): Body {
  const { current, procedure, calendar, now } = seen;
  const stage = stageOf(procedure, current.stage);
  const waits = current.status === 'open' && stage.kind === 'record' ? stage : null;
  const own = waits ? timeLimitsOf(current, procedure, calendar, now) : [];
  return {
    title: titleOf(seen, waits),
    alerts: [
      ...overdueAhead(seen).map((text): Alert => ({ text, style: 'attention' })),
      ...letterAlerts(seen),
      ...flagAlerts(seen),
      ...linkedAlerts(seen),
    ],
    dues: [...own.map((limit) => explained(limit, `${waits?.button} by ${sayLimit(limit)}`, seen)), ...duesToCome(seen)],
    parts: [
      part('meeting', meetingSection(seen)),
      part('outcomes', outcomeSections(seen)),
      part('sent', sentToViewer(seen)),
      part('dissent', [dissentSection(seen, `The ${procedure.words.case}`, several, 'chair')], { folded: !waits }),
      part('record', recordSection(seen, true), { folded: !waits }),
      part('left', leftSection(seen)),
    ],
    buttons: [
      { verb: 'refer', title: waits?.button ?? 'Record', style: 'positive' },
      { verb: 'decline-chair', title: 'I was not the chair' },
      { verb: 'document:entry', title: 'Send me the entry for the notes' },
      { verb: 'add-paper', title: 'Add a paper' },
    ],
  };
}

/** A chair records a dissent; of a complaint the chair is told, and an administrator passes it on (P6). */
function titleOf({ current, procedure, standings }: CaseForViewer, waits: RecordStage | null): string {
  const { words, raisedBy } = procedure;
  if (raisedBy === 'staff') {
    const acts = waits !== null && standings.includes(waits.by);
    return acts
      ? `${capitalised(words.aCase)} for you to acknowledge and pass on`
      : `${capitalised(words.aCase)} about this ${words.meeting}`;
  }
  return waits
    ? `${capitalised(words.aCase)} for you to record${refers(procedure, current.dissent) ? ' and refer' : ''}`
    : `The ${words.case} you recorded`;
}

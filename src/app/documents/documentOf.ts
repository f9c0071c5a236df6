import { forFamily } from '../../domain/case.ts';
import type { DocumentName, Recipient } from '../../domain/events/concludingEvents.ts';
import type { RecordedEvent } from '../../domain/events/events.ts';
import { dateOf } from '../../domain/londonTime.ts';
import type { CaseForViewer } from '../seeCase.ts';
import { chronology } from './chronology.ts';
import { personLines } from './correspondence.ts';
import { decisionLetter } from './decisionLetter.ts';
import { dissentEntry } from './dissentEntry.ts';
import { dissentLetter } from './dissentLetter.ts';
import type { Document } from './document.ts';
import { complaintAcknowledgement, shareable } from './familyLetter.ts';

/**
 * The document of that name as a recipient gets it; null where there is none (yet), and for a message that has none.
 * A letter that was not approved yet has the decider's own reasons as its wording.
 */
export function documentOf(name: DocumentName, to: Recipient, seen: CaseForViewer, events: RecordedEvent[]): Document | null {
  const [kind, stage = ''] = name.split(':');
  const { conclusion, decisions } = seen.current;
  const decision = decisions[stage];
  switch (kind) {
    case 'letter':
      return decision ? decisionLetter(seen, stage, conclusion.letters[stage]?.wording ?? decision.reasons, to) : null;
    case 'dissent-letter':
      return dissentLetter(seen);
    case 'entry':
      return dissentEntry(seen);
    case 'acknowledgement':
      return forFamily(seen.current.dissent) ? acknowledgement(seen) : null;
    case 'case':
      return chronology(seen, events);
    default:
      return null;
  }
}

/** Signed by whoever logged the complaint, for the partnership. */
function acknowledgement(seen: CaseForViewer): Document {
  const { current, partnership } = seen;
  const { dissenter, madeOn = null } = current.dissent;
  const family = shareable(seen);
  return complaintAcknowledgement(family, {
    made: madeOn,
    logged: dateOf(current.raisedAt).toString(),
    signed: [...personLines(seen, dissenter, null), `for ${family.paper.letterhead[0] ?? partnership.name}`],
    routed: current.flags.includes('agency_complaint'),
  });
}

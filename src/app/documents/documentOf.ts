import { forFamily } from '../../domain/case.ts';
import type { DocumentName, Recipient } from '../../domain/events/concludingEvents.ts';
import type { RecordedEvent } from '../../domain/events/events.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { capitalised } from '../../domain/words.ts';
import type { CaseForViewer } from '../seeCase.ts';
import { chronology } from './chronology.ts';
import { decisionLetter } from './decisionLetter.ts';
import { dissentEntry } from './dissentEntry.ts';
import { dissentLetter } from './dissentLetter.ts';
import type { Document } from './document.ts';
import { complaintAcknowledgement, shareable } from './familyLetter.ts';
import { addresseeOf } from './parts.ts';

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
      return decision ? decisionLetter(seen, stage, conclusion.letters[stage]?.wording ?? decision.reasons, addresseeOf(to, seen)) : null;
    case 'dissent-letter':
      return dissentLetter(seen);
    case 'entry':
      return dissentEntry(seen);
    case 'acknowledgement':
      return forFamily(seen.current.dissent)
        ? complaintAcknowledgement(
            shareable(seen),
            capitalised(seen.procedure.words.family),
            dateOf(seen.current.raisedAt).toString(),
            seen.current.flags.includes('agency_complaint'),
          )
        : null;
    case 'case':
      return chronology(seen, events);
    default:
      return null;
  }
}

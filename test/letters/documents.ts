import { chronology } from '../../src/app/documents/chronology.ts';
import { decisionLetter } from '../../src/app/documents/decisionLetter.ts';
import { dissentEntry } from '../../src/app/documents/dissentEntry.ts';
import { dissentLetter } from '../../src/app/documents/dissentLetter.ts';
import type { Document } from '../../src/app/documents/document.ts';
import { complaintAcknowledgement, familyLetter, shareable } from '../../src/app/documents/familyLetter.ts';
import { reasonsForFile } from '../../src/app/documents/reasonsForFile.ts';
import { byDeputies, carmByDeputy, categoryChanged, complaint, notUpheld } from './cases.ts';

/** What no text of a person may do to a document: markup, controls, half a character, blanks that move words about. */
const HOSTILE = 'a <w:p> & "b" \u0000\u0008\u000b\ud800\uffff\t\t  c\r\n\r\n\r\n   \r\n&lt;d&gt; \u202e e\n\n\n';

const certain = (document: Document | null): Document => {
  if (!document) throw new Error('there is no such document');
  return document;
};

const { review: _, ...decided } = byDeputies.seen.current.decisions;
/** The case as it was when the letter of its first decision was approved. */
const beforeReview = { ...byDeputies.seen, current: { ...byDeputies.seen.current, decisions: decided } };

/** One of every document, from cases of both procedures, by what it shows. */
export const documents: Record<string, Document> = {
  'decided by the holder': decisionLetter(
    notUpheld.seen,
    'decide',
    'The injuries were looked into and explained.',
    'Hawthorn Vale Community Health',
  ),
  'decided by a deputy, by child': decisionLetter(beforeReview, 'decide', HOSTILE, 'Police Public Protection Unit'),
  'reconvened and booked': decisionLetter(byDeputies.seen, 'review', 'The letter is new.', 'Police Public Protection Unit'),
  'Scottish note': decisionLetter(categoryChanged.seen, 'review', 'Notes and letter were read together.', 'Catriona Elmslie, Family nurse'),
  'Scottish note by a deputy': decisionLetter(carmByDeputy.seen, 'review', 'The plan is enough for now.', 'Hamza Dunavon, CARM lead'),
  entry: certain(dissentEntry(notUpheld.seen)),
  'long entry': certain(dissentEntry(byDeputies.seen)),
  'Scottish entry': certain(dissentEntry(categoryChanged.seen)),
  'late dissent letter': certain(dissentLetter(categoryChanged.seen)),
  "one child's reasons": reasonsForFile(byDeputies.seen, 'CH-1041'),
  "another child's reasons": reasonsForFile(byDeputies.seen, 'CH-104'),
  'Scottish reasons': reasonsForFile(categoryChanged.seen, 'SC-2002'),
  'whole case': chronology(byDeputies.seen, byDeputies.events),
  'whole Scottish case': chronology(categoryChanged.seen, categoryChanged.events),
  'family letter': familyLetter(shareable(byDeputies.seen), 'The parents'),
  'complaint acknowledged': complaintAcknowledgement(shareable(complaint.seen), 'The person who complained', '2027-10-14'),
  'entry of a complaint': certain(dissentEntry(complaint.seen)),
  'whole complaint': chronology(complaint.seen, complaint.events),
};

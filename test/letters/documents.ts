import { chronology } from '../../src/app/documents/chronology.ts';
import { decisionLetter } from '../../src/app/documents/decisionLetter.ts';
import { dissentEntry } from '../../src/app/documents/dissentEntry.ts';
import { dissentLetter } from '../../src/app/documents/dissentLetter.ts';
import type { Document } from '../../src/app/documents/document.ts';
import { documentOf } from '../../src/app/documents/documentOf.ts';
import { familyLetter, shareable } from '../../src/app/documents/familyLetter.ts';
import { reasonsForFile } from '../../src/app/documents/reasonsForFile.ts';
import { byDeputies, carmByDeputy, categoryChanged, complaint, notUpheld } from './cases.ts';

/** What no text of a person may do to a document: markup, controls, half a character, blanks that move words about. */
const HOSTILE = 'a <w:p> & "b" \u0000\u0008\u000b\ud800\uffff\t\t  c\r\n\r\n\r\n   \r\n&lt;d&gt; \u202e e\n\n\n';

/** Reasons of the length that managers write: what was weighed, what it comes to, and what is asked of those who carry on. */
export const USUAL = `I read the notes of the conference beside the reasons for the dissent. The three injuries were reported to the conference by the school and by the health visitor, and the conference heard the hospital's view of each.

For two of them the hospital found the account that was given to be consistent with what was seen. For the third no account was given on the day. The social worker has since spoken with the grandmother, who was there, and the hospital has confirmed in writing that her account fits.

I asked whether the threshold was applied as it is elsewhere, and the Head of Service advised that it was. The concern was rightly raised, and I thank the agency for it. On what is known now, the conference's decision was open to it, and I do not find that it was wrong.`;

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
    'agency:community-health',
  ),
  'a usual case': decisionLetter(notUpheld.seen, 'decide', USUAL, 'agency:community-health'),
  'decided by a deputy, by child': decisionLetter(beforeReview, 'decide', HOSTILE, 'agency:police'),
  'signed by a deputy': decisionLetter(
    beforeReview,
    'decide',
    'For the two older children the plan ended before what it was made for was done. For the youngest everything in it was done, and the reviews say so.',
    'agency:community-health',
  ),
  'reconvened and booked': decisionLetter(byDeputies.seen, 'review', 'The letter is new.', 'agency:police'),
  'Scottish note': decisionLetter(categoryChanged.seen, 'review', 'Notes and letter were read together.', 'person:family-nurse'),
  'Scottish note by a deputy': decisionLetter(carmByDeputy.seen, 'review', 'The plan is enough for now.', 'person:carm-lead'),
  entry: certain(dissentEntry(notUpheld.seen)),
  'long entry': certain(dissentEntry(byDeputies.seen)),
  'Scottish entry': certain(dissentEntry(categoryChanged.seen)),
  'late dissent letter': certain(dissentLetter(categoryChanged.seen)),
  "one child's reasons": reasonsForFile(byDeputies.seen, 'CH-1041'),
  "another child's reasons": reasonsForFile(byDeputies.seen, 'CH-104'),
  'Scottish reasons': reasonsForFile(categoryChanged.seen, 'SC-2002'),
  'whole case': chronology(byDeputies.seen, byDeputies.events),
  'whole Scottish case': chronology(categoryChanged.seen, categoryChanged.events),
  'family letter': familyLetter(shareable(byDeputies.seen), '2028-01-12'),
  'complaint acknowledged': certain(documentOf('acknowledgement', 'person:administrator', complaint.seen, complaint.events)),
  'entry of a complaint': certain(dissentEntry(complaint.seen)),
  'whole complaint': chronology(complaint.seen, complaint.events),
};

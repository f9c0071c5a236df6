import { nameOf } from '../../directory/names.ts';
import type { Decision } from '../../domain/case.ts';
import { sendingsOf } from '../../domain/conclusion.ts';
import type { Recipient } from '../../domain/events/concludingEvents.ts';
import { dateOf, sayDateInFull } from '../../domain/londonTime.ts';
import { hasCopy } from '../../domain/procedure.ts';
import type { DecideStage } from '../../domain/procedureParts.ts';
import { recipientsOf } from '../../domain/recipients.ts';
import { whatHolds } from '../../domain/whatHolds.ts';
import { capitalised, inSentence, listOf } from '../../domain/words.ts';
import type { CaseForViewer } from '../seeCase.ts';
import {
  addresseeLines,
  CLOSING,
  caseInSentence,
  childrenSentence,
  decisionInSentence,
  groundsInSentence,
  meetingInSentence,
} from './correspondence.ts';
import type { Block, Document } from './document.ts';
import { nextSteps } from './nextSteps.ts';
import { outcomeGroups, reasonBlocks } from './outcome.ts';
import { paperOf } from './paper.ts';
import { addresseeOf, decisionAt, heading, notice, paragraph } from './parts.ts';
import { signature } from './signature.ts';
import { unanswered, whatWasRead } from './whatWasRead.ts';

/** The title of a decision's letter where the procedure gives none. */
const LETTER = 'Decision letter';

/**
 * The letter of a decision, for any deciding stage of any procedure (C17, S22, LE1; Part E): the decision first, then why, what follows
 * and how to take it further. It says what the procedure has asked the decider, so that Camden's decision letters and Scotland's written
 * note are one letter with other answers. `wording` is the reasons as the decider approved them for the letter, where a child has none of its own (CD1); `to` is whom this copy
 * goes to, or null for one that is shown before it is known.
 * @throws Error if nothing has been decided at that stage
 */
export function decisionLetter(seen: CaseForViewer, stage: string, wording: string, to: Recipient | null): Document {
  const { current, partnership, now } = seen;
  const { stage: decides, decision } = decisionAt(seen, stage);
  const title = decides.letter?.title ?? LETTER;
  const approved = current.conclusion.letters[stage];
  return {
    title: `${title} ${current.reference}`,
    ...paperOf(partnership),
    letter: {
      date: sayDateInFull(dateOf(approved?.at ?? now)),
      ...(to === null ? { to: ['To each of those named at the end'], salutation: 'Dear colleague' } : addresseeLines(seen, to)),
      reference: `Our reference: ${current.reference}`,
      subject: `${title}: ${meetingInSentence(seen)}`,
      closing: CLOSING,
      signed: signature(seen, decides, decision),
      copies: copiesOf(seen, decides, stage),
    },
    blocks: [
      paragraph(`${decided(seen, decides, decision)} ${whatHolds(current, seen.procedure, sayDateInFull)}`),
      paragraph(aboutOf(seen, decision)),
      ...reasonBlocks(seen, decides, decision, wording, approved?.own),
      heading('What I read before I decided'),
      paragraph([`${capitalised(whatWasRead(seen, stage).join('; '))}.`, ...unanswered(seen, stage)].join(' ')),
      heading('What happens next'),
      paragraph(nextSteps(seen, decides, decision, stage).join(' ')),
      ...escalationBlocks(seen, stage, decision),
    ],
  };
}

/** The decision in one sentence: one for all, or one for each child (X11, Q16). */
function decided(seen: CaseForViewer, stage: DecideStage, decision: Decision): string {
  const about = `My decision on ${caseInSentence(seen)}`;
  const groups = outcomeGroups(seen, stage, decision);
  const [only] = groups;
  if (groups.length === 1 && only?.everyChild) return `${about} is: ${inSentence(only.title)}.`;
  return `${about} is, ${groups.map(({ title, children }) => `for ${listOf(children)}: ${inSentence(title)}`).join('; and ')}.`;
}

/** What was dissented from, about what, and which children it concerns; when it was decided. */
function aboutOf(seen: CaseForViewer, { at }: Decision): string {
  const { current, procedure, directory } = seen;
  const { conference, children, grounds } = current.dissent;
  const from = decisionInSentence(seen);
  return [
    from === null ? '' : `The ${procedure.words.case} is about this decision of the ${procedure.words.meeting}: ${from}.`,
    grounds.length === 0 ? '' : `The ${grounds.length === 1 ? 'ground is' : 'grounds are'}: ${groundsInSentence(seen)}.`,
    procedure.chaired ? `${nameOf(directory, conference.chair)} was the chair.` : '',
    childrenSentence(children),
    `I decided on ${sayDateInFull(dateOf(at))}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** Where to turn next, where the procedure offers it after this outcome (C24, C25, Q11). */
function escalationBlocks({ procedure, partnership }: CaseForViewer, stage: string, { outcome, perChild }: Decision): Block[] {
  const { escalation } = procedure;
  const reached = new Set([outcome, ...Object.values(perChild)]);
  if (!escalation || ![...reached].some((each) => escalation.after.includes(`${stage}.${each}`))) return [];
  const link = partnership.links[escalation.link];
  return [
    heading('If you remain concerned'),
    paragraph("Speak to your own agency's nominated representative at the partnership. See also:"),
    ...(link ? [{ kind: 'links' as const, items: [link] }] : []),
    notice(escalation.danger),
  ];
}

/** Whom the letter goes to, and the partnership's copy (C17, C18, S22): as approved, or until then as the procedure has it. */
function copiesOf(seen: CaseForViewer, { letter }: DecideStage, stage: string): string | null {
  const { current, partnership } = seen;
  if (!letter) return null;
  const approved = sendingsOf(current.conclusion, stage).filter(({ status }) => status !== 'dropped');
  const to = new Set(approved.length > 0 ? approved.map((each) => each.to) : recipientsOf(current, letter, seen.roster, dateOf(seen.now)));
  const named = [...to].filter((each) => each !== 'copy').map((each) => addresseeOf(each, seen));
  const all = [...named, ...(hasCopy(letter) || to.has('copy') ? [partnership.name] : [])];
  return all.length === 0 ? null : `This letter goes to: ${all.join('; ')}.`;
}

import { nameOf } from '../../directory/names.ts';
import { holdersOf } from '../../domain/authority.ts';
import type { Letter as Written } from '../../domain/events/dissentEvents.ts';
import { dateOf, sayDate, sayDateInFull } from '../../domain/londonTime.ts';
import { stageOf, stagesOfKind, titleOf, writtenLetter } from '../../domain/procedure.ts';
import { stageFacts } from '../../domain/stages/stages.ts';
import { capitalised, workingDays } from '../../domain/words.ts';
import type { CaseForViewer } from '../seeCase.ts';
import { CLOSING, childrenSentence, decisionInSentence, groundsInSentence, meetingInSentence, personLines } from './correspondence.ts';
import type { Block, Document } from './document.ts';
import { paperOf } from './paper.ts';
import { facts, heading, paragraph, written } from './parts.ts';

/**
 * The letter that the professional writes to the decider, in their own name and on no paper but their own (S12, Q18, LE2): what they
 * wrote or the link to it, what they affirmed (S5), and how late it came and why (S13, Q17). Null until they have sent it.
 */
export function dissentLetter(seen: CaseForViewer): Document | null {
  const { current, procedure, partnership } = seen;
  const { letter, dissent, reference } = current;
  const [, stage] = stagesOfKind(procedure, 'submit')[0] ?? [];
  if (!letter || !stage) return null;
  const { lateReason, lateBy, at, by } = letter;
  const { affirmation, words } = procedure;
  const from = personLines(seen, by, dissent.agency);
  const agency = dissent.agency === null ? undefined : partnership.agencies[dissent.agency];
  const decision = decisionInSentence(seen);
  return {
    title: `${capitalised(stage.letter)} ${reference}`,
    letterhead: [...from, ...(agency?.address ?? []), ...(agency?.phone === undefined ? [] : [`Telephone ${agency.phone}`])],
    // The partnership marks its own papers; this one is not its own.
    marking: null,
    letter: {
      date: sayDateInFull(dateOf(at)),
      ...receiver(seen, stage.next),
      reference: `Your reference: ${reference}`,
      subject: `Dissent from the decision of the ${meetingInSentence(seen)}`,
      closing: CLOSING,
      signed: from,
      copies: null,
    },
    blocks: [
      paragraph(
        [
          `I dissent from the decision of this ${words.meeting}${decision === null ? '' : ` ${decision}`}.`,
          `My ${words.case} is about ${groundsInSentence(seen)}.`,
          childrenSentence(dissent.children),
          ...(dissent.affirmed && affirmation ? [affirmation] : []),
        ].join(' '),
      ),
      ...saidIn(letter),
      ...(lateBy > 0 ? [heading('Why this is late'), paragraph(`This letter is ${workingDays(lateBy)} late.`)] : []),
      ...(lateReason === null ? [] : [paragraph(lateReason)]),
    ],
  };
}

/** What the professional wrote to the decider, and what was said of its coming late, for papers that hold more (S12, S23, Q17). */
export function letterBlocks(seen: CaseForViewer): Block[] {
  const { current, procedure, directory } = seen;
  const { letter, lateness } = current;
  const title = writtenLetter(procedure);
  if (!letter || title === null) return [];
  const late = letter.lateBy > 0 ? `, ${workingDays(letter.lateBy)} late` : '';
  const judged = lateness && `${lateness.accepted ? 'Accepted' : 'Not accepted'} on ${sayDate(dateOf(lateness.at))}`;
  return [
    heading(`The ${title}`),
    facts([
      { title: 'Sent', value: `${sayDate(dateOf(letter.at))}, by ${nameOf(directory, letter.by)}${late}` },
      lateness && judged ? { title: 'Though late', value: `${judged}, by ${nameOf(directory, lateness.by)}` } : null,
    ]),
    ...saidIn(letter),
    ...(letter.lateReason === null ? [] : written('Why it was late', letter.lateReason)),
    ...(lateness ? written(`Reasons why it was ${lateness.accepted ? 'accepted' : 'not accepted'}`, lateness.reasons) : []),
  ];
}

/** The letter in words, by link, or both (Q18). */
function saidIn({ text, link }: Written): Block[] {
  return [
    ...(text === null ? [] : [paragraph(text)]),
    ...(link === null ? [] : [{ kind: 'links' as const, items: [{ title: 'The letter itself', url: link }] }]),
  ];
}

/** Whom the letter is addressed to: whoever holds the post that decides, at the partnership's address, and how they are greeted. */
function receiver(seen: CaseForViewer, next: string): { to: string[]; salutation: string } {
  const { current, procedure, roster, partnership } = seen;
  const [organisation = ''] = paperOf(partnership).letterhead;
  const where = [organisation, ...(partnership.address ?? [])];
  const stage = stageOf(procedure, next);
  const role = stageFacts(stage).decider(stage);
  if (role === null) return { to: where, salutation: 'Dear colleague' };
  const { principal } = holdersOf(role, current, roster, dateOf(current.letter?.at ?? current.raisedAt));
  if (principal === null) return { to: [titleOf(procedure.roles, role), ...where], salutation: `Dear ${titleOf(procedure.roles, role)}` };
  const [name = '', job = titleOf(procedure.roles, role)] = personLines(seen, principal);
  return { to: [name, job, ...where], salutation: `Dear ${name}` };
}

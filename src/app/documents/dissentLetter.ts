import { introduce, nameAndJob, nameOf } from '../../directory/names.ts';
import { holdersOf } from '../../domain/authority.ts';
import type { Letter } from '../../domain/events/dissentEvents.ts';
import { dateOf, sayDate } from '../../domain/londonTime.ts';
import { stageOf, stagesOfKind, titleOf, writtenLetter } from '../../domain/procedure.ts';
import { stageFacts } from '../../domain/stages/stages.ts';
import { capitalised, workingDays } from '../../domain/words.ts';
import { aboutCase } from '../caseFacts.ts';
import type { CaseForViewer } from '../seeCase.ts';
import type { Block, Document } from './document.ts';
import { facts, heading, onPaper, paragraph, subjectRows, written } from './parts.ts';

/**
 * The letter that the professional writes to the decider, in their own name (S12, Q18): what they wrote or the link to it, what they
 * affirmed (S5), and how late it came and why (S13, Q17). Null until they have sent it.
 */
export function dissentLetter(seen: CaseForViewer): Document | null {
  const { current, procedure, directory } = seen;
  const { letter, dissent } = current;
  const [, stage] = stagesOfKind(procedure, 'submit')[0] ?? [];
  if (!letter || !stage) return null;
  const { lateReason, lateBy, at, by } = letter;
  const { affirmation } = procedure;
  const title = capitalised(stage.letter);
  return onPaper(seen, title, 'dissent-letter', [
    paragraph([`To: ${receiver(seen, stage.next)}`, `Reference: ${current.reference}`, `Sent: ${sayDate(dateOf(at))}`].join('\n')),
    heading('What this letter is about'),
    facts('The decision dissented from', [...subjectRows(seen), aboutCase(seen).children]),
    heading('What I want to say'),
    ...(dissent.affirmed && affirmation ? [paragraph(affirmation)] : []),
    ...saidIn(letter),
    ...(lateBy > 0 ? [heading('Why this is late'), paragraph(`This letter is ${workingDays(lateBy)} late.`)] : []),
    ...(lateReason === null ? [] : [paragraph(lateReason)]),
    heading('From'),
    paragraph(introduce(directory, by)),
  ]);
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
    facts(`How the ${title} came`, [
      { title: 'Sent', value: `${sayDate(dateOf(letter.at))}, by ${nameOf(directory, letter.by)}${late}` },
      lateness && judged ? { title: 'Though late', value: `${judged}, by ${nameOf(directory, lateness.by)}` } : null,
    ]),
    ...saidIn(letter),
    ...(letter.lateReason === null ? [] : written('Why it was late', letter.lateReason)),
    ...(lateness ? written(`Reasons why it was ${lateness.accepted ? 'accepted' : 'not accepted'}`, lateness.reasons) : []),
  ];
}

/** The letter in words, by link, or both (Q18). */
function saidIn({ text, link }: Letter): Block[] {
  return [
    ...(text === null ? [] : [paragraph(text)]),
    ...(link === null ? [] : [{ kind: 'links' as const, items: [{ title: 'The letter itself', url: link }] }]),
  ];
}

function receiver({ current, procedure, roster, directory }: CaseForViewer, next: string): string {
  const stage = stageOf(procedure, next);
  const role = stageFacts(stage).decider(stage);
  if (role === null) return stage.title;
  const { principal } = holdersOf(role, current, roster, dateOf(current.letter?.at ?? current.raisedAt));
  return principal === null ? titleOf(procedure.roles, role) : nameAndJob(directory, principal);
}

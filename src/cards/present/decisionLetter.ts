import { decisionLetter } from '../../app/documents/decisionLetter.ts';
import { plainText } from '../../app/documents/document.ts';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { nameOf } from '../../directory/names.ts';
import { sendingsOf } from '../../domain/conclusion.ts';
import { sayInstant } from '../../domain/londonTime.ts';
import type { DecideStage } from '../../domain/procedureParts.ts';
import { may, type Section, type Step, section } from './body.ts';
import { settled, toSettle } from './sending.ts';

const READ_IT = 'See the letter';

/**
 * The letter of a decision, for those who decide: to read and to send, and afterwards what became of it at each recipient (C17, C18,
 * S22). Nothing where no letter follows, or nothing is decided.
 */
export function decisionLetterSection(seen: CaseForViewer, name: string, stage: DecideStage, several: number): Section[] {
  const { letter } = stage;
  const decision = seen.current.decisions[name];
  if (!letter || !decision) return [];
  const { [name]: approved } = seen.current.conclusion.letters;
  if (approved) return [sentSection(seen, name, letter.title, approved, several)];
  if (!may(seen, { type: 'ApproveLetter', stage: name }))
    return [section(letter.title, { lead: 'Not sent yet', meta: `${nameOf(seen.directory, decision.by)} reads it and sends it.` })];
  return [
    section('The letter: read it and send it', {
      typed: [{ id: `decision-letter.${name}`, label: '', text: letterText(seen, name, decision.reasons), fold: READ_IT }],
      steps: [
        {
          label: '',
          text: 'Nothing is sent before you approve it. You can have it as a Word file in your own mailbox first.',
          buttons: [
            { verb: `approve:${name}`, title: 'Approve the letter', style: 'positive' },
            { verb: `document:letter:${name}`, title: 'Send me the document' },
          ],
        },
      ],
    }),
  ];
}

/** A decision's letter as its readers get it, whole. */
function letterText(seen: CaseForViewer, name: string, wording: string): string {
  return plainText(decisionLetter(seen, name, wording, null));
}

type Approved = CaseForViewer['current']['conclusion']['letters'][string];

function sentSection(seen: CaseForViewer, name: string, title: string, { at, by, wording, changes }: Approved, several: number): Section {
  const sendings = sendingsOf(seen.current.conclusion, name);
  const going = sendings.filter(({ status }) => status !== 'dropped');
  const gone = going.filter(({ status }) => status === 'sent').length;
  const open = toSettle(seen, sendings, several);
  const document: Step = {
    label: '',
    text: 'You can have it as a Word file in your own mailbox.',
    buttons: [{ verb: `document:letter:${name}`, title: 'Send me the document' }],
  };
  return section(title, {
    lead: gone === going.length ? 'Sent' : open.length > 0 ? 'Not all of it has gone' : 'Being sent',
    meta: `Approved ${sayInstant(at)}, by ${nameOf(seen.directory, by)}`,
    facts: settled(seen, sendings),
    typed: [
      { id: `decision-letter.${name}`, label: '', text: letterText(seen, name, wording), fold: READ_IT },
      ...(changes === null ? [] : [{ id: `changes.${name}`, label: 'Why it goes to others than was proposed', text: changes }]),
    ],
    steps: [...open, document],
  });
}

import { forFamily } from '../../domain/case.ts';
import { type Sending, sendingsOf } from '../../domain/conclusion.ts';
import type { DocumentName } from '../../domain/events/concludingEvents.ts';
import type { PersonId } from '../../domain/events/trail.ts';
import { decisionLetterTitle, writtenLetter } from '../../domain/procedure.ts';
import { inSentence } from '../../domain/words.ts';
import type { CaseForViewer } from '../seeCase.ts';
import type { Document } from './document.ts';
import { paperOf } from './paper.ts';

/** How a message reaches whom it is for: an agency's own mailbox, its lead's instead, the partnership's copy, or a person. */
export type Reached = 'mailbox' | 'lead' | 'copy' | 'person';

/**
 * The mail that a document goes with (LE3): who sends it, what it is, why it comes to whoever gets it and how to reach the sender, with
 * a subject that tells one letter of a case from another. Neutral throughout (X6): a preview shows how it begins.
 */
export function coverNote(
  sending: Pick<Sending, 'document' | 'to' | 'number' | 'wantedAt'>,
  reached: Reached,
  seen: CaseForViewer,
  attached: Document | null,
): { subject: string; lines: string[] } {
  const { partnership } = seen;
  const { reference } = seen.current;
  const { letterhead } = paperOf(partnership);
  const [sender = partnership.name] = letterhead;
  const about =
    sending.document === 'escalation'
      ? [
          `${sender} is told of this by its Conference Dissent bot.`,
          `A professional remains concerned after the outcome of case ${reference}, and their agency names no representative. Please see that somebody speaks to them about the Escalation Policy. Their agency can tell who they are.`,
        ]
      : [
          `${sender} sends you ${whatOf(sending.document, seen)} in case ${reference}. It is attached as a Word file.`,
          ...NOTES[kindOf(sending.document)],
          whyTo(sending, reached, seen),
        ];
  return {
    subject: attached?.title ?? `Message ${reference}`,
    lines: [
      'Dear colleague,',
      ...about,
      'If this should not have come to you, please delete it and tell us: our address and telephone number are below.',
      `Sent for the partnership by its Conference Dissent bot, from ${partnership.mailbox}.`,
      letterhead.join('\n'),
    ],
  };
}

type Kind = 'letter' | Exclude<DocumentName, `letter:${string}`>;

const kindOf = (name: DocumentName): Kind => (name.startsWith('letter:') ? 'letter' : (name as Exclude<DocumentName, `letter:${string}`>));

/** What is attached, inside a sentence. */
function whatOf(name: DocumentName, { procedure }: CaseForViewer): string {
  const titles: Record<Kind, string> = {
    letter: inSentence(decisionLetterTitle(procedure, name.slice('letter:'.length)) ?? 'letter'),
    'dissent-letter': writtenLetter(procedure) ?? 'letter',
    entry: 'entry for the notes',
    acknowledgement: 'acknowledgement',
    case: 'complete record',
    escalation: 'message',
  };
  return `the ${titles[kindOf(name)]}`;
}

/** What has to be done with it, where it is not for reading alone. */
const NOTES: Record<Kind, string[]> = {
  letter: [],
  'dissent-letter': [],
  entry: [],
  acknowledgement: ['It is to be posted or handed over. Put in the name and the address first: they are not kept with the case.'],
  case: [],
  escalation: [],
};

/** Why it comes to whoever gets it, and what they may do with it. */
function whyTo({ document, to, number, wantedAt }: Parameters<typeof coverNote>[0], reached: Reached, seen: CaseForViewer): string {
  const { current } = seen;
  const alone = 'It is for you alone. Please keep it safe and do not forward it.';
  switch (reached) {
    case 'mailbox':
      return 'Your organisation is one of those that are told of this decision, and this is the mailbox that it gave us. Please see that your safeguarding lead has it, and nobody who does not need it.';
    case 'lead':
      return 'Your organisation is one of those that are told of this decision. It gave us no mailbox for letters, so this comes to you as its safeguarding lead. Please share it with those there who need it, and with nobody else.';
    case 'copy':
      return "This is the partnership's own copy, to be kept with its records.";
    case 'person': {
      const person = to.slice('person:'.length);
      const given =
        document === 'dissent-letter'
          ? wantedAt === current.letter?.at
          : sendingsOf(current.conclusion, document.slice('letter:'.length)).some((each) => each.number === number);
      if (!given) return `It comes to you because you asked for it in Teams. ${alone}`;
      if (document === 'dissent-letter') return `It comes to you because you decide this case. ${alone}`;
      return `It comes to you because ${partOf(person, seen)}. ${alone}`;
    }
  }
}

function partOf(person: PersonId, { current, procedure: { words } }: CaseForViewer): string {
  const { dissent } = current;
  if (person === dissent.dissenter) return `you ${forFamily(dissent) ? 'logged' : 'raised'} this case`;
  if (person === dissent.conference.chair) return `you chaired the ${words.meeting}`;
  return `you are one of those who were at the ${words.meeting} or were invited to it`;
}

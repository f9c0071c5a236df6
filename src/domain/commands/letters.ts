import { type Case, forFamily } from '../case.ts';
import type { CommandOf } from '../commands.ts';
import { isCopyOfLetter } from '../conclusion.ts';
import type { DocumentName, Recipient } from '../events/concludingEvents.ts';
import type { Standing } from '../events/trail.ts';
import { dateOf, sayDate } from '../londonTime.ts';
import { deciders, hasCopy, stageOfKind } from '../procedure.ts';
import type { Procedure } from '../procedureShape.ts';
import { recipientsOf } from '../recipients.ts';
import { already, invalid, notNow } from '../refusal.ts';
import type { CommandContext } from '../rule.ts';
import { byDeciderOf, closedAfterDecision, NOTHING_CHANGED } from './afterDecision.ts';
import type { CommandFamily, Consequences } from './commandFacts.ts';

/** Letters and other documents: approved, sent, and asked for (C8, C17, C18, S22, Q7). */
export const letters: CommandFamily<'ApproveLetter' | 'SettleSending' | 'RequestDocument'> = {
  ApproveLetter: {
    rule: (current, { stage = '' }, { procedure }) => {
      const letter = current.conclusion.letters[stage];
      return {
        ...byDeciderOf(stage, current, procedure),
        bar: letter
          ? already(`The letter was sent off ${sayDate(dateOf(letter.at))}.`)
          : (closedAfterDecision(current) ??
            (current.decisions[stage] && stageOfKind(procedure, stage, 'decide')?.letter
              ? null
              : notNow('There is no letter to send before the decision.', 'C17'))),
      };
    },
    onlyFor: () => 'Only the person who decided can send the letter.',
    consequences: approve,
  },
  SettleSending: {
    rule: (current, { sending: number }, { procedure, person }) => {
      const sending = current.conclusion.sendings.find((each) => each.number === number);
      const open = sending?.status === 'uncertain' || sending?.status === 'failed';
      const own: Standing[] = sending?.to === `person:${person}` ? ['dissenter', 'chair'] : [];
      return {
        by: [...deciders(procedure), 'decided', 'administrator', ...own],
        bar: sending && open ? null : already('Nothing about this message has to be settled.'),
      };
    },
    onlyFor: () => 'Only those who send letters can say what became of one.',
    consequences: (current, { sending, as }) => {
      const settled = current.conclusion.sendings.find(({ number }) => number === sending);
      if (as === 'dropped' && settled && isCopyOfLetter(settled))
        return notNow('The partnership has to have its copy before the case can close.', 'C18');
      return { events: [{ type: 'SendingSettled', sending, as }] };
    },
  },
  RequestDocument: {
    rule: (current, { document = 'case' }, { procedure, person }) => {
      const { by, there } = readingOf(document, current, procedure);
      const own = `person:${person}`;
      const pending = current.conclusion.sendings.some((each) => each.document === document && each.to === own && each.status === 'wanted');
      return {
        by,
        bar: !there ? notNow('There is no such document yet.', 'C8') : pending ? already('It is on its way to you.') : null,
      };
    },
    onlyFor: () => 'Only those who may read the whole of this can have it as a document.',
    consequences: (_current, { document }, { person }) => ({
      events: [{ type: 'SendingsWanted', document, to: [`person:${person}`] }],
    }),
  },
};

/** Who may have a document, and whether there is one. */
function readingOf(document: DocumentName, current: Case, procedure: Procedure): { by: Standing[]; there: boolean } {
  const readers: Standing[] = ['decided', ...deciders(procedure)];
  const family = forFamily(current.dissent);
  const plain: Record<Exclude<DocumentName, `letter:${string}`>, { by: Standing[]; there: boolean }> = {
    'dissent-letter': { by: ['dissenter', ...readers], there: current.letter !== null },
    entry: { by: ['chair', ...readers], there: current.record !== null && !family },
    acknowledgement: { by: ['logger', 'administrator', 'teller', ...readers], there: family },
    case: { by: readers, there: true },
    // It goes to the partnership by itself, and to nobody who asks.
    escalation: { by: [], there: false },
  };
  if (!document.startsWith('letter:')) return plain[document as keyof typeof plain];
  const stage = document.slice('letter:'.length);
  return {
    by: readers,
    there: current.decisions[stage] !== undefined && stageOfKind(procedure, stage, 'decide')?.letter !== undefined,
  };
}

function approve(
  current: Case,
  { stage, wording, own, recipients, changes }: CommandOf<'ApproveLetter'>,
  { procedure, roster, now }: CommandContext,
): Consequences {
  const letter = stageOfKind(procedure, stage, 'decide')?.letter;
  if (!letter) throw new Error(`the rule let a letter of stage "${stage}" pass, which has none`);
  const proposed = recipientsOf(current, letter, roster, dateOf(now));
  const chosen: Recipient[] = [...new Set(recipients.filter((each) => each !== 'copy')), ...(hasCopy(letter) ? ['copy' as const] : [])];
  const others = (some: Recipient[]) => some.some((each) => each !== 'copy');
  if (chosen.length === 0 || (!others(chosen) && others(proposed)))
    return invalid('C17', { recipients: 'Choose whom the letter goes to.' }, NOTHING_CHANGED);
  const changed = chosen.length !== proposed.length || chosen.some((each) => !proposed.includes(each));
  if (changed && changes === null) return invalid('Q7', { changes: 'You changed whom it goes to. Say why.' }, NOTHING_CHANGED);
  return {
    events: [
      { type: 'LetterApproved', stage, wording, ...(own === undefined ? {} : { own }), changes: changed ? changes : null },
      { type: 'SendingsWanted', document: `letter:${stage}`, to: chosen },
    ],
  };
}

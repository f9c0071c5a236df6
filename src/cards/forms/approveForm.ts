import { z } from 'zod';
import { addresseeOf } from '../../app/documents/parts.ts';
import type { CaseForViewer } from '../../app/seeCase.ts';
import type { Decision } from '../../domain/case.ts';
import { decidedAlike, ownField } from '../../domain/decided.ts';
import type { Recipient } from '../../domain/events/concludingEvents.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { hasCopy } from '../../domain/procedure.ts';
import type { DecideStage } from '../../domain/procedureParts.ts';
import { recipientsOf } from '../../domain/recipients.ts';
import { called } from '../../domain/whoIsTold.ts';
import { listOf } from '../../domain/words.ts';
import { type Field, field, needed, optional, severalOf } from '../inputs.ts';
import { beside, type CaseForm, form, peopleField } from './form.ts';

/**
 * The decider reads the letter, words its reasons, says whom it goes to and sends it (C17, S22, Q7, Q23). The partnership's copy is
 * told and not asked: it cannot be taken away (C18). Null where no letter follows that decision.
 */
export function approveForm(seen: CaseForViewer, name: string): CaseForm<'ApproveLetter'> | null {
  const stage = seen.procedure.stages[name];
  const decision = seen.current.decisions[name];
  if (stage?.kind !== 'decide' || !stage.letter || !decision) return null;
  const { letter } = stage;
  const recipients = letter.to.length === 1 && letter.to[0] === 'everyone' ? people(seen, letter) : agencies(seen, letter);
  const missing = 'Write the reasons for the letter.';
  const apart = ownWordings(decision, missing);
  const approving = form(
    'Approve the letter',
    'Approve and send',
    [
      field('long', 'wording', 'The reasons, as the letter gives them', {
        value: decision.reasons,
        isRequired: true,
        errorMessage: missing,
        hint: 'These are the reasons that you recorded. You may word them differently for the letter; what you recorded stays as it is.',
      }),
      ...apart.fields,
      recipients.field,
      ...(hasCopy(letter) ? [field('fact', 'copy', 'Copy', { value: `${seen.partnership.name} always gets one` })] : []),
      field('long', 'changes', 'Why did you change whom it goes to?', { hint: 'Needed only if you changed it.' }),
    ],
    z.object({ wording: needed(missing), recipients: recipients.read, changes: optional() }).and(apart.read),
    (value) => ({ type: 'ApproveLetter', stage: name, ...value }),
    [
      'Read the whole letter first: "See the letter" above. It goes as soon as you press "Approve and send", to each by mail, and cannot be called back.',
    ],
  );
  return beside(approving, 'toSend');
}

/** How the letter gives the reasons of children that have their own (CD1), asked once for those that have them alike. */
function ownWordings(decision: Decision, missing: string): { fields: Field[]; read: z.ZodType<{ own?: Record<string, string> }> } {
  const apart = decidedAlike(decision).filter(({ reasons }) => reasons !== decision.reasons);
  const places = Object.keys(decision.perChild);
  const asked = apart.map(({ children, reasons }) => {
    const id = ownField(places.indexOf(children[0] ?? ''), 'wording');
    return {
      id,
      children,
      field: field('long', id, `The reasons for ${listOf(children)}`, { value: reasons, isRequired: true, errorMessage: missing }),
    };
  });
  const shape: Record<string, z.ZodType<string>> = Object.fromEntries(asked.map(({ id }) => [id, needed(missing)]));
  const read = z.object(shape).transform((words): { own?: Record<string, string> } => {
    if (asked.length === 0) return {};
    return { own: Object.fromEntries(asked.flatMap(({ id, children }) => children.map((child) => [child, String(words[id])]))) };
  });
  return { fields: asked.map((each) => each.field), read };
}

type Asked = { field: Field; read: z.ZodType<Recipient[]> };

/** Those whom a letter is proposed to go to, but for the copy, which nobody chooses. */
const proposed = ({ current, roster, now }: CaseForViewer, letter: NonNullable<DecideStage['letter']>) =>
  recipientsOf(current, letter, roster, dateOf(now)).filter((each) => each !== 'copy');

const WHOM = 'Whom does it go to?';

function agencies(seen: CaseForViewer, letter: NonNullable<DecideStage['letter']>): Asked {
  const { partnership } = seen;
  const ticked = proposed(seen, letter);
  const all = new Set<Recipient>([...ticked, ...Object.keys(partnership.agencies).map((agency): Recipient => `agency:${agency}`)]);
  const choices = [...all].map((value) => ({ title: addresseeOf(value, seen), value }));
  return {
    field: field('choices', 'recipients', WHOM, {
      choices,
      value: ticked.join(','),
      isRequired: ticked.length > 0,
      errorMessage: 'Choose whom the letter goes to.',
      hint: letter.to.includes('agencies')
        ? `Ticked: the agency that ${seen.procedure.words.raises}, and those that the chair confirmed.`
        : `Ticked: ${listOf(letter.to.map((who) => called(who, seen.procedure)))}.`,
    }),
    read: severalOf(choices, letter.to.includes('agencies') ? 'Choose agencies from the list.' : 'Choose from the list.').transform(
      (values) => values as Recipient[],
    ),
  };
}

function people(seen: CaseForViewer, letter: NonNullable<DecideStage['letter']>): Asked {
  const { directory, partnershipId } = seen;
  const chosen = proposed(seen, letter).map((each) => each.slice('person:'.length));
  const members = directory.people.filter(({ partnership }) => partnership === partnershipId).map(({ id }) => id);
  const asked = peopleField(seen, 'recipients', WHOM, '', [...new Set([...chosen, ...members])], {
    chosen,
    hint: `Ticked: everybody whom the chair named, the chair, and the person who ${seen.procedure.words.raises}. Professionals only.`,
  });
  return { field: asked.field, read: asked.read.transform((some) => some.map((each): Recipient => `person:${each}`)) };
}

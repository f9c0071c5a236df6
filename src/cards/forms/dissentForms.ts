import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { forFamily } from '../../domain/case.ts';
import { capitalised } from '../../domain/words.ts';
import { field, needed, oneOf } from '../inputs.ts';
import { type CaseForm, form, peopleChoices } from './form.ts';

/** The dissenter takes the dissent back, with a reason. */
export function withdrawForm({ procedure: { words } }: CaseForViewer): CaseForm<'Withdraw'> {
  const missing = 'Say why you withdraw.';
  return form(
    `Withdraw this ${words.case}`,
    'Withdraw it',
    [
      field('long', 'reason', 'Why do you withdraw?', {
        isRequired: true,
        errorMessage: missing,
        hint: 'The case then ends. Everybody on it can see that you withdrew.',
      }),
    ],
    z.object({ reason: needed(missing) }),
    ({ reason }) => ({ type: 'Withdraw', reason }),
  );
}

/** The dissenter adds to what is written: the entry itself is locked (C8). */
export function addForm({ current, procedure: { words } }: CaseForViewer): CaseForm<'AddToDissent'> {
  const family = forFamily(current.dissent);
  const whose = family ? `the ${words.case}` : `your ${words.case}`;
  const missing = 'Write what you want to add.';
  const hint = current.record
    ? `${capitalised(whose)} is locked. This is added to it, with the time.`
    : `This is added to ${whose}, with the time.`;
  return form(
    family ? `Add to the ${words.case}` : `Add to my ${words.case}`,
    'Add it',
    [field('long', 'text', 'What do you want to add?', { isRequired: true, errorMessage: missing, hint })],
    z.object({ text: needed(missing) }),
    ({ text }) => ({ type: 'AddToDissent', text }),
  );
}

/** The dissenter points the dissent at the right chair. */
export function nameChairForm(seen: CaseForViewer): CaseForm<'NameChair'> {
  const { meeting } = seen.procedure.words;
  const missing = `Choose the chair of the ${meeting}.`;
  const { dissent, declined } = seen.current;
  const { dissenter, conference } = dissent;
  const choices = peopleChoices(
    seen,
    seen.roster.chairs.filter(
      (person) => (forFamily(dissent) || person !== dissenter) && person !== conference.chair && !declined.includes(person),
    ),
  );
  return form(
    'Name the chair',
    'Send to this chair',
    [field('choice', 'chair', `Who chaired the ${meeting}?`, { isRequired: true, errorMessage: missing, choices })],
    z.object({ chair: oneOf(choices, missing) }),
    ({ chair }) => ({ type: 'NameChair', chair }),
  );
}

/** Somebody named as chair by mistake says so. */
export function declineChairForm(): CaseForm<'DeclineChair'> {
  const missing = 'Say why this is not yours.';
  return form(
    'I was not the chair',
    'Send it back',
    [
      field('long', 'reason', 'What is wrong?', {
        isRequired: true,
        errorMessage: missing,
        hint: 'The person who dissents reads this and names another chair.',
      }),
    ],
    z.object({ reason: needed(missing) }),
    ({ reason }) => ({ type: 'DeclineChair', reason }),
  );
}

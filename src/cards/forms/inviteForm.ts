import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { alwaysThere, listedIn } from '../../domain/sharing.ts';
import { beside, type CaseForm, form, peopleField } from './form.ts';
import { tick } from './questions.ts';

/** Changes who is invited to the conference that meets again, and who of them has to be there (CD5). */
export function inviteForm(seen: CaseForViewer): CaseForm<'ChangeInvited'> {
  const { current, directory, partnershipId, procedure } = seen;
  const anyway = alwaysThere(current);
  const listed = listedIn(current);
  const here = directory.people.filter(({ partnership }) => partnership === partnershipId).map(({ id }) => id);
  const people = [...new Set([...listed.required, ...listed.optional, ...here])].filter((person) => !anyway.has(person));
  const chosen = (some: string[]) => some.filter((person) => people.includes(person));
  const hint = 'Whoever chairs it, and whoever has to be there for the case itself, is invited anyway.';
  const required = peopleField(seen, 'required', 'Who must be there?', 'Choose who must be there', people, {
    chosen: chosen(listed.required),
    hint,
  });
  const optional = peopleField(seen, 'optional', 'Who else may be there?', 'Choose who may be there', people, {
    chosen: chosen(listed.optional),
    hint: 'Outlook then invites whoever is new, and takes off whoever is on neither list.',
  });
  // A form of which nothing comes back is one that was only opened: nobody may be left on either list.
  const sure = tick('sure', 'All of them are professionals: family members are not invited by calendar.');
  return beside(
    form(
      `Who is invited to the ${procedure.words.meeting}`,
      'Change who is invited',
      [required.field, optional.field, sure.field],
      z.object({ required: required.read, optional: optional.read, sure: sure.read }),
      ({ required: must, optional: may }) => ({ type: 'ChangeInvited', required: must, optional: may }),
    ),
  );
}

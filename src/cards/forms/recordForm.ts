import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { forFamily } from '../../domain/case.ts';
import { afterRecord, forMeeting, stageOf, tellsAgencies } from '../../domain/procedure.ts';
import { inSentence } from '../../domain/words.ts';
import { ASK_FOR_ADDRESS, field, nothing, oneOf, severalOf, webAddress } from '../inputs.ts';
import { deciderAt } from '../stageWords.ts';
import { type CaseForm, form, peopleField } from './form.ts';
import { asksOn, tick } from './questions.ts';

const SURE = 'I have checked this, and it can be passed on.';

/**
 * What the chair records: the procedure's own questions (C5, C6, S9-S11), its papers by link (C10, S14), the agencies to be told where
 * a letter goes to agencies (Q7, Q23), and who should be there if the meeting is held again (C21). The chair confirms the agency where
 * the dissenter has none (C2). Null where nothing is to be recorded now.
 */
export function recordForm(seen: CaseForViewer): CaseForm<'Record'> | null {
  const { current, procedure, directory, partnershipId, partnership } = seen;
  const stage = stageOf(procedure, current.stage);
  if (stage.kind !== 'record') return null;
  const { conference, dissenter, agency } = current.dissent;
  const family = forFamily(current.dissent);
  const asked = asksOn(seen, forMeeting(stage.asks, conference.type));
  const asksAgency = agency === null && !family;
  const tells = tellsAgencies(procedure);
  const papers = Object.entries(stage.documents);
  // A form of which nothing comes back is one that was only opened: where all may be left out, there is a tick to send.
  const sure = asksAgency || asked.fields.some(({ isRequired }) => isRequired) ? null : tick('sure', SURE);
  const agencies = Object.entries(partnership.agencies).map(([value, { name }]) => ({ title: name, value }));
  const people = directory.people
    .filter(({ id, partnership: where }) => where === partnershipId && id !== conference.chair && (family || id !== dissenter))
    .map(({ id }) => id);
  const again = `if the ${procedure.words.meeting} is held again`;
  const nobody = {
    chosen: [],
    hint: `Professionals only: family members are not invited by calendar. ${family ? 'Whoever chairs it is' : 'The chair and the person who dissents are'} invited anyway.`,
  };
  const required = peopleField(seen, 'required', `Who must be there ${again}?`, 'Choose who must be there', people, nobody);
  const others = peopleField(seen, 'optional', 'Who else may be there?', 'Choose who may be there', people, nobody);
  const missing = 'Choose the agency that this person represents.';
  const decider = deciderAt(stageOf(procedure, afterRecord(procedure, current.dissent) ?? stage.next), procedure);
  const title = decider === null ? stage.button : `${family ? stage.button : 'Refer'} to the ${decider}`;
  return form(
    title,
    title,
    [
      ...asked.fields,
      ...papers.map(([id, paper]) =>
        field('text', id, `Link to ${inSentence(paper.title)}`, {
          maxLength: 1000,
          errorMessage: ASK_FOR_ADDRESS,
          hint: 'You may leave this out. The card then says that it is not attached.',
        }),
      ),
      ...(asksAgency
        ? [
            field('choice', 'agency', 'Which agency does this person represent?', {
              isRequired: true,
              errorMessage: missing,
              choices: agencies,
            }),
          ]
        : []),
      ...(tells ? [field('choices', 'agencies', 'Agencies to be told of the outcome', { choices: agencies, value: agency ?? '' })] : []),
      required.field,
      others.field,
      ...(sure ? [{ ...sure.field, value: 'yes' }] : []),
    ],
    z
      .object({
        agency: asksAgency ? oneOf(agencies, missing) : nothing,
        agencies: tells ? severalOf(agencies, 'Choose agencies from the list.') : nothing.transform((): string[] => []),
        required: required.read,
        optional: others.read,
      })
      .and(z.object({ sure: sure?.read ?? nothing }).transform(() => ({})))
      .and(z.object(Object.fromEntries(papers.map(([id]) => [id, webAddress]))).transform((documents) => ({ documents })))
      .and(asked.read),
    ({ agency: confirmed, ...record }) => ({ type: 'Record', agency: confirmed, record }),
  );
}

import { z } from 'zod';
import type { Seen } from '../../app/seeCase.ts';
import { stageOf } from '../../domain/procedure.ts';
import { field, needed, oneOf, severalOf, webAddress, type Choice } from '../typed.ts';
import { form, peopleField, type CaseForm } from './form.ts';

const YES_NO: Choice[] = [
  { title: 'Yes', value: 'yes' },
  { title: 'No', value: 'no' },
];
const SAY = {
  consensus: 'Say whether you tried to reach agreement.',
  threshold: 'Write how the threshold was looked at.',
  decision: 'Write the decision.',
  basis: 'Write what the decision rests on.',
  agency: 'Choose the agency that this person represents.',
};

/**
 * What the chair records when referring: the attempt at consensus and the threshold reasoning (C5), the chair's own decision
 * and its basis (C6), the notes, the agencies to be told (Q7), and who should be at a reconvened conference (C21).
 * The chair confirms the agency where the dissenter has none (C2).
 */
export function referForm(seen: Seen): CaseForm {
  const { current, procedure, directory, partnershipId, partnership } = seen;
  const { conference, dissenter, agency } = current.dissent;
  const agencies = Object.entries(partnership.agencies).map(([value, { name }]) => ({ title: name, value }));
  const people = directory.people
    .filter(({ id, partnership: where }) => where === partnershipId && id !== conference.chair && id !== dissenter)
    .map(({ id }) => id);
  const required = peopleField(
    seen,
    'required',
    `Who must be there if the ${procedure.words.meeting} meets again?`,
    'Choose who must be there',
    people,
  );
  const others = peopleField(seen, 'optional', 'Who else may be there?', 'Choose who may be there', people);
  const next = stageOf(procedure, stageOf(procedure, current.stage).next ?? current.stage);
  const receiver = next.kind === 'decide' ? `the ${procedure.roles[next.by]?.title ?? next.by}` : next.title;
  const long = { isRequired: true } as const;
  return form(
    `Refer to ${receiver}`,
    `Refer to ${receiver}`,
    [
      field('one', 'consensus', 'Did you try to reach agreement (consensus)?', { ...long, errorMessage: SAY.consensus, choices: YES_NO }),
      field('long', 'thresholdReasoning', 'How was the threshold for significant harm looked at?', {
        ...long,
        errorMessage: SAY.threshold,
      }),
      field('long', 'decision', 'What did you decide as chair?', { ...long, errorMessage: SAY.decision }),
      field('long', 'basis', 'What does that decision rest on?', { ...long, errorMessage: SAY.basis }),
      field('text', 'notesLink', `Link to the notes of the ${procedure.words.meeting}`, {
        maxLength: 1000,
        errorMessage: 'Give a web address that begins with https://.',
        hint: 'You may leave this out. The card then says that the notes are not attached.',
      }),
      ...(agency === null
        ? [field('choice', 'agency', 'Which agency does this person represent?', { ...long, errorMessage: SAY.agency, choices: agencies })]
        : []),
      field('choices', 'agencies', 'Agencies to be told of the outcome', { choices: agencies, value: agency ?? '' }),
      required.field,
      others.field,
    ],
    z.object({
      consensus: oneOf(YES_NO, SAY.consensus),
      thresholdReasoning: needed(SAY.threshold),
      decision: needed(SAY.decision),
      basis: needed(SAY.basis),
      notesLink: webAddress,
      agencies: severalOf(agencies, 'Choose agencies from the list.'),
      required: required.read,
      optional: others.read,
      agency:
        agency === null
          ? oneOf(agencies, SAY.agency)
          : z
              .string()
              .default('')
              .transform(() => null),
    }),
    ({ agency: confirmed, consensus, ...record }) => ({
      type: 'Refer',
      agency: confirmed,
      record: { ...record, consensusAttempted: consensus === 'yes' },
    }),
  );
}

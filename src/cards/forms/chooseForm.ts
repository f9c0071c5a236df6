import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { forMeeting, stageOf } from '../../domain/procedure.ts';
import { inSentence } from '../../domain/words.ts';
import { field, optional } from '../inputs.ts';
import { type CaseForm, form } from './form.ts';
import { asksOn } from './questions.ts';

/** What whoever raised it says with a choice (PL3); null where there is no such choice. */
export function chooseForm(seen: CaseForViewer, name: string, choice: string): CaseForm<'Choose'> | null {
  const { current, procedure } = seen;
  const stage = procedure.stages[name];
  const chosen = stage?.kind === 'choose' ? stage.choices[choice] : undefined;
  if (!chosen) return null;
  const asked = asksOn(seen, forMeeting(chosen.asks, current.dissent.conference.type));
  const next = stageOf(procedure, chosen.next).title;
  return form(
    chosen.title,
    chosen.title,
    [...asked.fields, field('long', 'reasons', 'Anything that you want to say with it', { hint: 'You may leave this out.' })],
    z.object({ reasons: optional() }).and(asked.read),
    ({ reasons, answers }) => ({ type: 'Choose', stage: name, choice, reasons, answers }),
    [`What comes next then: ${inSentence(next)}. This cannot be taken back.`],
  );
}

import type { RaisableProcedure } from '../app/raiseDissent.ts';
import { deciderTitle, linksOf, stageOf } from '../domain/procedure.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import type { CardState } from './cardState.ts';
import { raiseFields } from './forms/raiseForm.ts';
import { buttonsFor, formData, plainFrame } from './frame.ts';
import type { TemplateAndData } from './template.ts';

/**
 * The dissent form under one procedure, with the procedure's links (P12, C4) and whom families turn to instead (S4). `draft` is the
 * form's own random id, and `bytes` the room there is for what was typed before.
 */
export function raiseCard(opening: RaisableProcedure, draft: string, { refusal, form }: CardState, bytes: number): TemplateAndData {
  const { procedure, partnership } = opening;
  const staff = procedure.raisedBy === 'staff';
  const links = linksOf(procedure).flatMap((id) => partnership.links[id] ?? []);
  const { values = {}, errors = {} } = form ?? {};
  const questions = { title: '', warnings: [], fields: raiseFields(opening) };
  const button = buttonsFor(draft, 0);
  const data = {
    ...plainFrame(staff ? `Log ${procedure.words.aCase}` : `Raise ${procedure.words.case}`, {
      refusals: refusal === undefined ? [] : [refusal],
      holds: [procedure.words.decisionStands],
      forms: [formData({ form: questions, values, errors }, bytes)],
      buttons: [
        button({ verb: `raise:${opening.id}`, title: staff ? `Log this ${procedure.words.case}` : sendTo(procedure), style: 'positive' }),
      ],
      footer: [`${procedure.title}. Procedure ${procedure.id}, version ${procedure.version}.`],
    }),
    intro: [procedure.title],
    readers: procedure.chaired ? 'the chair and to those who decide' : 'those who decide',
    families: procedure.families === undefined ? [] : [procedure.families],
    links,
  };
  return { view: 'raise', data };
}

/** Where it goes first, on the button that sends it. */
function sendTo(procedure: Procedure): string {
  const first = stageOf(procedure, procedure.start);
  if (first.kind === 'record') return first.by === 'chair' ? 'Send to the chair' : 'Send';
  return first.kind === 'decide' ? `Send to the ${deciderTitle(procedure, first)}` : 'Send';
}

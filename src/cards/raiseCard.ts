import type { RaisableProcedure } from '../app/raiseDissent.ts';
import { linksOf } from '../domain/procedure.ts';
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
    ...plainFrame(staff ? `Log a ${procedure.words.case}` : 'Raise dissent', {
      refusals: refusal === undefined ? [] : [refusal],
      holds: [procedure.words.decisionStands],
      forms: [formData({ form: questions, values, errors }, bytes)],
      buttons: [
        button({ verb: `raise:${opening.id}`, title: staff ? `Log this ${procedure.words.case}` : 'Send to the chair', style: 'positive' }),
      ],
      footer: [`${procedure.title}. Procedure ${procedure.id}, version ${procedure.version}.`],
    }),
    intro: [procedure.title],
    families: procedure.families === undefined ? [] : [procedure.families],
    links,
  };
  return { view: 'raise', data };
}

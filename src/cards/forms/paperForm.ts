import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { recordStageOf } from '../../domain/procedure.ts';
import { ASK_FOR_ADDRESS, field, oneOf, webAddress } from '../inputs.ts';
import { beside, type CaseForm, form } from './form.ts';

/** Adds notes, minutes or a plan by link after the chair has recorded (CD4): whoever decides next is told, and a letter says when it came. */
export function paperForm({ procedure }: CaseForViewer): CaseForm<'AddPaper'> {
  const asked = Object.values(recordStageOf(procedure)?.documents ?? {}).map(({ title }) => title);
  const titles = [...new Set([...asked, `Minutes of the ${procedure.words.meeting}`, 'The protection plan'])];
  const choices = titles.map((title, index) => ({ title, value: `${index + 1}` }));
  const missing = 'Choose what it is.';
  return beside(
    form(
      'Add a paper',
      'Add it',
      [
        field('choice', 'paper', 'What is it?', { choices, isRequired: true, errorMessage: missing }),
        field('text', 'link', 'Link to it', {
          isRequired: true,
          errorMessage: ASK_FOR_ADDRESS,
          maxLength: 1000,
          hint: 'It is kept with its day. Whoever decides next is told.',
        }),
      ],
      z.object({
        paper: oneOf(choices, missing),
        link: webAddress.transform((link, context) => {
          if (link !== null) return link;
          context.addIssue({ code: 'custom', message: ASK_FOR_ADDRESS });
          return z.NEVER;
        }),
      }),
      ({ paper, link }) => ({ type: 'AddPaper', title: titles[Number(paper) - 1] ?? '', link }),
    ),
  );
}

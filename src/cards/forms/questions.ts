import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { personOf } from '../../directory/directory.ts';
import type { Answers } from '../../domain/events/trail.ts';
import { dateOf } from '../../domain/londonTime.ts';
import type { FormQuestion } from '../../domain/procedureParts.ts';
import { sizeOf } from '../fit.ts';
import { type Choice, dateBetween, type Field, field, LONG, needed, oneOf, optional, SHORT } from '../inputs.ts';
import { LONGEST_LIST, peopleChoices } from './form.ts';

/** A question as a form asks it; `when` says in what case it has to be answered, where the rest of the form decides that. */
export type QuestionOnForm = FormQuestion & { when?: string };

/** What a form has to know to ask: who there is, and what day it is. */
export type AskedOn = Pick<CaseForViewer, 'directory' | 'partnershipId' | 'now'>;

/** What is asked by a question, and how its answer is read; null when it is left out. */
type Asked = { field: Field; read: z.ZodType<string | null> };

/** The choices of a question that is answered yes or no. */
export const YES_NO: Choice[] = [
  { title: 'Yes', value: 'yes' },
  { title: 'No', value: 'no' },
];

/** A procedure's questions as the fields of a form, by the questions' own ids, and how their answers are read. */
export function asksOn(seen: AskedOn, asks: Record<string, QuestionOnForm>): { fields: Field[]; read: z.ZodType<{ answers: Answers }> } {
  const all = Object.entries(asks).map(([id, question]) => ({ id, ...kinds[question.kind](id, question, seen) }));
  const shape = z.object(Object.fromEntries(all.map(({ id, read }) => [id, read])));
  const given = (all: Record<string, string | null>) => ({
    answers: Object.fromEntries(Object.entries(all).flatMap(([id, answer]) => (answer === null ? [] : [[id, answer]]))),
  });
  return { fields: all.map((each) => each.field), read: shape.transform(given) };
}

/** A tick that has to be set, beside the sentence that it agrees to. */
export function tick(id: string, sentence: string): { field: Field; read: z.ZodType<string> } {
  const errorMessage = 'Tick this if you can say it. Without it nothing can be sent.';
  return {
    field: field('tick', id, sentence, { isRequired: true, errorMessage }),
    read: z
      .string()
      .default('')
      .refine((value) => value === 'yes', errorMessage),
  };
}

/** A tick that what is decided may call for. */
function tickPerhaps(id: string, question: QuestionOnForm): Asked {
  return {
    field: field('tick', id, question.title, { hint: said(question) }),
    read: z
      .string()
      .default('')
      .transform((value) => (value === 'yes' ? value : null)),
  };
}

const kinds: Record<FormQuestion['kind'], (id: string, question: QuestionOnForm, seen: AskedOn) => Asked> = {
  confirm: (id, question) => (question.when === undefined ? tick(id, question.title) : tickPerhaps(id, question)),
  'yes-no': (id, question) => chosen('one', id, question, YES_NO, 'Choose yes or no.'),
  text: (id, question) => written('text', id, question, SHORT),
  long: (id, question) => written('long', id, question, LONG),
  date: (id, question, { now }) => {
    const today = dateOf(now);
    const errorMessage = 'Give the day. It is not after today.';
    const read = dateBetween(today.subtract({ years: 5 }), today, errorMessage, errorMessage);
    const asked = field('date', id, question.title, { isRequired: !question.optional, errorMessage, hint: said(question) });
    const none = z
      .literal('')
      .optional()
      .transform(() => null);
    return { field: asked, read: question.optional ? none.or(read) : read };
  },
  person: (id, question, seen) => {
    const people = seen.directory.people.filter(({ partnership }) => partnership === seen.partnershipId).map((person) => person.id);
    // Another list of everybody would be too much for one card.
    return question.when === undefined ? personAsked(id, question, seen, people) : byEmail(id, question, seen, people);
  },
};

/** The question for one of some people: a list, or for a big partnership a work e-mail address. */
export function personAsked(id: string, question: QuestionOnForm, seen: Pick<CaseForViewer, 'directory'>, people: string[]): Asked {
  const choices = peopleChoices(seen, people);
  return sizeOf(choices) <= LONGEST_LIST
    ? chosen('choice', id, question, choices, 'Choose a person from the list.')
    : byEmail(id, question, seen, people);
}

const said = ({ optional: may, hint, when }: QuestionOnForm): string =>
  [...(hint ? [hint] : []), ...(when ? [when] : may ? ['You may leave this out.'] : [])].join(' ');

function written(kind: 'text' | 'long', id: string, question: QuestionOnForm, longest: number): Asked {
  const errorMessage = 'Write your answer.';
  return {
    field: field(kind, id, question.title, { isRequired: !question.optional, errorMessage, hint: said(question) }),
    read: question.optional ? optional(longest) : needed(errorMessage, longest),
  };
}

function chosen(kind: 'one' | 'choice', id: string, question: QuestionOnForm, choices: Choice[], errorMessage: string): Asked {
  const one = oneOf(choices, errorMessage);
  return {
    field: field(kind, id, question.title, { isRequired: !question.optional, errorMessage, choices, hint: said(question) }),
    read: question.optional
      ? z
          .literal('')
          .optional()
          .transform(() => null)
          .or(one)
      : one,
  };
}

/** Somebody of a partnership too big for a list, by work e-mail address. */
function byEmail(id: string, question: QuestionOnForm, seen: Pick<CaseForViewer, 'directory'>, people: string[]): Asked {
  const errorMessage = 'Give the work e-mail address of somebody in the directory.';
  const known = new Map(people.map((person) => [personOf(seen.directory, person)?.email.toLowerCase(), person]));
  const read = z
    .string()
    .default('')
    .transform((typed, context) => {
      const email = typed.trim().toLowerCase();
      const person = known.get(email);
      if (person !== undefined || (email === '' && question.optional)) return person ?? null;
      context.addIssue({ code: 'custom', message: errorMessage });
      return z.NEVER;
    });
  return {
    field: field('text', id, question.title, {
      isRequired: !question.optional,
      errorMessage,
      hint: `${said(question)} Give a work e-mail address.`.trim(),
    }),
    read,
  };
}

import { z } from 'zod';
import { harmless } from '../domain/harmlessText.ts';
import { sayDate } from '../domain/londonTime.ts';

/** The longest answer to a short question, and the longest text, in characters. */
export const SHORT = 200;
export const LONG = 4000;

/**
 * The kinds of question a form asks, each drawn by `cards/parts/inputs.json`. `tick` is a sentence to agree to; `fact` is told and not
 * asked.
 */
export type FieldKind = 'text' | 'long' | 'date' | 'time' | 'choice' | 'one' | 'choices' | 'tick' | 'fact';

/** One of the choices that a question offers. */
export type Choice = { title: string; value: string };

/** One question of a form. `choice` is a list that drops down, `one` shows every choice, `choices` allows several. */
export type Field = {
  id: string;
  kind: FieldKind;
  label: string;
  isRequired: boolean;
  /** What to do when it is missing. */
  errorMessage: string;
  maxLength: number;
  value: string;
  choices: Choice[];
  hint: string;
  /** The button behind which it is folded away until it is wanted; empty when it is not. */
  fold: string;
  /** The button behind which it is folded away together with others; empty when it is not. */
  under: string;
};

/** What to do about an answer that does not hold, by kind of question, where the form says nothing of its own. */
const MENDING: Record<FieldKind, (longest: number) => string> = {
  text: atMost,
  long: atMost,
  date: () => 'Give a day, such as 26 January 2027.',
  time: () => 'Give a time, such as 10:00.',
  choice: () => 'Choose one of these.',
  one: () => 'Choose one of these.',
  choices: () => 'Choose from these.',
  tick: () => 'Tick this if it is so.',
  fact: () => '',
};

const inThousands = new Intl.NumberFormat('en-GB');

function atMost(longest: number): string {
  return `Write at most ${inThousands.format(longest)} characters.`;
}

/** A question with everything unsaid at its plainest: not required, empty, no hint. */
export function field(kind: FieldKind, id: string, label: string, rest: Partial<Omit<Field, 'kind' | 'id' | 'label'>> = {}): Field {
  const { maxLength = kind === 'long' ? LONG : SHORT } = rest;
  return {
    id,
    kind,
    label,
    isRequired: false,
    errorMessage: MENDING[kind](maxLength),
    maxLength,
    value: '',
    choices: [],
    hint: '',
    fold: '',
    under: '',
    ...rest,
  };
}

/** A typed text made harmless to store and show (EV9), with no more than one empty line together. */
function tidy(text: string): string {
  return harmless(text)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const meansSomething = (text: string) => /[\p{L}\p{N}]/u.test(text);

const anyText = (longest: number) =>
  z
    .string()
    .default('')
    .transform(tidy)
    .refine((text) => text.length <= longest, atMost(longest));

/** A text that has to be given; `missing` says what to do when it is not. */
export const needed = (missing: string, longest = LONG) => anyText(longest).refine(meansSomething, missing);

/** A text that may be left out: null when it is. */
export const optional = (longest = LONG) => anyText(longest).transform((text) => (meansSomething(text) ? text : null));

/** What is not asked: null, whatever is sent. */
export const nothing = z
  .string()
  .default('')
  .transform(() => null);

/** One of the choices offered. */
export const oneOf = (choices: Choice[], missing: string) =>
  z
    .string()
    .default('')
    .refine((value) => choices.some((choice) => choice.value === value), missing);

/** Several of the choices offered, as Teams sends them: `a,b,c`, or typed one a line. An empty answer is none. */
export const severalOf = (choices: Choice[], wrong: string) =>
  z
    .string()
    .default('')
    .transform((typed, context) => {
      const values = typed.split(/[\s,;]+/).filter((value) => value !== '');
      const found = values.map((value) => choices.find((choice) => choice.value.toLowerCase() === value.toLowerCase()));
      if (found.includes(undefined)) context.addIssue({ code: 'custom', message: wrong });
      return [...new Set(found.flatMap((choice) => choice?.value ?? []))];
    });

/** A calendar date between two others, as ISO text. */
export const dateBetween = (first: Temporal.PlainDate, last: Temporal.PlainDate, missing: string, outside: string) =>
  z
    .string()
    .default('')
    .pipe(z.iso.date(missing))
    .refine((date) => date >= first.toString() && date <= last.toString(), outside);

/** The earliest day that is taken for a date and not for a slip of the keys, in years before today. */
const OLDEST = 100;

/** Why a text is no day that has been: in a sentence of its own for each reason. `ask` says what to give instead. */
function whyNotPast(typed: string, today: Temporal.PlainDate, ask: string): string | null {
  if (!z.iso.date().safeParse(typed).success) return `This is not a date. ${ask}`;
  if (typed > today.toString()) return `${sayDate(typed)} has not come yet. ${ask}`;
  return typed < today.subtract({ years: OLDEST }).toString()
    ? `${sayDate(typed)} is more than ${OLDEST} years ago. Check the year.`
    : null;
}

/** A day up to today, however long ago, as ISO text; `ask` says which day to give (CD15). */
export const pastDay = (today: Temporal.PlainDate, ask: string) =>
  z
    .string()
    .default('')
    .superRefine((typed, context) => {
      const why = typed === '' ? ask : whyNotPast(typed, today, ask);
      if (why !== null) context.addIssue({ code: 'custom', message: why });
    });

/** Such a day, or null where it is left out. */
export const maybePastDay = (today: Temporal.PlainDate, ask: string) =>
  z
    .string()
    .default('')
    .superRefine((typed, context) => {
      const why = typed === '' ? null : whyNotPast(typed, today, ask);
      if (why !== null) context.addIssue({ code: 'custom', message: why });
    })
    .transform((typed) => (typed === '' ? null : typed));

/** Said of what is no web address. */
export const ASK_FOR_ADDRESS = 'Give a web address that begins with https:// or http://.';

const WEB = new Set(['https:', 'http:']);

/**
 * A web address, in the form a browser would use it; null when it is left out. An address inside a council's network may well begin with
 * http:// alone. Anything else that a link could open, such as a script or a file, is sent back.
 */
export const webAddress = z
  .string()
  .default('')
  .transform((typed, context) => {
    const text = tidy(typed);
    if (text === '') return null;
    const address = URL.parse(text);
    if (address && WEB.has(address.protocol) && address.username === '' && address.href.length <= 1000) return address.href;
    context.addIssue({
      code: 'custom',
      message: 'Give a web address that begins with https:// or http:// and has at most 1,000 characters.',
    });
    return z.NEVER;
  });

/** What a form's inputs come to: its value, or one sentence for each field that does not hold. */
export function readForm<T>(schema: z.ZodType<T>, inputs: Record<string, string>): { value: T } | { fields: Record<string, string> } {
  // A form is made for one press: to have code written for reading it costs more than reading it.
  const read = schema.safeParse(inputs, { jitless: true });
  if (read.success) return { value: read.data };
  const fields: Record<string, string> = {};
  for (const { path, message } of read.error.issues) fields[String(path[0] ?? '')] ??= message;
  return { fields };
}

import type { z } from 'zod';
import type { Seen } from '../../app/seeCase.ts';
import { personOf } from '../../directory/directory.ts';
import type { PersonId } from '../../domain/case.ts';
import type { Command } from '../../domain/commands.ts';
import { sizeOf } from '../present/fit.ts';
import { type Choice, type Field, field, LONG, readForm, severalOf } from '../typed.ts';
import { introduce, listOf } from '../words.ts';

/** A form on a card: what is asked, and how the answers become a command or one sentence for each field that does not hold. */
export type CaseForm = {
  title: string;
  /** The button that sends it. */
  submit: string;
  /** What has to be known before filling it in, such as how late it is. */
  warnings: string[];
  fields: Field[];
  read(inputs: Record<string, string>): { command: Command } | { fields: Record<string, string> };
};

/** A form from its questions, the schema beside them, and the command that its value makes. */
export function form<T>(
  title: string,
  submit: string,
  fields: Field[],
  schema: z.ZodType<T>,
  command: (value: T) => Command,
  warnings: string[] = [],
): CaseForm {
  return {
    title,
    submit,
    warnings,
    fields,
    read(inputs) {
      const read = readForm(schema, inputs);
      return 'fields' in read ? read : { command: command(read.value) };
    },
  };
}

/** People as the choices of a list, in order of name. */
export function peopleChoices({ directory }: Pick<Seen, 'directory'>, people: PersonId[]): Choice[] {
  return people
    .map((person) => ({ title: introduce(directory, person), value: person }))
    .toSorted((one, other) => one.title.localeCompare(other.title, 'en-GB'));
}

/** A longer list than this, in bytes, has no room on a card. */
export const LONGEST_LIST = 5000;

/** The question for several people: a list to tick, or for a big partnership their e-mail addresses, one a line. */
export function peopleField(
  seen: Seen,
  id: string,
  label: string,
  fold: string,
  people: PersonId[],
): { field: Field; read: z.ZodType<PersonId[]> } {
  const choices = peopleChoices(seen, people);
  if (sizeOf(choices) <= LONGEST_LIST) {
    const hint =
      'Professionals only: family members are not invited by calendar. The chair and the person who dissents are invited anyway.';
    return { field: field('choices', id, label, { choices, hint, fold }), read: severalOf(choices, 'Choose people from the list.') };
  }
  const byEmail = new Map(people.map((person) => [personOf(seen.directory, person)?.email.toLowerCase(), person]));
  const known: Choice[] = [...byEmail.keys()].map((email = '') => ({ title: email, value: email }));
  return {
    field: field('long', id, label, { hint: 'Give work e-mail addresses, one on each line. Professionals only.', maxLength: LONG }),
    read: severalOf(known, 'Give the e-mail addresses of people in the directory, one on each line.').transform((emails) =>
      emails.flatMap((email) => byEmail.get(email) ?? []),
    ),
  };
}

/** What an error line says on top of a form: which fields need mending. */
export function mendingLine(fields: Field[], errors: Record<string, string>): string {
  const labels = fields.filter(({ id }) => errors[id] !== undefined).map(({ label }) => `"${label}"`);
  return labels.length === 0
    ? 'Nothing has been sent yet. Please mend what is marked.'
    : `Nothing has been sent yet. Please mend ${listOf(labels)}.`;
}

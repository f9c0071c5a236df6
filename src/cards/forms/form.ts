import type { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { personOf } from '../../directory/directory.ts';
import { introduce } from '../../directory/names.ts';
import type { CommandOf, CommandType } from '../../domain/commands.ts';
import type { PersonId } from '../../domain/events/trail.ts';
import { fewOf } from '../../domain/words.ts';
import { sizeOf } from '../fit.ts';
import { type Choice, type Field, field, LONG, readForm, severalOf } from '../inputs.ts';
import type { PartName } from '../present/body.ts';
import type { Verb } from '../verb.ts';

/** A form on a card: what is asked, and how the answers become a command or one sentence for each field that does not hold. */
export type CaseForm<T extends CommandType = CommandType> = {
  title: string;
  /** The button that sends it. */
  submit: string;
  /** What has to be known before filling it in, such as how late it is. */
  warnings: string[];
  fields: Field[];
  /** The parts of the card that stay at hand behind a button while it is filled in; all that are in sight stay so where nothing is said. */
  beside?: PartName[];
  read(inputs: Record<string, string>): { command: CommandOf<T> } | { fields: Record<string, string> };
};

/** A form as it is open on a card, with what was typed and what is wrong with it. */
export type OpenForm = { verb: Verb; form: CaseForm; values: Record<string, string>; errors: Record<string, string> };

/** A form from its questions, the schema beside them, and the command that its value makes. */
export function form<V, T extends CommandType>(
  title: string,
  submit: string,
  fields: Field[],
  schema: z.ZodType<V>,
  command: (value: V) => CommandOf<T>,
  warnings: string[] = [],
): CaseForm<T> {
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

/** A form that has these parts of its card at hand, each behind a button, or none, so that it stands where its own button was pressed. */
export function beside<T extends CommandType>(asked: CaseForm<T>, ...parts: PartName[]): CaseForm<T> {
  return { ...asked, beside: parts };
}

/** People as the choices of a list, in order of name. */
export function peopleChoices({ directory }: Pick<CaseForViewer, 'directory'>, people: PersonId[]): Choice[] {
  return people
    .map((person) => ({ title: introduce(directory, person), value: person }))
    .toSorted((one, other) => one.title.localeCompare(other.title, 'en-GB'));
}

/** A longer list than this, in bytes, has no room on a card. */
export const LONGEST_LIST = 5000;

/**
 * The question for several people, some of them `chosen` already: a list to tick, or for a big partnership their e-mail addresses, one
 * a line, and the id of whoever is not in the directory.
 */
export function peopleField(
  seen: CaseForViewer,
  id: string,
  label: string,
  fold: string,
  people: PersonId[],
  { chosen, hint }: { chosen: PersonId[]; hint: string },
): { field: Field; read: z.ZodType<PersonId[]> } {
  const choices = peopleChoices(seen, people);
  if (sizeOf(choices) <= LONGEST_LIST) {
    return {
      field: field('choices', id, label, { choices, hint, fold, value: chosen.join(',') }),
      read: severalOf(choices, 'Choose people from the list.'),
    };
  }
  const addressOf = (person: PersonId) => personOf(seen.directory, person)?.email.toLowerCase() ?? person;
  const byEmail = new Map(people.map((person) => [addressOf(person), person]));
  const known: Choice[] = [...byEmail.keys()].map((email) => ({ title: email, value: email }));
  return {
    field: field('long', id, label, {
      hint: 'Give work e-mail addresses, one on each line. Professionals only.',
      maxLength: LONG,
      value: chosen.map(addressOf).join('\n'),
    }),
    read: severalOf(known, 'Give the e-mail addresses of people in the directory, one on each line.').transform((emails) =>
      emails.flatMap((email) => byEmail.get(email) ?? []),
    ),
  };
}

/** What an error line says on top of a form: which fields need mending. */
export function mendingLine(fields: Field[], errors: Record<string, string>): string {
  const labels = fields.filter(({ id }) => errors[id] !== undefined).map(({ label }) => `"${label}"`);
  return labels.length === 0
    ? 'Nothing has been sent yet. Please check what is marked.'
    : `Nothing has been sent yet. Please check ${fewOf(labels)}.`;
}

import { z } from 'zod';
import type { CardKey } from '../app/ports.ts';
import type { CaseForViewer } from '../app/seeCase.ts';
import type { Case } from '../domain/case.ts';
import type { Command } from '../domain/commands.ts';
import type { Intention } from '../domain/rule.ts';
import type { CaseForm } from './forms/form.ts';
import type { CommandVerb } from './verb.ts';
import { definitionOf } from './verbs.ts';

export { readRaise } from './forms/raiseForm.ts';

/** All that a card carries (house rule 2). */
export type CardData = { reference: string; revision: number; verb: string };

const dataSchema = z.object({
  reference: z
    .string()
    .max(80)
    .regex(/^[\w-]*$/),
  revision: z.coerce.number().int().min(0).max(1_000_000),
  verb: z
    .string()
    .min(1)
    .max(120)
    .regex(/^[a-z][a-z0-9-]*(:[\w.:@-]+)?$/),
});

/** What an input of ours can be called: questions are a procedure's own, so their names are not known here. */
const INPUT = /^[a-zA-Z][\w-]{0,45}$/;
/** More inputs than any form has. */
const MOST_INPUTS = 120;

/** Longer than any form allows, so that the answer can still say so; nothing beyond it is kept. */
const LONGEST_INPUT = 6000;

/**
 * What a button sent: its data, and the inputs that came merged into it. Null for anything that no card of ours sends.
 * Only so many texts under plain names are read, each cut to a bounded length; a form then reads those that it asked for.
 */
export function readCardData(value: unknown): { data: CardData; inputs: Record<string, string> } | null {
  const read = dataSchema.safeParse(value);
  if (!read.success) return null;
  const typed = Object.entries(value as object)
    .filter(([id, text]) => typeof text === 'string' && INPUT.test(id) && !(id in read.data) && !(id in Object.prototype))
    .slice(0, MOST_INPUTS)
    .map(([id, text]) => [id, String(text).slice(0, LONGEST_INPUT)]);
  return { data: read.data, inputs: Object.fromEntries(typed) };
}

/** A button of a case's card that may change the case. */
export type CaseAction = {
  verb: CommandVerb;
  /** The card that it belongs to. */
  key(seen: CaseForViewer): CardKey;
  /** What it means to do, on a case as it stands (null: none that the presser sees): enough to ask whether this person may. */
  intention(current: Case | null): Intention;
  /** Whether it asks for anything first. */
  hasForm: boolean;
  /** The form that it opens; null where it has none, or none on this case. */
  form(seen: CaseForViewer): CaseForm | null;
  /** The command that a filled-in form comes to, or one sentence for each field that does not hold. */
  read(inputs: Record<string, string>, seen: CaseForViewer): { command: Command } | { fields: Record<string, string> };
};

/** The action of a verb such as `refer` or `decide:review.reconvene`; null for a verb that changes no case. */
export function caseAction(verb: string): CaseAction | null {
  const definition = definitionOf(verb);
  if (!definition) return null;
  const { key, intention, form } = definition;
  return {
    verb: definition.verb,
    key,
    intention: (current) => (typeof intention === 'function' ? intention(current) : intention),
    hasForm: form !== null,
    form: (seen) => form?.(seen) ?? null,
    read: (inputs, seen) => (form === null ? { command: intention } : (form(seen)?.read(inputs) ?? { fields: {} })),
  };
}

import { z } from 'zod';
import type { CardKey } from '../app/ports.ts';
import type { Seen } from '../app/seeCase.ts';
import type { Command } from '../domain/commands.ts';
import type { Intention } from '../domain/mayDo.ts';
import type { Stage } from '../domain/procedure.ts';
import { adviceForm, answerForm, askForm, decideForm } from './forms/decideForms.ts';
import { addForm, declineChairForm, nameChairForm, withdrawForm } from './forms/dissentForms.ts';
import type { CaseForm } from './forms/form.ts';
import { latenessForm, letterForm } from './forms/letterForms.ts';
import { cancelForm, heldForm, moveForm } from './forms/meetingForms.ts';
import { recordForm } from './forms/recordForm.ts';

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
const INPUT = /^[a-zA-Z][\w-]{0,40}$/;
/** More inputs than any form has. */
const MOST_INPUTS = 40;

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
  /** The card that it belongs to. */
  key(seen: Seen): CardKey;
  /** What it means to do: enough to ask whether this person may. */
  intention: Intention;
  /** Whether it asks for anything first. */
  hasForm: boolean;
  /** The command that a filled-in form comes to, or one sentence for each field that does not hold. */
  read(inputs: Record<string, string>, seen: Seen): { command: Command } | { fields: Record<string, string> };
};

/** The action of a verb such as `refer` or `decide:review.reconvene`; null for a verb that changes no case. */
export function caseAction(verb: string): CaseAction | null {
  const found = lookUp(verb);
  if (!found) return null;
  const { key, intention, form } = found;
  return {
    key,
    intention,
    hasForm: form !== null,
    read(inputs, seen) {
      if (form === null) return { command: intention as Command };
      return form(seen)?.read(inputs) ?? { fields: {} };
    },
  };
}

/** The form that a verb opens, or null for a verb without one. */
export function formOf(verb: string, seen: Seen): CaseForm | null {
  return lookUp(verb)?.form?.(seen) ?? null;
}

type Entry = { key(seen: Seen): CardKey; intention: Intention; form: ((seen: Seen) => CaseForm | null) | null };

const always = (key: CardKey) => () => key;
const present = ({ current }: Seen): CardKey => `stage:${current.stage}`;
/** The card of the present stage, or where the case is not at such a stage, of the procedure's first one. */
const stageLike =
  (fits: (stage: Stage) => boolean) =>
  ({ current, procedure }: Seen): CardKey => {
    const names = Object.entries(procedure.stages).flatMap(([name, stage]) => (fits(stage) ? [name] : []));
    return `stage:${names.includes(current.stage) ? current.stage : (names[0] ?? current.stage)}`;
  };
const booking = stageLike(({ kind }) => kind === 'reconvene');
const judging = stageLike((stage) => stage.kind === 'decide' && stage.lateRefused !== undefined);

const plain: Record<string, Entry> = {
  refer: { key: always('record'), intention: { type: 'Record' }, form: recordForm },
  'decline-chair': { key: always('record'), intention: { type: 'DeclineChair' }, form: declineChairForm },
  'name-chair': { key: always('receipt'), intention: { type: 'NameChair' }, form: nameChairForm },
  submit: { key: always('receipt'), intention: { type: 'Submit' }, form: letterForm },
  'late:accept': { key: judging, intention: { type: 'JudgeLateness' }, form: (seen) => latenessForm(seen, true) },
  'late:refuse': { key: judging, intention: { type: 'JudgeLateness' }, form: (seen) => latenessForm(seen, false) },
  withdraw: { key: always('receipt'), intention: { type: 'Withdraw' }, form: withdrawForm },
  add: { key: always('receipt'), intention: { type: 'AddToDissent' }, form: addForm },
  'ask:dissenter': { key: present, intention: { type: 'Ask', of: 'dissenter' }, form: () => askForm('dissenter') },
  'ask:chair': { key: present, intention: { type: 'Ask', of: 'chair' }, form: () => askForm('chair') },
  advice: { key: present, intention: { type: 'AskAdvice' }, form: adviceForm },
  times: { key: booking, intention: { type: 'LookForTimes' }, form: null },
  move: { key: booking, intention: { type: 'ChooseTime' }, form: moveForm },
  cancel: { key: booking, intention: { type: 'CancelMeeting' }, form: cancelForm },
  retry: { key: booking, intention: { type: 'RetryInvitation' }, form: null },
  held: { key: booking, intention: { type: 'ReportHeld' }, form: heldForm },
};

function lookUp(verb: string): Entry | null {
  if (Object.hasOwn(plain, verb)) return plain[verb] ?? null;
  const decided = /^decide:([a-z0-9_-]+)\.([a-z0-9_-]+)$/.exec(verb);
  if (decided) {
    const [, stage = '', outcome = ''] = decided;
    return {
      key: always(`stage:${stage}`),
      intention: { type: 'Decide', stage, outcome },
      form: (seen) => decideForm(seen, stage, outcome),
    };
  }
  const answered = /^answer:([1-9]\d{0,3})$/.exec(verb);
  if (!answered) return null;
  const request = Number(answered[1]);
  return { key: always(`question:${request}`), intention: { type: 'Answer', request }, form: () => answerForm(request) };
}

import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { forFamily } from '../../domain/case.ts';
import { asksOf, forMeeting, stageOf, titleOf } from '../../domain/procedure.ts';
import type { DecideStage } from '../../domain/procedureParts.ts';
import { childrenAt } from '../../domain/tasks.ts';
import { workingDays } from '../../domain/words.ts';
import { limitOf } from '../dates.ts';
import { type Field, field, needed, nothing, severalOf } from '../inputs.ts';
import { type CaseForm, form } from './form.ts';
import { asksOn, type QuestionOnForm } from './questions.ts';

/** What a decision for some of several children says besides; nothing where there is only one. */
type ForChildren = { children?: string[]; otherwise?: string | null };

/**
 * The form for one outcome of a deciding stage: reasons always (C11), what the procedure asks with it (C20, S15, S17, S18, S21),
 * what goes with the other outcomes where some children may be given one of those (X11),
 * and why it is late once the time limit has passed (C16). Null where the case's kind of meeting has no such outcome.
 */
export function decideForm(seen: CaseForViewer, stage: string, outcome: string): CaseForm<'Decide'> | null {
  const definition = seen.procedure.stages[stage];
  const meeting = seen.current.dissent.conference.type;
  if (definition?.kind !== 'decide' || !Object.hasOwn(forMeeting(definition.outcomes, meeting), outcome)) return null;
  const { title } = definition.outcomes[outcome] ?? { title: outcome };
  const asked = asksOn(seen, { ...asksOf(definition, [outcome], meeting), ...asksOfOthers(seen, stage, outcome) });
  const late = seen.current.stage === stage ? (limitOf(seen)?.overdueBy ?? 0) : 0;
  const say = { reasons: 'Write your reasons.', delayReason: 'Say why it is late.' };
  const divided = childrenAsked(seen, stage, outcome);
  const fields = [
    ...divided.fields,
    field('long', 'reasons', 'Your reasons', {
      isRequired: true,
      errorMessage: say.reasons,
      hint: `${forFamily(seen.current.dissent) ? 'Whoever logged it' : 'The person who dissents'}, the chair and everyone who decides can read them.`,
    }),
    ...asked.fields,
    ...(late > 0
      ? [
          field('long', 'delayReason', 'Why is it late?', {
            isRequired: true,
            errorMessage: say.delayReason,
            hint: `It is ${workingDays(late)} over.`,
          }),
        ]
      : []),
  ];
  const schema = z
    .object({ reasons: needed(say.reasons), delayReason: late > 0 ? needed(say.delayReason) : nothing })
    .and(divided.read)
    .and(asked.read);
  return form(title, `Decide: ${title}`, fields, schema, (value) => ({ type: 'Decide', stage, outcome, ...value }));
}

/**
 * Which children an outcome is for, where the stage decides on several, and what the others get (X11, Q16): of two outcomes that is the
 * other one, and is not asked. Children go by their place, since their references are somebody's own writing.
 */
function childrenAsked(
  { current, procedure }: CaseForViewer,
  name: string,
  outcome: string,
): { fields: Field[]; read: z.ZodType<ForChildren> } {
  const children = childrenAt(current, procedure, name);
  if (children.length < 2) return { fields: [], read: z.object({}) };
  const stage = stageOf(procedure, name) as DecideStage;
  const chosen = children.map((title, index) => ({ title, value: `${index + 1}` }));
  const others = Object.entries(forMeeting(stage.outcomes, current.dissent.conference.type))
    .filter(([id]) => id !== outcome)
    .map(([value, { title }]) => ({ title, value }));
  const [only] = others;
  const single = others.length === 1 && only ? `For the others it is then: ${only.title}.` : '';
  const missing = 'Choose one child or more.';
  return {
    fields: [
      field('choices', 'children', 'Which children is this for?', {
        choices: chosen,
        value: chosen.map(({ value }) => value).join(','),
        isRequired: true,
        errorMessage: missing,
        hint: single === '' ? 'Children are named by reference.' : `Children are named by reference. ${single}`,
      }),
      ...(others.length > 1
        ? [field('choice', 'otherwise', 'And for the others?', { choices: others, hint: 'Needed only if it is not for all of them.' })]
        : []),
    ],
    read: z.object({
      children: severalOf(chosen, missing)
        .refine((values) => values.length > 0, missing)
        .transform((values) => values.flatMap((value) => children[Number(value) - 1] ?? [])),
      otherwise: z
        .string()
        .default('')
        .transform((value) => (others.some((other) => other.value === value) ? value : null)),
    }),
  };
}

/**
 * What is asked with the other outcomes, where there are children that may be given one: it has to be answered if one is, which the form
 * leaves to the decision to say (S18, X11). A question that the pressed outcome asks too is asked once.
 */
function asksOfOthers({ current, procedure }: CaseForViewer, name: string, outcome: string): Record<string, QuestionOnForm> {
  if (childrenAt(current, procedure, name).length < 2) return {};
  const { type } = current.dissent.conference;
  const stage = stageOf(procedure, name) as DecideStage;
  const others = Object.entries(forMeeting(stage.outcomes, type)).filter(([id]) => id !== outcome);
  const own = asksOf(stage, [outcome], type);
  const asks = asksOf(
    stage,
    others.map(([id]) => id),
    type,
  );
  const onlyTheirs = Object.entries(asks).filter(([id]) => !Object.hasOwn(own, id));
  return Object.fromEntries(
    onlyTheirs.map(([id, question]): [string, QuestionOnForm] => {
      const asking = others.filter(([, each]) => Object.hasOwn(each.asks, id)).map(([, { title }]) => `"${title}"`);
      const when = `${question.optional ? 'Only' : 'Needed only'} if the others get ${asking.join(' or ')}.`;
      return [id, { ...question, title: `For the others: ${question.title}`, optional: true, when }];
    }),
  );
}

/** A question for the dissenter or the chair (C14, C15). */
export function askForm(of: 'dissenter' | 'chair'): CaseForm<'Ask'> {
  const missing = 'Write your question.';
  return form(
    `Ask the ${of}`,
    'Send the question',
    [
      field('long', 'question', 'Your question', {
        isRequired: true,
        errorMessage: missing,
        hint: `Only the ${of} gets it. The decision date does not move.`,
      }),
    ],
    z.object({ question: needed(missing) }),
    ({ question }) => ({ type: 'Ask', of, question }),
  );
}

/** A request for advice; the adviser does not decide (C13). */
export function adviceForm(seen: CaseForViewer): CaseForm<'AskAdvice'> {
  const missing = 'Write what you want advice on.';
  const title = adviserOf(seen);
  return form(
    `Ask the ${title} for advice`,
    'Ask for advice',
    [
      field('long', 'question', 'What do you want advice on?', {
        isRequired: true,
        errorMessage: missing,
        hint: 'You still decide. The decision date does not move.',
      }),
    ],
    z.object({ question: needed(missing) }),
    ({ question }) => ({ type: 'AskAdvice', question }),
  );
}

/** The title of the role that gives advice at the case's present stage. */
function adviserOf({ current, procedure }: CaseForViewer): string {
  const stage = stageOf(procedure, current.stage);
  const role = stage.kind === 'decide' ? (stage.advice ?? '') : '';
  return titleOf(procedure.roles, role);
}

/** The answer to a question or a request for advice. */
export function answerForm(request: number): CaseForm<'Answer'> {
  const missing = 'Write your answer.';
  return form(
    'Your answer',
    'Send the answer',
    [field('long', 'answer', 'Your answer', { isRequired: true, errorMessage: missing, hint: 'It is kept on the case, with the time.' })],
    z.object({ answer: needed(missing) }),
    ({ answer }) => ({ type: 'Answer', request, answer }),
  );
}

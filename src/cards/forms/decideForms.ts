import { z } from 'zod';
import type { Seen } from '../../app/seeCase.ts';
import { asksOf, forMeeting, stageOf } from '../../domain/procedure.ts';
import { limitOf } from '../limits.ts';
import { field, needed, nothing } from '../typed.ts';
import { workingDays } from '../words.ts';
import { type CaseForm, form } from './form.ts';
import { asksOn } from './questions.ts';

/**
 * The form for one outcome of a deciding stage: reasons always (C11), what the procedure asks with it (C20, S15, S17, S18, S21),
 * and why it is late once the time limit has passed (C16). Null where the case's kind of meeting has no such outcome.
 */
export function decideForm(seen: Seen, stage: string, outcome: string): CaseForm | null {
  const definition = seen.procedure.stages[stage];
  const meeting = seen.current.dissent.conference.type;
  if (definition?.kind !== 'decide' || !Object.hasOwn(forMeeting(definition.outcomes, meeting), outcome)) return null;
  const { title } = definition.outcomes[outcome] ?? { title: outcome };
  const asked = asksOn(seen, asksOf(definition, outcome, meeting));
  const late = seen.current.stage === stage ? (limitOf(seen)?.overdueBy ?? 0) : 0;
  const say = { reasons: 'Write your reasons.', delayReason: 'Say why it is late.' };
  const fields = [
    field('long', 'reasons', 'Your reasons', {
      isRequired: true,
      errorMessage: say.reasons,
      hint: 'The person who dissents, the chair and everyone who decides can read them.',
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
  const schema = z.object({ reasons: needed(say.reasons), delayReason: late > 0 ? needed(say.delayReason) : nothing }).and(asked.read);
  return form(title, `Decide: ${title}`, fields, schema, (value) => ({ type: 'Decide', stage, outcome, ...value }));
}

/** A question for the dissenter or the chair (C14, C15). */
export function askForm(of: 'dissenter' | 'chair'): CaseForm {
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
export function adviceForm(seen: Seen): CaseForm {
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
function adviserOf({ current, procedure }: Seen): string {
  const stage = stageOf(procedure, current.stage);
  const role = stage.kind === 'decide' ? (stage.advice ?? '') : '';
  return procedure.roles[role]?.title ?? role;
}

/** The answer to a question or a request for advice. */
export function answerForm(request: number): CaseForm {
  const missing = 'Write your answer.';
  return form(
    'Your answer',
    'Send the answer',
    [field('long', 'answer', 'Your answer', { isRequired: true, errorMessage: missing, hint: 'It is kept on the case, with the time.' })],
    z.object({ answer: needed(missing) }),
    ({ answer }) => ({ type: 'Answer', request, answer }),
  );
}

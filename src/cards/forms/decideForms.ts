import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { personsWhoStandAside, roleNobodyHolds } from '../../domain/authority.ts';
import { forFamily } from '../../domain/case.ts';
import type { CommandOf } from '../../domain/commands.ts';
import { asksAboutChild, ownField } from '../../domain/decided.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { asksOf, forMeeting, stageOf, titleOf } from '../../domain/procedure.ts';
import type { DecideStage, FormQuestion } from '../../domain/procedureParts.ts';
import { childrenAt } from '../../domain/tasks.ts';
import { inSentence, workingDays } from '../../domain/words.ts';
import { limitOf } from '../dates.ts';
import { type Field, field, needed, nothing, optional } from '../inputs.ts';
import { beside, type CaseForm, form } from './form.ts';
import { asksOn, personAsked } from './questions.ts';

/**
 * The form for one outcome of a deciding stage: reasons always (C11), what the procedure asks with it (C20, S15, S17, S18, S21),
 * and why it is late once the time limit has passed (C16). That is for all children; whichever of several is to get anything else has a
 * fold of its own (CD1). Null where the case's kind of meeting has no such outcome.
 */
export function decideForm(seen: CaseForViewer, stage: string, outcome: string): CaseForm<'Decide'> | null {
  const definition = seen.procedure.stages[stage];
  const meeting = seen.current.dissent.conference.type;
  if (definition?.kind !== 'decide' || !Object.hasOwn(forMeeting(definition.outcomes, meeting), outcome)) return null;
  const { title } = definition.outcomes[outcome] ?? { title: outcome };
  const asked = asksOn(seen, asksOf(definition, [outcome], meeting));
  const late = seen.current.stage === stage ? (limitOf(seen)?.overdueBy ?? 0) : 0;
  const say = { reasons: 'Write your reasons.', delayReason: 'Say why it is late.' };
  const apart = childrenApart(seen, stage, outcome);
  const readers = `${forFamily(seen.current.dissent) ? 'Whoever logged it' : `The person who ${seen.procedure.words.raises}`}, the chair and everyone who decides can read them.`;
  const fields = [
    field('long', 'reasons', 'Your reasons', {
      isRequired: true,
      errorMessage: say.reasons,
      hint: apart.fields.length === 0 ? readers : `${readers} They are for every child, unless you write others for one below.`,
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
    ...apart.fields,
  ];
  const schema = z
    .object({ reasons: needed(say.reasons), delayReason: late > 0 ? needed(say.delayReason) : nothing })
    .and(apart.read)
    .and(asked.read);
  const asking = form(title, `Decide: ${title}`, fields, schema, (value) => ({ type: 'Decide', stage, outcome, ...value }));
  const crowded = childrenAt(seen.current, seen.procedure, stage).length > ROOM_FOR;
  return crowded ? beside(asking) : beside(asking, 'dissent', 'letter', 'record', 'questions', 'outcomes');
}

/** With more children than these there is no room on the card for anything beside the form. */
const ROOM_FOR = 6;

type Own = NonNullable<CommandOf<'Decide'>['own']>;

/** What is chosen for a child that gets what the button says. */
const SAME = 'same';

/**
 * What may be decided on each of several children apart: another outcome, other reasons, and answers of its own to what is asked about each
 * child with any of the outcomes (CD1, S18, X11). Left alone it is the same as for all; what an outcome needs, the decision says.
 */
function childrenApart(seen: CaseForViewer, name: string, outcome: string): { fields: Field[]; read: z.ZodType<{ own?: Own }> } {
  const { current, procedure } = seen;
  const children = childrenAt(current, procedure, name);
  if (children.length < 2) return { fields: [], read: z.object({}) };
  const meeting = current.dissent.conference.type;
  const stage = stageOf(procedure, name) as DecideStage;
  const offered = forMeeting(stage.outcomes, meeting);
  const { [outcome]: pressed, ...others } = offered;
  const choices = [
    { title: `As above: ${pressed?.title ?? outcome}`, value: SAME },
    ...Object.entries(others).map(([value, { title }]) => ({ title, value })),
  ];
  const asks = Object.assign({}, ...Object.keys(offered).map((id) => asksAboutChild(stage, id, meeting))) as Record<string, FormQuestion>;
  const places = [...children.keys()];
  const about = asksOn(
    seen,
    Object.fromEntries(
      places.flatMap((place) =>
        Object.entries(asks).map(([id, ask]) => [
          ownField(place, id),
          { ...ask, title: ask.label ?? ask.title, optional: true, hint: undefined },
        ]),
      ),
    ),
  );
  const fields = children.flatMap((child, place) => {
    const own = about.fields.filter(({ id }) => id.startsWith(ownField(place, '')));
    const all = [
      field('choice', ownField(place, 'outcome'), 'outcome', { choices, value: SAME, errorMessage: 'Choose one.' }),
      field('long', ownField(place, 'reasons'), 'reasons', { errorMessage: 'Too long.' }),
      ...own.map((each) => ({ ...each, hint: '', errorMessage: 'Too long.' })),
    ];
    return all.map((each) => ({ ...each, under: `Something else for ${child}`, label: `${child}: ${inSentence(each.label)}` }));
  });
  const chosen = z
    .string()
    .default(SAME)
    .transform((value) => (Object.hasOwn(others, value) ? value : null));
  const told: Record<string, z.ZodType<string | null>> = Object.fromEntries(
    places.flatMap((place) => [[ownField(place, 'outcome'), chosen] as const, [ownField(place, 'reasons'), optional()] as const]),
  );
  const read = z
    .object(told)
    .transform((words) => ({ words: words as Record<string, string | null> }))
    .and(about.read)
    .transform(({ words, answers }): { own?: Own } => {
      const own = children.map((child, place): [string, Own[string]] => [
        child,
        {
          outcome: words[ownField(place, 'outcome')] ?? null,
          reasons: words[ownField(place, 'reasons')] ?? null,
          answers: Object.fromEntries(
            Object.keys(asks).flatMap((id) => {
              const answer = answers[ownField(place, id)];
              return answer === undefined ? [] : [[id, answer]];
            }),
          ),
        },
      ]);
      const apart = own.filter(
        ([, { outcome, reasons, answers }]) => outcome !== null || reasons !== null || Object.keys(answers).length > 0,
      );
      return apart.length === 0 ? {} : { own: Object.fromEntries(apart) };
    });
  return { fields, read };
}

/** Names who is to decide on this case, where nobody may (CD7): anybody of the partnership who has had no part in it (C26). */
export function nameActorForm(seen: CaseForViewer): CaseForm<'NameActor'> | null {
  const { current, procedure, roster, now, directory, partnershipId } = seen;
  const role = roleNobodyHolds(current, procedure, roster, dateOf(now));
  if (role === null) return null;
  const aside = personsWhoStandAside(role, current);
  const people = directory.people.filter(({ id, partnership }) => partnership === partnershipId && !aside.includes(id)).map(({ id }) => id);
  const question = {
    title: `Who decides this as ${titleOf(procedure.roles, role)}?`,
    kind: 'person' as const,
    optional: false,
    source: 'CD7',
  };
  const hint = 'On this case alone. It is kept on the case who named them.';
  const asked = personAsked('person', { ...question, hint }, seen, people);
  const schema = z.object({ person: asked.read.transform((person) => person ?? '') });
  return form('Name who decides', 'Name them', [asked.field], schema, ({ person }) => ({ type: 'NameActor', person }));
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

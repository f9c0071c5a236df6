import { z } from 'zod';
import type { RaisableProcedure } from '../../app/raiseDissent.ts';
import { rosterOf } from '../../directory/directory.ts';
import { sayFrom, startOn } from '../../domain/anchors.ts';
import { eachOnce } from '../../domain/children.ts';
import type { Dissent } from '../../domain/events/dissentEvents.ts';
import { forMeeting } from '../../domain/procedure.ts';
import type { Window } from '../../domain/procedureParts.ts';
import type { Procedure } from '../../domain/procedureShape.ts';
import { bothOf } from '../../domain/timeLimits.ts';
import { capitalised } from '../../domain/words.ts';
import {
  type Choice,
  type Field,
  field,
  maybePastDay,
  needed,
  nothing,
  oneOf,
  optional,
  pastDay,
  readForm,
  SHORT,
  severalOf,
} from '../inputs.ts';
import { peopleChoices } from './form.ts';
import { asksOn, tick, YES_NO } from './questions.ts';

const MOST_CHILDREN = 12;

const choicesOf = (options: Record<string, { title: string }>): Choice[] =>
  Object.entries(options).map(([value, { title }]) => ({ title, value }));

/**
 * References of children, one a line or with commas, each child once as it was first written; a name, which holds no digit, is sent back
 * (C3, X6).
 */
const children = z
  .string()
  .default('')
  .transform((typed) => eachOnce(typed.split(/[\s,;]+/).filter((each) => each !== '')))
  .refine((all) => all.length > 0, 'Give the reference of one child or more.')
  .refine(
    (all) => all.every((each) => /^(?=.*\d)[A-Za-z0-9]([A-Za-z0-9/_-]{0,38}[A-Za-z0-9])?$/.test(each)),
    "Use the child's reference, not the name.",
  )
  .refine((all) => all.length <= MOST_CHILDREN, `Give at most ${MOST_CHILDREN} references.`);

/** The one choice that there is, so that it need not be asked for; null where there are several. */
const onlyOne = (choices: Choice[]): Choice | null => (choices.length === 1 ? (choices[0] ?? null) : null);

function asks({ person, procedure, directory, partnershipId, partnership, today, agency, meeting: fixed }: RaisableProcedure) {
  const { meeting, case: raised } = procedure.words;
  const staff = procedure.raisedBy === 'staff';
  const meetings = choicesOf(procedure.meetings).filter(({ value }) => fixed === null || value === fixed);
  const offered = <T extends { title: string; only?: string[] | undefined }>(all: Record<string, T>) =>
    choicesOf(fixed === null ? all : forMeeting(all, fixed));
  const chairs = rosterOf(directory, partnershipId).chairs.filter((chair) => staff || chair !== person);
  const agencies = Object.entries(partnership.agencies).map(([value, { name }]) => ({ title: name, value }));
  return {
    meetings,
    decisions: offered(procedure.decisions),
    grounds: offered(procedure.grounds),
    levels: choicesOf(procedure.levels),
    complainants: choicesOf(procedure.complainants),
    routed:
      procedure.otherAgency || Object.values(procedure.grounds).some(({ routes }) => routes)
        ? agencies.filter(({ value }) => !procedure.otherAgency || value !== agency)
        : [],
    asked: asksOn({ directory, partnershipId, now: startOn(today).instant.subtract({ seconds: 1 }) }, procedure.asks),
    chairs: peopleChoices({ directory }, chairs),
    last: Temporal.PlainDate.from(today),
    say: {
      meeting: `Choose the kind of ${meeting}.`,
      date: `Give the date of the ${meeting}.`,
      decision: 'Choose the decision that you do not agree with.',
      chair: `Choose the chair of the ${meeting}.`,
      children: 'Give the reference of one child or more.',
      grounds: 'Choose one ground or more.',
      level: `Choose what is to be done with your ${raised}.`,
      reasons: staff ? 'Write what they say.' : procedure.words.why,
      complainant: 'Choose who complains.',
      made: `Give the day on which the ${raised} was made.`,
      madeHint: 'The day on which they told somebody or wrote. Leave this empty if it was today.',
      agencyConcerned: 'Choose an agency from the list.',
    },
  };
}

/**
 * The questions of the dissent form (C1-C4, C7, S5-S8): what the kind of meeting has, and nothing that is known already, such as the
 * agency of a person in the directory (C2) or a decision that is the only one.
 */
export function raiseFields(opening: RaisableProcedure): Field[] {
  const { procedure, partnership, agency } = opening;
  const { meetings, decisions, grounds, levels, chairs, complainants, routed, asked, say } = asks(opening);
  const { case: raised, meeting } = procedure.words;
  const staff = procedure.raisedBy === 'staff';
  const required = { isRequired: true } as const;
  const known = onlyOne(meetings);
  const represents =
    agency === null ? 'The chair will confirm which agency you represent.' : (partnership.agencies[agency]?.name ?? agency);
  return [
    ...(complainants.length === 0
      ? []
      : [
          field('one', 'complainant', 'Who complains?', { ...required, errorMessage: say.complainant, choices: complainants }),
          field('date', 'madeOn', `On which day was the ${raised} made?`, { hint: say.madeHint }),
        ]),
    known
      ? field('fact', 'meeting', capitalised(procedure.words.meeting), { value: known.title })
      : field('one', 'meeting', `Which kind of ${procedure.words.meeting} was it?`, {
          ...required,
          errorMessage: say.meeting,
          choices: meetings,
        }),
    field('date', 'date', `Date of the ${procedure.words.meeting}`, { ...required, errorMessage: say.date }),
    ...(decisions.length < 2
      ? []
      : [field('one', 'decision', procedure.words.which, { ...required, errorMessage: say.decision, choices: decisions })]),
    ...(procedure.chaired
      ? [field('choice', 'chair', `Who chaired the ${procedure.words.meeting}?`, { ...required, errorMessage: say.chair, choices: chairs })]
      : []),
    field('text', 'children', 'Children, by reference', {
      ...required,
      errorMessage: say.children,
      maxLength: 500,
      hint: `Never a name. For several children put a comma between, at most ${MOST_CHILDREN}.`,
    }),
    ...(staff
      ? []
      : [
          field('fact', 'agency', 'Your agency', { value: represents }),
          field('one', 'attended', `Were you at the ${meeting}?`, { choices: YES_NO }),
        ]),
    field('choices', 'grounds', staff ? `What is the ${raised} about?` : `What is your ${raised} about?`, {
      ...required,
      errorMessage: say.grounds,
      choices: grounds,
      hint: divertHint(opening),
    }),
    ...(routed.length === 0
      ? []
      : [
          field('choice', 'agencyConcerned', procedure.otherAgency?.title ?? 'Which agency is it about?', {
            errorMessage: say.agencyConcerned,
            choices: routed,
            ...(procedure.otherAgency ? required : { hint: 'Only where it is about the work of one agency.' }),
          }),
        ]),
    field('long', 'reasons', staff ? `What does the ${raised} say?` : 'Your reasons', {
      ...required,
      errorMessage: say.reasons,
      hint: staff
        ? 'In their own words where you can. Do not name the child.'
        : 'What you saw or know, the risk, and what you want to happen. Do not name the child.',
    }),
    ...(staff
      ? []
      : [
          field('long', 'newInformation', 'New information', {
            hint: `Anything that the ${meeting} did not hear. You may leave this out.`,
          }),
        ]),
    ...asked.fields,
    ...(procedure.raising
      ? [
          field('long', 'lateReason', 'If it is late: why?', {
            hint: `${sayRaising(procedure)} Later it is taken all the same, with the reason.`,
          }),
        ]
      : []),
    ...(levels.length === 0
      ? []
      : [field('one', 'level', `What is to be done with your ${raised}?`, { ...required, errorMessage: say.level, choices: levels })]),
    ...(procedure.affirmation === undefined ? [] : [tick('affirmed', procedure.affirmation).field]),
    ...(staff ? [] : besidesFields(meeting)),
  ];
}

/** What a professional may say besides, folded away since nothing depends on it (Part E). */
function besidesFields(meeting: string): Field[] {
  const under = 'More that you can say';
  return [
    field('text', 'leadConsulted', 'Which lead of your agency did you speak to?', { under, hint: 'The name, and on which day.' }),
    field('text', 'categoryThen', `The category at the time of the ${meeting}`, { under, hint: 'Where the child had one.' }),
    field('text', 'contact', 'How can you be reached?', { under, hint: 'A telephone number or an e-mail address.' }),
  ];
}

/** By when it has to be raised, in words. */
function sayRaising(procedure: Procedure): string {
  const { limit } = procedure.raising ?? {};
  if (!limit || limit.within === null) return '';
  const say = ({ within, unit, from }: Window) => `${within} ${unit.replace('-', ' ')} of ${sayFrom(from, procedure)}`;
  return `It is to be raised within ${bothOf(limit).map(say).join(' or ')}${limit.or ? `, whichever is ${limit.or.whichever}` : ''}.`;
}

/** A choice as it was made on the form, or the only one that there is; empty where there is none to make. */
const chosenOf = (choices: Choice[], missing: string) => {
  const known = choices.length === 0 ? { value: '' } : onlyOne(choices);
  return known
    ? z
        .string()
        .optional()
        .transform(() => known.value)
    : oneOf(choices, missing);
};

/** Where a concern belongs that is no ground for dissent (C4), or that is an agency's own to answer (P9). */
function divertHint({ procedure, partnership }: RaisableProcedure): string {
  const routed = Object.values(procedure.grounds).flatMap(({ title, routes }) =>
    routes ? [`"${capitalised(title)}" alone goes to that agency, and nothing can come of it for the ${procedure.words.meeting}.`] : [],
  );
  const diverted = Object.values(procedure.grounds).flatMap(({ title, divert }) =>
    divert === undefined ? [] : [{ title, to: partnership.links[divert]?.title ?? divert }],
  );
  return [
    ...diverted.map(({ title, to }) => `"${capitalised(title)}" alone goes to the ${to} and is not a ${procedure.words.case}.`),
    ...routed,
  ].join(' ');
}

/** One of some choices, or none. */
const maybeOneOf = (choices: Choice[], wrong: string) =>
  z
    .literal('')
    .optional()
    .transform(() => null)
    .or(oneOf(choices, wrong));

/**
 * A dissent as its form was filled in, or what is wrong with each field. The dissenter and agency are the directory's, never the form's
 * (C2).
 */
export function readRaise(
  inputs: Record<string, string>,
  opening: RaisableProcedure,
): { dissent: Dissent } | { fields: Record<string, string> } {
  const { affirmation } = opening.procedure;
  const staff = opening.procedure.raisedBy === 'staff';
  const besides = staff ? nothing : optional(SHORT);
  const { meetings, decisions, grounds, levels, chairs, complainants, routed, asked, last, say } = asks(opening);
  const schema = z.object({
    meeting: chosenOf(meetings, say.meeting),
    date: pastDay(last, say.date),
    decision: chosenOf(decisions, say.decision),
    chair: opening.procedure.chaired ? oneOf(chairs, say.chair) : nothing,
    children,
    grounds: severalOf(grounds, say.grounds).refine((all) => all.length > 0, say.grounds),
    reasons: needed(say.reasons),
    newInformation: optional(),
    level: levels.length === 0 ? nothing : oneOf(levels, say.level),
    complainant: complainants.length === 0 ? nothing : oneOf(complainants, say.complainant),
    madeOn: complainants.length === 0 ? nothing : maybePastDay(last, say.made),
    agencyConcerned: routed.length === 0 ? nothing : maybeOneOf(routed, say.agencyConcerned),
    affirmed: affirmation === undefined ? nothing : tick('affirmed', affirmation).read,
    lateReason: opening.procedure.raising ? optional() : nothing,
    attended: staff ? nothing : maybeOneOf(YES_NO, 'Choose yes or no.'),
    leadConsulted: besides,
    categoryThen: besides,
    contact: besides,
  });
  const read = readForm(schema.and(asked.read), inputs);
  if ('fields' in read) return read;
  const { meeting, date, chair, level, complainant, madeOn, agencyConcerned, affirmed, answers, lateReason, ...said } = read.value;
  const { attended, leadConsulted, categoryThen, contact, ...rest } = said;
  const wanted = opening.procedure.otherAgency || rest.grounds.some((ground) => opening.procedure.grounds[ground]?.routes);
  const about = wanted ? agencyConcerned : null;
  return {
    dissent: {
      ...rest,
      ...(level === null ? {} : { level }),
      ...(attended === null ? {} : { attended: attended === 'yes' }),
      ...(leadConsulted === null ? {} : { leadConsulted }),
      ...(categoryThen === null ? {} : { categoryThen }),
      ...(contact === null ? {} : { contact }),
      ...(complainant === null ? {} : { complainant, madeOn: madeOn ?? opening.today }),
      ...(about === null ? {} : { agencyConcerned: about }),
      ...(Object.keys(answers).length === 0 ? {} : { answers }),
      // How late it is, the rules say.
      ...(lateReason === null ? {} : { late: { by: 1, reason: lateReason } }),
      affirmed: affirmed === 'yes',
      conference: { type: meeting, date, chair: chair ?? '' },
      dissenter: opening.person,
      agency: opening.agency,
    },
  };
}

import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { capitalised } from '../../domain/words.ts';
import { type Choice, dateBetween, field, oneOf, optional } from '../inputs.ts';
import { decisionOf } from '../present/taskTitle.ts';
import { beside, type CaseForm, form } from './form.ts';
import { personAsked, YES_NO } from './questions.ts';

/** Names who tells the parents (C22, Q8). */
export function tellerForm(seen: CaseForViewer, stage: string): CaseForm<'NameTeller'> {
  const { family } = seen.procedure.words;
  const about = decisionOf(seen, stage).replace(/^: t/, 'T');
  const people = seen.directory.people.filter(({ partnership }) => partnership === seen.partnershipId).map(({ id }) => id);
  const question = {
    title: `Who tells ${family}?`,
    kind: 'person',
    optional: false,
    hint: 'For example the allocated social worker. They get a card that says what to tell.',
    source: 'C22',
  } as const;
  const asked = personAsked('person', question, seen, people);
  return beside(
    form(
      `Name who tells ${family}`,
      'Name this person',
      [...(about === '' ? [] : [field('fact', 'about', 'Of what', { value: about })]), asked.field],
      z.object({ person: asked.read }),
      ({ person }) => ({ type: 'NameTeller', stage, person: person ?? '' }),
    ),
  );
}

/** Whether there is a safe way to reach the parents, and if there is none, what was agreed instead (X8). */
export function contactForm(stage: string): CaseForm<'CheckContact'> {
  return beside(
    form(
      'Is it safe to reach them?',
      'Record this',
      [
        field('one', 'safe', 'Is there a safe way to reach each of them on record?', {
          choices: YES_NO,
          isRequired: true,
          errorMessage: 'Choose yes or no.',
        }),
        field('long', 'approach', 'If not: what was agreed, and with whom?', {
          hint: 'For example: agreed with my manager to tell them at the contact centre. Nobody is told before something is agreed.',
        }),
      ],
      z.object({ safe: oneOf(YES_NO, 'Choose yes or no.').transform((answer) => answer === 'yes'), approach: optional() }),
      (value) => ({ type: 'CheckContact', stage, ...value }),
    ),
  );
}

/** How parents can be told, in the words that the case keeps. */
const MEANS: Choice[] = ['visit', 'phone', 'letter', 'at a contact centre', 'other'].map((value) => ({
  title: value.charAt(0).toUpperCase() + value.slice(1),
  value,
}));

/** Records that the parents were told: when, by what means, and whether all of them were (C22, S21). */
export function tellParentsForm({ current, procedure, now }: CaseForViewer, stage: string): CaseForm<'TellParents'> {
  const today = dateOf(now);
  const since = dateOf(current.decisions[stage]?.at ?? current.raisedAt);
  const missing = 'Give the day on which they were told.';
  return beside(
    form(
      `${capitalised(procedure.words.family)} were told`,
      'Record it',
      [
        field('date', 'on', 'On which day?', { isRequired: true, errorMessage: missing, value: today.toString() }),
        field('one', 'means', 'How?', { choices: MEANS, isRequired: true, errorMessage: 'Choose how they were told.' }),
        field('one', 'everyone', 'Have all been told who have to be?', {
          choices: YES_NO,
          isRequired: true,
          errorMessage: 'Choose yes or no.',
        }),
        field('long', 'note', 'Note', { hint: 'If not all: who is still to be told, and how. Otherwise you may leave this out.' }),
      ],
      z.object({
        on: dateBetween(since, today, missing, 'Give a day from the decision on, and not one that has yet to come.'),
        means: oneOf(MEANS, 'Choose how they were told.'),
        everyone: oneOf(YES_NO, 'Choose yes or no.').transform((answer) => answer === 'yes'),
        note: optional(),
      }),
      (value) => ({ type: 'TellParents', stage, ...value }),
    ),
  );
}

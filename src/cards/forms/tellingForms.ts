import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { tasksOf } from '../../domain/tasks.ts';
import { capitalised } from '../../domain/words.ts';
import { type Choice, dateBetween, field, needed, oneOf, optional, SHORT } from '../inputs.ts';
import { decisionOf, taskTitle } from '../present/taskTitle.ts';
import { beside, type CaseForm, form } from './form.ts';
import { personAsked, tick, YES_NO } from './questions.ts';

/** What a person says when a task is done that they tick themselves. */
const DONE: Partial<Record<string, string>> = {
  agency: 'The agency that dissents has been told',
  chair: 'The chair has been told',
  task: 'This is done',
};

/** Says that a task is done, with a note if there is one (C22, Q21). Null for a task that nobody ticks. */
export function tickForm(seen: CaseForViewer, id: string): CaseForm<'TickTask'> | null {
  const { current, procedure } = seen;
  const task = tasksOf(current, procedure).find((each) => each.id === id);
  const sentence = task && DONE[task.kind];
  if (!task || sentence === undefined) return null;
  const done = tick('done', sentence);
  return beside(
    form(
      'Say that it is done',
      'It is done',
      [
        field('fact', 'what', 'What', { value: taskTitle(seen, task) }),
        { ...done.field, value: 'yes' },
        field('long', 'note', 'Note', { hint: 'You may leave this out.' }),
      ],
      z.object({ done: done.read, note: optional() }),
      ({ note }) => ({ type: 'TickTask', task: id, note }),
    ),
  );
}

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

/** Says where somebody filed the reasons by hand (C23, S23). */
export function fileForm(child: string): CaseForm<'FileReasons'> {
  const missing = 'Say where the reasons are filed.';
  return beside(
    form(
      'Filed by hand',
      'They are on file',
      [
        field('fact', 'child', 'File of', { value: child }),
        field('text', 'fileReference', 'Where are they filed?', {
          isRequired: true,
          errorMessage: missing,
          hint: 'The file reference, so that others find them.',
        }),
      ],
      z.object({ fileReference: needed(missing, SHORT) }),
      ({ fileReference }) => ({ type: 'FileReasons', child, fileReference }),
    ),
  );
}

/** Notes what came of an escalation; nothing is decided by it (C24). */
export function escalationNoteForm(): CaseForm<'NoteEscalation'> {
  const missing = 'Write what came of it.';
  return beside(
    form(
      'What came of the escalation',
      'Keep this note',
      [
        field('long', 'text', 'What came of it?', {
          isRequired: true,
          errorMessage: missing,
          hint: 'It is kept on the case, with the time. Nothing is decided by it.',
        }),
      ],
      z.object({ text: needed(missing) }),
      ({ text }) => ({ type: 'NoteEscalation', text }),
    ),
  );
}

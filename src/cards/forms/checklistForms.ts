import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { tasksOf } from '../../domain/tasks.ts';
import { field, needed, optional, SHORT } from '../inputs.ts';
import { taskTitle } from '../present/taskTitle.ts';
import { beside, type CaseForm, form } from './form.ts';
import { tick } from './questions.ts';

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

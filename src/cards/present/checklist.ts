import type { CaseForViewer } from '../../app/seeCase.ts';
import { nameOf } from '../../directory/names.ts';
import { unsettled } from '../../domain/conclusion.ts';
import { dateOf, sayDate, sayInstant } from '../../domain/londonTime.ts';
import type { Task } from '../../domain/task.ts';
import { tasksOf } from '../../domain/tasks.ts';
import { type Body, decidesTheCase, part, type Section, type Step, section, type Typed } from './body.ts';
import { latest } from './dissent.ts';
import { escalatedSection } from './escalation.ts';
import { leftOf } from './leftToDo.ts';
import { toSettle } from './sending.ts';
import { decisionOf, shortTitle, taskTitle } from './taskTitle.ts';

/**
 * Everything that has to be told and filed, for those who decide and those who administer: what is done, by whom and when, and what is
 * left, with the button for it (C17, C18, C22, C23, S21-S23, Q21). It holds no reasons, and no letter's wording (Part E).
 */
export function presentChecklist(seen: CaseForViewer, several: number): Body {
  const { current, procedure } = seen;
  const tasks = tasksOf(current, procedure);
  const left = tasks.filter(({ done }) => done === null);
  const stuck = toSettle(seen, current.conclusion.sendings, several);
  const open = current.status === 'open';
  return {
    title: title(seen),
    alerts: open && left.length === 0 && stuck.length === 0 ? [{ text: 'Everything is done so far.', style: 'good' }] : [],
    dues: [],
    parts: [
      part('stuck', stuck.length === 0 ? [] : [section(stuckTitle(seen), { steps: stuck })]),
      part(
        'left',
        open && left.length > 0 ? [section(`Left to do: ${thingsLeft(seen, left).length}`, { steps: stepsOf(seen, left, several) })] : [],
      ),
      part('escalation', escalatedSection(seen, several)),
      part('done', doneSections(seen, tasks, several)),
    ],
    buttons: [
      ...(Object.keys(current.conclusion.filingFailed).length === 0
        ? []
        : [{ verb: 'file-again', title: 'File again', style: 'positive' } as const]),
      { verb: 'add-paper', title: 'Add a paper' },
    ],
  };
}

function stuckTitle({ current }: CaseForViewer): string {
  const onlyLetters = unsettled(current.conclusion).every(({ document }) => document.startsWith('letter:'));
  return onlyLetters ? 'Letters that did not go' : 'Messages that did not go';
}

/** What the card is called: not every procedure files. */
function title({ procedure: { stages } }: CaseForViewer): string {
  const files = Object.values(stages).some((stage) => stage.kind === 'conclude' && stage.file !== undefined);
  return files ? 'To tell and to file' : 'To tell';
}

/** What is left, thing by thing; of many files those that a card has room for, since the others follow. */
function stepsOf(seen: CaseForViewer, left: Task[], several: number): Step[] {
  const files = left.filter(({ kind }) => kind === 'file');
  const shown = files.slice(0, Math.max(3, 2 * several));
  const rest = files.length - shown.length;
  return [
    ...thingsLeft(seen, [...left.filter(({ kind }) => kind !== 'file'), ...shown]).map((tasks) => stepOf(seen, tasks)),
    ...(rest > 0 ? [{ label: '', text: `${rest} more to file follow here.`, buttons: [] }] : []),
  ];
}

/** What is told to the same people after each decision, and is one thing while the same is to be said of it. */
const TOLD_TOGETHER: Task['kind'][] = ['agency', 'chair', 'parents'];

/** The tasks that are left, those together that are one thing to whoever looks at them. */
function thingsLeft(seen: CaseForViewer, left: Task[]): Task[][] {
  const own = ({ kind, stage }: Task) => kind === 'parents' && seen.current.conclusion.parents[stage]?.teller === seen.person;
  const thing = (task: Task) =>
    TOLD_TOGETHER.includes(task.kind) && !own(task) ? `${task.kind} ${leftOf[task.kind](seen, task).text}` : task.id;
  return [...Map.groupBy(left, thing).values()];
}

/** One thing that is left: said once, with the button for each decision, or where one press is for all of them, with one. */
function stepOf(seen: CaseForViewer, tasks: Task[]): Step {
  const [first, ...others] = tasks;
  if (!first) return { label: '', text: '', buttons: [] };
  const { text, buttons } = leftOf[first.kind](seen, first);
  if (others.length === 0) return { label: taskTitle(seen, first), text, buttons };
  const label = [taskTitle(seen, first), ...others.map(({ stage }) => decisionOf(seen, stage).replace(/^: /, ''))].join(', and ');
  const each = tasks.flatMap((task) =>
    leftOf[task.kind](seen, task).buttons.map((button) => ({ ...button, title: `${button.title}${decisionOf(seen, task.stage)}` })),
  );
  // Whoever is named while nobody is tells them of every decision.
  const unnamed = first.kind === 'parents' && (seen.current.conclusion.parents[first.stage]?.teller ?? null) === null;
  return { label, text, buttons: unnamed ? buttons : each };
}

/** How many things are left, and where to see them, for those who see to them and have another card before them (CD9). */
export function leftSection(seen: CaseForViewer): Section[] {
  const { current, procedure, standings } = seen;
  if (!decidesTheCase(seen) && !standings.includes('administrator')) return [];
  const undone = current.status === 'open' ? tasksOf(current, procedure).filter(({ done }) => done === null) : [];
  const left = thingsLeft(seen, undone).length;
  if (left === 0) return [];
  const text = left === 1 ? 'One thing is left to do.' : `${left} things are left to do.`;
  return [section(title(seen), { steps: [{ label: '', text, buttons: [{ verb: 'see:checklist', title: 'See what is left' }] }] })];
}

/** What was done after each decision, then what is on file, then the notes. */
function doneSections(seen: CaseForViewer, tasks: Task[], several: number): Section[] {
  const { conclusion } = seen.current;
  const done = tasks.filter((task) => task.done !== null);
  const filed = done.flatMap((task) =>
    task.kind === 'file' ? [`${task.of}: ${sayDone(seen, task)}. Reference: ${conclusion.filed[task.of]?.fileReference ?? ''}`] : [],
  );
  const [file] = done.filter(({ kind }) => kind === 'file');
  const told = Map.groupBy(
    done.filter(({ kind }) => kind !== 'file'),
    ({ stage }) => stage,
  );
  const notes = done.flatMap((task): Typed[][] => {
    const note = conclusion.ticks[task.id]?.note;
    return note && (decidesTheCase(seen) || task.done?.by === seen.person)
      ? [[{ id: `note.${task.id.replaceAll(':', '.')}`, label: `Note: ${taskTitle(seen, task)}`, text: note }]]
      : [];
  });
  const typed = [
    ...(file ? [{ id: 'filed', label: taskTitle(seen, file), text: filed.join('\n') }] : []),
    ...latest(notes, several, 'notes', (count) => `${count} notes`),
  ];
  return [
    ...[...told].map(([stage, some]) =>
      section(`Done${decisionOf(seen, stage)}`, {
        facts: some.map((task) => ({ title: shortTitle(seen, task), value: sayDone(seen, task) })),
      }),
    ),
    ...(typed.length === 0 ? [] : [section(told.size === 0 ? 'Done' : 'On file, and notes', { typed })]),
  ];
}

/** What the bot did, where it did a task by itself. */
const BY_BOT: Record<Task['kind'], string> = {
  letter: 'Sent',
  copy: 'Sent',
  agency: 'Told by the letter',
  chair: 'Told in Teams',
  parents: 'Told',
  task: 'Done',
  file: 'Filed',
};

function sayDone(seen: CaseForViewer, { kind, stage, done }: Task): string {
  const told = kind === 'parents' ? seen.current.conclusion.parents[stage]?.told.find(({ everyone }) => everyone) : undefined;
  if (told) return `Told ${sayDate(told.on)} (${told.means}), by ${nameOf(seen.directory, told.by)}`;
  if (!done) return '';
  return done.by === 'bot'
    ? `${BY_BOT[kind]} ${sayInstant(done.at)}`
    : `${kind === 'file' ? 'Filed' : 'Done'} ${sayDate(dateOf(done.at))}, by ${nameOf(seen.directory, done.by)}`;
}

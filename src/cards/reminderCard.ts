import type { CaseForViewer } from '../app/seeCase.ts';
import { chairHasLeft, isAsked, raiserHasLeft, roleNobodyHolds, waitsForOneWhoLeft } from '../domain/authority.ts';
import { dateOf, sayDate } from '../domain/londonTime.ts';
import { stageOf, titleOf, writtenLetter } from '../domain/procedure.ts';
import { isPending } from '../domain/questions.ts';
import { letterDate, type NextDate, nextDate, peopleTold, type Reminder } from '../domain/reminders.ts';
import { stageFacts } from '../domain/stages/stages.ts';
import { tasksOf } from '../domain/tasks.ts';
import { capitalised, workingDays } from '../domain/words.ts';
import { workingDaysAfter } from '../domain/workingDays.ts';
import { decisionDue, overdueAhead } from './dates.ts';
import { buttonsFor, type DrawnButton, plainFrame } from './frame.ts';
import { raiserLeftAlerts } from './present/people.ts';
import { whereItStands } from './present/whereItStands.ts';
import { type Deed, deedNow } from './stageWords.ts';
import type { TemplateAndData } from './template.ts';

/** More cases than this are not all shown: the card would grow past what Teams takes. */
const MOST_ROWS = 15;

/** A case on the message: its next date, and whether whoever reads it has to act at its present stage. */
type Entry = { seen: CaseForViewer; next: NextDate | null; acts: boolean };

/**
 * The day's one message to a person: the cases that wait for them, and the open cases that they have to know about, the most pressing
 * first in each. References, stages and dates only: what a case is about stays on its own card. `cases` are as that person sees them.
 */
export function reminder(cases: CaseForViewer[], today: Temporal.PlainDate): TemplateAndData {
  const pressing = cases.map(entryOf).toSorted((one, other) => lateFrom(one).localeCompare(lateFrom(other)));
  const shown = pressing.slice(0, MOST_ROWS);
  const more = pressing.length - shown.length;
  const group = (heading: string, some: Entry[]) => (some.length === 0 ? [] : [{ heading, rows: some.map(rowOf) }]);
  const frame = plainFrame(pressing.some(({ seen }) => waitsForViewer(seen)) ? 'Cases that wait for you' : 'Cases to know about', {
    reference: [sayDate(today)],
    buttons: [buttonsFor('', 0)({ verb: 'my-cases', title: 'My cases' })],
  });
  const groups = [
    ...group(
      'Waiting for you',
      shown.filter(({ seen }) => waitsForViewer(seen)),
    ),
    ...group(
      'Waiting for others',
      shown.filter(({ seen }) => !waitsForViewer(seen)),
    ),
  ];
  const others = `${more} more ${more === 1 ? 'case is' : 'cases are'} not shown here. Type "my cases" to see your cases.`;
  return { view: 'reminder', data: { ...frame, groups, more: more === 0 ? [] : [others] } };
}

/** The message's notification: how many cases there are, and nothing of any (X6). */
export function reminderSummary(cases: CaseForViewer[]): string {
  const waiting = cases.filter(waitsForViewer).length;
  const count = (number: number) => `${number} case${number === 1 ? '' : 's'}`;
  if (waiting === 0) return `Conference Dissent: ${count(cases.length)} to know about`;
  return `Conference Dissent: ${count(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for you`;
}

function entryOf(seen: CaseForViewer): Entry {
  const { current, procedure, calendar, roster, now } = seen;
  return {
    seen,
    next: nextDate(current, procedure, calendar, now),
    acts: isTold('those who act', seen) && !waitsForOneWhoLeft(current, procedure, roster),
  };
}

const waitsForViewer = (seen: CaseForViewer): boolean =>
  (['those who act', 'those who write', 'those who finish', 'those asked'] as const).some((to) => isTold(to, seen));

function isTold(to: Reminder['to'], { current, procedure, roster, person, now }: CaseForViewer): boolean {
  return peopleTold(to, current, procedure, roster, dateOf(now)).includes(person);
}

/** What sorts cases by their dates: those without one come last. */
function lateFrom({ next }: Entry): string {
  return next?.lateFrom ?? '9999';
}

function rowOf(entry: Entry): { reference: string; stands: string; lines: string[]; open: DrawnButton[] } {
  const { seen } = entry;
  const { current, procedure } = seen;
  const { reference, revision } = current;
  const stage = stageOf(procedure, current.stage);
  const { decider, ends } = stageFacts(stage);
  const decision = decider(stage) === null ? decisionDue(seen) : null;
  const overdue = overdueAhead(seen);
  const open = buttonsFor(reference, revision)({ verb: 'open:reminder', title: `Open ${reference}` }, 'none');
  return {
    reference,
    stands: whereItStands(seen),
    lines: [
      ...sayOwn(seen),
      ...(isTold('those who finish', seen) && ends ? [] : sayNext(entry)),
      ...overdue,
      ...(decision === null || overdue.length > 0
        ? []
        : [`The decision ${decision.overdueBy > 0 ? 'was' : 'is'} due by ${sayDate(decision.due)}.`]),
    ],
    open: [open],
  };
}

/**
 * What the reader has to do besides the stage's own business: a letter that is theirs to write while the chair has still to record (S13),
 * an answer that is wanted, and what is left to send, tell or file.
 */
function sayOwn(seen: CaseForViewer): string[] {
  const { current, procedure, calendar, person, standings, now } = seen;
  const letter =
    isTold('those who write', seen) && !raiserHasLeft(current, seen.roster) ? letterDate(current, procedure, calendar, now) : null;
  const asked = current.questions.filter((each) => isPending(each, current) && isAsked(each, person, standings));
  const wanted = asked.find(({ wantedBy }) => wantedBy !== null)?.wantedBy;
  const left = tasksOf(current, procedure).filter(({ done }) => done === null).length;
  return [
    ...raiserLeftAlerts(seen).map(({ text }) => text),
    ...(letter === null ? [] : sayDeed(letter, { who: '', what: `write the ${writtenLetter(seen.procedure)}` }, true, seen)),
    ...(wanted ? [`You were asked something. An answer is wanted by ${sayDate(wanted)} (local target).`] : []),
    ...(isTold('those who finish', seen) ? [`You have something to send, tell or file. Left on this case: ${left}.`] : []),
  ];
}

/** Who has to do what, by when and how many working days that leaves, or by how many it is over. */
function sayNext({ seen, next, acts }: Entry): string[] {
  const { current, procedure, roster } = seen;
  const names: Deed = { who: 'Whoever raised it, or an administrator, has', what: 'name another chair' };
  const nobody = roleNobodyHolds(current, procedure, roster, dateOf(seen.now));
  const namesActor: Deed = {
    who: 'An administrator, or whoever decided before, has',
    what: `name who decides as ${titleOf(procedure.roles, nobody ?? '')}`,
  };
  const deed = nobody !== null ? namesActor : chairHasLeft(current, procedure, roster) ? names : deedNow(current, procedure);
  return sayDeed(next, deed, acts, seen);
}

function sayDeed(next: NextDate | null, { who, what }: Deed, acts: boolean, { calendar, now }: CaseForViewer): string[] {
  const deed = `${acts ? 'You have' : who} to ${what}`;
  if (next === null) return [`${deed}. There is no date for it.`];
  const { kind, due, overdueBy } = next;
  const last = sayDate(due);
  if (kind === 'meeting elsewhere')
    return [`One meeting serves this case and another, where it is recorded. It ${overdueBy > 0 ? 'was to be' : 'is'} on ${last}.`];
  if (kind === 'meeting')
    return overdueBy > 0 ? [`It was to be on ${last}. ${acts ? 'Record' : `${who} to record`} that it was held, or move it.`] : [];
  if (overdueBy > 0) {
    const over = kind === 'time limit' ? `OVERDUE by ${workingDays(overdueBy)}` : `${workingDays(overdueBy)} past the local target`;
    return [`${over}. ${deed}. The last day was ${last}.`];
  }
  const left = workingDaysAfter(calendar, dateOf(now), Temporal.PlainDate.from(due));
  const target = kind === 'local target' ? ' (local target)' : '';
  return [`${acts ? capitalised(what) : deed} by ${last}${target}: ${left === 0 ? 'today is the last day' : `${workingDays(left)} left`}.`];
}

import type { Case } from '../domain/case.ts';
import { factsOf } from '../domain/figures.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { waitsFor } from '../domain/stages/stages.ts';
import { doerOf, tasksOf } from '../domain/tasks.ts';
import { timeLimitsAhead, timeLimitsOf } from '../domain/timeLimits.ts';
import type { Calendar } from '../domain/workingDays.ts';
import type { Summary } from './ports.ts';

/**
 * What a list says that a case waits for: the last day of its present stage's time limit, or else of one ahead that runs already (C16),
 * or else of its local target; and whoever has to act (Part E, register). Once the case is closed it waits for nothing. The date does
 * not depend on `now`.
 */
export function caseSummary(current: Case, procedure: Procedure, calendar: Calendar, now: Temporal.Instant): Summary {
  const figures = factsOf(current, procedure, calendar);
  if (current.status === 'closed') return { dueOn: null, waitsFor: null, figures };
  const dates = timeLimitsOf(current, procedure, calendar, now);
  const own = dates.find(({ kind }) => kind === 'time limit');
  const next = own ?? timeLimitsAhead(current, procedure, calendar, now)[0] ?? dates[0];
  return { dueOn: next?.due ?? null, waitsFor: waitsFor(current, procedure)[0] ?? finisherOf(current, procedure), figures };
}

/**
 * Of those who have something left to do at the end: whoever decided, in the role they did it in, while a letter waits for them; then
 * whoever tells the parents; then a role with a task of its own; and else the administrator.
 */
export function finisherOf(current: Case, procedure: Procedure): string {
  const left = tasksOf(current, procedure).filter(({ done }) => done === null);
  const doers = left.map((task) => ({ stage: task.stage, doer: doerOf(task, current) }));
  const letter = doers.find(({ doer }) => doer === 'decided');
  if (letter) return current.decisions[letter.stage]?.role ?? 'administrator';
  const others = doers.map(({ doer }) => doer);
  return others.find((doer) => doer === 'teller') ?? others.find((doer) => doer !== 'administrator') ?? 'administrator';
}

import { type Case, forFamily } from '../domain/case.ts';
import { factsOf } from '../domain/figures.ts';
import { type Procedure, type Stage, stageOf } from '../domain/procedure.ts';
import { tasksOf } from '../domain/tasks.ts';
import { timeLimitsOf } from '../domain/timeLimits.ts';
import type { Calendar } from '../domain/workingDays.ts';
import type { Summary } from './ports.ts';

/**
 * What a list says that a case waits for: the last day of its present stage's time limit, or else of its local target, and whoever
 * has to act (Part E, register). Once the case is closed it waits for nothing, and what it adds to the figures is
 * settled. The date does not depend on `now`.
 */
export function caseSummary(current: Case, procedure: Procedure, calendar: Calendar, now: Temporal.Instant): Summary {
  if (current.status === 'closed') {
    const figures = forFamily(current.dissent) ? null : factsOf(current, procedure, calendar, now);
    return { dueOn: null, waitsFor: null, figures };
  }
  const dates = timeLimitsOf(current, procedure, calendar, now);
  const next = dates.find(({ kind }) => kind === 'time limit') ?? dates[0];
  return { dueOn: next?.due ?? null, waitsFor: actorAt(stageOf(procedure, current.stage), current, procedure), figures: null };
}

function actorAt(stage: Stage, current: Case, procedure: Procedure): string {
  switch (stage.kind) {
    case 'record':
      if (current.chairStands) return stage.by;
      return forFamily(current.dissent) ? 'logger' : 'dissenter';
    case 'submit':
      return 'dissenter';
    case 'decide':
      return stage.by;
    case 'reconvene':
      return 'administrator';
    case 'conclude':
      return tasksOf(current, procedure).find(({ done }) => done === null)?.role ?? 'administrator';
  }
}

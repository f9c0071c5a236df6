import { mainCard } from '../../app/cardsDue.ts';
import type { CardKey } from '../../app/ports.ts';
import type { Seen } from '../../app/seeCase.ts';
import { standingBooking } from '../../domain/case.ts';
import { dateOf, sayDate, sayInstant } from '../../domain/londonTime.ts';
import { recordStageOf, refers, stageOf } from '../../domain/procedure.ts';
import { actorsAt } from '../../domain/stages/stages.ts';
import { type Task, tasksOf } from '../../domain/tasks.ts';
import { caseAction } from '../actions.ts';
import type { OpenForm } from '../forms/form.ts';
import { type Body, type Button, decidesTheCase, hasOnlyTasks, may, type Step } from './body.ts';
import { presentBooking } from './booking.ts';
import { presentChecklist } from './checklist.ts';
import { presentDecide } from './decide.ts';
import { presentOutcome } from './outcome.ts';
import { presentQuestion } from './question.ts';
import { notYetRecorded, presentReceipt } from './receipt.ts';
import { presentRecord } from './record.ts';
import { presentStatus } from './status.ts';
import { presentTask } from './task.ts';
import { presentTelling } from './telling.ts';

/**
 * The card that this viewer may see under a key: the one asked for if it is theirs, or else the one that says most to them (X9, Part E).
 */
export function keyFor(key: CardKey, seen: Seen): CardKey {
  if (mayShow(key, seen)) return key === 'status' && onlyLead(seen) ? 'receipt' : key;
  const main = mainCard(seen);
  return main === 'status' || !mayShow(main, seen) ? (onlyLead(seen) ? 'receipt' : 'status') : main;
}

function onlyLead({ standings }: Seen): boolean {
  return standings.every((standing) => standing === 'agency-lead');
}

function mayShow(key: CardKey, seen: Seen): boolean {
  const { current, procedure, standings, person } = seen;
  const has = (standing: string) => standings.includes(standing);
  if (key === 'status') return !hasOnlyTasks(seen);
  if (key.startsWith('told:')) return false;
  if (key === 'receipt') return has('dissenter') || has('logger') || has('agency-lead');
  if (key === 'record') return has('chair') || has(recordStageOf(procedure)?.by ?? 'chair');
  if (key === 'checklist') return (decidesTheCase(seen) || has('administrator')) && tasksOf(current, procedure).length > 0;
  const [kind, name = ''] = key.split(':');
  if (kind === 'question') {
    const asked = current.questions.find(({ request }) => String(request) === name);
    return asked !== undefined && (asked.to === person || (asked.kind === 'advice' && has(asked.of)));
  }
  if (kind === 'outcome') return (has('dissenter') || has('logger') || has('chair')) && Object.hasOwn(current.decisions, name);
  if (kind === 'parents') return Object.hasOwn(current.conclusion.tellings, name) && current.conclusion.tellings[name]?.teller === person;
  if (kind === 'task') return has(taskOf(key, seen)?.role ?? '');
  const stage = procedure.stages[name];
  const reached = current.stage === name || current.finished[name] !== undefined;
  if (!reached || !stage) return false;
  if (stage.kind === 'decide') return actorsAt(stage).some(has) || current.decisions[name]?.by === person;
  return stage.kind === 'reconvene' && actorsAt(stage).some(has);
}

function taskOf(key: CardKey, { current, procedure }: Seen): Task | undefined {
  return tasksOf(current, procedure).find(({ id }) => id === key);
}

/** What a card says of a case to one viewer, with the buttons that they may press now. Pure; `key` is one that the viewer may see. */
export function present(key: CardKey, seen: Seen, several: number): Body {
  const body = bodyOf(key, seen, several);
  const own = (steps: Step[]) => steps.map((step) => ({ ...step, buttons: allowed(seen, step.buttons) }));
  const parts = body.parts.map((each) => ({ ...each, sections: each.sections.map((some) => ({ ...some, steps: own(some.steps) })) }));
  return { ...body, parts, buttons: allowed(seen, body.buttons) };
}

/** The buttons that the viewer may press now: a button that would be refused is not shown. One that is no command always is. */
function allowed(seen: Seen, buttons: Button[]): Button[] {
  return buttons.filter(({ verb }) => {
    const action = caseAction(verb);
    return action === null || may(seen, action.intention(seen.current));
  });
}

function bodyOf(key: CardKey, seen: Seen, several: number): Body {
  if (key === 'receipt') return presentReceipt(seen, several);
  if (key === 'record') return presentRecord(seen, several);
  if (key === 'checklist') return presentChecklist(seen, several);
  const [kind, name = ''] = key.split(':');
  if (kind === 'question') {
    const asked = seen.current.questions.find(({ request }) => String(request) === name);
    if (asked) return presentQuestion(seen, asked, several);
  }
  if (kind === 'parents') return presentTelling(seen, name, several);
  const task = kind === 'task' ? taskOf(key, seen) : undefined;
  if (task) return presentTask(seen, task);
  const stage = seen.procedure.stages[name];
  if (kind === 'outcome' && stage?.kind === 'decide') return presentOutcome(seen, name, stage);
  if (stage?.kind === 'decide') return presentDecide(seen, name, several);
  return stage?.kind === 'reconvene' ? presentBooking(seen, name, stage) : presentStatus(seen);
}

/** The form that is to be open on the card, unless the viewer may not fill it in now. */
export function openFormOf(verb: string, seen: Seen, values: Record<string, string>, errors: Record<string, string>): OpenForm | null {
  const action = caseAction(verb);
  const form = action && may(seen, action.intention(seen.current)) ? action.form(seen) : null;
  return action && form && { verb: action.verb, form, values, errors };
}

/** In a few words, where the case stands now. */
export function whereItStands(seen: Seen): string {
  const { current, procedure, now } = seen;
  if (current.withdrawn) return `Withdrawn ${sayDate(dateOf(current.withdrawn.at))}`;
  const { title } = stageOf(procedure, current.stage);
  if (current.status === 'closed') {
    const closed = current.closedAt === null ? 'Closed' : `Closed ${sayDate(dateOf(current.closedAt))}`;
    return current.resolved ? `${closed}: ${recordStageOf(procedure)?.closes?.title ?? title}` : closed;
  }
  const meeting = standingBooking(current);
  if (meeting && meeting.status !== 'held') {
    const over = Temporal.Instant.compare(meeting.slot.end, now) <= 0;
    return over ? `To be recorded as held: ${sayInstant(meeting.slot.start)}` : `Meets again ${sayInstant(meeting.slot.start)}`;
  }
  if (!current.chairStands) return 'The chair has to be named';
  // What is left to tell and to file is not for the dissenter or the chair to do.
  const leaves =
    stageOf(procedure, current.stage).kind === 'conclude' && !decidesTheCase(seen) && !seen.standings.includes('administrator');
  if (leaves && Object.keys(current.decisions).length > 0) return 'Decided';
  return notYetRecorded(seen) ? `${title}, not yet ${refers(procedure, current.dissent) ? 'referred' : 'recorded'}` : title;
}

/** What nobody has to do, on top of what a card's own buttons ask for. */
const OPTIONAL = /^(see:|document:|concerned$|escalation-note$)/;

/** Whether somebody has to act on this card now: what its notification may say (X6). */
export function waitsForViewer(key: CardKey, seen: Seen): boolean {
  const { buttons, parts } = present(keyFor(key, seen), seen, 1);
  const steps = parts.flatMap(({ sections }) => sections.flatMap((each) => each.steps));
  return (
    buttons.some(({ verb, style }) => style === 'positive' || /^(decide|late):/.test(verb)) ||
    steps.some((step) => step.buttons.some(({ verb }) => !OPTIONAL.test(verb)))
  );
}

import { mainCard } from '../../app/cardsDue.ts';
import type { CardKey } from '../../app/ports.ts';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { chairHasLeft } from '../../domain/authority.ts';
import { currentBooking } from '../../domain/bookings.ts';
import { movesToTell } from '../../domain/keptDates.ts';
import { dateOf, sayDate, sayInstant } from '../../domain/londonTime.ts';
import { recordStageOf, refers, stageOf } from '../../domain/procedure.ts';
import { stageFacts } from '../../domain/stages/stages.ts';
import { caseAction } from '../actions.ts';
import type { OpenForm } from '../forms/form.ts';
import { wordsOf } from '../stageWords.ts';
import { type Alert, type Body, type Button, decidesTheCase, hasOnlyTasks, may, type Step } from './body.ts';
import { bodyOf, isForViewer } from './cards.ts';
import { notYetRecorded } from './receipt.ts';

/**
 * The card that this viewer may see under a key: the one asked for if it is theirs, or else the one that says most to them (X9, Part E).
 */
export function keyFor(key: CardKey, seen: CaseForViewer): CardKey {
  if (isForViewer(key, seen)) return key === 'status' && onlyLead(seen) ? 'receipt' : key;
  const main = mainCard(seen);
  return main === 'status' || !isForViewer(main, seen) ? (onlyLead(seen) ? 'receipt' : 'status') : main;
}

function onlyLead({ standings }: CaseForViewer): boolean {
  return standings.every((standing) => standing === 'agency-lead');
}

/** What a card says of a case to one viewer, with the buttons that they may press now. Pure; `key` is one that the viewer may see. */
export function present(key: CardKey, seen: CaseForViewer, several: number): Body {
  const body = bodyOf(key, seen, several);
  const own = (steps: Step[]) => steps.map((step) => ({ ...step, buttons: allowed(seen, step.buttons) }));
  const parts = body.parts.map((each) => ({ ...each, sections: each.sections.map((some) => ({ ...some, steps: own(some.steps) })) }));
  const alerts = hasOnlyTasks(seen) ? body.alerts : [...body.alerts, ...movedAlerts(seen)];
  return { ...body, alerts, parts, buttons: allowed(seen, body.buttons) };
}

/** That a date is another one than people were told, because a calendar changed: the old one and the new (CD10). */
function movedAlerts({ current, procedure, calendar }: CaseForViewer): Alert[] {
  return movesToTell(current).map(({ stage: name, kind, from, to, at }) => {
    const stage = stageOf(procedure, name);
    const target = kind === 'local target' ? ' (a local target)' : '';
    const text = `The date for ${wordsOf(stage).late(stage)} has moved${target}: it was ${sayDate(from)}, and is now ${sayDate(to)}. The calendar "${calendar.title}" was changed. Noticed ${sayDate(dateOf(at))}.`;
    return { text, style: 'warning' };
  });
}

/** The buttons that the viewer may press now: a button that would be refused is not shown. One that is no command always is. */
function allowed(seen: CaseForViewer, buttons: Button[]): Button[] {
  return buttons.filter(({ verb }) => {
    const action = caseAction(verb);
    return action === null || may(seen, action.intention(seen.current));
  });
}

/** The form that is to be open on the card, unless the viewer may not fill it in now. */
export function openFormOf(
  verb: string,
  seen: CaseForViewer,
  values: Record<string, string>,
  errors: Record<string, string>,
): OpenForm | null {
  const action = caseAction(verb);
  const form = action && may(seen, action.intention(seen.current)) ? action.form(seen) : null;
  return action && form && { verb: action.verb, form, values, errors };
}

/** In a few words, where the case stands now. */
export function whereItStands(seen: CaseForViewer): string {
  const { current, procedure, now } = seen;
  if (current.withdrawn) return `Withdrawn ${sayDate(dateOf(current.withdrawn.at))}`;
  const stage = stageOf(procedure, current.stage);
  const { title } = stage;
  if (current.status === 'closed') {
    const closed = current.closedAt === null ? 'Closed' : `Closed ${sayDate(dateOf(current.closedAt))}`;
    return current.resolved ? `${closed}: ${recordStageOf(procedure)?.closes?.title ?? title}` : closed;
  }
  const meeting = currentBooking(current);
  if (meeting && meeting.status !== 'held') {
    const over = Temporal.Instant.compare(meeting.slot.end, now) <= 0;
    return over ? `To be recorded as held: ${sayInstant(meeting.slot.start)}` : `Meets again ${sayInstant(meeting.slot.start)}`;
  }
  if (!current.chairStands || chairHasLeft(current, procedure, seen.roster)) return 'The chair has to be named';
  // What is left to tell and to file is not for the dissenter or the chair to do.
  const leaves = stageFacts(stage).ends && !decidesTheCase(seen) && !seen.standings.includes('administrator');
  if (leaves && Object.keys(current.decisions).length > 0) return 'Decided';
  return notYetRecorded(seen) ? `${title}, not yet ${refers(procedure, current.dissent) ? 'referred' : 'recorded'}` : title;
}

/** What nobody has to do, on top of what a card's own buttons ask for. */
const OPTIONAL = /^(see:|document:|concerned$|escalation-note$)/;

/** Whether somebody has to act on this card now: what its notification may say (X6). */
export function waitsForViewer(key: CardKey, seen: CaseForViewer): boolean {
  const { buttons, parts } = present(keyFor(key, seen), seen, 1);
  const steps = parts.flatMap(({ sections }) => sections.flatMap((each) => each.steps));
  return (
    buttons.some(({ verb, style }) => style === 'positive' || /^(decide|late):/.test(verb)) ||
    steps.some((step) => step.buttons.some(({ verb }) => !OPTIONAL.test(verb)))
  );
}

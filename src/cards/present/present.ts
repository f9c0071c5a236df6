import { mainCard } from '../../app/cardsDue.ts';
import type { CardKey } from '../../app/ports.ts';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { roleNobodyHolds } from '../../domain/authority.ts';
import { movesToTell } from '../../domain/keptDates.ts';
import { dateOf, sayDate } from '../../domain/londonTime.ts';
import { partsEnded } from '../../domain/partsEnded.ts';
import { stageOf, titleOf } from '../../domain/procedure.ts';
import { caseAction } from '../actions.ts';
import type { OpenForm } from '../forms/form.ts';
import { wordsOf } from '../stageWords.ts';
import { type Alert, type Body, type Button, hasOnlyTasks, may, type Step } from './body.ts';
import { bodyOf, isForViewer } from './cards.ts';
import { unreachedAlerts } from './unreached.ts';

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
  const nobody = nobodyAlerts(seen);
  const naming: Button[] = nobody.length === 0 ? [] : [{ verb: 'name-actor', title: 'Name who decides', style: 'positive' }];
  const buttons = allowed(seen, [...naming, ...body.buttons]);
  const ended = seen.current.status === 'open' ? endedFor(seen).map((text): Alert => ({ text, style: 'warning' })) : [];
  return { ...body, alerts: [...nobody, ...ended, ...alerts, ...unreachedAlerts(seen)], parts, buttons };
}

/** What the viewer is told of parts that they had in the case and have no more (CD16). */
export function endedFor({ person, current, procedure, roster, now }: CaseForViewer): string[] {
  return partsEnded(person, current, procedure, roster, dateOf(now)).map(({ sentence }) => sentence);
}

/** That nobody may act where the case is, for those who can name somebody (CD7). */
function nobodyAlerts(seen: CaseForViewer): Alert[] {
  const { current, procedure, roster, now } = seen;
  const role = roleNobodyHolds(current, procedure, roster, dateOf(now));
  if (role === null || !may(seen, { type: 'NameActor' })) return [];
  const text = `Nobody may act here as ${titleOf(procedure.roles, role)}: whoever holds the role, and whoever stands in, has had a part in this case or is gone. Name somebody, so that it can go on.`;
  return [{ text, style: 'attention' }];
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

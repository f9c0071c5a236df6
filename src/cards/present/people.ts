import type { CaseForViewer } from '../../app/seeCase.ts';
import { nameOf } from '../../directory/names.ts';
import { holdersOf, raiserHasLeft } from '../../domain/authority.ts';
import { forFamily } from '../../domain/case.ts';
import { dateOf, sayDate } from '../../domain/londonTime.ts';
import type { Alert } from './body.ts';

/** Why a decider's card came to this viewer and not to the role's holder (C26, Q27). */
export function insteadAlerts(seen: CaseForViewer, role: string): Alert[] {
  const { current, roster, directory, person, now } = seen;
  const today = dateOf(now);
  const { principal, insteadOf } = holdersOf(role, current, roster, today);
  const accent = (text: string): Alert[] => [{ text, style: 'accent' }];
  if (principal === person && insteadOf !== null)
    return accent(`Sent to you instead of ${nameOf(directory, insteadOf)}: they ${whyAside(seen, insteadOf)}.`);
  const cover = roster.roles[role]?.deputies.find(
    (deputy) => deputy.person === person && deputy.from <= today.toString() && today.toString() <= deputy.to,
  );
  const holder = roster.roles[role]?.holder;
  return cover && holder !== undefined && holder !== person
    ? accent(`You are covering for ${nameOf(directory, holder)} until ${sayDate(cover.to)}.`)
    : [];
}

function whyAside({ current, procedure }: CaseForViewer, person: string): string {
  const { conference, dissenter } = current.dissent;
  if (conference.chair === person) return `chaired this ${procedure.words.meeting}`;
  return dissenter === person ? `raised the ${procedure.words.case}` : 'decided earlier';
}

/** That whoever raised it has left, so that nobody but those who stand in for them can withdraw it (S12). */
export function raiserLeftAlerts({ current, procedure, roster }: CaseForViewer): Alert[] {
  if (current.status === 'closed' || !raiserHasLeft(current, roster)) return [];
  const { case: raised } = procedure.words;
  const text = `Whoever raised this ${raised} is not in the directory any more. Nobody writes for them. Their agency's lead or an administrator can withdraw it before it is decided, and a colleague can raise it again.`;
  return [{ text, style: 'warning' }];
}

/** Being the dissenter's line manager is a flag and never a bar (Scenario 10). */
export function lineManagerAlerts({ current, roster, person }: CaseForViewer): Alert[] {
  if (forFamily(current.dissent) || roster.lineManagers[current.dissent.dissenter] !== person) return [];
  return [{ text: "You are this person's line manager. You may decide; the record will say so.", style: 'warning' }];
}

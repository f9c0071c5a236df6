import { holdersOf, type Roster } from '../domain/authority.ts';
import type { Case, PersonId } from '../domain/case.ts';
import { type Procedure, stageOf } from '../domain/procedure.ts';
import type { CardKey } from './ports.ts';
import type { Seen } from './seeCase.ts';

/** A card that a person ought to have standing in their chat. */
export type CardDue = { person: PersonId; key: CardKey };

/**
 * The cards that everybody on a case ought to have now: the dissenter's receipt, the chair's record, the present decider's,
 * the booker's, and one for each open question. A card once posted stays and is kept current; this says which must be there.
 * `today` is a date in London.
 */
export function cardsDue(current: Case, procedure: Procedure, roster: Roster, today: Temporal.PlainDate): CardDue[] {
  const { conference, dissenter } = current.dissent;
  const due: CardDue[] = [{ person: dissenter, key: 'receipt' }];
  if (current.chairStands) due.push({ person: conference.chair, key: 'record' });
  const acting = (role: string) => {
    const { principal, deputies } = holdersOf(role, current, roster, today);
    return [...(principal === null ? [] : [principal]), ...deputies];
  };
  const stage = stageOf(procedure, current.stage);
  const key: CardKey = `stage:${current.stage}`;
  if (current.status === 'open' && stage.kind === 'decide') due.push(...acting(stage.by).map((person) => ({ person, key })));
  if (current.status === 'open' && stage.kind === 'reconvene') {
    due.push(...[...new Set([...acting(stage.by), ...roster.administrators])].map((person) => ({ person, key })));
  }
  for (const { request, to, answer } of current.questions) {
    if (!answer) due.push({ person: to, key: `question:${request}` });
  }
  return due;
}

/** The card of a case that says most to this viewer: what they have to act on first, then what they have done, then where it stands. */
export function mainCard({ current, procedure, standings, person }: Pick<Seen, 'current' | 'procedure' | 'standings' | 'person'>): CardKey {
  const stage = stageOf(procedure, current.stage);
  const acts = stage.kind === 'decide' || stage.kind === 'reconvene' ? [stage.by] : [];
  if (stage.kind === 'reconvene') acts.push('administrator');
  if (acts.some((role) => standings.includes(role))) return `stage:${current.stage}`;
  const open = current.questions.find(({ to, answer }) => to === person && !answer);
  if (open) return `question:${open.request}`;
  const decided = Object.entries(current.decisions).find(([, decision]) => decision.by === person);
  if (decided) return `stage:${decided[0]}`;
  if (standings.includes('dissenter')) return 'receipt';
  return standings.includes('chair') ? 'record' : 'status';
}

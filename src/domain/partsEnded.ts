import { hasLeft, meetingChairsOf, peopleIn, type Roster } from './authority.ts';
import type { Case } from './case.ts';
import type { PersonId, Standing } from './events/trail.ts';
import { dateOf } from './londonTime.ts';
import { titleOf } from './procedure.ts';
import type { Procedure } from './procedureShape.ts';

/** A part that somebody had in a case and has no more, with what they are told of it (CD16). `key` tells it from every other. */
export type PartEnded = { standing: Standing; key: string; sentence: string };

/** For how many days it is news that a cover has ended. */
const NEWS_FOR = 7;

/**
 * The parts that a person had in a case and has no more: another was named in their place, or the days are over on which they covered for
 * a role of the case (CD16). `today` is a date in London.
 */
export function partsEnded(person: PersonId, current: Case, procedure: Procedure, roster: Roster, today: Temporal.PlainDate): PartEnded[] {
  const replaced = current.formerly.flatMap((former, index): PartEnded[] =>
    former.person !== person || has(person, former.standing, current, roster, today)
      ? []
      : [{ standing: former.standing, key: `replaced:${index + 1}`, sentence: sayReplaced(former.standing, procedure) }],
  );
  const raised = dateOf(current.raisedAt);
  const covers = coversEnded(person, procedure, roster, today).filter(
    ({ standing, last }) =>
      Temporal.PlainDate.compare(last.add({ days: 1 }), raised) >= 0 && !has(person, standing, current, roster, today),
  );
  const all = [...replaced, ...covers];
  return all.filter(({ sentence }, index) => all.findIndex((each) => each.sentence === sentence) === index);
}

/** Of those, what is news on a day of an open case: somebody was replaced, or a cover for whoever acts there ended in the last days. */
export function endedNews(
  acting: Standing[],
  current: Case,
  procedure: Procedure,
  roster: Roster,
  today: Temporal.PlainDate,
): { person: PersonId; key: string }[] {
  if (current.status === 'closed') return [];
  const covered = acting.flatMap((role) => (roster.roles[role]?.deputies ?? []).map(({ person }) => person));
  const since = today.subtract({ days: NEWS_FOR });
  const people = [...current.formerly.map(({ person }) => person), ...covered].filter((person) => !hasLeft(person, roster));
  return [...new Set(people)].flatMap((person) =>
    partsEnded(person, current, procedure, roster, today)
      .filter((part) => !('last' in part) || (acting.includes(part.standing) && isSince(part as CoverEnded, since)))
      .map(({ key }) => ({ person, key })),
  );
}

/** A cover that has ended; `last` is its last whole day. */
type CoverEnded = PartEnded & { last: Temporal.PlainDate };

const isSince = ({ last }: CoverEnded, since: Temporal.PlainDate) => Temporal.PlainDate.compare(last, since) >= 0;

/** The covers of a person for the roles of a procedure that began and have ended, whatever case it is about. */
export function coversEnded(person: PersonId, procedure: Procedure, roster: Roster, today: Temporal.PlainDate): CoverEnded[] {
  return Object.entries(roster.roles).flatMap(([role, { holder, deputies }]) => {
    if (!Object.hasOwn(procedure.roles, role) || holder === person) return [];
    const theirs = deputies.filter((deputy) => deputy.person === person && deputy.from <= today.toString());
    const last = theirs
      .map(({ to }) => to)
      .toSorted()
      .at(-1);
    if (last === undefined || last >= today.toString()) return [];
    const sentence = `Your cover as ${titleOf(procedure.roles, role)} has ended, so this is not yours to do any more.`;
    return [{ standing: role, key: `cover:${role}.${theirs.at(-1)?.from}`, sentence, last: Temporal.PlainDate.from(last) }];
  });
}

/** Whether somebody has such a part again. */
function has(person: PersonId, standing: Standing, current: Case, roster: Roster, today: Temporal.PlainDate): boolean {
  const { chairStands, dissent, conclusion, otherChair } = current;
  const { chair } = dissent.conference;
  const byName: Record<string, boolean> = {
    chair: chairStands && chair === person,
    'meeting-chair': (otherChair ?? chair) === person || meetingChairsOf(current).includes(person),
    teller: Object.values(conclusion.parents).some(({ teller }) => teller === person),
  };
  return Object.hasOwn(byName, standing)
    ? (byName[standing] ?? false)
    : current.named[standing] === person || peopleIn(standing, current, roster, today).includes(person);
}

function sayReplaced(standing: Standing, { words, roles }: Procedure): string {
  const byName: Record<string, string> = {
    chair: `Somebody else has been named as the chair of this ${words.meeting}, so this is not yours to do any more.`,
    'meeting-chair': `Somebody else has been chosen to chair the ${words.meeting} when it meets again, so that is not yours to do.`,
    teller: `Somebody else has been named to tell ${words.family}, so this is not yours to do any more.`,
  };
  return (
    byName[standing] ??
    `Somebody else has been named to act as ${titleOf(roles, standing)} on this case, so this is not yours to do any more.`
  );
}

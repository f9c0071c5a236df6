import { type Directory, nameIn, personOf } from '../directory/directory.ts';
import { agencyName, postTitle } from '../directory/names.ts';
import { type Roster, standsInFor } from '../domain/authority.ts';
import type { Case } from '../domain/case.ts';
import type { CaseEvent } from '../domain/events/events.ts';
import type { Actor, Kept, Signatory } from '../domain/events/trail.ts';
import { datesToKeep } from '../domain/keptDates.ts';
import { dateOf } from '../domain/londonTime.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { type Calendar, workingDaysAfter } from '../domain/workingDays.ts';

/** By what a commit's events are read on the day on which they are written. */
type Today = { procedure: Procedure; calendar: Calendar; directory: Directory; roster: Roster; now: Temporal.Instant };

/**
 * Events about to be written, with what may read otherwise later: each with who did it, a decision with its working day (CD11), and the
 * last with the dates that began to run or were judged by them all (CD10). `after` is the case that they come to.
 */
export function keepWith(events: CaseEvent[], actor: Actor, after: Case, today: Today): CaseEvent[] {
  const { procedure, calendar, now } = today;
  const by = signatoryOf(actor, after, today);
  const dates = datesToKeep(
    after,
    procedure,
    calendar,
    now,
    events.some(({ type }) => type === 'DateMoved'),
  );
  return events.map((event, index): CaseEvent => {
    const kept: Kept = {
      ...(by === null ? {} : { by }),
      ...(event.type === 'DecisionMade'
        ? { day: workingDaysAfter(calendar, Temporal.PlainDate.from(after.dissent.conference.date), dateOf(now)) }
        : {}),
      ...(index === events.length - 1 && dates.length > 0 ? { dates } : {}),
    };
    return Object.keys(kept).length === 0 ? event : { ...event, kept };
  });
}

/** Whoever acts, as the directory has them today, in which post and for whom; null for the bot, and for somebody of whom no name is known. */
export function signatoryOf({ person, role }: Actor, after: Case, { procedure, directory, roster, now }: Today): Signatory | null {
  const known = personOf(directory, person);
  const name = known?.name ?? nameIn(directory, person);
  if (name === null) return null;
  const partnership = known && directory.partnerships[known.partnership];
  const stands = Object.hasOwn(procedure.roles, role) ? standsInFor(person, role, after, roster, dateOf(now)) : null;
  const post = Object.hasOwn(procedure.roles, role) ? postTitle(directory, partnership, role, stands?.for ?? person) : null;
  return {
    name,
    ...(post === null || post === known?.role ? {} : { post }),
    ...(known ? { job: known.role } : {}),
    ...(partnership && known.agency !== undefined ? { agency: agencyName(partnership, known.agency) } : {}),
    ...(stands ? { standsIn: { as: stands.as, for: nameIn(directory, stands.for) ?? stands.for } } : {}),
  };
}

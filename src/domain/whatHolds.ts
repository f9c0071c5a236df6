import { currentBooking, dayOf } from './bookings.ts';
import type { Case } from './case.ts';
import { dateOf, sayDate } from './londonTime.ts';
import { stageOfKind } from './procedure.ts';
import type { Procedure } from './procedureShape.ts';

type Say = (day: Temporal.PlainDate | string) => string;
type Facts = Pick<Case, 'bookings' | 'decisions' | 'dissent'>;

/**
 * What holds of the conference's decision (CD2, C12, S20). While nothing has changed it, that it stands, in the procedure's own words, with
 * "carry on with the plan" only where it made or continued one; or else what now holds, and from when.
 * `say` puts a day into words.
 */
export function whatHolds(current: Facts, procedure: Procedure, say: Say = sayDate): string {
  const changed = whatChanged(current, procedure, say);
  if (changed !== null) return changed;
  const { decision, grounds } = current.dissent;
  const plan = procedure.decisions[decision]?.plan || grounds.some((ground) => procedure.grounds[ground]?.plan);
  const { decisionStands, plan: carryOn } = procedure.words;
  return plan && carryOn !== undefined ? `${decisionStands} ${carryOn}` : decisionStands;
}

/**
 * What has come in the place of the conference's decision, or of a part of it, and from when; null while nothing has. That is whatever the
 * conference decided when it met again, once that is recorded as held; or before that an outcome that changes something, of which it is
 * said for how many of several children it is so, and never for which.
 */
export function whatChanged({ bookings, decisions }: Facts, procedure: Procedure, say: Say = sayDate): string | null {
  const meeting = currentBooking({ bookings });
  if (meeting?.status === 'held')
    return `The ${procedure.words.meeting} met again on ${say(dayOf(meeting))}. What it decided then now holds.`;
  const changes = Object.entries(decisions).flatMap(([stage, { at, outcome, perChild }]) => {
    const outcomes = stageOfKind(procedure, stage, 'decide')?.outcomes ?? {};
    const given = Object.values(perChild);
    return [...new Set(given.length === 0 ? [outcome] : given)].flatMap((id) => {
      const { holds } = outcomes[id] ?? {};
      if (holds === undefined) return [];
      const those = given.filter((each) => each === id).length;
      const whose = those < given.length ? `, for ${those} of ${given.length} children` : '';
      return [`From ${say(dateOf(at))} on${whose}: ${holds}`];
    });
  });
  return changes.length === 0 ? null : changes.join(' ');
}

import type { CaseForViewer } from '../../app/seeCase.ts';
import { chairHasLeft } from '../../domain/authority.ts';
import { byHand, currentBooking } from '../../domain/bookings.ts';
import { dateOf, sayDate, sayInstant } from '../../domain/londonTime.ts';
import { recordStageOf, refers, stageOf } from '../../domain/procedure.ts';
import { stageFacts } from '../../domain/stages/stages.ts';
import { decidesTheCase } from './body.ts';
import { sayByHand } from './outlook.ts';
import { notYetRecorded } from './receipt.ts';

/** Said where all that is left is others' to do. */
export const DECIDED = 'Decided';

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
    const what = byHand(meeting);
    if (what === 'cancelled' || what === 'gone') return `${sayByHand(meeting)}, to be booked anew`;
    const { start, end } = meeting.inOutlook ?? meeting.slot;
    const over = Temporal.Instant.compare(end, now) <= 0;
    return over ? `To be recorded as held: ${sayInstant(start)}` : `Meets again ${sayInstant(start)}`;
  }
  if (!current.chairStands || chairHasLeft(current, procedure, seen.roster)) return 'The chair has to be named';
  // What is left to tell and to file is not for the dissenter or the chair to do.
  const leaves = stageFacts(stage).ends && !decidesTheCase(seen) && !seen.standings.includes('administrator');
  if (leaves && Object.keys(current.decisions).length > 0) return DECIDED;
  return notYetRecorded(seen) ? `${title}, not yet ${refers(procedure, current.dissent) ? 'referred' : 'recorded'}` : title;
}

import { stageOf } from '../../domain/procedure.ts';
import { chairWanted } from '../../domain/sharing.ts';
import { tasksOf } from '../../domain/tasks.ts';
import type { Job } from '../job.ts';
import type { CaseForViewer } from '../seeCase.ts';

/**
 * What a case still wants done outside, as far as no person has to see to it first: were a job lost, with a row of the queue, it is left
 * again by this. Each of these jobs does nothing where it finds nothing to do, so one too many does no harm.
 */
export function jobsWanted({ current, procedure, partnership }: CaseForViewer): Job[] {
  const { reference, status, stage, bookings, conclusion, timesWanted, sharing, guests } = current;
  const own = bookings.filter(({ heldFor }) => heldFor === undefined);
  const filing = tasksOf(current, procedure).some(({ kind, of, done }) => kind === 'file' && done === null && !conclusion.filingFailed[of]);
  const meets = status === 'open' && stageOf(procedure, stage).kind === 'reconvene';
  // It has been agreed to share a conference, or it brings others along to the one that it shares.
  const joins = sharing?.state === 'agreed' || sharing?.onward?.agreed === true || (sharing?.state === 'shared' && guests.length > 0);
  // The cases that shared a conference with this one have to hear that it was called off here.
  const left = current.calledOff !== null && (sharing?.state === 'shared' || guests.length > 0);
  const wanted: Partial<Record<Job['name'], boolean>> = {
    send: conclusion.sendings.some((sending) => sending.status === 'wanted'),
    file: partnership.library !== undefined && filing,
    'align-calendar': left || own.some((booking) => booking.status === 'wanted' || booking.status === 'cancelled'),
    'find-link': meets && own.some(({ status, joinUrl, linkMissing }) => status === 'sent' && joinUrl === null && !linkMissing),
    'find-times': meets && ((timesWanted && !chairWanted(current, procedure)) || joins),
  };
  return (Object.keys(wanted) as Job['name'][]).filter((name) => wanted[name]).map((name) => ({ name, reference }) as Job);
}

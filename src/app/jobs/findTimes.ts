import { personOf } from '../../directory/directory.ts';
import { dateOf, endOf } from '../../domain/londonTime.ts';
import { findTimes } from '../../domain/meetingTimes.ts';
import { firstDayOffered, meetingWindow, windowStart } from '../../domain/meetingWindow.ts';
import { stageOf } from '../../domain/procedure.ts';
import { attendeesOf, chairWanted } from '../../domain/sharing.ts';
import { countWorkingDays } from '../../domain/workingDays.ts';
import { reportOnCase } from '../actOnCase.ts';
import type { Calendars } from '../calendars.ts';
import type { Claims } from '../claims.ts';
import { OutsideFault, triesAgain } from '../faults.ts';
import type { Job } from '../job.ts';
import { type CaseDependencies, type CaseForViewer, seenBy } from '../seeCase.ts';
import { shareMeeting } from './shareMeeting.ts';

type ReadDependencies = CaseDependencies & { calendars: Calendars; claims: Claims };

/** How far ahead calendars are read where the procedure sets no limit: six weeks of working days. */
const OPEN_HORIZON = 30;

/**
 * The job that reads the calendars of everybody who has to be at a reconvened conference and writes the times found into the
 * case, which books the best by itself where the procedure says so (C21). It does nothing when no times are wanted, so it may
 * run any number of times. Calendars that cannot be read at all leave everybody unknown, never free. Where another case on the same
 * conference has asked for one already, that one is shared first (X10, Q26).
 */
export function timesFinder(deps: ReadDependencies): (reference: string, job?: Job, tried?: number) => Promise<void> {
  return async (reference, _job, tried) => {
    const trail = await deps.cases.load(reference);
    if (!trail) return;
    const seen = seenBy(deps, trail, 'bot');
    const { current, procedure, calendar, now } = seen;
    const stage = stageOf(procedure, current.stage);
    if (stage.kind !== 'reconvene' || (await shareMeeting(deps, seen))) return;
    if (!current.timesWanted || chairWanted(current, procedure)) return;

    const today = dateOf(now);
    const { limit, target } = meetingWindow(current, procedure, calendar, now);
    const earliest = firstDayOffered(stage, calendar, today, limit);
    const last = limit ? Temporal.PlainDate.from(limit.due) : countWorkingDays(calendar, earliest, OPEN_HORIZON).due;
    const attendees = await readTimes(deps, seen, endOf(earliest.subtract({ days: 1 })), endOf(last), tried);
    const found = findTimes({
      calendar,
      hours: stage.hours,
      minutes: stage.minutes,
      earliest,
      notBefore: now,
      windowStart: windowStart(current, stage),
      limit: limit ? last : null,
      target: target ? Temporal.PlainDate.from(target.due) : null,
      attendees,
    });
    await reportOnCase(deps, reference, { type: 'ReportTimes', found: { ...found, readAt: now.toString() } });
  };
}

/** The calendars of everybody who is to be there between two instants, with what other cases claim of them (OB1). */
export async function readTimes(deps: ReadDependencies, seen: CaseForViewer, from: Temporal.Instant, to: Temporal.Instant, tried?: number) {
  const attendees = await invitedTo(deps, seen);
  const mailboxes = attendees.flatMap(({ email }) => (email === null ? [] : [email]));
  const times = await readOrUnknown(deps, seen, mailboxes, from, to, tried);
  const people = attendees.map(({ person }) => person);
  const claims = await deps.claims.ofOthers(seen.current.reference, people, from, to);
  return attendees.map(({ person, required, email }) => ({
    person,
    required,
    claimed: claims.filter((claim) => claim.person === person),
    times: (email !== null && times.get(email)) || ('unknown' as const),
  }));
}

/** Whoever has to be there or may be, with their mailbox: null for those to whom no invitation can go. */
export function invitedTo(deps: CaseDependencies & { calendars: Calendars }, seen: CaseForViewer) {
  const mailboxes = attendeesOf(seen.current).map(async (attendee) => ({
    ...attendee,
    email: await mailboxOf(deps, seen, attendee.person),
  }));
  return Promise.all(mailboxes);
}

/** A fault that will not mend itself leaves the calendars unknown; one that may is the job's to try again. */
export async function readOrUnknown(
  deps: CaseDependencies & { calendars: Calendars },
  seen: CaseForViewer,
  mailboxes: string[],
  from: Temporal.Instant,
  to: Temporal.Instant,
  tried?: number,
): ReturnType<Calendars['busyTimes']> {
  try {
    return await deps.calendars.busyTimes(seen.partnership.mailbox, mailboxes, from, to);
  } catch (fault) {
    if (!(fault instanceof OutsideFault) || triesAgain(fault.kind, tried)) throw fault;
    deps.log.error('calendars could not be read; everybody counts as unknown', fault, {
      reference: seen.current.reference,
      check: fault.check,
    });
    return new Map();
  }
}

/** The mailbox of a person: the directory's, or Entra's for somebody who is not in it; null when there is none that can be found. */
export async function mailboxOf(
  deps: CaseDependencies & { calendars: Calendars },
  seen: CaseForViewer,
  person: string,
): Promise<string | null> {
  const known = personOf(seen.directory, person);
  if (known) return known.email;
  try {
    return await deps.calendars.mailboxOf(person);
  } catch (fault) {
    if (!(fault instanceof OutsideFault) || triesAgain(fault.kind)) throw fault;
    deps.log.warn('the mailbox of somebody who is not in the directory cannot be found; they are not invited', {
      reference: seen.current.reference,
      cause: fault.kind,
      check: fault.check,
    });
    return null;
  }
}

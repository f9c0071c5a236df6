import { silenceIsOver } from '../../domain/commands/choosing.ts';
import { datesMoved } from '../../domain/keptDates.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { inWorkingHours } from '../../domain/reminders.ts';
import { reportOnCase } from '../actOnCase.ts';
import { FORM_STANDS } from '../cardsDue.ts';
import type { Job } from '../job.ts';
import type { PostedCards } from '../ports.ts';
import { goRound, type ReminderRows } from '../reminders.ts';
import type { CaseDependencies } from '../seeCase.ts';
import { pagesSeen } from '../seeEach.ts';
import { WHOLE_TRAIL } from './checkEvidence.ts';
import { jobsWanted } from './jobsLeft.ts';

/**
 * What is done once a day. As soon as a day begins, the program goes through its own trail (EV6), and the cards of every open case are
 * brought up to date, since they say which working
 * day it is and whether a date has passed (C16). From 09:00 on people are reminded, what could not be sent before is tried again, and
 * cards go out that the passing of time has brought, such as to a deputy whose days began at a weekend (Q27).
 * The first look is at start, so a day that began while the program was down is not missed. Several replicas may each go round: a card
 * that would show the same is not sent again, and one of them decides the reminders.
 * As a day begins, whatever a case still wants done outside is left to be done again, should its job have been lost; and what a calendar
 * that was changed makes of its dates is recorded (CD10): calendars are read at start. At every look, cards
 * are brought up to date that had waited for a form on them which was never sent.
 */
export function dailyRound(
  deps: CaseDependencies & {
    reminders: ReminderRows;
    posted: Pick<PostedCards, 'heldBackUntil'>;
    enqueueAll(jobs: Job[]): Promise<void>;
    /** Reads who covers for whom. */
    presentCovers(): Promise<void>;
  },
): () => Promise<void> {
  let gone: { jobs?: string; cards?: string; newCards?: string; reminders?: string } = {};
  let lookedAt: Temporal.Instant | null = null;
  const tell = (references: string[]) => deps.enqueueAll(references.map((reference) => ({ name: 'tell', reference, byTime: true })));
  const remind = async () => {
    const now = deps.clock.now();
    const today = dateOf(now).toString();
    if (!inWorkingHours(now) || today === gone.reminders) return;
    await deps.presentCovers();
    await goRound(deps);
    const waiting = await deps.reminders.waiting(today);
    await deps.enqueueAll(waiting.map((reference) => ({ name: 'remind', reference })));
    gone.reminders = today;
  };
  const leaveAgain = async (today: string) => {
    if (today === gone.jobs) return;
    for await (const open of pagesSeen(deps, await deps.cases.openReferences(), 'bot')) {
      await deps.enqueueAll(open.flatMap(jobsWanted));
      for (const { current, procedure, calendar } of open) {
        if (silenceIsOver(current, procedure, calendar, deps.clock.now()))
          await reportOnCase(deps, current.reference, { type: 'TakeSilence', stage: current.stage });
        const moved = datesMoved(current, procedure, calendar, deps.clock.now());
        if (moved.length > 0) await reportOnCase(deps, current.reference, { type: 'MoveDates', moved });
      }
    }
    gone.jobs = today;
  };
  return async () => {
    const now = deps.clock.now();
    const today = dateOf(now).toString();
    // What was done on a day that has not come yet, by a clock that was wrong, is to be done on that day.
    if (lookedAt !== null && Temporal.Instant.compare(now, lookedAt) < 0) gone = {};
    lookedAt = now;
    await leaveAgain(today);
    const opens = inWorkingHours(now) && today !== gone.newCards;
    if (today !== gone.cards || opens) {
      if (today !== gone.cards) await deps.enqueueAll([{ name: 'check-evidence', reference: WHOLE_TRAIL }]);
      await tell(await deps.cases.openReferences());
      gone.cards = today;
      if (opens) gone.newCards = today;
    }
    await tell(await deps.posted.heldBackUntil(now.subtract(FORM_STANDS)));
    await remind();
  };
}

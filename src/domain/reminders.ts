import { chairHasLeft, hasLeft, peopleAsked, peopleIn, peopleOf, type Roster, raisers, roleNobodyHolds } from './authority.ts';
import type { Case } from './case.ts';
import type { PersonId } from './events/trail.ts';
import { dateOf, endOf, LONDON } from './londonTime.ts';
import { latenessToExplain } from './meetingWindow.ts';
import { deciders, stageOf } from './procedure.ts';
import type { Stage } from './procedureParts.ts';
import type { Procedure } from './procedureShape.ts';
import { isPending } from './questions.ts';
import { roleNextUp, stageFacts, waitsFor, wayToDecision, writingStage } from './stages/stages.ts';
import { doerOf, tasksOf } from './tasks.ts';
import { limitOrTarget, type TimeLimit, timeLimitsAhead, timeLimitsOf, timeLimitsOfStage } from './timeLimits.ts';
import { type Calendar, countWorkingDays, isWorkingDay, workingDaysAfter } from './workingDays.ts';

/**
 * Time limits that act: what is to be said about a case on a day, and to whom. A limit that has passed decides nothing; people are
 * told (C16, S13, Q12).
 */

/** Something to be said about a case on a day. */
export type Reminder = {
  kind: /** A date comes near. */
    | 'reminder'
    /** A date has passed. */
    | 'overdue'
    /** The chair has not recorded in time (Q30). */
    | 'not-recorded'
    /** The week's list of open cases. */
    | 'summary';
  to: 'those who act' | 'those who write' | 'those who finish' | 'those asked' | 'next up' | 'all next up' | 'managers';
};

/**
 * The date that a case has to meet next. `meeting`: the day of a conference that is booked, after which it is to be recorded as held; or
 * `meeting elsewhere`, where another case books it and is where that is recorded, so that nobody is chased for it here (X10).
 */
export type NextDate = Pick<TimeLimit, 'due' | 'lateFrom' | 'overdueBy'> & { kind: TimeLimit['kind'] | 'meeting' | 'meeting elsewhere' };

/** People are written to from the first hour up to the second, in London, on working days. */
const OPENS = new Temporal.PlainTime(9);
const CLOSES = new Temporal.PlainTime(17);

/** How many working days are left, today not counted, on the days on which people are reminded: 0 is the last day. */
const REMINDED_WHEN_LEFT = [3, 1, 0];

/** The moment from which people may be written to on a day: 09:00 in London. */
export function morningOf(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: LONDON, plainTime: OPENS }).toInstant();
}

/** Whether people may be written to at an instant, as far as the time of day goes. */
export function inWorkingHours(now: Temporal.Instant): boolean {
  const time = now.toZonedDateTimeISO(LONDON).toPlainTime();
  return Temporal.PlainTime.compare(OPENS, time) <= 0 && Temporal.PlainTime.compare(time, CLOSES) < 0;
}

/**
 * What is to be said about a case on a London date, judged at 09:00 of it: nothing on a day that its calendar does not work, and nothing
 * about a stage that it came to later on that day. Those who act are reminded three working days before the last day, the day before and
 * on it. Once it has passed they are told on the next working day and then once a week, and the next person up is told once (C16, Q30).
 * When a time limit of what is still to come passes, everybody who is next up as far as there is told once.
 * Managers have a list in each week, on its first working day; on that day too those are reminded who still have to tell,
 * send or file. Somebody who was asked is reminded the working day before the answer is wanted, and on it (C14). Whoever has to write is
 * reminded of it although the chair has still to record (S13).
 */
export function remindersOn(current: Case, procedure: Procedure, calendar: Calendar, day: Temporal.PlainDate): Reminder[] {
  const morning = morningOf(day);
  const after = (instant: string) => Temporal.Instant.compare(morning, instant) >= 0;
  const present = stageOf(procedure, current.stage);
  if (current.status === 'closed' || !isWorkingDay(calendar, day) || !after(current.raisedAt)) return [];
  const weekly = beginsWeek(calendar, day);
  const left = tasksOf(current, procedure).some(({ done }) => done === null);
  const summary: Reminder[] = [
    ...(passesAhead(current, procedure, calendar, day) ? [{ kind: 'overdue', to: 'all next up' } as const] : []),
    ...(asksToday(current, calendar, day) ? [{ kind: 'reminder', to: 'those asked' } as const] : []),
    ...(weekly && left ? [{ kind: 'reminder', to: 'those who finish' } as const] : []),
    ...(weekly ? [{ kind: 'summary', to: 'managers' } as const] : []),
  ];
  if (stageFacts(present).late === null) return summary;
  const began = stageBegan(current);
  // Which date it is does not depend on the moment, and an early one is soon counted to.
  const at = Temporal.Instant.from(began);
  const said = (next: NextDate | null, of: Stage): Reminder[] => {
    if (next === null || next.kind === 'meeting elsewhere') return [];
    // A case that came to the stage when the date had passed is as new to its people as one whose date passes there.
    const late = after(next.lateFrom) ? placeOf(day, later(next.lateFrom, began), calendar) : 0;
    return late === 0 ? remindersBefore(next, calendar, day) : remindersAfter(late, of, weekly);
  };
  if (!after(began)) return summary;
  const writes = writingStage(procedure, current);
  const writing = writes === null ? [] : said(letterDate(current, procedure, calendar, at), stageOf(procedure, writes));
  return [
    ...said(nextDate(current, procedure, calendar, at), present),
    ...writing.filter(({ to }) => to === 'those who act').map((each): Reminder => ({ ...each, to: 'those who write' })),
    ...summary,
  ];
}

/** Whether this is the first morning after a time limit of what is still to come, or after the case was raised when it had passed. */
function passesAhead(current: Case, procedure: Procedure, calendar: Calendar, day: Temporal.PlainDate): boolean {
  return timeLimitsAhead(current, procedure, calendar, morningOf(day)).some(
    ({ lateFrom, overdueBy }) => overdueBy > 0 && placeOf(day, later(lateFrom, current.raisedAt), calendar) === 1,
  );
}

/** Whether an answer is wanted today or on the next working day; later than that nobody is chased, since an answer is no condition (C15). */
function asksToday(current: Case, calendar: Calendar, day: Temporal.PlainDate): boolean {
  return current.questions.some((asked) => {
    const { wantedBy } = asked;
    if (wantedBy === null || !isPending(asked, current)) return false;
    return [0, 1].includes(workingDaysAfter(calendar, day, Temporal.PlainDate.from(wantedBy))) && day.toString() <= wantedBy;
  });
}

function remindersBefore({ kind, due }: NextDate, calendar: Calendar, day: Temporal.PlainDate): Reminder[] {
  const left = workingDaysAfter(calendar, day, Temporal.PlainDate.from(due));
  return kind !== 'meeting' && REMINDED_WHEN_LEFT.includes(left) ? [{ kind: 'reminder', to: 'those who act' }] : [];
}

function remindersAfter(late: number, stage: Stage, weekly: boolean): Reminder[] {
  const { said, nextUpOn } = stageFacts(stage).late ?? { said: 'overdue' };
  const again: Reminder[] = late === 1 || weekly ? [{ kind: said, to: 'those who act' }] : [];
  return late === nextUpOn ? [...again, { kind: said, to: 'next up' }] : again;
}

/**
 * The date that a case has to meet next: the time limit of its present stage, or else its local target; for a conference that is booked
 * its own day, unless that is past the limit and nobody has said why (C21). Null where there is none (S24).
 */
export function nextDate(current: Case, procedure: Procedure, calendar: Calendar, now: Temporal.Instant): NextDate | null {
  const start = current.status === 'open' ? stageFacts(stageOf(procedure, current.stage)).calendared(current) : null;
  const kind = current.sharing?.state === 'shared' ? 'meeting elsewhere' : 'meeting';
  if (start !== null) return latenessToExplain(current, procedure, calendar, now) ?? dateOfMeeting(start, kind, calendar, now);
  return limitOrTarget(timeLimitsOf(current, procedure, calendar, now));
}

/** The date of the letter that is the professional's to write while the chair has still to record (S13); null where there is none. */
export function letterDate(current: Case, procedure: Procedure, calendar: Calendar, now: Temporal.Instant): NextDate | null {
  const writing = writingStage(procedure, current);
  if (writing === null || writing === current.stage) return null;
  return limitOrTarget(timeLimitsOfStage(current, procedure, writing, calendar, now));
}

function dateOfMeeting(start: string, kind: 'meeting' | 'meeting elsewhere', calendar: Calendar, now: Temporal.Instant): NextDate {
  const day = dateOf(start);
  const lateFrom = endOf(day);
  const late = Temporal.Instant.compare(now, lateFrom) >= 0;
  const overdueBy = late ? Math.max(1, workingDaysAfter(calendar, day, dateOf(now))) : 0;
  return { kind, due: day.toString(), lateFrom: lateFrom.toString(), overdueBy };
}

/** Which working morning from an instant on a later day's is: 1, 2, or more. */
function placeOf(day: Temporal.PlainDate, instant: string, calendar: Calendar): number {
  const date = dateOf(instant);
  const before = Temporal.Instant.compare(morningOf(date), instant) >= 0 ? date.subtract({ days: 1 }) : date;
  const first = countWorkingDays(calendar, before, 2).counted.indexOf(day.toString());
  return first === -1 ? Number.POSITIVE_INFINITY : first + 1;
}

function beginsWeek(calendar: Calendar, day: Temporal.PlainDate): boolean {
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  return workingDaysAfter(calendar, monday.subtract({ days: 1 }), day) === 1;
}

/** The instant at which a case came to its present stage. */
export function stageBegan({ finished, raisedAt }: Case): string {
  return Object.values(finished).reduce(later, raisedAt);
}

function later(one: string, other: string): string {
  return Temporal.Instant.compare(one, other) >= 0 ? one : other;
}

/**
 * The people to whom something is said about a case, as the roles are held on a London date: deputies who cover have it too (Q27). Nothing
 * is said to somebody who has left.
 */
export function peopleTold(to: Reminder['to'], current: Case, procedure: Procedure, roster: Roster, today: Temporal.PlainDate): PersonId[] {
  const holding = (role: string) => peopleIn(role, current, roster, today);
  const told = {
    'those who act': () =>
      // Whoever may not act is not told to (CD7): administrators see to it that somebody may.
      roleNobodyHolds(current, procedure, roster, today) !== null
        ? roster.administrators
        : chairHasLeft(current, procedure, roster)
          ? [...raisers(current, roster), ...roster.administrators]
          : waitsFor(current, procedure).flatMap((standing) => peopleOf(standing, current, roster, today)),
    'those who write': () => (writingStage(procedure, current) === null ? [] : raisers(current, roster)),
    'those who finish': () => {
      const { parts, roles } = finishing(current, procedure, roster);
      // Where nobody may act in a role, its task falls to the administrators.
      return [...parts, ...roles.flatMap((role) => (holding(role).length > 0 ? holding(role) : roster.administrators))];
    },
    'those asked': () =>
      current.questions.filter((asked) => isPending(asked, current)).flatMap((asked) => peopleAsked(asked, current, roster, today)),
    'next up': () => {
      const role = roleNextUp(current.stage, current, procedure);
      const next = role === null ? [] : holding(role);
      return next.length > 0 ? next : roster.administrators;
    },
    'all next up': () => {
      const roles = wayToDecision(procedure, current).flatMap((stage) => roleNextUp(stage, current, procedure) ?? []);
      const next = roles.flatMap(holding);
      return next.length > 0 ? next : roster.administrators;
    },
    managers: () => deciders(procedure).flatMap(holding),
  }[to]();
  return [...new Set(told)].filter((person) => !hasLeft(person, roster));
}

/**
 * Who still has to send, tell or file: whoever decided sends the letter, those named do what is theirs, administrators the rest. For one who
 * has left it is whoever holds the role that decided, or the administrators, who can name somebody else.
 */
function finishing(current: Case, procedure: Procedure, roster: Roster): { parts: PersonId[]; roles: string[] } {
  const left = tasksOf(current, procedure).filter(({ done }) => done === null);
  const parts: PersonId[] = [];
  const roles: string[] = [];
  for (const task of left) {
    const doer = doerOf(task, current);
    const decision = current.decisions[task.stage];
    const named = doer === 'teller' ? current.conclusion.parents[task.stage]?.teller : doer === 'decided' ? decision?.by : undefined;
    if (task.role !== null) roles.push(task.role);
    else if (named && !hasLeft(named, roster)) parts.push(named);
    else if (named && doer === 'decided' && decision) roles.push(decision.role);
    else parts.push(...roster.administrators);
  }
  return { parts, roles };
}

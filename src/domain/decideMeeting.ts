import type { Roster } from './authority.ts';
import { type Booking, type Slot, standingBooking } from './bookings.ts';
import type { Case, CaseEvent } from './case.ts';
import type { Command, Report } from './commands.ts';
import { takeConclusionReport } from './decideConclusion.ts';
import { dateOf, LONDON, sayDate } from './londonTime.ts';
import { type Procedure, type ReconveneStage, stageOf } from './procedure.ts';
import { already, notNow, type Refusal } from './refusal.ts';
import { attendeesOf, chairWanted, differentChair, meetingChairOf, takeSharingReport } from './sharing.ts';
import { startOf, type TimeLimit, timeLimitsTogether } from './timeLimits.ts';
import { type Calendar, isWorkingDay, workingDaysAfter } from './workingDays.ts';

export { attendeesOf } from './sharing.ts';

/** The commands about a reconvened conference. */
export type MeetingCommand = Extract<
  Command,
  { type: 'LookForTimes' | 'ChooseChair' | 'ShareMeeting' | 'ChooseTime' | 'CancelMeeting' | 'RetryInvitation' | 'ReportHeld' }
>;

type Settings = { procedure: Procedure; calendar: Calendar; roster: Roster; now: Temporal.Instant };

/**
 * What a command about the reconvened conference comes to. A time outside the window is booked only with a reason (C21);
 * a day that is not worked, or a time that has gone, is refused with what to do instead.
 */
export function decideMeeting(current: Case, command: MeetingCommand, settings: Settings): { events: CaseEvent[] } | Refusal {
  const standing = standingBooking(current);
  const { meeting } = settings.procedure.words;
  switch (command.type) {
    case 'LookForTimes':
      return chairFirst(current, settings) ?? { events: [{ type: 'TimesRequested' }] };
    case 'ChooseChair':
      return chooseChair(current, command.chair, settings);
    case 'ShareMeeting':
      return { events: [{ type: 'SharingAgreed' }] };
    case 'ChooseTime': {
      if (standing?.status === 'held') return already(`The ${meeting} has been held.`);
      const first = chairFirst(current, settings);
      if (first) return first;
      const slot = slotAt(current, command.start, settings);
      const fault = timeFault(slot, command.reason, current, settings);
      if (fault) return fault;
      if (standing?.slot.start === slot.start && standing.status !== 'failed') return already('It is booked for that time already.');
      return { events: [{ type: 'TimeChosen', booking: standing?.number ?? current.bookings.length + 1, slot, reason: command.reason }] };
    }
    case 'CancelMeeting':
      if (!standing || standing.status === 'held') return already(standing ? `The ${meeting} has been held.` : `No ${meeting} is booked.`);
      return { events: [{ type: 'MeetingCancelled', booking: standing.number, reason: command.reason }] };
    case 'RetryInvitation':
      if (standing?.status !== 'failed') return already('Nothing is waiting to be tried again.');
      return { events: [{ type: 'TimeChosen', booking: standing.number, slot: standing.slot, reason: standing.reason }] };
    case 'ReportHeld':
      return held(current, standing, command.on, settings);
  }
}

/**
 * What the bot's own report of its work comes to: events, or none when the case has moved past what is reported.
 * A report is never refused; the world has already changed.
 */
export function takeReport(current: Case, report: Report, procedure: Procedure): CaseEvent[] {
  switch (report.type) {
    case 'ReportTimes': {
      const stage = stageOf(procedure, current.stage);
      if (current.status === 'closed' || stage.kind !== 'reconvene' || !current.timesWanted) return [];
      if (chairWanted(current, procedure) || current.sharing?.state === 'shared') return [];
      const [best] = report.found.slots;
      if (best && !coversEverybody(best, current)) return [];
      const books = stage.chosenBy === 'bot' && current.bookings.length === 0 && current.sharing === null;
      // Unknown, or perhaps busy, is never free: the bot books by itself only when it knows at least that the chair is free.
      const sure = books && best?.free.includes(meetingChairOf(current)) ? [best] : [];
      const chosen = sure.map((slot): CaseEvent => ({ type: 'TimeChosen', booking: 1, slot, reason: null }));
      return [{ type: 'TimesFound', found: report.found }, ...chosen];
    }
    case 'ConfirmInvitation': {
      const { type: _, ...sent } = report;
      return [{ type: 'InvitationSent', ...sent }];
    }
    case 'FailInvitation':
      return [{ type: 'InvitationFailed', booking: report.booking, cause: report.cause }];
    case 'ConfirmCancellation':
      return [{ type: 'CancellationSent', booking: report.booking }];
    case 'OfferSharing':
    case 'EndSharing':
    case 'JoinMeeting':
    case 'ShareMeeting':
    case 'FollowMeeting':
      return takeSharingReport(current, report, procedure);
    default:
      return takeConclusionReport(current, report, procedure);
  }
}

/** Whether everybody who has to be there was looked for: others may have joined while calendars were read (X10). */
function coversEverybody({ free, tentative, busy, unknown }: Slot, current: Case): boolean {
  const read = new Set([...free, ...tentative, ...busy, ...unknown]);
  return attendeesOf(current).every(({ person, required }) => !required || read.has(person));
}

/** No time is booked or offered before another chair is chosen, where one is wanted (P8). */
function chairFirst(current: Case, { procedure }: Settings): Refusal | null {
  return chairWanted(current, procedure)
    ? notNow(`First choose who chairs it: not the chair of the ${procedure.words.meeting}.`, 'P8')
    : null;
}

/** Somebody else is to chair it (Q28, P8): a chair of the partnership who did not chair the conference and has no other part in it. */
function chooseChair(current: Case, chair: string, { procedure, roster }: Settings): { events: CaseEvent[] } | Refusal {
  const { meeting } = procedure.words;
  if (standingBooking(current)?.status === 'held') return already(`The ${meeting} has been held.`);
  const fault = (sentence: string) => invalid({ chair: sentence }, 'P8');
  if (!roster.chairs.includes(chair)) return fault(`Choose a ${meeting} chair from the list.`);
  const original = current.dissent.conference.chair === chair;
  if (original && differentChair(current, procedure)) return fault(`Choose somebody who did not chair the ${meeting}.`);
  if (meetingChairOf(current) === chair) return already('This person is to chair it already.');
  if (attendeesOf(current).some(({ person }) => person === chair))
    return fault('This person is there in another part. Choose somebody else.');
  return { events: [{ type: 'ChairChosen', chair }, { type: 'TimesRequested' }] };
}

/**
 * The dates a reconvened conference has to meet: the last day, and the earlier target where there is one (C21, Q2). Where it serves
 * several cases, the earliest of each kind (X10, Q26). `stage` is the present one, or another that meets or has met.
 */
export function meetingWindow(
  current: Case,
  procedure: Procedure,
  calendar: Calendar,
  now: Temporal.Instant,
  stage = current.stage,
): { limit: TimeLimit | null; target: TimeLimit | null } {
  const limits = timeLimitsTogether(current, procedure, stage, calendar, now);
  const of = (wanted: TimeLimit['kind']) => limits.find(({ kind }) => kind === wanted) ?? null;
  return { limit: of('time limit'), target: of('local target') };
}

/** The slot that begins at an instant: as the calendars were read, or with everybody unknown for a time chosen by hand. */
function slotAt(current: Case, start: string, settings: Settings): Slot {
  const known = [...(current.times?.slots ?? []), ...(current.times?.leastBad ?? [])].find((each) => sameInstant(each.start, start));
  if (known) return known;
  const stage = stageOf(settings.procedure, current.stage) as ReconveneStage;
  const begins = Temporal.Instant.from(start);
  const { target } = meetingWindow(current, settings.procedure, settings.calendar, settings.now);
  const day = dateOf(begins);
  return {
    start: begins.toString(),
    end: begins.add({ minutes: stage.minutes }).toString(),
    workingDay: workingDaysAfter(settings.calendar, windowStart(current, stage), day),
    meetsTarget: target ? day.toString() <= target.due : null,
    free: [],
    tentative: [],
    busy: [],
    unknown: attendeesOf(current).map(({ person }) => person),
  };
}

/** Day 0 of the window: what its limit is counted from, or the day the stage began where there is no limit. */
export function windowStart(current: Case, stage: ReconveneStage): Temporal.PlainDate {
  const from = stage.limit?.from;
  const start = from === undefined ? null : startOf(current, from);
  return start?.date ?? dateOf(Object.values(current.finished).toSorted().at(-1) ?? current.raisedAt);
}

function timeFault(slot: Slot, reason: string | null, current: Case, { procedure, calendar, now }: Settings): Refusal | null {
  const start = Temporal.Instant.from(slot.start);
  const day = dateOf(start);
  if (Temporal.Instant.compare(start, now) <= 0) return invalid({ date: `${sayDate(day)} has gone. Choose a later time.` });
  if (!isWorkingDay(calendar, day)) return invalid({ date: `${sayDate(day)} is not a working day. Choose another day.` });
  const clock = start.toZonedDateTimeISO(LONDON).toPlainTime().toString({ smallestUnit: 'minute' });
  if (clock < '07:00' || clock > '20:00') return invalid({ time: 'Choose a time between 07:00 and 20:00.' });
  const { limit } = meetingWindow(current, procedure, calendar, now);
  if (limit && day.toString() > limit.due && reason === null) {
    return invalid({
      reason: `${sayDate(day)} is after ${sayDate(limit.due)}, the last day for this ${procedure.words.meeting}. Say why.`,
    });
  }
  return null;
}

/** It is recorded as held from the day on for which it is booked: a stale card offers it sooner, and so may a card from before a move. */
function held(current: Case, standing: Booking | null, on: string, { procedure, now }: Settings): { events: CaseEvent[] } | Refusal {
  if (!standing) return already(`No ${procedure.words.meeting} is booked.`);
  if (standing.status === 'held') return already('It has been recorded as held.');
  const booked = dateOf(standing.slot.start);
  if (booked.toString() > dateOf(now).toString())
    return notNow(
      `It is booked for ${sayDate(booked)}, which has not come yet. If it is to be held on an earlier day, move it first.`,
      'C21',
    );
  if (on > dateOf(now).toString()) return invalid({ on: 'That day has not come yet.' });
  const requested = Object.values(current.finished).toSorted().at(-1);
  if (requested && on < dateOf(requested).toString())
    return invalid({ on: `That is before the ${procedure.words.meeting} was asked for.` });
  const next = stageOf(procedure, current.stage).next ?? '';
  return {
    events: [
      { type: 'MeetingHeld', booking: standing.number, on },
      { type: 'StageEntered', stage: next },
    ],
  };
}

function sameInstant(one: string, other: string): boolean {
  return Temporal.Instant.compare(one, other) === 0;
}

const invalid = (fields: Record<string, string>, rule = 'C21'): Refusal => ({
  refused: 'invalid',
  rule,
  sentence: 'Nothing has been booked yet. Please mend what is marked.',
  fields,
});

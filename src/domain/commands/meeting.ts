import { currentBooking, lostTime } from '../bookings.ts';
import type { Case } from '../case.ts';
import type { CommandOf } from '../commands.ts';
import type { CaseEvent } from '../events/events.ts';
import type { Slot } from '../events/meetingEvents.ts';
import { sayShortfalls, shortfallsOf } from '../lawfulTime.ts';
import { dateOf, LONDON, sayDate } from '../londonTime.ts';
import { latenessToExplain, meetingWindow, windowStart } from '../meetingWindow.ts';
import { bookers, stageOf, stageOfKind } from '../procedure.ts';
import type { ReconveneStage } from '../procedureParts.ts';
import type { Procedure } from '../procedureShape.ts';
import { already, invalid, notNow, type Refusal } from '../refusal.ts';
import type { CommandContext, Intention, Rule } from '../rule.ts';
import { attendeesOf, chairsToChoose, chairWanted, differentChair, meetingChairOf } from '../sharing.ts';
import { listOf } from '../words.ts';
import { isWorkingDay, workingDaysAfter } from '../workingDays.ts';
import { closed } from './bars.ts';
import type { CommandFamily, Consequences } from './commandFacts.ts';

/** The commands about a reconvened conference. */
type MeetingCommandType =
  | 'LookForTimes'
  | 'ChooseChair'
  | 'ShareMeeting'
  | 'ChooseTime'
  | 'CancelMeeting'
  | 'CallOffMeeting'
  | 'RetryInvitation'
  | 'ReportHeld'
  | 'ExplainLateness';

/** The conference that meets again: its time, its chair, and that it was held (C21, Q26, Q28, P8). */
export const meeting: CommandFamily<MeetingCommandType> = {
  LookForTimes: {
    rule: byBookers,
    onlyFor: (words) => `Only those who book this ${words.meeting} can look for times.`,
    consequences: (current, _command, context) => chairFirst(current, context) ?? { events: [{ type: 'TimesRequested' }] },
  },
  ChooseChair: {
    rule: byBookers,
    onlyFor: (words) => `Only those who book this ${words.meeting} can choose who chairs it.`,
    consequences: (current, { chair }, context) => chooseChair(current, chair, context),
  },
  ShareMeeting: {
    rule: (current, intention, context) => {
      const { sharing } = current;
      // It may be offered to the case that serves this one, which then takes this one along.
      const onward = sharing?.onward?.agreed === false && stageOfKind(context.procedure, current.stage, 'reconvene') !== null;
      if (onward) return { by: byBookers(current, intention, context).by, bar: closed(current, context.procedure) };
      const rule = byBookers(current, intention, context);
      const offered = sharing?.state === 'offered' ? null : notNow('There is no other conference that could serve both now.', 'Q26');
      return { ...rule, bar: rule.bar ?? offered };
    },
    onlyFor: (words) => `Only those who book this ${words.meeting} can say that one is held for both.`,
    consequences: () => ({ events: [{ type: 'SharingAgreed' }] }),
  },
  ChooseTime: {
    rule: byBookers,
    onlyFor: (words) => `Only those who book this ${words.meeting} can choose its time.`,
    consequences: chooseTime,
  },
  CancelMeeting: {
    rule: byBookers,
    onlyFor: (words) => `Only those who book this ${words.meeting} can cancel it.`,
    consequences: (current, { reason }, { procedure: { words } }) => {
      const booking = currentBooking(current);
      if (!booking) return already(`No ${words.meeting} is booked.`);
      if (booking.status === 'held') return already(`The ${words.meeting} has been held.`);
      return { events: [{ type: 'MeetingCancelled', booking: booking.number, reason }] };
    },
  },
  CallOffMeeting: {
    // Whichever case books it, this one needs it no more.
    rule: (current, intention, context) => ({ ...byBookers(current, intention, context), bar: notAtMeeting(current, context.procedure) }),
    onlyFor: (words) => `Only those who book this ${words.meeting} can say that it will not take place.`,
    consequences: (current, { reason }, { procedure }) => {
      const booking = currentBooking(current);
      const own: CaseEvent[] =
        booking && booking.heldFor === undefined ? [{ type: 'MeetingCancelled', booking: booking.number, reason }] : [];
      const next = stageOf(procedure, current.stage).next ?? '';
      return { events: [...own, { type: 'MeetingCalledOff', reason }, { type: 'StageEntered', stage: next }] };
    },
  },
  RetryInvitation: {
    rule: byBookers,
    onlyFor: (words) => `Only those who book this ${words.meeting} can try again.`,
    consequences: (current, _command, context) => {
      const booking = currentBooking(current);
      if (booking?.status !== 'failed') return already('Nothing is waiting to be tried again.');
      const first = chairFirst(current, context);
      if (first) return first;
      return { events: [{ type: 'TimeChosen', booking: booking.number, slot: booking.slot, reason: booking.reason }] };
    },
  },
  ReportHeld: {
    rule: byBookers,
    onlyFor: (words) => `Only those who book this ${words.meeting} can record that it was held.`,
    consequences: held,
  },
  ExplainLateness: {
    rule: (current, _intention, context) => ({
      by: ['administrator', ...bookers(context.procedure)],
      bar: closed(current, context.procedure) ?? nothingToExplain(current, context),
    }),
    onlyFor: (words) => `Only those who book this ${words.meeting} can say why it is late.`,
    consequences: (current, { reason }) => {
      const { number } = currentBooking(current) ?? {};
      if (number === undefined) throw new Error('the rule let the lateness of no booking pass');
      return { events: [{ type: 'MeetingLatenessExplained', booking: number, reason }] };
    },
  },
};

/** Those who book, as long as a conference is to be booked in this case. */
export function byBookers(current: Case, _intention: Intention, { procedure }: CommandContext): Rule {
  return {
    by: ['administrator', ...bookers(procedure)],
    bar: notAtMeeting(current, procedure) ?? bookedElsewhere(current, procedure),
  };
}

function notAtMeeting(current: Case, procedure: Procedure): Refusal | null {
  const meets = stageOfKind(procedure, current.stage, 'reconvene') !== null;
  return (
    closed(current, procedure) ?? (meets ? null : notNow(`No ${procedure.words.meeting} is being reconvened in this case now.`, 'C21'))
  );
}

/** Once one conference serves this case and another, it is booked in the other, and nowhere twice (X10). */
function bookedElsewhere({ sharing }: Case, { words }: Procedure): Refusal | null {
  if (sharing === null || sharing.state === 'offered') return null;
  return notNow(`One ${words.meeting} serves this case and another. It is booked in the other case.`, 'X10');
}

/** Each case that a conference serves says of its own limit why it was missed, though another chose the time (C21, X10). */
function nothingToExplain(current: Case, { procedure, calendar, now }: CommandContext): Refusal | null {
  if (latenessToExplain(current, procedure, calendar, now)) return null;
  return notNow(`This ${procedure.words.meeting} is not late, or it has been said why.`, 'C21');
}

/** A time outside the window is booked only with a reason (C21); a day that is not worked, or a time that has gone, is refused. */
function chooseTime(current: Case, { start, reason }: CommandOf<'ChooseTime'>, context: CommandContext): Consequences {
  const booking = currentBooking(current);
  if (booking?.status === 'held') return already(`The ${context.procedure.words.meeting} has been held.`);
  const first = chairFirst(current, context);
  if (first) return first;
  const slot = slotAt(current, start, context);
  const fault = timeFault(slot, reason, current, context);
  if (fault) return fault;
  if (booking?.slot.start === slot.start && booking.status !== 'failed' && booking.status !== 'lost')
    return already('It is booked for that time already.');
  return { events: [{ type: 'TimeChosen', booking: booking?.number ?? current.bookings.length + 1, slot, reason }] };
}

/** No time is booked or offered, and nothing is recorded as held, before another chair is chosen, where one is wanted (P8). */
export function chairFirst(current: Case, { procedure }: CommandContext): Refusal | null {
  return chairWanted(current, procedure)
    ? notNow(`First choose who chairs it: not the chair of the ${procedure.words.meeting}.`, 'P8')
    : null;
}

/** Somebody else is to chair it (Q28, P8): a chair of the partnership who did not chair the conference and has no other part in it (C26). */
function chooseChair(current: Case, chair: string, { procedure, roster }: CommandContext): Consequences {
  const { meeting } = procedure.words;
  if (currentBooking(current)?.status === 'held') return already(`The ${meeting} has been held.`);
  const fault = (sentence: string) => invalid('P8', { chair: sentence }, NOTHING_BOOKED);
  if (!roster.chairs.includes(chair)) return fault(`Choose a ${meeting} chair from the list.`);
  const original = current.dissent.conference.chair === chair;
  if (original && differentChair(current, procedure)) return fault(`Choose somebody who did not chair the ${meeting}.`);
  if (meetingChairOf(current) === chair) return already('This person is to chair it already.');
  if (attendeesOf(current).some(({ person }) => person === chair))
    return fault('This person is there in another part. Choose somebody else.');
  if (!chairsToChoose(current, procedure, roster).includes(chair))
    return fault('This person raised it or decided in it. Choose somebody else.');
  return { events: [{ type: 'ChairChosen', chair }, { type: 'TimesRequested' }] };
}

/** The slot that begins at an instant: as the calendars were read, or with everybody unknown for a time chosen by hand. */
function slotAt(current: Case, start: string, context: CommandContext): Slot {
  const lost = lostTime(current);
  const known = [...(lost ? [lost.slot] : []), ...timesFound(current)].find((each) => sameInstant(each.start, start));
  if (known) return known;
  const stage = stageOf(context.procedure, current.stage) as ReconveneStage;
  const begins = Temporal.Instant.from(start);
  const { target } = meetingWindow(current, context.procedure, context.calendar, context.now);
  const day = dateOf(begins);
  return {
    start: begins.toString(),
    end: begins.add({ minutes: stage.minutes }).toString(),
    workingDay: workingDaysAfter(context.calendar, windowStart(current, stage), day),
    meetsTarget: target ? day.toString() <= target.due : null,
    free: [],
    tentative: [],
    busy: [],
    unknown: attendeesOf(current).map(({ person }) => person),
  };
}

function timesFound({ times }: Case): Slot[] {
  return [...(times?.slots ?? []), ...(times?.leastBad ?? [])];
}

function offered(current: Case, { start }: Slot): boolean {
  return timesFound(current).some((each) => sameInstant(each.start, start));
}

function timeFault(slot: Slot, reason: string | null, current: Case, { procedure, calendar, now }: CommandContext): Refusal | null {
  const start = Temporal.Instant.from(slot.start);
  const day = dateOf(start);
  if (Temporal.Instant.compare(start, now) <= 0) return notBooked({ date: `${sayDate(day)} has gone. Choose a later time.` });
  if (!isWorkingDay(calendar, day)) return notBooked({ date: `${sayDate(day)} is not a working day. Choose another day.` });
  const clock = start.toZonedDateTimeISO(LONDON).toPlainTime().toString({ smallestUnit: 'minute' });
  if (clock < '07:00' || clock > '20:00') return notBooked({ time: 'Choose a time between 07:00 and 20:00.' });
  if (reason !== null) return null;
  const { limit } = meetingWindow(current, procedure, calendar, now);
  const short = shortfallsOf(slot, current, procedure, calendar, now);
  if (limit && short.includes('limit'))
    return notBooked({
      reason: `${sayDate(day)} is after ${sayDate(limit.due)}, the last day for this ${procedure.words.meeting}. Say why.`,
    });
  // CD14: a time that was found had its notice on the day on which it was found.
  if (short.length > 0 && !offered(current, slot))
    return notBooked({ reason: `That time is ${listOf(sayShortfalls(short, current, procedure, calendar, now))}. Say why.` }, 'CD14');
  const needed = attendeesOf(current).filter(({ required }) => required);
  if (needed.some(({ person }) => slot.busy.includes(person)))
    return notBooked({ reason: 'Somebody who has to be there is busy then. Say why this time all the same.' }, 'OB1');
  return null;
}

/**
 * It is recorded as held from the day on for which it is booked: a stale card offers it sooner, and so may a card from before a move.
 * Another day than the one booked is explained, and so is one after the limit of which nobody has said anything yet (C21).
 */
function held(current: Case, { on, reason }: CommandOf<'ReportHeld'>, context: CommandContext): Consequences {
  const { procedure, calendar, now } = context;
  const booking = currentBooking(current);
  if (!booking) return already(`No ${procedure.words.meeting} is booked.`);
  if (booking.status === 'held') return already('It has been recorded as held.');
  const first = chairFirst(current, context);
  if (first) return first;
  const booked = dateOf(booking.slot.start);
  if (booked.toString() > dateOf(now).toString())
    return notNow(
      `It is booked for ${sayDate(booked)}, which has not come yet. If it is to be held on an earlier day, move it first.`,
      'C21',
    );
  if (on > dateOf(now).toString()) return notBooked({ on: 'That day has not come yet.' });
  const requested = Object.values(current.finished).toSorted().at(-1);
  if (requested && on < dateOf(requested).toString())
    return notBooked({ on: `That is before the ${procedure.words.meeting} was asked for.` });
  const late = latenessToExplain(current, procedure, calendar, now);
  if (reason === null && on !== booked.toString())
    return notBooked({ reason: `It was booked for ${sayDate(booked)}. Say why it was held on another day.` });
  if (reason === null && late) return notBooked({ reason: `${sayDate(on)} is after ${sayDate(late.due)}, the last day. Say why.` });
  const next = stageOf(procedure, current.stage).next ?? '';
  return {
    events: [
      { type: 'MeetingHeld', booking: booking.number, on, ...(reason === null ? {} : { reason }) },
      { type: 'StageEntered', stage: next },
    ],
  };
}

function sameInstant(one: string, other: string): boolean {
  return Temporal.Instant.compare(one, other) === 0;
}

const NOTHING_BOOKED = 'Nothing has been booked yet. Please check what is marked.';
/** Nothing was booked, for what is wrong with each field. */
export const notBooked = (fields: Record<string, string>, rule = 'C21'): Refusal => invalid(rule, fields, NOTHING_BOOKED);

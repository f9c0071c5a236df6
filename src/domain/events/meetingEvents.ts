import { z } from 'zod';
import { date, event, graphFailure, id, instant, number, text } from './trail.ts';

/** What can happen about the conference that meets again. */

const slot = z.strictObject({
  start: instant,
  end: instant,
  /** Which working day of the window it falls on. */
  workingDay: z.int(),
  /** On or before the earlier target (Q2); null when the procedure has none. */
  meetsTarget: z.boolean().nullable(),
  free: z.array(id),
  /** Have something in their calendar that they have not settled yet: perhaps busy, never free. */
  tentative: z.array(id),
  /** Busy at that time. */
  busy: z.array(id),
  /** Whose calendars cannot be read: unknown, never free. */
  unknown: z.array(id),
  /** Not busy, and outside the hours that they work (OB8); absent where there is nobody, or hours were not read. */
  outside: z.array(id).exactOptional(),
  /** When the calendars were read for this time again, once it was chosen (OB2); absent before they were. */
  readAt: instant.exactOptional(),
});

const timesFound = z.strictObject({
  /** Best first; every required person known to be busy is in `busy` of none of them. */
  slots: z.array(slot),
  /** When there is no such time in the window: the least bad ones, best first. */
  leastBad: z.array(slot),
  /** The required people most often in the way, worst first. */
  blockers: z.array(id),
  /** When the calendars were read; absent where that was not kept. */
  readAt: instant.exactOptional(),
});

const followed = z.strictObject({
  slot,
  /** `wanted`: chosen, and the calendar job has yet to confirm it; `sent`: in everyone's calendar as chosen. */
  status: z.enum(['wanted', 'sent', 'failed', 'cancelled', 'cancellation-sent', 'held', 'lost']),
  /** Null since what was typed about another case is kept from this one (Part E); what an older trail holds is not shown. */
  reason: text.nullable(),
  joinUrl: z.string().nullable(),
  failure: graphFailure.nullable(),
  /** The day, in London, on which it was recorded as held. */
  heldOn: date.nullable(),
  chosenBy: z.strictObject({ person: id, role: z.string() }),
});

const guestWindow = z.strictObject({
  kind: z.enum(['time limit', 'local target']),
  /** A window of its procedure as it stood then: what a procedure may say later does not alter what happened. */
  window: z.strictObject({
    within: z.int().nullable(),
    unit: z.enum(['working-days', 'calendar-days', 'hours']),
    from: z.string(),
    source: z.string(),
  }),
  start: z.strictObject({ date, instant }),
  countedFrom: z.string(),
});

const guest = z.strictObject({
  reference: z.string(),
  /** Whether a family raised it: a complaint, which those on a dissent know nothing of (Part E). */
  family: z.boolean(),
  required: z.array(id),
  optional: z.array(id),
  windows: z.array(guestWindow),
  /** Whether its procedure wants another chair, and the one chosen, if any (P8). */
  differentChair: z.boolean(),
  chair: id.nullable(),
  /** Who dissents or decided in it, so that they do not chair the conference (C26). Absent in what was joined before this was kept. */
  aside: z.array(id).exactOptional(),
});

/** The schemas of these events. */
export const meetingEvents = [
  event('TimesRequested', {}),
  event('TimesFound', { found: timesFound }),
  event('ChairChosen', { chair: id }),
  event('TimeChosen', { booking: number, slot, reason: text.nullable() }),
  /** The time was no longer free when the calendars were read again: nobody was invited to it, and `slot` says who is busy (OB1, OB2). */
  event('TimeLost', { booking: number, slot }),
  event('InvitationSent', {
    booking: number,
    start: instant,
    calendarEvent: z.string(),
    joinUrl: z.string().nullable(),
    round: number.exactOptional(),
    /** Who has to be there or may be and has no mailbox, so that nothing went to them. Absent where everybody has one. */
    uninvited: z.array(id).exactOptional(),
    /** The time as the calendars had it when they were read again; absent where they were not. */
    slot: slot.exactOptional(),
  }),
  /** Teams gave the event its link later than Outlook gave the event (OB6). */
  event('LinkFound', { booking: number, joinUrl: z.string() }),
  /** After a day the event still had no Teams link. */
  event('LinkMissing', { booking: number }),
  event('InvitationFailed', { booking: number, cause: graphFailure }),
  event('MeetingCancelled', { booking: number, reason: text }),
  event('CancellationSent', { booking: number }),
  /** It will not take place after all, and the case goes on without it (CD6). */
  event('MeetingCalledOff', { reason: text }),
  /** `reason`: why on that day, where it was not the one booked, or too late with nothing said of it. Absent where nobody was asked. */
  event('MeetingHeld', { booking: number, on: date, reason: text.exactOptional() }),
  /** Why the booking is later than the case's time limit allows, where another case chose its time, or chose it before (C21, X10). */
  event('MeetingLatenessExplained', { booking: number, reason: text }),
  /** Another case has asked for a conference already: those who book are asked whether one is to serve both (Q26). */
  event('SharingOffered', { with: z.string() }),
  event('SharingAgreed', {}),
  /** The other conference can be joined no more. */
  event('SharingEnded', {}),
  /** One conference serves this case and another, which books it (X10). */
  event('MeetingShared', { with: z.string() }),
  event('MeetingFollowed', { booking: followed }),
  /** Another case's conference is this one (X10). */
  event('MeetingJoined', { guest }),
  /** A case that it served needs it no more (CD6). */
  event('MeetingLeft', { reference: z.string() }),
] as const;

/** A moment that the bot may choose or has chosen for the reconvened conference. */
export type Slot = z.infer<typeof slot>;
/** What reading the calendars gave. */
export type TimesFound = z.infer<typeof timesFound>;
/** What a case that shares a conference knows of its booking: the time and what became of it, nobody's calendar and nobody's words. */
export type Followed = z.infer<typeof followed>;
/**
 * A date that another case's conference has to meet: a window of its procedure, the day and instant that it is counted from, and what
 * that was, in the words of its procedure.
 */
export type GuestWindow = z.infer<typeof guestWindow>;
/** Another case that one conference serves too: who has to be there for it, and what it asks of the conference (X10, Q26). */
export type Guest = z.infer<typeof guest>;

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

/** From one instant to another. */
const span = z.strictObject({ start: instant, end: instant });

/** How somebody answered an invitation, as Outlook has it; `none` as long as they have not. */
const answer = z.enum(['none', 'accepted', 'tentative', 'declined']);

/** What Outlook says of an event as a whole. */
const outlookEvent = {
  /** `cancelled` and `gone` (deleted): by hand, since the bot knows what it did itself (OB3). */
  is: z.enum(['there', 'cancelled', 'gone']),
  /** When it is to be; null where it is gone. */
  at: span.nullable(),
};

const reading = z.strictObject({
  ...outlookEvent,
  /** When it was read and found to be so. Read again since and found to be the same, it is not written down again. */
  readAt: instant,
  /** Those whom the bot invited and Outlook still does, each with their answer and the other time that they proposed, if any. */
  answers: z.array(z.strictObject({ person: id, answer, proposed: span.exactOptional() })),
  /** Those whom the bot invited and somebody took off the event by hand. */
  takenOff: z.array(id),
  /** Those whom somebody invited by hand, by the names that Outlook has for them. */
  others: z.array(z.strictObject({ name: text, answer })),
  /** The room that was invited has declined. */
  room: z.literal('declined').exactOptional(),
  /** Of the people who have to be there, those whom another conference needs at the time to which it was moved by hand (OB1). */
  claimed: z.array(id).exactOptional(),
});

/** What an invitation said, so that a change changes that alone (OB9). */
const asked = z.strictObject({
  subject: z.string(),
  invited: z.array(z.strictObject({ person: id, email: z.string(), required: z.boolean() })),
});

/** A room that was invited, by its name and its mailbox. */
const room = z.strictObject({ name: z.string(), mailbox: z.string() });

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
  /** What became of its event in Outlook by hand, and where it meets; absent where nothing did, and where there is no room. */
  found: z.strictObject(outlookEvent).exactOptional(),
  place: z.string().exactOptional(),
});

const guestWindow = z.strictObject({
  kind: z.enum(['time limit', 'local target']),
  /** A window of its procedure as it stood then: what a procedure may say later does not alter what happened. */
  window: z.strictObject({
    within: z.int().nullable(),
    unit: z.enum(['working-days', 'calendar-days', 'months', 'hours']),
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
  /** Who is invited besides chair, dissenter and those whom another case brings, instead of those whom the chair listed (CD5). */
  event('InvitedChanged', { required: z.array(id), optional: z.array(id) }),
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
    /** What it said and whom it went to; absent in what was sent before that was kept. */
    asked: asked.exactOptional(),
    /** The room that was invited; null where none was free and large enough, absent where the directory lists none (OB10). */
    room: room.nullable().exactOptional(),
  }),
  /** What Outlook said of the event when it was looked at, where that was other than what was known of it (OB3). */
  event('OutlookRead', { booking: number, reading }),
  /** The time to which somebody moved the event in Outlook is the conference's: by itself where it could have been offered (OB3). */
  event('OutlookTimeTaken', { booking: number, slot, reason: text.nullable() }),
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
/** From one instant to another. */
export type Span = z.infer<typeof span>;
/** How somebody answered an invitation. */
export type Answer = z.infer<typeof answer>;
/** What Outlook said of a booked conference's event, and when. */
export type Reading = z.infer<typeof reading>;
/** What an invitation said, and whom it went to. */
export type Asked = z.infer<typeof asked>;
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

import { type Booking, currentBooking, everybodyIn } from './bookings.ts';
import type { Case } from './case.ts';
import { silenceAt } from './commands/choosing.ts';
import type { Report } from './commands.ts';
import type { CaseEvent } from './events/events.ts';
import type { Slot } from './events/meetingEvents.ts';
import { takeReading } from './outlook.ts';
import { stageOfKind } from './procedure.ts';
import type { Procedure } from './procedureShape.ts';
import { attendeesOf, chairWanted, meetingChairOf, takeSharingReport } from './sharing.ts';
import { tasksOf } from './tasks.ts';

type Taken<T extends Report['type']> = (current: Case, report: Extract<Report, { type: T }>, procedure: Procedure) => CaseEvent[];

const reports: { [T in Report['type']]: Taken<T> } = {
  ReportTimes: (current, { found }, procedure) => {
    const stage = stageOfKind(procedure, current.stage, 'reconvene');
    if (current.status === 'closed' || !stage || !current.timesWanted) return [];
    if (chairWanted(current, procedure) || current.sharing?.state === 'shared') return [];
    const [best] = found.slots;
    const [offered] = [...found.slots, ...found.leastBad];
    if (offered && !coversEverybody(offered, current)) return [];
    const ownChoices = current.bookings.every((booking) => lostByBot(booking) && booking.calendarEvent === null);
    const books = stage.chosenBy === 'bot' && ownChoices && current.sharing === null;
    // Unknown, or perhaps busy, is never free: the bot books by itself only when it knows at least that nothing is in the chair's way.
    const sure = books && best && [...best.free, ...(best.outside ?? [])].includes(meetingChairOf(current)) ? [best] : [];
    const chosen = sure.map((slot): CaseEvent => ({ type: 'TimeChosen', booking: current.bookings.length + 1, slot, reason: null }));
    return [{ type: 'TimesFound', found }, ...chosen];
  },
  TakeSilence: (current, { stage }, procedure) => silenceAt(current, stage, procedure),
  ConfirmInvitation: (_current, { type: _, ...sent }) => [{ type: 'InvitationSent', ...sent }],
  LoseTime: (current, { booking: number, slot }) => {
    const booking = currentBooking(current);
    if (booking?.number !== number || booking.status !== 'wanted' || booking.slot.start !== slot.start) return [];
    const next: CaseEvent[] = booking.chosenBy.person === 'bot' && booking.calendarEvent === null ? [{ type: 'TimesRequested' }] : [];
    return [{ type: 'TimeLost', booking: number, slot }, ...next];
  },
  ReadOutlook: takeReading,
  FindLink: (current, { booking, joinUrl }) => (lacksLink(current, booking) ? [{ type: 'LinkFound', booking, joinUrl }] : []),
  MissLink: (current, { booking }) =>
    lacksLink(current, booking) && !currentBooking(current)?.linkMissing ? [{ type: 'LinkMissing', booking }] : [],
  FailInvitation: (_current, { booking, cause }) => [{ type: 'InvitationFailed', booking, cause }],
  ConfirmCancellation: (_current, { booking }) => [{ type: 'CancellationSent', booking }],
  MoveDates: ({ dates, status }, { moved }) =>
    moved.filter(
      ({ stage, kind, from }) => status === 'open' && dates.some((each) => each.stage === stage && each.kind === kind && each.due === from),
    ),
  OfferSharing: takeSharingReport,
  AgreeSharing: takeSharingReport,
  EndSharing: takeSharingReport,
  JoinMeeting: takeSharingReport,
  LeaveMeeting: takeSharingReport,
  ShareMeeting: takeSharingReport,
  FollowMeeting: takeSharingReport,
  ConfirmSending: ({ conclusion }, { sending }) =>
    conclusion.sendings.some(({ number, status }) => number === sending && status !== 'sent') ? [{ type: 'SendingDone', sending }] : [],
  FailSending: ({ conclusion }, { sending, cause }) =>
    conclusion.sendings.some(({ number, status }) => number === sending && status === 'wanted')
      ? [{ type: 'SendingFailed', sending, cause }]
      : [],
  ConfirmTold: (current, { task }, procedure) =>
    tasksOf(current, procedure).some(({ id, done }) => id === task && done === null) ? [{ type: 'TaskTicked', task, note: null }] : [],
  ConfirmFiling: ({ conclusion }, { child, fileReference, item }) =>
    conclusion.filed[child] ? [] : [{ type: 'ReasonsFiled', child, fileReference, item }],
  FailFiling: ({ conclusion, status }, { child, cause }) =>
    conclusion.filed[child] || status === 'closed' ? [] : [{ type: 'FilingFailed', child, cause }],
};

/**
 * What the bot's own report of its work comes to: events, or none when the case has it already, or has moved past what is reported.
 * A report is never refused; the world has already changed.
 */
export function takeReport(current: Case, report: Report, procedure: Procedure): CaseEvent[] {
  return (reports[report.type] as Taken<Report['type']>)(current, report, procedure);
}

/** Whether the bot's own choice was lost, so that it may choose again. */
function lostByBot({ status, chosenBy }: Booking): boolean {
  return status === 'lost' && chosenBy.person === 'bot';
}

/** Whether a booking stands in Outlook without a Teams link (OB6). */
function lacksLink(current: Case, number: number): boolean {
  const booking = currentBooking(current);
  return booking?.number === number && booking.status === 'sent' && booking.joinUrl === null;
}

/** Whether everybody who has to be there was looked for: others may have joined while calendars were read (X10). */
function coversEverybody(slot: Slot, current: Case): boolean {
  const read = new Set(everybodyIn(slot));
  return attendeesOf(current).every(({ person, required }) => !required || read.has(person));
}

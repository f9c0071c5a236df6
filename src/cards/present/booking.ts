import type { CaseForViewer } from '../../app/seeCase.ts';
import { introduce, nameOf } from '../../directory/names.ts';
import { type Booking, byHand, currentBooking, dayOf, IN_OUTLOOK, lostTime } from '../../domain/bookings.ts';
import type { Slot } from '../../domain/events/meetingEvents.ts';
import { dateOf, sayDate, sayInstant } from '../../domain/londonTime.ts';
import { latenessToExplain, meetingWindow, windowStart } from '../../domain/meetingWindow.ts';
import type { ReconveneStage } from '../../domain/procedureParts.ts';
import { attendeesOf, chairWanted, meetingChairOf } from '../../domain/sharing.ts';
import type { TimeLimit } from '../../domain/timeLimits.ts';
import { fewOf, listOf, sayMeeting, sayWhen, workingDays } from '../../domain/words.ts';
import { workingDaysAfter } from '../../domain/workingDays.ts';
import { type Due, explained, type Fact, sayLimit } from '../dates.ts';
import { sayOffer } from '../forms/meetingForms.ts';
import { type Alert, type Body, type Button, part, type Section, section } from './body.ts';
import { leftSection } from './checklist.ts';
import { invitedSection } from './invited.ts';
import { linkedAlerts } from './linked.ts';
import { calledOffSection, withdrawnSection } from './outcomeSections.ts';
import { outlookAlerts, outlookFacts, sayByHand, waysOn } from './outlook.ts';
import { togetherAlerts } from './together.ts';

/**
 * The card of those who book: the window, what is booked or why nothing is, and what can be done (C21). It holds no reasons and no child.
 */
export function presentBooking(seen: CaseForViewer, name: string, stage: ReconveneStage): Body {
  const { current, procedure, calendar, now } = seen;
  const booking = currentBooking(current);
  const { limit, target } = meetingWindow(current, procedure, calendar, now, name);
  const over = booking?.status === 'held' || current.calledOff !== null || current.status === 'closed';
  return {
    title: `Reconvened ${procedure.words.meeting}`,
    alerts: [
      ...(over ? [] : togetherAlerts(seen)),
      ...outlookAlerts(seen),
      ...lostAlerts(seen),
      ...(booking
        ? bookedAlerts(booking, latenessToExplain(current, procedure, calendar, now), limit, target)
        : over
          ? []
          : [...overdueAlerts(limit), ...waitingAlerts(seen, stage, limit)]),
      ...linkedAlerts(seen),
    ],
    dues: over ? [] : duesOf(seen, limit, target),
    parts: [
      part('booked', [...(booking ? [bookedSection(seen, stage, booking, limit)] : cancelledSection(seen)), ...invitedSection(seen)]),
      part('times', booking || over ? [] : timesSections(seen)),
      part(
        'withdrawn',
        withdrawnSection(seen).map((each) => ({ ...each, typed: [] })),
      ),
      part('left', leftSection(seen)),
    ],
    buttons: buttonsOf(seen, booking),
  };
}

function duesOf(seen: CaseForViewer, limit: TimeLimit | null, target: TimeLimit | null): Due[] {
  const earlier = target ? `earlier target ${sayDate(target.due)}` : '';
  const both = limit ? `Hold by ${sayDate(limit.due)}${earlier === '' ? '' : `; ${earlier}`}.` : '';
  return [
    ...(limit ? [explained(limit, both, seen)] : []),
    // The line above says both dates; this one only explains the second.
    ...(target ? [explained(target, limit ? '' : `Hold by ${sayLimit(target)}`, seen)] : []),
  ];
}

function bookedAlerts(booking: Booking, unsaid: TimeLimit | null, limit: TimeLimit | null, target: TimeLimit | null): Alert[] {
  const { status, failure, linkMissing, inOutlook } = booking;
  const day = dayOf(booking);
  const afterLimit = limit !== null && day > limit.due;
  const afterTarget = target !== null && day > target.due;
  return [
    ...(linkMissing && status === 'sent' ? [{ text: NO_LINK, style: 'attention' } as const] : []),
    ...(status === 'failed' && failure !== null
      ? [
          {
            text: `${inOutlook ? `Not changed in Outlook, which still has ${sayMeeting(inOutlook)}.` : 'Not in the calendar.'} ${WHAT_TO_DO[failure]}`,
            style: 'attention',
          } as const,
        ]
      : []),
    ...(afterLimit || unsaid
      ? [
          {
            text: `OVERDUE: this is after the last day, ${sayDate((unsaid ?? limit)?.due ?? day)}.${unsaid ? ' Nobody has said why yet.' : ''}`,
            style: 'attention',
          } as const,
        ]
      : []),
    ...(!afterLimit && !unsaid && afterTarget
      ? [{ text: `This is after the earlier target, ${sayDate(target.due)}, and inside the time limit.`, style: 'warning' } as const]
      : []),
  ];
}

/** That the time chosen last was no longer free when calendars were read again (OB1, OB2). */
function lostAlerts({ current, directory }: CaseForViewer): Alert[] {
  const lost = lostTime(current);
  if (!lost || current.status === 'closed' || (lost.chosenBy.person === 'bot' && current.timesWanted)) return [];
  const busy = listOf(lost.slot.busy.map((person) => nameOf(directory, person)));
  const text = `${sayMeeting(lost.slot)} is no longer free: ${busy} cannot be there. Nobody was invited to it. Choose another time, or the same one with a reason.`;
  return [{ text, style: 'attention' }];
}

const NO_LINK =
  'The meeting has no Teams link, a day after it was booked. Ask your IT support to let the mailbox that books it make Teams meetings, and send everyone a link of your own.';

const WHAT_TO_DO: Record<NonNullable<Booking['failure']>, string> = {
  permission:
    'The bot may not write to the calendar that meetings are booked from. Ask your IT support to allow it, then press "Try again".',
  'not-found':
    'The calendar that meetings are booked from was not found. Ask your IT support to set up its mailbox, then press "Try again".',
  rejected: 'Outlook did not take the invitation. Press "Try again"; if it fails again, choose another time or ask your IT support.',
};

/** Those who choose a time and are not in the directory. */
const CHOOSERS: Record<string, string> = { bot: 'the bot, as the best time', [IN_OUTLOOK.person]: 'somebody in Outlook' };

function bookedSection(seen: CaseForViewer, stage: ReconveneStage, booking: Booking, limit: TimeLimit | null): Section {
  const { directory, current, procedure, calendar } = seen;
  const { status, reason, explained: whyLate, heldBecause, joinUrl, chosenBy, heldOn, inOutlook } = booking;
  const moves = inOutlook !== undefined && inOutlook.start !== booking.slot.start && heldOn === null;
  const slot = ofAttendees(booking.slot, seen);
  const there = new Set(attendeesOf(current).map(({ person }) => person));
  const uninvited = (booking.uninvited ?? []).filter((person) => status === 'sent' && there.has(person));
  const people = (some: string[]) => listOf(some.map((person) => nameOf(directory, person)));
  const within = limit?.unit === 'working-days' ? limit.within : null;
  const workingDay =
    heldOn === null ? slot.workingDay : workingDaysAfter(calendar, windowStart(current, stage), Temporal.PlainDate.from(heldOn));
  const of = within === null ? '' : workingDay > within ? ` (the time limit is ${within})` : ` of ${within}`;
  const wanted = chairWanted(current, procedure)
    ? 'Goes to everyone once another chair is chosen'
    : booking.heldFor === undefined
      ? "Being put in everyone's calendar"
      : "To be put in everyone's calendar";
  const where = {
    wanted,
    sent: "In everyone's calendar",
    failed: inOutlook ? 'As it was: the change is not in Outlook' : 'Not in the calendar',
    lost: 'As it was: the other time was not free',
    held: 'Recorded as held',
    cancelled: 'Cancelled',
    'cancellation-sent': 'Cancelled',
  };
  const hand = sayByHand(booking);
  const facts: Fact[] = [
    ...(heldOn === null ? [] : [{ title: 'Held on', value: sayDate(heldOn) }]),
    ...(heldOn === null || heldOn === dateOf(slot.start).toString() ? [] : [{ title: 'Booked for', value: sayMeeting(slot) }]),
    { title: 'Working day', value: `${workingDay}${of}` },
    ...(moves ? [{ title: hand ? 'We had booked' : 'Wanted instead', value: sayMeeting(slot) }] : []),
    { title: 'Calendar', value: hand ?? where[status] },
    ...(current.otherChair === null ? [] : [{ title: 'Chaired by', value: introduce(directory, current.otherChair) }]),
    { title: 'Chosen by', value: CHOOSERS[chosenBy.person] ?? introduce(directory, chosenBy.person) },
    ...(uninvited.length > 0
      ? [{ title: 'Not invited', value: `${people(uninvited)}. No mailbox of theirs is known. Please tell them yourself.` }]
      : []),
    ...(slot.free.length > 0 ? [{ title: 'Free', value: people(slot.free) }] : []),
    ...(slot.tentative.length > 0 ? [{ title: 'May be busy', value: people(slot.tentative) }] : []),
    ...(slot.busy.length > 0 ? [{ title: 'Busy', value: people(slot.busy) }] : []),
    ...(slot.outside && slot.outside.length > 0 ? [{ title: 'Outside their working hours', value: people(slot.outside) }] : []),
    ...(slot.readAt === undefined ? [] : [{ title: 'Calendars read', value: sayInstant(slot.readAt) }]),
    ...(slot.unknown.length > 0 ? [{ title: 'Not known', value: `${people(slot.unknown)}. Please ask them.` }] : []),
    ...outlookFacts(seen),
  ];
  const off = hand !== null && byHand(booking) !== 'moved';
  return section(off ? 'Not in Outlook any more' : status === 'held' ? 'Held' : status === 'sent' || inOutlook ? 'Booked' : 'Time chosen', {
    lead: sayWhen(booking),
    facts,
    typed: [
      ...(reason === null ? [] : [{ id: 'booking', label: 'Why this time', text: reason }]),
      ...(whyLate === undefined ? [] : [{ id: 'late', label: 'Why it is late', text: whyLate }]),
      ...(heldBecause === undefined ? [] : [{ id: 'held', label: 'Why on that day', text: heldBecause }]),
    ],
    links: joinUrl === null || status === 'held' || off ? [] : [{ title: 'Open the Teams meeting', url: joinUrl }],
  });
}

/** A slot with those left out who have no part in it any more, such as a chair in whose place another was chosen. */
function ofAttendees(slot: Slot, { current }: CaseForViewer): Slot {
  const there = new Set(attendeesOf(current).map(({ person }) => person));
  const those = (people: string[]) => people.filter((person) => there.has(person));
  const { outside } = slot;
  return {
    ...slot,
    free: those(slot.free),
    tentative: those(slot.tentative),
    busy: those(slot.busy),
    unknown: those(slot.unknown),
    ...(outside ? { outside: those(outside) } : {}),
  };
}

function cancelledSection(seen: CaseForViewer): Section[] {
  const { current } = seen;
  if (current.calledOff) return calledOffSection(seen);
  const last = current.bookings.at(-1);
  if (!last || last.status === 'lost') return [];
  const meta = last.status === 'cancelled' ? 'The cancellation is being sent.' : 'Everyone invited has been sent the cancellation.';
  return [
    section('Cancelled', {
      lead: sayMeeting(last.slot),
      meta,
      typed: last.reason === null ? [] : [{ id: 'booking', label: 'Why', text: last.reason }],
    }),
  ];
}

/** Said once the last day has passed with nothing booked (C21). */
function overdueAlerts(limit: TimeLimit | null): Alert[] {
  if (limit === null || limit.overdueBy === 0) return [];
  return [{ text: `OVERDUE by ${workingDays(limit.overdueBy)}. The last day was ${sayDate(limit.due)}.`, style: 'attention' }];
}

/** Why nothing is booked, and what to do next. */
function waitingAlerts(seen: CaseForViewer, stage: ReconveneStage, limit: TimeLimit | null): Alert[] {
  const { current, directory, procedure } = seen;
  const { times, timesWanted } = current;
  if (chairWanted(current, procedure) || current.sharing?.state === 'shared') return [];
  if (timesWanted || !times)
    return [
      { text: timesWanted ? 'Reading calendars. Times will show here soon.' : 'No times have been looked for yet.', style: 'accent' },
    ];
  const [best] = ahead(times.slots, seen);
  if (best) {
    const chair = meetingChairOf(current);
    const unread = stage.chosenBy === 'bot' && current.bookings.length === 0 && ![...best.free, ...(best.outside ?? [])].includes(chair);
    const why = best.tentative.includes(chair) ? 'may be busy then' : 'has a calendar that cannot be read';
    return [
      {
        text: `Nothing is booked yet. ${unread ? `${nameOf(directory, chair)}, who chairs it, ${why}: please check with them and choose` : 'Choose'} a time.`,
        style: 'warning',
      },
    ];
  }
  const last = limit ? ` by ${sayDate(limit.due)}` : '';
  if (ahead(times.leastBad, seen).length === 0)
    return [{ text: `No time is left${last}. Choose a day and time of your own; after the last day, say why.`, style: 'attention' }];
  const blockers = fewOf(times.blockers.map((person) => nameOf(directory, person)));
  return [
    {
      text: `Nothing is booked: no time${last} is free for everyone who has to be there.${blockers === '' ? '' : ` Most often busy: ${blockers}.`}`,
      style: 'attention',
    },
  ];
}

function timesSections(seen: CaseForViewer): Section[] {
  const { times, timesWanted } = seen.current;
  if (!times || timesWanted) return [];
  const [slots, leastBad] = [ahead(times.slots, seen), ahead(times.leastBad, seen)];
  const numbered = (slots: Slot[], say: (slot: Slot) => string): Fact[] =>
    slots.map((slot, index) => ({ title: `${index + 1}`, value: say(slot) }));
  const ask = (slot: Slot) =>
    `${sayOffer(slot, seen)}. Ask ${fewOf(slot.busy.map((person) => nameOf(seen.directory, person)))} to make room.`;
  if (slots.length > 0) return [section('Best times', { facts: numbered(slots, (slot) => sayOffer(slot, seen)) })];
  return leastBad.length === 0 ? [] : [section('The least bad times', { facts: numbered(leastBad, ask) })];
}

/** Of the times found some while ago, those that have not gone. */
function ahead(slots: Slot[], { now }: CaseForViewer): Slot[] {
  return slots.filter(({ start }) => Temporal.Instant.compare(start, now) > 0);
}

function buttonsOf(seen: CaseForViewer, booking: Booking | null): Button[] {
  const due = booking !== null && dateOf(booking.slot.start).toString() <= dateOf(seen.now).toString();
  const whyLate = { verb: 'why-late', title: 'Say why it is late', style: 'positive' } as const;
  if (booking?.status === 'held') return [whyLate];
  const chairFirst = chairWanted(seen.current, seen.procedure);
  const move = { verb: 'move', title: booking && byHand(booking) ? 'Choose another time' : booking ? 'Move' : 'Choose a time' } as const;
  const chair = { verb: 'chair', title: chairFirst ? 'Choose another chair' : 'Change the chair' } as const;
  return [
    whyLate,
    { verb: 'share', title: `Hold one ${seen.procedure.words.meeting} for both`, style: 'positive' },
    ...(chairFirst ? [{ ...chair, style: 'positive' as const }] : []),
    ...(booking && !chairFirst ? waysOn(booking) : []),
    ...(booking?.status === 'failed' && !chairFirst ? [{ verb: 'retry', title: 'Try again', style: 'positive' } as const] : []),
    ...(due && !chairFirst ? [{ verb: 'held', title: 'Record as held', style: 'positive' } as const] : []),
    ...(chairFirst ? [] : [booking ? move : { ...move, style: 'positive' as const }, chair]),
    { verb: 'people', title: 'Change who is invited' },
    ...(booking ? [{ verb: 'cancel', title: `Cancel the ${seen.procedure.words.meeting}` } as const] : []),
    ...(booking || chairFirst || seen.current.timesWanted ? [] : [{ verb: 'times', title: 'Look again for times' } as const]),
    { verb: 'call-off', title: 'It will not take place' },
  ];
}

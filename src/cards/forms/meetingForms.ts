import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { nameOf } from '../../directory/names.ts';
import { currentBooking } from '../../domain/bookings.ts';
import type { Slot } from '../../domain/events/meetingEvents.ts';
import { sayShortfalls, shortfallsOf } from '../../domain/lawfulTime.ts';
import { dateOf, LONDON, sayDate, sayInstant } from '../../domain/londonTime.ts';
import { latenessToExplain, meetingWindow } from '../../domain/meetingWindow.ts';
import { stageOfKind } from '../../domain/procedure.ts';
import { chairsToChoose } from '../../domain/sharing.ts';
import { capitalised, fewOf, listOf, sayMeeting, workingDays } from '../../domain/words.ts';
import { type Choice, dateBetween, field, needed, oneOf, optional } from '../inputs.ts';
import { type CaseForm, form, peopleChoices } from './form.ts';

/** The choice that stands for a day and time of one's own. */
const OWN = 'own';
const SAY = {
  slot: 'Choose a time from the list, or give your own day and time.',
  both: 'You chose a time from the list and also gave your own. Choose "My own day and time, below", or go Back to empty this form.',
  date: 'Give the day.',
  time: 'Give the time, such as 10:00.',
};

/**
 * Chooses or moves the time of the reconvened conference: one of the times found, or a day and time of one's own (London).
 * A reason is needed where it falls short of what the bot could offer, which the case itself judges (C21, CD14).
 */
export function moveForm(seen: CaseForViewer): CaseForm<'ChooseTime'> {
  const { current, procedure, now } = seen;
  const found = [...(current.times?.slots ?? []), ...(current.times?.leastBad ?? [])];
  const offered = found.filter(({ start }) => Temporal.Instant.compare(start, now) > 0 && start !== currentBooking(current)?.slot.start);
  const inOrder = offered.toSorted((one, other) => Temporal.Instant.compare(one.start, other.start));
  const choices: Choice[] = inOrder.map((slot) => ({ title: sayOffer(slot, seen), value: slot.start }));
  const today = dateOf(now);
  const title = currentBooking(current) ? `Move the ${procedure.words.meeting}` : 'Choose a time';
  const outside = 'Choose a day from today on and within a year.';
  return form(
    title,
    currentBooking(current) ? 'Move it' : 'Book it',
    [
      ...(choices.length > 0
        ? [
            field('one', 'slot', 'Times to choose from', {
              choices: [...choices, { title: 'My own day and time, below', value: OWN }],
              // A form of which nothing is filled in arrives like the button that opens it: this is what tells them apart.
              value: OWN,
              errorMessage: SAY.slot,
            }),
          ]
        : []),
      field('date', 'date', 'Your own day', { errorMessage: SAY.date, isRequired: choices.length === 0 }),
      field('time', 'time', 'Your own time (London)', { errorMessage: SAY.time, isRequired: choices.length === 0 }),
      field('long', 'reason', 'Why this time?', {
        hint: whyThisTime(seen),
      }),
    ],
    z
      .object({ slot: z.string().default(''), date: z.string().default(''), time: z.string().default(''), reason: optional() })
      .transform(({ slot, date, time, reason }, context) => {
        const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
        const listed = choices.find(({ value }) => value === slot);
        if (listed && date === '' && time === '') return { start: listed.value, reason };
        if (listed) fault('slot', SAY.both);
        else if (date === '' && time === '') fault(choices.length > 0 ? 'slot' : 'date', choices.length > 0 ? SAY.slot : SAY.date);
        const day = dateBetween(today, today.add({ years: 1 }), SAY.date, outside).safeParse(date);
        const clock = z.iso
          .time({ precision: -1 })
          .or(z.iso.time({ precision: 0 }))
          .safeParse(time);
        if (day.success && clock.success && !listed) {
          const start = Temporal.PlainDate.from(day.data).toZonedDateTime({ timeZone: LONDON, plainTime: clock.data }).toInstant();
          return { start: start.toString(), reason };
        }
        if (!day.success && (date !== '' || time !== '')) fault('date', day.error.issues[0]?.message ?? SAY.date);
        if (!clock.success && (date !== '' || time !== '')) fault('time', SAY.time);
        return z.NEVER;
      }),
    ({ start, reason }) => ({ type: 'ChooseTime', start, reason }),
  );
}

/** When a reason is needed: the time is short of what the bot could offer (CD14). */
function whyThisTime({ current, procedure, calendar, now }: CaseForViewer): string {
  const stage = stageOfKind(procedure, current.stage, 'reconvene');
  const { limit } = meetingWindow(current, procedure, calendar, now);
  const short = [
    ...(stage && stage.notice > 0 ? [`within ${workingDays(stage.notice)}`] : []),
    ...(stage ? [`outside ${stage.hours.from} to ${stage.hours.to}`] : []),
    ...(limit ? [`after ${sayDate(limit.due)}`] : []),
    'or when somebody who has to be there is busy',
  ];
  return `Needed for a time ${short.join(', ')}.`;
}

/** A time as it is offered: when, which working day of the window, and who can be there. */
export function sayOffer(slot: Slot, { directory }: Pick<CaseForViewer, 'directory'>): string {
  const names = (people: string[]) => fewOf(people.map((person) => nameOf(directory, person)));
  const who = [
    ...(slot.busy.length > 0 ? [`busy: ${names(slot.busy)}`] : []),
    ...(slot.tentative.length > 0 ? [`may be busy: ${names(slot.tentative)}`] : []),
    ...(slot.outside ? [`outside their hours: ${names(slot.outside)}`] : []),
    ...(slot.unknown.length > 0 ? [`not known: ${names(slot.unknown)}`] : []),
  ];
  const target = slot.meetsTarget === false ? ', after the earlier target' : '';
  return `${sayInstant(slot.start)} (working day ${slot.workingDay}${target}) - ${who.length === 0 ? 'all free' : who.join('; ')}`;
}

/** Takes the time to which somebody moved it in Outlook; with a reason where it could not have been offered (OB3). */
export function takeTimeForm({ current, procedure, calendar, now }: CaseForViewer): CaseForm<'TakeOutlookTime'> {
  const at = currentBooking(current)?.outlook?.at;
  const short = at ? sayShortfalls(shortfallsOf(at, current, procedure, calendar, now), current, procedure, calendar, now) : [];
  return form(
    at ? `Take ${sayMeeting(at)}` : 'Take the time that Outlook has',
    'Take it',
    [
      field('long', 'reason', 'Why this time?', {
        hint: short.length > 0 ? `Needed, since it is ${listOf(short)}.` : 'Needed only where somebody who has to be there is busy then.',
      }),
    ],
    z.object({ reason: optional() }),
    ({ reason }) => ({ type: 'TakeOutlookTime', reason }),
  );
}

/** Chooses who chairs the reconvened conference: somebody who did not chair the first, and has no other part in it (Q28, P8). */
export function chairForm(seen: CaseForViewer): CaseForm<'ChooseChair'> {
  const { current, procedure, roster } = seen;
  const { meeting } = procedure.words;
  const choices = peopleChoices(seen, chairsToChoose(current, procedure, roster));
  const missing = 'Choose a chair from the list.';
  return form(
    `Who chairs the reconvened ${meeting}`,
    'Choose this chair',
    [
      field('choice', 'chair', 'Who is to chair it?', {
        isRequired: true,
        errorMessage: missing,
        choices,
        hint: 'Everyone invited gets the invitation anew.',
      }),
    ],
    z.object({ chair: oneOf(choices, missing) }),
    ({ chair }) => ({ type: 'ChooseChair', chair }),
  );
}

/** Calls the conference off; its calendar event is cancelled. */
export function cancelForm({ procedure }: CaseForViewer): CaseForm<'CancelMeeting'> {
  const missing = 'Say why it is cancelled.';
  return form(
    `Cancel the ${procedure.words.meeting}`,
    'Cancel it',
    [
      field('long', 'reason', 'Why is it cancelled?', {
        isRequired: true,
        errorMessage: missing,
        hint: 'Everyone invited gets a cancellation with the case reference only. The reason is kept on the case.',
      }),
    ],
    z.object({ reason: needed(missing) }),
    ({ reason }) => ({ type: 'CancelMeeting', reason }),
  );
}

/** Says that the conference will not take place after all, and lets the case go on (CD6). */
export function callOffForm({ procedure: { words } }: CaseForViewer): CaseForm<'CallOffMeeting'> {
  const missing = 'Say why it will not take place.';
  return form(
    `The ${words.meeting} will not take place`,
    'It will not take place',
    [
      field('long', 'reason', 'Why will it not take place?', {
        isRequired: true,
        errorMessage: missing,
        hint: `Everyone invited gets a cancellation with the case reference only, and those on this ${words.case} are told. The case then goes on to its end: this cannot be taken back. To find another day, go back and press "Cancel" or "Move".`,
      }),
    ],
    z.object({ reason: needed(missing) }),
    ({ reason }) => ({ type: 'CallOffMeeting', reason }),
  );
}

/** Records that the reconvened conference was held (Q29). */
export function heldForm({ current, procedure, calendar, now }: CaseForViewer): CaseForm<'ReportHeld'> {
  const booking = currentBooking(current);
  const late = latenessToExplain(current, procedure, calendar, now);
  const today = dateOf(now);
  const booked = booking ? dateOf(booking.slot.start).toString() : '';
  const value = booked <= today.toString() ? booked : '';
  const missing = `Give the day on which the ${procedure.words.meeting} was held.`;
  return form(
    `${capitalised(procedure.words.meeting)} held`,
    'Record it',
    [
      field('date', 'on', 'On which day was it held?', { isRequired: true, errorMessage: missing, value }),
      field('long', 'reason', 'Why on that day?', {
        hint: late
          ? `Needed, since it is after ${sayDate(late.due)}, the last day, and nobody has said why.`
          : `Needed only for another day than ${booked === '' ? 'the one booked' : sayDate(booked)}.`,
      }),
    ],
    z.object({
      reason: optional(),
      on: dateBetween(today.subtract({ years: 1 }), today, missing, 'Give a day in the past year, and not one that has yet to come.'),
    }),
    ({ on, reason }) => ({ type: 'ReportHeld', on, reason }),
  );
}

/** Says why the conference is later than the case's own time limit allows, where its time was chosen without that (C21, X10). */
export function whyLateForm({ procedure: { words } }: CaseForViewer): CaseForm<'ExplainLateness'> {
  const missing = 'Say why it is late.';
  return form(
    'Say why it is late',
    'Send it',
    [
      field('long', 'reason', `Why is the ${words.meeting} after the last day?`, {
        isRequired: true,
        errorMessage: missing,
        hint: 'This is kept on this case alone.',
      }),
    ],
    z.object({ reason: needed(missing) }),
    ({ reason }) => ({ type: 'ExplainLateness', reason }),
  );
}

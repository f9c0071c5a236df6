import type { Client } from '@microsoft/microsoft-graph-client';
import type { Attendee, Event } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import { OutsideFault } from '../app/faults.ts';
import type { Calendars, Invitation, Log } from '../app/ports.ts';
import { ask, eventAnswer, eventsAnswer, userAnswer } from './answers.ts';
import { readBusyTimes, utc } from './busyTimes.ts';

type Booked = z.infer<typeof eventAnswer>;

/** Times in UTC; ids that stay the same when an event is moved between folders, since a case keeps them. */
const HEADERS = { Prefer: 'outlook.timezone="UTC", IdType="ImmutableId"' };
const WRITE = 'Calendars.ReadWrite';
const FIELDS = Object.keys(eventAnswer.shape).join();
/** How far from its time an event is looked for that was booked before under the same transaction, then moved. */
const SEARCHED = { hours: 31 * 24 };

/**
 * The calendars of a partnership through Graph. Booking is safe to repeat: the same `transactionId` ends in one event,
 * at the time that was asked for last, whatever was lost on the way. Every failure is an OutsideFault.
 */
export function graphCalendars(client: Client, log?: Log): Calendars {
  const request = (...path: string[]) => client.api(`/users/${path.map(encodeURIComponent).join('/')}`).headers(HEADERS);

  const read = (organiser: string, event: string) =>
    ask(eventAnswer, WRITE, () => request(organiser, 'events', event).select(FIELDS).get());

  const create = async (organiser: string, invitation: Invitation): Promise<Booked> => {
    try {
      return await ask(eventAnswer, WRITE, () => request(organiser, 'events').post(newEvent(invitation)));
    } catch (fault) {
      // A transaction seen before is answered with 400 or 409 too: only the calendar tells this from a bad request.
      if (!(fault instanceof OutsideFault) || (fault.kind !== 'rejected' && fault.kind !== 'conflict')) throw fault;
      const booked = await findBooked(organiser, invitation);
      if (!booked) throw fault;
      log?.info('the booking was in the calendar already', { transactionId: invitation.transactionId });
      return booked;
    }
  };

  const findBooked = async (organiser: string, invitation: Invitation): Promise<Booked | null> => {
    const window = { startDateTime: `${invitation.start.subtract(SEARCHED)}`, endDateTime: `${invitation.end.add(SEARCHED)}` };
    let page = await ask(eventsAnswer, WRITE, () => request(organiser, 'calendarView').query(window).select(FIELDS).top(250).get());
    for (;;) {
      const found = page.value.find((event) => event.transactionId === invitation.transactionId && !event.isCancelled);
      const next = page['@odata.nextLink'];
      if (found || !next) return found ?? null;
      // The client takes no absolute http:// address, so the link is made relative to the version again.
      page = await ask(eventsAnswer, WRITE, () =>
        client
          .api(next.slice(next.indexOf('/v1.0/') + 5))
          .headers(HEADERS)
          .get(),
      );
    }
  };

  const change = (organiser: string, event: string, invitation: Invitation) =>
    ask(eventAnswer, WRITE, () => request(organiser, 'events', event).patch(whatChanges(invitation)));

  return {
    busyTimes: (organiser, mailboxes, from, to) => readBusyTimes(client, HEADERS, organiser, mailboxes, from, to),

    async book(organiser, invitation) {
      const booked = await create(organiser, invitation);
      // The answer to a repeated request is the event as it was first booked, perhaps for another time or for fewer cases.
      const titled = (booked.subject ?? invitation.subject) === invitation.subject;
      const right = titled && booked.start.equals(invitation.start) && booked.end.equals(invitation.end);
      const event = right ? booked : await change(organiser, booked.id, invitation);
      const { onlineMeeting } = event.onlineMeeting?.joinUrl ? event : await read(organiser, event.id);
      return { calendarEvent: event.id, joinUrl: onlineMeeting?.joinUrl ?? null };
    },

    async move(organiser, calendarEvent, invitation) {
      const event = await change(organiser, calendarEvent, invitation);
      return { joinUrl: event.onlineMeeting?.joinUrl ?? null };
    },

    async linkOf(organiser, calendarEvent) {
      return (await read(organiser, calendarEvent)).onlineMeeting?.joinUrl ?? null;
    },

    async cancel(organiser, calendarEvent, comment) {
      try {
        await ask(z.unknown(), WRITE, () => request(organiser, 'events', calendarEvent, 'cancel').post({ comment }));
      } catch (fault) {
        if (!(fault instanceof OutsideFault) || !(await isGone(fault, () => read(organiser, calendarEvent)))) throw fault;
      }
    },

    async mailboxOf(aadObjectId) {
      try {
        const user = await ask(userAnswer, 'User.Read.All', () => request(aadObjectId).select(Object.keys(userAnswer.shape).join()).get());
        return user.mail ?? (user.userPrincipalName?.includes('#EXT#') ? null : (user.userPrincipalName ?? null));
      } catch (fault) {
        if (fault instanceof OutsideFault && fault.kind === 'not-found') return null;
        throw fault;
      }
    },
  };
}

/** A refused cancellation is no fault where the event was cancelled or deleted before, by hand or by an attempt whose answer was lost. */
async function isGone(fault: OutsideFault, read: () => Promise<Booked>): Promise<boolean> {
  if (fault.kind !== 'rejected') return fault.kind === 'gone';
  return read().then(
    (event) => event.isCancelled === true,
    (reason) => reason instanceof OutsideFault && reason.kind === 'gone',
  );
}

/** The body is not among what a move changes: without the Teams part that Outlook added to it, the meeting would lose its link. */
function whatChanges(invitation: Invitation): Event {
  return {
    subject: invitation.subject,
    start: utc(invitation.start),
    end: utc(invitation.end),
    attendees: invitation.attendees.map(
      ({ email, required }): Attendee => ({
        emailAddress: { address: email },
        type: required ? 'required' : 'optional',
      }),
    ),
  };
}

function newEvent(invitation: Invitation): Event {
  return {
    ...whatChanges(invitation),
    transactionId: invitation.transactionId,
    body: { contentType: 'text', content: invitation.lines.join('\n') },
    sensitivity: 'private',
    showAs: 'busy',
    isOnlineMeeting: true,
    onlineMeetingProvider: 'teamsForBusiness',
    allowNewTimeProposals: false,
    responseRequested: true,
    // X7: attendees may see each other, because no family member is ever among them.
    hideAttendees: false,
  };
}

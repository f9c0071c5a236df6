import type { Client } from '@microsoft/microsoft-graph-client';
import type { Event } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { Before, Calendars, Invitation } from '../app/calendars.ts';
import { OutsideFault } from '../app/faults.ts';
import type { Log } from '../app/ports.ts';
import { ask, eventAnswer, eventsAnswer, userAnswer } from './answers.ts';
import { readBusyTimes, utc } from './busyTimes.ts';
import { changesTo, foundOf, type GraphEvent, invitedBy, locationOf } from './eventChange.ts';

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

  /**
   * The event as it stands in the calendar; null for one that was deleted. What lies in Deleted Items is still found by an id that stays the
   * same in every folder, so the calendar itself is asked whether it has it.
   */
  const inCalendar = async (organiser: string, id: string): Promise<GraphEvent | null> => {
    const event = await read(organiser, id).catch((fault: unknown) => {
      if (fault instanceof OutsideFault && fault.kind === 'gone') return null;
      throw fault;
    });
    if (!event || event.isCancelled) return event;
    return (await find(organiser, event, (each) => each.id === id)) && event;
  };

  const create = async (organiser: string, invitation: Invitation): Promise<GraphEvent> => {
    try {
      return await ask(eventAnswer, WRITE, () => request(organiser, 'events').post(newEvent(invitation)));
    } catch (fault) {
      // A transaction seen before is answered with 400 or 409 too: only the calendar tells this from a bad request.
      if (!(fault instanceof OutsideFault) || (fault.kind !== 'rejected' && fault.kind !== 'conflict')) throw fault;
      const booked = await findBooked(invitation, organiser);
      if (!booked) throw fault;
      log?.info('the booking was in the calendar already', { transactionId: invitation.transactionId });
      return booked;
    }
  };

  const findBooked = ({ start, end, transactionId }: Invitation, organiser: string) =>
    find(
      organiser,
      { start: start.subtract(SEARCHED), end: end.add(SEARCHED) },
      (event) => event.transactionId === transactionId && !event.isCancelled,
    );

  const find = async (
    organiser: string,
    { start, end }: { start: Temporal.Instant; end: Temporal.Instant },
    sought: (event: GraphEvent) => boolean,
  ): Promise<GraphEvent | null> => {
    const window = { startDateTime: `${start}`, endDateTime: `${end}` };
    let page = await ask(eventsAnswer, WRITE, () => request(organiser, 'calendarView').query(window).select(FIELDS).top(250).get());
    for (;;) {
      const found = page.value.find(sought);
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

  const change = async (organiser: string, event: GraphEvent, invitation: Invitation, before: Before | null): Promise<GraphEvent> => {
    const changes = changesTo(event, invitation, before);
    if (Object.keys(changes).length === 0) return event;
    return ask(eventAnswer, WRITE, () => request(organiser, 'events', event.id).patch(changes));
  };

  return {
    busyTimes: (organiser, mailboxes, from, to) => readBusyTimes(client, HEADERS, organiser, mailboxes, from, to),

    async book(organiser, invitation) {
      const booked = await create(organiser, invitation);
      // The answer to a repeated request is the event as it was first booked, perhaps for another time or for fewer cases.
      const event = await change(organiser, booked, invitation, null);
      const { onlineMeeting } = event.onlineMeeting?.joinUrl ? event : await read(organiser, event.id);
      return { calendarEvent: event.id, joinUrl: onlineMeeting?.joinUrl ?? null };
    },

    async move(organiser, calendarEvent, invitation, before) {
      const present = await inCalendar(organiser, calendarEvent);
      if (!present || present.isCancelled)
        throw new OutsideFault('gone', 'the event is not in the calendar any more', 'Nothing to do for you: the booker can book it anew.');
      const event = await change(organiser, present, invitation, before);
      return { joinUrl: event.onlineMeeting?.joinUrl ?? null };
    },

    async read(organiser, calendarEvent) {
      const event = await inCalendar(organiser, calendarEvent);
      return event && foundOf(event);
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
async function isGone(fault: OutsideFault, read: () => Promise<GraphEvent>): Promise<boolean> {
  if (fault.kind !== 'rejected') return fault.kind === 'gone';
  return read().then(
    (event) => event.isCancelled === true,
    (reason) => reason instanceof OutsideFault && reason.kind === 'gone',
  );
}

function newEvent(invitation: Invitation): Event {
  return {
    subject: invitation.subject,
    start: utc(invitation.start),
    end: utc(invitation.end),
    attendees: invitedBy(invitation),
    ...(invitation.room ? { location: locationOf(invitation.room) } : {}),
    transactionId: invitation.transactionId,
    body: { contentType: 'text', content: invitation.lines.join('\n') },
    sensitivity: 'private',
    showAs: 'busy',
    isOnlineMeeting: true,
    onlineMeetingProvider: 'teamsForBusiness',
    allowNewTimeProposals: true,
    responseRequested: true,
    // X7: attendees may see each other, because no family member is ever among them.
    hideAttendees: false,
  };
}

import { recorded } from '../../../src/app/actOnCase.ts';
import type { Calendars, EventFound } from '../../../src/app/calendars.ts';
import { cardsDue } from '../../../src/app/cardsDue.ts';
import { calendarAligner } from '../../../src/app/jobs/alignCalendar.ts';
import { linkFinder } from '../../../src/app/jobs/findLink.ts';
import { timesFinder } from '../../../src/app/jobs/findTimes.ts';
import { outlookLooker } from '../../../src/app/jobs/lookAtOutlook.ts';
import type { Trail } from '../../../src/app/ports.ts';
import { type CaseDependencies, seenBy } from '../../../src/app/seeCase.ts';
import { presentBooking } from '../../../src/cards/present/booking.ts';
import type { Partnership } from '../../../src/directory/directory.ts';
import { readDirectory } from '../../../src/directory/readDirectory.ts';
import { currentBooking } from '../../../src/domain/bookings.ts';
import type { Command } from '../../../src/domain/commands.ts';
import { decide } from '../../../src/domain/decide.ts';
import type { CaseEvent } from '../../../src/domain/events/events.ts';
import { dateOf } from '../../../src/domain/londonTime.ts';
import { stageOf } from '../../../src/domain/procedure.ts';
import type { ReconveneStage } from '../../../src/domain/procedureParts.ts';
import { loadLibrary } from '../../../src/procedures/loadLibrary.ts';
import { bookingClaims } from '../../../src/storage/bookingClaims.ts';
import { bookingRows } from '../../../src/storage/bookingRows.ts';
import type { Database } from '../../../src/storage/database.ts';
import { aDissent, aRecord } from '../../domain/given.ts';
import { graphOverHttp } from '../../graph/graphServer.ts';
import { aTrail, casesInMemory } from '../../support/casesInMemory.ts';

/** Conferences that meet again, with the jobs' own rows in a database and the stand-in for Graph over HTTP. */

const library = loadLibrary('procedures');
const read = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} });
const actor = (person: string) => ({ person, role: person === 'bot' ? 'bot' : 'administrator' });
const RAISED = '2027-02-04T15:00:00Z';

/** A case whose conference is to meet again, asked for on Wed 17 Feb 2027; `dissenter` and `required` are whom it needs besides its chair. */
export function toMeet(changes: { chair?: string; dissenter?: string; required?: string[]; date?: string } = {}): CaseEvent[] {
  const { chair = 'chair', dissenter = 'gp', required = [], date = '2027-02-04' } = changes;
  return [
    { type: 'DissentRaised', dissent: aDissent({ dissenter, conference: { type: 'review', date, chair } }), flags: [] },
    { type: 'ConferenceRecorded', record: { ...aRecord, required, optional: [] }, agency: null },
    { type: 'StageEntered', stage: 'reconvene' },
    { type: 'TimesRequested' },
  ];
}

/** A time on a London day in winter, of two hours, with everybody as nobody has looked yet. */
export function slotAt(start: string, people: { free?: string[]; busy?: string[] } = {}) {
  const end = Temporal.Instant.from(start).add({ hours: 2 }).toString();
  return { start, end, workingDay: 9, meetsTarget: true, free: people.free ?? [], tentative: [], busy: people.busy ?? [], unknown: [] };
}

/** The cases in memory, and their jobs on a database and a Graph that other replicas may share. */
export async function outlook(
  database: Database,
  cases: Record<string, CaseEvent[]>,
  now = '2027-02-17T11:00:00Z',
  rooms: { name: string; mailbox: string; seats: number }[] = [],
) {
  const directory = () => {
    const { partnerships, ...rest } = read();
    return { ...rest, partnerships: { ...partnerships, camden: { ...(partnerships.camden as Partnership), rooms } } };
  };
  const { mailbox } = directory().partnerships.camden as { mailbox: string };
  const people = directory().people.map(({ id, name, email }, index) => ({
    id,
    name,
    email,
    aadObjectId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  }));
  const graph = await graphOverHttp({ people, mailboxes: [mailbox], rooms, fetchTimeoutMs: 30_000 });
  const happened = (events: CaseEvent[], after: number, at: string, by: string) =>
    events.map((event, index) => recorded(event, after + index + 1, Temporal.Instant.from(at), actor(by)));
  const given = Object.entries(cases).map(([reference, events]): [string, Trail] => [
    reference,
    aTrail(reference, 'camden', { id: 'camden-dissent', version: 1 }, [
      ...happened(events.slice(0, 2), 0, RAISED, 'gp'),
      ...happened(events.slice(2), 2, now, 'bot'),
    ]),
  ]);
  const kept = casesInMemory({ trails: new Map(given) });
  const trailOf = (reference: string) => kept.trails.get(reference) as Trail;
  let present = now;
  const deps = {
    library,
    directory,
    clock: { now: () => Temporal.Instant.from(present) },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    // What cases share is played in shareMeeting.test.ts: here each is by itself.
    cases: { ...kept, onConference: async () => [] },
  } as unknown as CaseDependencies;
  /** The jobs of one replica. */
  const replica = () => {
    const rows = { calendars: graph.calendars, bookings: bookingRows(database.kysely), claims: bookingClaims(database.kysely) };
    return {
      finds: timesFinder({ ...deps, ...rows }),
      aligns: calendarAligner({ ...deps, ...rows }),
      findsLink: linkFinder({ ...deps, ...rows }),
      looks: outlookLooker({ ...deps, ...rows }),
    };
  };
  const see = (reference: string) => seenBy(deps, trailOf(reference), 'bot');
  return {
    graph: graph.graph,
    client: graph.client,
    exchanges: graph.exchanges,
    mailbox,
    replica,
    ...replica(),
    see,
    count: (reference: string, type: CaseEvent['type']) => trailOf(reference).events.filter((event) => event.type === type).length,
    bookingOf: (reference: string) => currentBooking(see(reference).current),
    happens: (reference: string, person: string, ...events: CaseEvent[]) => {
      const trail = trailOf(reference);
      kept.trails.set(reference, { ...trail, events: [...trail.events, ...happened(events, trail.events.length, present, person)] });
    },
    /** The clock is moved to an instant. */
    later: (instant: string) => {
      present = instant;
    },
    /** What somebody's calendar holds that was booked: its times, cancelled ones left out. */
    calendarOf: (person: string) =>
      (graph.graph.calendars().find((each) => each.person === person)?.events ?? [])
        .filter(({ cancelled }) => !cancelled)
        .map(({ start }) => start),
    /** Somebody turns the event into a Teams meeting in Outlook, or Teams does so at last. */
    giveLinkByHand: async (event: string) => {
      await graph.client.api(`/users/${mailbox}/events/${event}`).patch({ isOnlineMeeting: true });
    },
    /** A look that finds an event as Exchange gives it, other than the stand-in would. */
    finding: (reference: string, change: (found: EventFound) => EventFound) => {
      const rows = { bookings: bookingRows(database.kysely), claims: bookingClaims(database.kysely) };
      const read: Calendars['read'] = async (...which) => {
        const found = await graph.calendars.read(...which);
        return found && change(found);
      };
      return outlookLooker({ ...deps, ...rows, calendars: { ...graph.calendars, read } })(reference);
    },
    /** Somebody takes the event out of their own calendar, and says nothing. */
    dropsIt: async (person: string) => {
      const { email } = people.find(({ id }) => id === person) as { email: string };
      const [event] = (await graph.client.api(`/users/${email}/events`).get()).value as { id: string }[];
      await graph.client.api(`/users/${email}/events/${event?.id}`).delete();
    },
    /** Somebody who opens the partnership's mailbox moves the event in Outlook. */
    moveByHand: async (event: string, start: string) => {
      const times = [start, Temporal.Instant.from(start).add({ hours: 2 }).toString()].map((at) => ({
        dateTime: at.slice(0, -1),
        timeZone: 'UTC',
      }));
      await graph.client.api(`/users/${mailbox}/events/${event}`).patch({ start: times[0], end: times[1] });
    },
    /** Somebody who opens it changes anything else of the event. */
    changeByHand: async (event: string, change: object) => {
      await graph.client.api(`/users/${mailbox}/events/${event}`).patch(change);
    },
    cancelByHand: async (event: string) => {
      await graph.client.api(`/users/${mailbox}/events/${event}/cancel`).post({});
    },
    /** Somebody invited answers in Outlook: `accept`, `tentativelyAccept` or `decline`. */
    answers: async (person: string, deed: string, proposedNewTime?: object) => {
      const { email } = people.find(({ id }) => id === person) as { email: string };
      const [event] = (await graph.client.api(`/users/${email}/events`).get()).value as { id: string }[];
      await graph.client
        .api(`/users/${email}/events/${event?.id}/${deed}`)
        .post({ sendResponse: true, ...(proposedNewTime ? { proposedNewTime } : {}) });
    },
    decides: (reference: string, command: Command, person = 'administrator') => {
      const { current, procedure, calendar, roster, now } = see(reference);
      const decided = decide(current, command, { person, standings: ['administrator'], procedure, calendar, roster, now });
      if ('events' in decided) {
        const { events: kept } = trailOf(reference);
        kept.push(...happened(decided.events, kept.length, present, person));
      }
      return decided;
    },
    /** What the card of those who book says: its warnings, its facts and its buttons. */
    card: (reference: string) => {
      const seen = see(reference);
      const body = presentBooking(seen, seen.current.stage, stageOf(seen.procedure, seen.current.stage) as ReconveneStage);
      const sections = body.parts.flatMap((part) => part.sections);
      return {
        alerts: body.alerts.map(({ text }) => text),
        lead: sections[0]?.lead,
        facts: Object.fromEntries(sections.flatMap(({ facts }) => facts.map(({ title, value }) => [title, value]))),
        /** Who is invited, by name: part and answer. */
        people: sections
          .filter(({ heading }) => heading.startsWith('Who '))
          .flatMap(({ facts, details }) => [...facts, ...details].map(({ title, value }) => `${title}: ${value}`)),
        buttons: body.buttons.map(({ title }) => title),
      };
    },
    /** Who has news posted to them, by its key. */
    news: (reference: string) => {
      const { current, procedure, roster, now } = see(reference);
      const due = cardsDue(current, procedure, roster, dateOf(now)).filter(({ key }) => key.startsWith('told:'));
      return due.map(({ person, key }) => `${person} ${key}`);
    },
    /** Somebody deletes in Outlook what the partnership's mailbox has booked. */
    deleteByHand: async (event: string) => {
      await graph.client.api(`/users/${mailbox}/events/${event}`).delete();
    },
  };
}

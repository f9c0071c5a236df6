import { calendarAligner } from '../../../src/app/jobs/alignCalendar.ts';
import { linkFinder } from '../../../src/app/jobs/findLink.ts';
import { timesFinder } from '../../../src/app/jobs/findTimes.ts';
import type { Commit } from '../../../src/app/ports.ts';
import { type CaseDependencies, seenBy } from '../../../src/app/seeCase.ts';
import { readDirectory } from '../../../src/directory/readDirectory.ts';
import { currentBooking } from '../../../src/domain/bookings.ts';
import type { CaseEvent, RecordedEvent } from '../../../src/domain/events/events.ts';
import { loadLibrary } from '../../../src/procedures/loadLibrary.ts';
import { bookingClaims } from '../../../src/storage/bookingClaims.ts';
import { bookingRows } from '../../../src/storage/bookingRows.ts';
import type { Database } from '../../../src/storage/database.ts';
import { aDissent, aRecord } from '../../domain/given.ts';
import { graphOverHttp } from '../../graph/graphServer.ts';

/** Conferences that meet again, with the jobs' own rows in a database and the stand-in for Graph over HTTP. */

const library = loadLibrary('procedures');
const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} });
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
export async function outlook(database: Database, cases: Record<string, CaseEvent[]>, now = '2027-02-17T11:00:00Z') {
  const { mailbox } = directory().partnerships.camden as { mailbox: string };
  const people = directory().people.map(({ id, name, email }, index) => ({
    id,
    name,
    email,
    aadObjectId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  }));
  const graph = await graphOverHttp({ people, mailboxes: [mailbox], fetchTimeoutMs: 30_000 });
  const happened = (events: CaseEvent[], after: number, at: string, by: string) =>
    events.map((event, index): RecordedEvent => ({ ...event, revision: after + index + 1, at, actor: actor(by) }));
  const trails = new Map(
    Object.entries(cases).map(([reference, events]) => [
      reference,
      {
        reference,
        partnership: 'camden',
        procedure: { id: 'camden-dissent', version: 1 },
        events: [...happened(events.slice(0, 2), 0, RAISED, 'gp'), ...happened(events.slice(2), 2, now, 'bot')],
        end: { hash: '', wrapped: '', keyId: '' },
      },
    ]),
  );
  const trailOf = (reference: string) => trails.get(reference) as NonNullable<ReturnType<typeof trails.get>>;
  let present = now;
  const clock = { now: () => Temporal.Instant.from(present) };
  const deps = {
    library,
    directory,
    clock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    cases: {
      onConference: async () => [],
      load: async (reference: string) => structuredClone(trails.get(reference) ?? null),
      append: async ({ trail: { reference, events: read }, events, actor: { person } }: Commit) => {
        const { events: kept } = trailOf(reference);
        if (kept.length !== read.length) return 'conflict';
        kept.push(...happened(events, kept.length, present, person));
        return 'committed';
      },
    },
  } as unknown as CaseDependencies;
  /** The jobs of one replica. */
  const replica = () => {
    const rows = { calendars: graph.calendars, bookings: bookingRows(database.kysely), claims: bookingClaims(database.kysely) };
    return {
      finds: timesFinder({ ...deps, ...rows }),
      aligns: calendarAligner({ ...deps, ...rows }),
      findsLink: linkFinder({ ...deps, ...rows }),
    };
  };
  const see = (reference: string) => seenBy(deps, trailOf(reference), 'bot');
  return {
    graph: graph.graph,
    exchanges: graph.exchanges,
    mailbox,
    replica,
    ...replica(),
    see,
    count: (reference: string, type: CaseEvent['type']) => trailOf(reference).events.filter((event) => event.type === type).length,
    bookingOf: (reference: string) => currentBooking(see(reference).current),
    happens: (reference: string, person: string, ...events: CaseEvent[]) => {
      const { events: kept } = trailOf(reference);
      kept.push(...happened(events, kept.length, present, person));
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
    /** Somebody deletes in Outlook what the partnership's mailbox has booked. */
    deleteByHand: async (event: string) => {
      await graph.client.api(`/users/${mailbox}/events/${event}`).delete();
    },
  };
}

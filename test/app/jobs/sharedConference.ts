import { recorded } from '../../../src/app/actOnCase.ts';
import type { BookingRows, Calendars, Invitation } from '../../../src/app/calendars.ts';
import type { Claims } from '../../../src/app/claims.ts';
import type { Job } from '../../../src/app/job.ts';
import { calendarAligner } from '../../../src/app/jobs/alignCalendar.ts';
import { timesFinder } from '../../../src/app/jobs/findTimes.ts';
import { shareMeeting } from '../../../src/app/jobs/shareMeeting.ts';
import type { Commit, Trail } from '../../../src/app/ports.ts';
import type { CaseDependencies } from '../../../src/app/seeCase.ts';
import { seenBy } from '../../../src/app/seeCase.ts';
import { personOf } from '../../../src/directory/directory.ts';
import { readDirectory } from '../../../src/directory/readDirectory.ts';
import type { Dissent } from '../../../src/domain/events/dissentEvents.ts';
import type { CaseEvent } from '../../../src/domain/events/events.ts';
import { loadLibrary } from '../../../src/procedures/loadLibrary.ts';
import { aDissent, aRecord } from '../../domain/given.ts';
import { aTrail, casesInMemory } from '../../support/casesInMemory.ts';

/** Cases in memory, all on one conference, with the calendars that they are booked in. */

const NOW = '2027-10-25T10:00:00Z';
const library = loadLibrary('procedures');
export const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} });
const happened = (events: CaseEvent[], after: number, at: string) =>
  events.map((event, index) => recorded(event, after + index + 1, Temporal.Instant.from(at), { person: 'bot', role: 'bot' }));
type Given = { procedure: string; events: CaseEvent[]; meetsSince: string };

/**
 * `jobs` is what commits left to be done, and `outlook` what stands there, by event. `spoil` may fail a commit, as a process that is killed
 * just before it would; `sent` is what Outlook was asked for. Another may come in between wherever `pauses` lets it.
 */
export function store(cases: Record<string, Given>, pauses: () => Promise<void> = async () => {}) {
  const given = Object.entries(cases).map(([reference, { procedure, events, meetsSince }]): [string, Trail] => [
    reference,
    aTrail(reference, 'camden', { id: procedure, version: 1 }, happened(events, 0, meetsSince)),
  ]);
  let spoiled = '';
  const jobs: Job[] = [];
  const before = async (commit?: Commit) => {
    await pauses();
    if (commit?.trail.reference === spoiled) throw new Error('killed');
  };
  const kept = casesInMemory({ trails: new Map(given), left: jobs, before });
  const deps = { library, directory, clock: { now: () => Temporal.Instant.from(NOW) }, cases: kept } as unknown as CaseDependencies;
  const trailOf = (reference: string) => kept.trails.get(reference) as Trail;
  const sent: { deed: 'book' | 'move' | 'cancel'; subject?: string; to: string[]; said: string }[] = [];
  const outlook = new Map<string, Invitation>();
  const invites = async (deed: 'book' | 'move', event: string, invitation: Invitation) => {
    await pauses();
    const { subject, attendees, lines } = invitation;
    sent.push({ deed, subject, to: attendees.map(({ email }) => email), said: lines.join(' ') });
    outlook.set(event, invitation);
  };
  const calendars: Partial<Calendars> = {
    busyTimes: async (_organiser, mailboxes) => new Map(mailboxes.map((mailbox) => [mailbox, []])),
    mailboxOf: async () => null,
    book: async (_organiser, invitation) => {
      await invites('book', invitation.transactionId, invitation);
      return { calendarEvent: invitation.transactionId, joinUrl: null };
    },
    move: async (_organiser, event, invitation) => {
      await invites('move', event, invitation);
      return { joinUrl: null };
    },
    cancel: async (_organiser, event, said) => {
      sent.push({ deed: 'cancel', to: [], said });
      outlook.delete(event);
    },
  };
  const rows = new Map<string, { calendarEvent: string | null; givenUp: number }>();
  const bookings: BookingRows = {
    find: async (reference, booking) => rows.get(`${reference}.${booking}`) ?? null,
    attempt: async (reference, booking) => void rows.set(`${reference}.${booking}`, { calendarEvent: null, givenUp: 0 }),
    giveUp: async (reference, booking) => void rows.set(`${reference}.${booking}`, { calendarEvent: null, givenUp: 1 }),
    done: async (reference, booking, calendarEvent) => void rows.set(`${reference}.${booking}`, { calendarEvent, givenUp: 0 }),
    looked: async () => {},
    booked: async () => [],
  };
  const see = (reference: string) => seenBy(deps, trailOf(reference), 'bot');
  // That no two cases claim one person is played on a database, in alignCalendar.test.ts.
  const claims: Claims = { ofOthers: async () => [], held: async () => [], take: async () => [], keepOnly: async () => {} };
  const all = { ...deps, calendars: calendars as Calendars, bookings, claims };
  return {
    see,
    jobs,
    outlook,
    shares: (reference: string) => shareMeeting(deps, see(reference)),
    aligns: calendarAligner(all),
    findsTimes: timesFinder(all),
    sent,
    spoil: (reference: string) => {
      spoiled = reference;
    },
    happens: (reference: string, ...events: CaseEvent[]) => {
      const trail = trailOf(reference);
      kept.trails.set(reference, { ...trail, events: [...trail.events, ...happened(events, trail.events.length, NOW)] });
    },
    count: (reference: string, type: CaseEvent['type']) => trailOf(reference).events.filter((event) => event.type === type).length,
  };
}

/** A case whose conference is to meet again since an instant. */
export const meeting = (dissenter: string, meetsSince: string, changes: Partial<Dissent> = {}, procedure = 'camden-dissent') => ({
  procedure,
  meetsSince,
  events: [
    { type: 'DissentRaised', dissent: aDissent({ dissenter, ...changes }), flags: [] },
    { type: 'ConferenceRecorded', record: { ...aRecord, required: [] }, agency: null },
    { type: 'StageEntered', stage: 'reconvene' },
    { type: 'TimesRequested' },
  ] satisfies CaseEvent[],
});
export const aComplaint = () =>
  meeting('administrator', '2027-10-22T12:00:00Z', { complainant: 'parent', decision: '' }, 'camden-complaint');
export const twoDissents = () =>
  store({ 'DIS-27-001': meeting('gp', '2027-10-21T10:00:00Z'), 'DIS-27-002': meeting('teacher', '2027-10-22T10:00:00Z') });
export const slot = {
  start: '2027-11-09T10:00:00Z',
  end: '2027-11-09T12:00:00Z',
  workingDay: 9,
  meetsTarget: true,
  free: [],
  tentative: [],
  busy: [],
  unknown: [],
};
export const mailOf = (person: string) => personOf(directory(), person)?.email;
export const booked: CaseEvent = { type: 'TimeChosen', booking: 1, slot, reason: null };

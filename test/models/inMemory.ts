import type { Calendars, Invitation } from '../../src/app/calendars.ts';
import { caseSummary } from '../../src/app/caseSummary.ts';
import type { Document } from '../../src/app/documents/document.ts';
import { OutsideFault } from '../../src/app/faults.ts';
import type { Job } from '../../src/app/job.ts';
import { calendarAligner } from '../../src/app/jobs/alignCalendar.ts';
import { reasonsFiler } from '../../src/app/jobs/fileReasons.ts';
import { timesFinder } from '../../src/app/jobs/findTimes.ts';
import { documentSender } from '../../src/app/jobs/sendDocuments.ts';
import type { CaseSummary, Cases, Mail, Trail } from '../../src/app/ports.ts';
import type { CaseDependencies, CaseForViewer } from '../../src/app/seeCase.ts';

/** The product's ports to store and world, in memory: for a model that plays thousands of presses, and wants all that goes out. */

/** What has gone out of the program, and to whom, with the case as it was then. */
export type Out = {
  mails: { seen: CaseForViewer; to: string; subject: string; lines: string[]; document: Document | null }[];
  files: { seen: CaseForViewer; path: string; document: Document }[];
  events: { seen: CaseForViewer; invitation: Invitation }[];
  /** What somebody was told who may not, or whose form does not hold. */
  refusals: { person: string; reference: string; said: string }[];
  logged: string[];
};

/** The trails of cases, and what their lists show. */
export function casesIn(trails: Map<string, Trail>, queue: Job[], see: (reference: string) => CaseForViewer): Cases {
  const on = (one: Trail, other: Trail) => one !== other && one.partnership === other.partnership;
  const cases: Partial<Cases> = {
    async open({ prefix, year, partnership, procedure, build }) {
      const count = [...trails.keys()].filter((each) => each.startsWith(prefix)).length;
      const reference = `${prefix}-${year}-${String(count + 1).padStart(3, '0')}`;
      const { events, actor, at, jobs } = build(reference);
      const recorded = events.map((event, index) => ({ ...event, revision: index + 1, at: at.toString(), actor }));
      const { id, version } = procedure;
      trails.set(reference, {
        reference,
        partnership,
        procedure: { id, version },
        events: recorded,
        end: { hash: '', wrapped: '', keyId: '' },
      });
      queue.push(...jobs);
      return { reference, repeated: false };
    },
    async append({ trail: { reference, events: read }, events, actor, at, jobs }) {
      const trail = trails.get(reference);
      if (!trail || trail.events.length !== read.length) return 'conflict';
      const recorded = events.map((event, index) => ({ ...event, revision: read.length + index + 1, at: at.toString(), actor }));
      trails.set(reference, { ...trail, events: [...read, ...recorded] });
      queue.push(...jobs);
      return 'committed';
    },
    load: async (reference) => trails.get(reference) ?? null,
    onConference: async (reference) =>
      [...trails.values()].filter((each) => on(trails.get(reference) as Trail, each)).map((each) => each.reference),
    raisedOn: async () => [],
    unfinished: async () => [...trails.keys()],
    partnershipOf: async (reference) => trails.get(reference)?.partnership ?? null,
    erasedAt: async () => null,
    openBySoonest: async () => [...trails.keys()].map((reference) => summaryOf(see(reference))),
  };
  return cases as Cases;
}

function summaryOf({ current, procedure, calendar, partnershipId: partnership, now }: CaseForViewer): CaseSummary {
  const { dueOn, waitsFor } = caseSummary(current, procedure, calendar, now);
  const { reference, status, stage, revision, raisedAt } = current;
  return { reference, partnership, procedure: current.procedure, status, stage, revision, raisedAt, dueOn, waitsFor };
}

/** The jobs that carry anything outside. */
export function jobsOf(
  deps: CaseDependencies,
  see: (reference: string, person: string) => CaseForViewer,
  out: Out,
  { reads, takes }: { reads: boolean; takes: boolean },
): Partial<Record<Job['name'], (reference: string) => Promise<void>>> {
  let about = '';
  const seen = () => see(about, 'bot');
  const refuses = () => {
    if (!takes) throw new OutsideFault('rejected', 'it was not taken', 'the other side');
  };
  const invites = (invitation: Invitation) => void out.events.push({ seen: seen(), invitation });
  const calendars: Calendars = {
    busyTimes: async (_organiser, mailboxes) => new Map(mailboxes.map((each) => [each, reads ? [] : 'unknown'])),
    async book(_organiser, invitation) {
      refuses();
      invites(invitation);
      return { calendarEvent: 'event', joinUrl: 'https://join.example' };
    },
    async move(_organiser, _event, invitation) {
      invites(invitation);
      return { joinUrl: 'https://join.example' };
    },
    cancel: async (_organiser, _event, comment) => void out.logged.push(comment),
    read: async () => null,
    mailboxOf: async () => 'guest@example.org',
  };
  // What is drawn is kept as data: how it looks in Word adds nothing (`test/letters`).
  const drawDocument = async (document: Document) => new TextEncoder().encode(JSON.stringify(document));
  const read = (content: Uint8Array) => JSON.parse(new TextDecoder().decode(content)) as Document;
  const rows = {
    find: async () => null,
    attempt: async () => {},
    undo: async () => {},
    giveUp: async () => {},
    done: async () => {},
    looked: async () => {},
    booked: async () => [],
  };
  const mail: Mail = {
    async send(_from, { to, subject, lines, attachment }) {
      refuses();
      out.mails.push({ seen: seen(), to, subject, lines, document: attachment && read(attachment.content) });
    },
  };
  const all = {
    ...deps,
    calendars,
    drawDocument,
    bookings: rows,
    sendings: rows,
    claims: { ofOthers: async () => [], held: async () => [], take: async () => [], keepOnly: async () => {} },
    mail,
    files: {
      async upload(_drive: string, path: string, content: Uint8Array) {
        refuses();
        out.files.push({ seen: seen(), path, document: read(content) });
        return { item: 'item', url: null };
      },
    },
  };
  const jobs = {
    'find-times': timesFinder(all),
    'align-calendar': calendarAligner(all),
    send: documentSender(all),
    file: reasonsFiler(all),
  };
  return Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      (reference: string) => {
        about = reference;
        return job(reference);
      },
    ]),
  );
}

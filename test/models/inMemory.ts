import type { Calendars, Invitation } from '../../src/app/calendars.ts';
import { caseSummary } from '../../src/app/caseSummary.ts';
import type { Document } from '../../src/app/documents/document.ts';
import { OutsideFault } from '../../src/app/faults.ts';
import type { Job } from '../../src/app/job.ts';
import { calendarAligner } from '../../src/app/jobs/alignCalendar.ts';
import { reasonsFiler } from '../../src/app/jobs/fileReasons.ts';
import { timesFinder } from '../../src/app/jobs/findTimes.ts';
import { documentSender } from '../../src/app/jobs/sendDocuments.ts';
import type { CaseSummary, Mail } from '../../src/app/ports.ts';
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

/** What lists show of a case. */
export function summaryOf({ current, procedure, calendar, partnershipId: partnership, now }: CaseForViewer): CaseSummary {
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

import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/identity';
import { afterEach } from '@jest/globals';
import type { Invitation } from '../../src/app/calendars.ts';
import type { OutsideFault } from '../../src/app/faults.ts';
import { graphCalendars } from '../../src/graph/calendars.ts';
import { graphClient } from '../../src/graph/client.ts';
import { graphFiles } from '../../src/graph/files.ts';
import { graphMail } from '../../src/graph/mail.ts';
import { sandboxGraph } from '../../src/sandbox/graph/graph.ts';
import { openShelf } from '../../src/sandbox/shelf.ts';
import { recordExchanges } from '../support/traffic.ts';

export const ORGANISER = 'conferences@partnership.example';
export const DRIVE = 'b!childrens-files';
export const instant = (text: string) => Temporal.Instant.from(text);

/** Invented people, `count` of them, with ids `chair`, `second-chair`, `person-2` and so on. */
export function peopleOf(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const id = ['chair', 'second-chair'][index] ?? `person-${index}`;
    return {
      id,
      name: `Invented ${index}`,
      email: `${id}@partnership.example`,
      aadObjectId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    };
  });
}

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** Serves a handler on a port of this machine until the test ends. */
export async function serve(handle: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<string> {
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The real Graph client against the sandbox's Graph over HTTP. */
export async function graphOverHttp(
  options: Partial<Parameters<typeof sandboxGraph>[0]> & { fetchTimeoutMs?: number; credential?: TokenCredential; directory?: string } = {},
) {
  const { fetchTimeoutMs = 5000, credential = null, directory = mkdtempSync(join(tmpdir(), 'graph-')), ...sandbox } = options;
  const clock = { now: () => instant('2027-02-17T11:00:00Z') };
  const tenant = { people: peopleOf(6), mailboxes: [ORGANISER], drives: [DRIVE] };
  const graph = sandboxGraph({ ...tenant, shelf: openShelf(directory), clock, ...sandbox });
  const recorded = recordExchanges(graph.handle);
  const address = await serve(recorded.handle);
  const client = graphClient({ baseUrl: `${address}/graph`, credential, fetchTimeoutMs });
  const calendarOf = (person: string | null) => graph.calendars().find((calendar) => calendar.person === person)?.events ?? [];
  const ports = { calendars: graphCalendars(client), mail: graphMail(client), files: graphFiles(client) };
  return { graph, client, ...ports, calendarOf, exchanges: recorded.exchanges, directory, address };
}

/** A conference on Tue 2 Mar 2027, 10:00 to 12:00. */
export function invitation(changes: Partial<Invitation> = {}): Invitation {
  return {
    transactionId: 'DIS-27-004/1',
    subject: 'Meeting DIS-27-004',
    start: instant('2027-03-02T10:00:00Z'),
    end: instant('2027-03-02T12:00:00Z'),
    attendees: [
      { email: 'chair@partnership.example', required: true },
      { email: 'person-2@partnership.example', required: false },
      { email: 'somebody@elsewhere.example', required: true },
    ],
    room: null,
    lines: ['You are asked to this meeting.', 'The link is below.'],
    ...changes,
  };
}

/** What a promise was rejected with. */
export const faultOf = (attempt: Promise<unknown>): Promise<OutsideFault> =>
  attempt.then(
    () => {
      throw new Error('it succeeded');
    },
    (fault) => fault,
  );

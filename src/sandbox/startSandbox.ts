import { join } from 'node:path';
import { describeCase } from '../app/describeCase.ts';
import type { Log } from '../app/ports.ts';
import { checkpointPlaces } from '../checkpoints/places.ts';
import type { Directory, Person as Listed } from '../directory/directory.ts';
import { readDirectory } from '../directory/readDirectory.ts';
import { dateOf } from '../domain/londonTime.ts';
import { graphCalendars } from '../graph/calendars.ts';
import { graphClient } from '../graph/client.ts';
import { graphFiles } from '../graph/files.ts';
import { graphMail } from '../graph/mail.ts';
import { type Program, startProgram } from '../program.ts';
import type { CheckpointKey } from '../storage/checkpointSigner.ts';
import type { Database } from '../storage/database.ts';
import { folderMasterKey, type KeyVault, masterKeyVault } from '../storage/keyVault.ts';
import { startTelemetry, type Telemetry } from '../telemetry/telemetry.ts';
import { type WebhookTarget, webhook } from '../webhook/webhook.ts';
import { sandboxClock } from './clock.ts';
import { controlHandler } from './control.ts';
import { type SandboxGraph, sandboxGraph } from './graph/graph.ts';
import { pagesHandler } from './pages.ts';
import { type Handler, serve } from './server.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { openStream } from './stream.ts';
import type { Person } from './teams/activities.ts';
import { openTeams } from './teams/teams.ts';

/** What a sandbox is started with. */
export type SandboxOptions = {
  /** 0 takes a free port, for the bot and for the sandbox's own page. */
  port: number;
  sandboxPort: number;
  /** Where the sandbox's world is kept: its chats, calendars, mail, files and clock. */
  dataDirectory: string;
  /** Another place for that world, but for its key. */
  shelf?: Shelf;
  proceduresDirectory: string;
  directoryFile: string;
  /** Another Graph than the sandbox's own, such as a recording proxy; null for its own. */
  graphBaseUrl: string | null;
  openDatabase(): Promise<Database>;
  /** What signs checkpoints, and where they go: by default what follows from the store, and a folder of the data folder. */
  checkpointKey?: CheckpointKey;
  webhook?: WebhookTarget | null;
  /** Its own, which tells nobody, where none is given. */
  telemetry?: Telemetry;
  checkpointTo?: string | null;
  /** What the store is sealed with; without one a key of its own is kept in the data folder. */
  vault?: KeyVault;
  log: Log;
  /** Sees all traffic to the sandbox's Graph, for tests that hold it against Microsoft's description. */
  graphSeenBy?: (handle: SandboxGraph['handle']) => SandboxGraph['handle'];
};

/** A running sandbox; `url` is where its page and controls are. */
export type Sandbox = { port: number; sandboxPort: number; url: string; program: Program; close(drain?: number): Promise<void> };

/** The tenant that everybody in the sandbox belongs to. */
const TENANT = '7b0c4d1e-52f6-4a89-9c3d-e1f2a3b4c5d6';
const GRAPH_LIMIT_MILLISECONDS = 30_000;
/** How much of everybody's diary the calendars page shows. */
const DAYS_SHOWN = 28;

/**
 * Runs a whole invented partnership on this machine: the bot and, beside it, stand-ins for Teams, Graph and time, on 127.0.0.1 only.
 * @throws as `startProgram` does
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { log } = options;
  const shelf = options.shelf ?? openShelf(join(options.dataDirectory, 'sandbox'));
  const clock = sandboxClock(shelf);
  const directory = readDirectory(options.directoryFile, { onFaults: () => {} });
  const people = () => directory().people.map((person) => shownPerson(person, directory()));
  const partnerships = Object.values(directory().partnerships);
  const graph = sandboxGraph({
    people: directory().people,
    mailboxes: partnerships.map(({ mailbox }) => mailbox),
    rooms: partnerships.flatMap(({ rooms = [] }) => rooms),
    delegates: (person) => {
      const { people, partnerships: all } = directory();
      const found = people.find(({ id }) => id === person);
      const mailbox = found?.administrates ? all[found.partnership]?.mailbox : undefined;
      return mailbox === undefined ? [] : [mailbox];
    },
    drives: partnerships.flatMap(({ library }) => (library ? [library.drive] : [])),
    shelf,
    clock,
  });
  const stream = openStream();
  const address = { bot: 0, sandbox: '' };
  const teams = openTeams({
    shelf,
    people,
    clock,
    botUrl: () => `http://127.0.0.1:${address.bot}/api/messages`,
    sandboxUrl: () => address.sandbox,
    tenantId: TENANT,
    bot: { id: '28:conference-dissent', name: 'Conference Dissent' },
  });
  teams.chats.onChange((change) => stream.send('chat', change));

  const shownCalendars = (between?: Parameters<SandboxGraph['calendars']>[0]) => {
    const from = dateOf(clock.now());
    return graph.calendars(between ?? { from, to: from.add({ days: DAYS_SHOWN }) });
  };
  const calendarOf = (whose: string) =>
    shownCalendars().find(({ person, email }) => person === whose || email.toLowerCase() === whose.toLowerCase()) ?? null;

  const controlOf = ({ jobs, cases, lookAtClock, passage }: Program) => {
    const allCases = () => cases.cases.concerning('', Object.keys(directory().partnerships));
    return controlHandler({
      people,
      clock,
      teams,
      settle: () => jobs.settle(),
      describeCase: (reference) => describeCase(cases, reference),
      cases: allCases,
      jobs: () => jobs.pending(),
      calendars: shownCalendars,
      outlook: { byHand: graph.byHand, calendarOf },
      mail: graph.mail,
      files: graph.files,
      content: graph.content,
      misbehave: graph.misbehave,
      anyCase: async () => (await allCases()).length > 0,
      runDue: lookAtClock,
      passage,
    });
  };
  // The program needs its Graph and its Teams while it starts; whoever asks for something meanwhile waits until it has.
  const control = Promise.withResolvers<Handler>();
  const controlled: Handler = async (request, response) => (await control.promise)(request, response);
  const handleGraph = options.graphSeenBy ? options.graphSeenBy(graph.handle) : graph.handle;
  const server = await serve(options.sandboxPort, [handleGraph, teams.connector, stream.handler, pagesHandler(), controlled]);
  address.sandbox = server.url;

  const baseUrl = options.graphBaseUrl ?? `${server.url}/graph`;
  const client = graphClient({ baseUrl, credential: null, fetchTimeoutMs: GRAPH_LIMIT_MILLISECONDS });

  const program = await startProgram({
    ...options,
    vault: options.vault ?? masterKeyVault(folderMasterKey(options.dataDirectory)),
    clock,
    bot: { port: options.port, mode: { kind: 'sandbox', serviceUrl: () => `${server.url}/teams/` } },
    calendars: () => graphCalendars(client, log),
    mail: () => graphMail(client),
    telemetry: options.telemetry ?? (await startTelemetry({ version: 'sandbox', host: 'sandbox', replica: 'sandbox' }, null)),
    health: null,
    caseSystem: options.webhook ? webhook(options.webhook) : null,
    checkpointKey: options.checkpointKey ?? { name: null, key: null },
    checkpointPlaces: (outside) =>
      checkpointPlaces(options.checkpointTo ?? null, { ...outside, dataDirectory: options.dataDirectory, credential: null }),
    files: () => graphFiles(client),
  }).catch(async (fault: unknown) => {
    // Ends the requests that wait, too.
    await server.close();
    throw fault;
  });
  address.bot = program.port;
  control.resolve(controlOf(program));
  return {
    port: address.bot,
    sandboxPort: server.port,
    url: server.url,
    program,
    async close(drain) {
      await program.close(drain);
      await server.close();
    },
  };
}

/** A person of the directory as the sandbox shows them, under the heading that the page lists them by. */
function shownPerson(person: Listed, directory: Directory): Person {
  const partnership = directory.partnerships[person.partnership];
  const agency = person.agency === undefined ? null : (partnership?.agencies[person.agency]?.name ?? null);
  const { id, name, role, aadObjectId, email } = person;
  return { id, name, role, agency, aadObjectId, email, group: groupOf(person, directory) };
}

/** `Camden: chairs`; a partnership's people stand together. */
function groupOf(person: Listed, directory: Directory): string {
  const { partnership: id } = person;
  return `${id.charAt(0).toUpperCase()}${id.slice(1)}: ${partOf(person, directory)}`;
}

function partOf(person: Listed, directory: Directory): string {
  const partnership = directory.partnerships[person.partnership];
  const posts = Object.values(partnership?.roles ?? {}).flatMap(({ holder, alternate, deputies }) => [
    holder,
    alternate,
    ...deputies.map((deputy) => deputy.person),
  ]);
  if (posts.includes(person.id)) return 'deciders';
  if (person.chairs) return 'chairs';
  if (person.administrates) return 'administrators';
  const agencies = Object.values(partnership?.agencies ?? {});
  return agencies.some(({ lead, representative }) => lead === person.id || representative === person.id)
    ? 'agency leads and representatives'
    : 'professionals';
}

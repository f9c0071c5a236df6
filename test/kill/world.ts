import { readDirectory } from '../../src/directory/readDirectory.ts';
import { sandboxGraph } from '../../src/sandbox/graph/graph.ts';
import { type Handler, serve } from '../../src/sandbox/server.ts';
import type { Shelf } from '../../src/sandbox/shelf.ts';
import type { Person } from '../../src/sandbox/teams/activities.ts';
import { openTeams } from '../../src/sandbox/teams/teams.ts';
import { badWay } from './badWay.ts';

/** Teams and Graph in the process of the test, so that they go on while the program is killed and started again. */
export type World = Awaited<ReturnType<typeof openWorld>>;

export const directoryFile = 'src/sandbox/partnerships.yaml';
export const masterKey = Buffer.alloc(32, 'kill').toString('base64');

/**
 * Opens the world at a moment; its clock ticks on from there. What Teams delivers goes to the `ports` where the program listens, one
 * picked each time, on a bad way.
 */
export async function openWorld(startsAt: string, random: () => number) {
  const directory = readDirectory(directoryFile, { onFaults: () => {} });
  const { people: listed, partnerships } = directory();
  const begun = Temporal.Now.instant();
  const clock = { now: () => Temporal.Instant.from(startsAt).add(Temporal.Now.instant().since(begun)) };
  const people: Person[] = listed.map(({ id, name, role, aadObjectId, email }) => ({ id, name, role, agency: null, aadObjectId, email }));
  const shelf = shelfInMemory();
  const mailboxes = Object.values(partnerships).flatMap(({ mailbox, copyTo }) => [mailbox, ...(copyTo ? [copyTo] : [])]);
  const drives = Object.values(partnerships).flatMap(({ library }) => library?.drive ?? []);
  const graph = sandboxGraph({ people: listed, mailboxes, drives, shelf, clock });
  const ports = new Set<number>();
  const address = { world: '' };
  const teams = openTeams({
    shelf,
    people: () => people,
    clock,
    botUrl: () => `${address.world}/way`,
    sandboxUrl: () => address.world,
    tenantId: '7b0c4d1e-52f6-4a89-9c3d-e1f2a3b4c5d6',
    bot: { id: '28:conference-dissent', name: 'Conference Dissent' },
    answerLimitMilliseconds: 5000,
  });
  const listeners = new Set<() => void>();
  const heard: Handler = async () => {
    for (const listener of listeners) listener();
    return false;
  };
  const server = await serve(0, [heard, graph.handle, teams.connector, badWay('/way', ports, random)]);
  address.world = server.url;
  return {
    teams,
    graph,
    clock,
    url: server.url,
    people,
    directory,
    ports,
    startsAt,
    begun,
    /** Waits until so many things more have begun between the program and the world, or for so many milliseconds if less than that happens. */
    happenings: (howMany: number, longest: number) =>
      new Promise<void>((resolve) => {
        let left = howMany;
        const end = () => {
          clearTimeout(timer);
          listeners.delete(listener);
          resolve();
        };
        const listener = () => {
          left -= 1;
          if (left <= 0) end();
        };
        const timer = setTimeout(end, longest);
        listeners.add(listener);
      }),
    close: server.close,
  };
}

function shelfInMemory(): Shelf {
  const documents = new Map<string, unknown>();
  return {
    read: <T>(name: string, empty: T) => (documents.get(name) as T | undefined) ?? empty,
    write: (name, value) => void documents.set(name, value),
  };
}

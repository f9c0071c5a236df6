import { recorded } from '../../src/app/actOnCase.ts';
import type { Access, Cases, PostedCard, Trail } from '../../src/app/ports.ts';
import { makeBot } from '../../src/bot/startBot.ts';
import type { TurnDependencies } from '../../src/bot/turns/shown.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { type RecordedEvent, replay } from '../../src/domain/case.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { startTeamsClient } from '../support/teamsClient.ts';
import { chatsWith } from './chats.ts';
import { keptLog } from './keptLog.ts';

const library = loadLibrary('procedures');
const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} });

/** The cases in memory, by the same rules as the store: numbered, once a draft, refused when another commit came between. */
function casesInMemory(): Cases & { trails: Map<string, Trail> } {
  const trails = new Map<string, Trail>();
  const drafts = new Map<string, string>();
  return {
    trails,
    async open({ draft, prefix, year, partnership, procedure: { id, version }, build }) {
      const opened = drafts.get(draft);
      if (opened) return { reference: opened, repeated: true };
      const reference = `${prefix}-${year}-${String(trails.size + 1).padStart(3, '0')}`;
      const { events, actor, at } = build(reference);
      drafts.set(draft, reference);
      trails.set(reference, {
        reference,
        partnership,
        procedure: { id, version },
        events: events.map((event, index) => recorded(event, index + 1, at, actor)),
      });
      return { reference, repeated: false };
    },
    load: async (reference) => structuredClone(trails.get(reference) ?? null),
    async append({ reference, expectedRevision, events, actor, at }) {
      const trail = trails.get(reference);
      if (!trail || trail.events.length !== expectedRevision) return 'conflict';
      trail.events.push(...events.map((event, index): RecordedEvent => recorded(event, expectedRevision + index + 1, at, actor)));
      return 'committed';
    },
    concerning: async () =>
      [...trails.values()].reverse().flatMap(({ reference, partnership, procedure, events }) => {
        const current = replay(reference, procedure, events);
        if (!current) return [];
        const { status, stage, revision, raisedAt } = current;
        return [{ reference, partnership, procedure, status, stage, revision, raisedAt }];
      }),
    openReferences: async () => [...trails.keys()],
  };
}

/** The bot as a sandbox has it, over HTTP, with the program's stores in memory and a Bot Framework client for Teams. */
export async function startProgram(now = '2027-01-12T15:10:00Z') {
  const teams = await startTeamsClient();
  const log = keptLog();
  const cases = casesInMemory();
  const trail: Access[] = [];
  const posted: PostedCard[] = [];
  const chats = new Map<string, { conversation: unknown; name: string }>();
  const told: string[] = [];
  const clock = { instant: Temporal.Instant.from(now), now: () => clock.instant };
  const on: TurnDependencies & { ready(): Promise<boolean> } = {
    cases,
    access: {
      record: async (access) => void trail.push(access),
      of: async (reference) => trail.filter((access) => access.reference === reference),
    },
    library,
    directory,
    clock,
    log,
    conversations: {
      of: async (person) => chats.get(person) ?? null,
      async keep(person, conversation, name) {
        const isNew = !chats.has(person);
        chats.set(person, { conversation, name });
        return isNew;
      },
    },
    posted: {
      of: async (reference) => posted.filter((card) => card.reference === reference),
      async keep(card) {
        const at = posted.findIndex(
          ({ reference, person, key }) => reference === card.reference && person === card.person && key === card.key,
        );
        if (at < 0) posted.push(card);
        else posted[at] = card;
      },
    } as TurnDependencies['posted'],
    enqueueTell: async (reference) => void told.push(reference),
    wake: () => {},
    ready: async () => true,
  };
  const bot = makeBot({ port: 0, mode: { kind: 'sandbox', serviceUrl: () => teams.serviceUrl } }, log);
  const { port, close } = await bot.listen(on);
  return {
    ...chatsWith(port, teams, directory()),
    cases,
    trail,
    posted,
    told,
    log,
    clock,
    calls: teams.calls,
    teams,
    port,
    async close() {
      await close();
      await teams.close();
    },
  };
}

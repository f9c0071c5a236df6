import type { Cover, Covers } from '../../src/app/cover.ts';
import { coveredDirectory } from '../../src/app/coveredDirectory.ts';
import type { Job } from '../../src/app/job.ts';
import type { Access, Mail, PostedCard } from '../../src/app/ports.ts';
import type { PendingJob } from '../../src/app/stuck.ts';
import { makeBot } from '../../src/bot/startBot.ts';
import { conversation } from '../../src/conversation/conversation.ts';
import type { ConversationDependencies } from '../../src/conversation/dependencies.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { drawSheet } from '../../src/sheets/drawSheet.ts';
import { casesInMemory } from '../support/casesInMemory.ts';
import { startTeamsClient } from '../support/teamsClient.ts';
import { unreachedInMemory } from '../support/unreached.ts';
import { chatsWith } from './chats.ts';
import { keptLog } from './keptLog.ts';

const library = loadLibrary('procedures');
const file = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} });

/** Covers in memory, by the same rules as the store: once a draft, and gone once ended. */
function coversInMemory() {
  const made: { cover: Cover; draft: string }[] = [];
  const store: Covers = {
    all: async () => made.map(({ cover }) => cover),
    async begin(cover, draft) {
      if (!made.some((each) => each.draft === draft)) made.push({ cover: { ...cover, number: made.length + 1, endedAt: null }, draft });
    },
    async end(number, _by, at) {
      for (const { cover } of made) if (cover.number === number) cover.endedAt ??= at.toString();
    },
  };
  return { made, store };
}

/** The bot as a sandbox has it, over HTTP, with the program's stores in memory and a Bot Framework client for Teams; `read` is its directory. */
export async function startProgram(now = '2027-01-12T15:10:00Z', read = file) {
  const teams = await startTeamsClient();
  const log = keptLog();
  const cases = casesInMemory();
  const trail: Access[] = [];
  const posted: PostedCard[] = [];
  const forms = new Set<string>();
  const chats = new Map<string, { conversation: unknown; name: string }>();
  const told: string[] = [];
  const caughtUp: string[] = [];
  /** The jobs about whoever could not be told. */
  const left: Job[] = [];
  /** What the stores of chats and of what stands in them throw, once set. */
  const faults: { posted?: Error; conversations?: Error; mail?: Error } = {};
  const pending: PendingJob[] = [];
  const mailed: Parameters<Mail['send']>[] = [];
  const clock = { instant: Temporal.Instant.from(now), now: () => clock.instant };
  const covers = coversInMemory();
  const unreached = unreachedInMemory();
  const { directory, presentCovers } = coveredDirectory({ read, covers: covers.store, unreached, clock });
  const bot = makeBot({ port: 0, mode: { kind: 'sandbox', serviceUrl: () => teams.serviceUrl } }, log);
  const deps: ConversationDependencies = {
    chat: bot.chat,
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
      async of(person) {
        if (faults.conversations) throw faults.conversations;
        return chats.get(person) ?? null;
      },
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
        if (at < 0) posted.push({ ...card });
        else posted[at] = { ...card };
      },
      formOpened: async (person, activityId) => void forms.add(`${person} ${activityId}`),
      async formClosed(person, activityId) {
        if (faults.posted) throw faults.posted;
        return forms.delete(`${person} ${activityId}`) ? [...cases.trails.keys()] : [];
      },
      heldBack: async () => false,
      heldBackUntil: async () => [],
    },
    mail: {
      async send(...message) {
        if (faults.mail) throw faults.mail;
        mailed.push(message);
      },
    },
    drawSheet,
    covers: covers.store,
    presentCovers,
    casesAboutChild: async () => [...cases.trails.keys()],
    health: null,
    casesRaised: async (partnership) =>
      [...cases.trails.values()].flatMap((trail) =>
        trail.partnership === partnership ? [{ reference: trail.reference, figures: null }] : [],
      ),
    jobs: {
      pending: async () => pending,
      retry: async (name, reference) => {
        const at = pending.findIndex((job) => job.name === name && job.reference === reference);
        return pending.splice(at, at < 0 ? 0 : 1).length > 0;
      },
    },
    async enqueue(job) {
      if (job.name === 'tell') told.push(job.reference);
      if (job.name === 'catch-up') caughtUp.push(job.reference);
      if (job.name === 'mail-unreached' || job.name === 'report-stuck') left.push(job);
    },
  };
  const { port, close } = await bot.listen({ conversation: conversation(deps), directory, ready: async () => true });
  return {
    ...chatsWith(port, teams, directory()),
    cases,
    trail,
    posted,
    forms,
    deps,
    told,
    mailed,
    caughtUp,
    left,
    unreached,
    faults,
    pending,
    covers,
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

import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { OutsideFault } from '../../../src/app/faults.ts';
import { dailyRound } from '../../../src/app/jobs/dailyRound.ts';
import type { Conversations, Log, Trail } from '../../../src/app/ports.ts';
import type { CaseDependencies } from '../../../src/app/seeCase.ts';
import { remindersSender } from '../../../src/conversation/jobs/sendReminders.ts';
import { readDirectory } from '../../../src/directory/readDirectory.ts';
import type { CaseEvent } from '../../../src/domain/events/events.ts';
import { loadLibrary } from '../../../src/procedures/loadLibrary.ts';
import type { Database } from '../../../src/storage/database.ts';
import { reminderRows } from '../../../src/storage/reminders.ts';
import { freshDatabase } from '../../support/database.ts';
import { aDissent, aRecord, openedWith, recorded } from '../../support/dissents.ts';
import { unreachedInMemory } from '../../support/unreached.ts';

const library = loadLibrary('procedures');
const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} });
const nothing = async () => {};

/** What the program finds, and what comes of it; a test sets it up and reads it. */
export const world = {
  now: Temporal.Instant.from('2027-08-11T07:00:00Z'),
  open: [] as Trail[],
  sent: [] as string[],
  /** Cases that the round has told everybody of, and the clock's time then. */
  told: [] as string[],
  /** Other jobs that the round has left. */
  left: [] as string[],
  /** Cases that were found unreadable. */
  unreadable: [] as unknown[],
  /** What befalls the next messages, in order; afterwards they go through. */
  troubles: [] as OutsideFault[],
};

/** Sets the clock. */
export const at = (instant: string) => {
  world.now = Temporal.Instant.from(instant);
};

let database: Database;

/** Gives a file of tests a store of reminders of its own, and each of its tests an empty world. */
export function eachInAnEmptyWorld(): void {
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.pool.query('TRUNCATE reminder, reminder_round');
    Object.assign(world, { open: [], sent: [], told: [], left: [], unreadable: [], troubles: [] });
    at('2027-08-11T07:00:00Z');
  });
}

/** A dissent from Camden's conference of a day, referred on that day where it is said to be. */
export function aCase(reference: string, date: string, referred = true): Trail {
  const dissent = aDissent({ conference: { date }, agency: 'community-health' });
  const events: CaseEvent[] = [
    ...openedWith(dissent),
    ...(referred
      ? [
          { type: 'ConferenceRecorded', record: aRecord, agency: 'community-health' } as const,
          { type: 'StageEntered', stage: 'decide' } as const,
        ]
      : []),
  ];
  const actor = { person: 'chair', role: 'chair' };
  const end = { hash: '', wrapped: '', keyId: '' };
  return {
    reference,
    partnership: 'camden',
    procedure: { id: 'camden-dissent', version: 1 },
    events: recorded(events, `${date}T15:00:00Z`, actor),
    end,
  };
}

/** A process of the program, as far as reminders go: `look` goes the round and does the jobs that it leaves; a job that fails waits in `failed`. */
export function aProcess() {
  const reminders = reminderRows(database.kysely);
  const failed: string[] = [];
  const queue: string[] = [];
  const conversations: Conversations = { of: async (person) => ({ conversation: person, name: person }), keep: async () => false };
  const cases = {
    openReferences: async () => world.open.map(({ reference }) => reference),
    load: async (wanted: string) => world.open.find(({ reference }) => reference === wanted) ?? null,
  };
  const log: Log = { info: () => {}, warn: () => {}, error: (_message, _cause, facts) => void world.unreadable.push(facts?.reference) };
  const deps = { cases, access: {}, library, directory, clock: { now: () => world.now }, log } as unknown as CaseDependencies;
  const chat = {
    post: async (conversation: unknown, _card: object, summary: string) => {
      const trouble = world.troubles.shift();
      if (trouble) throw trouble;
      world.sent.push(`${conversation}: ${summary.replace('Conference Dissent: ', '')}`);
      return 'activity';
    },
    update: nothing,
    begin: nothing,
    members: async () => new Set<string>(),
  };
  const send = remindersSender({ ...deps, reminders, conversations, chat, unreached: unreachedInMemory(), enqueue: nothing });
  const round = dailyRound({
    ...deps,
    reminders,
    posted: { heldBackUntil: async () => [] },
    presentCovers: nothing,
    async enqueueAll(jobs) {
      for (const job of jobs) {
        if (job.name === 'remind') queue.push(job.reference);
        else if (job.name !== 'tell') world.left.push(`${job.name} ${job.reference}`);
        if (job.name === 'tell') world.told.push(`${job.reference} ${job.byTime ? 'by time ' : ''}${world.now.toString().slice(5, 16)}`);
      }
    },
  });
  const work = async () => {
    for (let reference = queue.shift(); reference !== undefined; reference = queue.shift()) {
      const job = reference;
      await send(job).catch(() => failed.push(job));
    }
  };
  return {
    reminders,
    async look() {
      await round();
      await work();
    },
    /** Does the failed jobs again, as the queue does after a while. */
    async retry() {
      queue.push(...failed.splice(0));
      await work();
    },
  };
}

/** The ninth working day's message about two cases. */
export const dayNine = ['service-manager: 2 cases wait for you'];

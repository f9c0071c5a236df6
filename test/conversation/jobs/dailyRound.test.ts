import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { OutsideFault } from '../../../src/app/faults.ts';
import { dailyRound } from '../../../src/app/jobs/dailyRound.ts';
import type { Conversations, Trail } from '../../../src/app/ports.ts';
import type { CaseDependencies } from '../../../src/app/seeCase.ts';
import { remindersSender } from '../../../src/conversation/jobs/sendReminders.ts';
import { readDirectory } from '../../../src/directory/readDirectory.ts';
import type { CaseEvent } from '../../../src/domain/case.ts';
import { loadLibrary } from '../../../src/procedures/loadLibrary.ts';
import type { Database } from '../../../src/storage/database.ts';
import { reminderRows } from '../../../src/storage/reminders.ts';
import { aDissent, aRecord } from '../../domain/given.ts';
import { freshDatabase } from '../../support/database.ts';

const library = loadLibrary('procedures');
const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} });
const nothing = async () => {};

let database: Database;
let now: Temporal.Instant;
let open: Trail[];
let sent: string[];
/** Cases that the round has told everybody of, and the clock's time then. */
let told: string[];
/** What befalls the next messages, in order; afterwards they go through. */
let troubles: OutsideFault[];

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.pool.query('TRUNCATE reminder, reminder_round');
  [open, sent, told, troubles] = [[], [], [], []];
  at('2027-08-11T07:00:00Z');
});

const at = (instant: string) => {
  now = Temporal.Instant.from(instant);
};

/** A dissent from Camden's conference of a day, referred on that day where it is said to be. */
function aCase(reference: string, date: string, referred = true): Trail {
  const dissent = aDissent({ conference: { date }, agency: 'community-health' });
  const events: CaseEvent[] = [
    { type: 'DissentRaised', dissent, flags: [] },
    { type: 'StageEntered', stage: 'record' },
    ...(referred
      ? [
          { type: 'ConferenceRecorded', record: aRecord, agency: 'community-health' } as const,
          { type: 'StageEntered', stage: 'decide' } as const,
        ]
      : []),
  ];
  const actor = { person: 'chair', role: 'chair' };
  const recorded = events.map((event, index) => ({ ...event, revision: index + 1, at: `${date}T15:00:00Z`, actor }));
  const end = { hash: '', wrapped: '', keyId: '' };
  return { reference, partnership: 'camden', procedure: { id: 'camden-dissent', version: 1 }, events: recorded, end };
}

/** A process of the program, as far as reminders go: `look` goes the round and does the jobs that it leaves; a job that fails waits in `failed`. */
function aProcess() {
  const reminders = reminderRows(database.kysely);
  const failed: string[] = [];
  const queue: string[] = [];
  const conversations: Conversations = { of: async (person) => ({ conversation: person, name: person }), keep: async () => false };
  const cases = {
    openReferences: async () => open.map(({ reference }) => reference),
    load: async (wanted: string) => open.find(({ reference }) => reference === wanted) ?? null,
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const deps = { cases, access: {}, library, directory, clock: { now: () => now }, log } as unknown as CaseDependencies;
  const chat = {
    post: async (conversation: unknown, _card: object, summary: string) => {
      const trouble = troubles.shift();
      if (trouble) throw trouble;
      sent.push(`${conversation}: ${summary.replace('Conference Dissent: ', '')}`);
      return 'activity';
    },
    update: nothing,
    begin: nothing,
  };
  const send = remindersSender({ ...deps, reminders, conversations, chat });
  const round = dailyRound({
    ...deps,
    reminders,
    posted: { heldBackUntil: async () => [] },
    presentCovers: nothing,
    async enqueue(job) {
      if (job.name === 'remind') queue.push(job.reference);
      if (job.name === 'tell') told.push(`${job.reference} ${job.byTime ? 'by time ' : ''}${now.toString().slice(5, 16)}`);
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

const dayNine = ['service-manager: 2 cases wait for you'];
const throttled = () => new OutsideFault('throttled', 'Teams answered 429', 'whether the bot sends more than Teams takes');

test('C16: two cases that are due are one message, at the first look from 09:00 on, however often and by however many processes it is looked', async () => {
  open = [aCase('DIS-27-001', '2027-08-11'), aCase('DIS-27-002', '2027-08-11')];
  const [one, other] = [aProcess(), aProcess()];
  at('2027-08-23T16:30:00+01:00');
  await one.look();
  expect(sent).toEqual(['service-manager: 2 cases wait for you', 'head-of-service: 2 cases to know about']);
  sent = [];
  at('2027-08-24T08:59:59+01:00');
  await one.look();
  expect(sent).toEqual([]);
  at('2027-08-24T09:00:30+01:00');
  await Promise.all([one.look(), other.look()]);
  await one.look();
  await aProcess().look();
  expect(sent).toEqual(dayNine);
});

test('C16, scenario of a month: a program that stood still says everything in one message a person, and not again on the next day', async () => {
  const first = aProcess();
  at('2027-08-11T10:00:00+01:00');
  await first.look();
  open = [aCase('DIS-27-001', '2027-08-11'), aCase('DIS-27-002', '2027-08-11', false), aCase('DIS-27-003', '2027-08-09')];

  at('2027-09-15T11:00:00+01:00');
  const again = aProcess();
  await again.look();
  expect(sent.toSorted()).toEqual([
    'chair: 1 case waits for you',
    'head-of-service: 3 cases to know about',
    'service-manager: 2 cases wait for you',
  ]);
  at('2027-09-16T11:00:00+01:00');
  await again.look();
  expect(sent).toHaveLength(3);
});

test.each([
  ['in the evening', '2027-09-15T17:00:00+01:00', '2027-09-16T09:00:00+01:00'],
  ['on a Saturday', '2027-09-11T11:00:00+01:00', '2027-09-13T09:00:00+01:00'],
  ['on a holiday', '2027-08-30T11:00:00+01:00', '2027-08-31T09:00:00+01:00'],
])('a program that comes back %s waits until the next working morning', async (_when, back, morning) => {
  at('2027-08-11T10:00:00+01:00');
  await aProcess().look();
  open = [aCase('DIS-27-001', '2027-08-11')];
  const process = aProcess();
  at(back);
  await process.look();
  expect(sent).toEqual([]);
  at(morning);
  await process.look();
  expect(sent.toSorted()).toEqual(['head-of-service: 1 case to know about', 'service-manager: 1 case waits for you']);
});

test('Scenario 6, Q27: cases are told of as a day begins and again from 09:00 on, when cards go out that only time has brought', async () => {
  open = [aCase('DIS-27-001', '2027-08-11')];
  const process = aProcess();
  await process.look();
  told = [];
  for (const time of ['27T23:00', '28T00:00', '28T00:01', '28T08:59', '28T09:00', '28T12:00', '28T17:00', '30T13:00', '30T18:00']) {
    at(`2027-08-${time}:00+01:00`);
    await process.look();
  }
  // 30 August is a holiday of this calendar, which may be a working day of another.
  expect(told).toEqual(['08-27T22:00', '08-27T23:00', '08-28T08:00', '08-30T12:00'].map((time) => `DIS-27-001 by time ${time}`));
});

test('X4: a message that Teams does not take is tried again until it goes, and goes once', async () => {
  open = [aCase('DIS-27-001', '2027-08-11'), aCase('DIS-27-002', '2027-08-11')];
  const process = aProcess();
  at('2027-08-23T16:00:00+01:00');
  await process.look();
  sent = [];
  troubles = [throttled(), new OutsideFault('unreachable', 'Teams did not answer', 'whether this machine reaches Teams')];
  at('2027-08-24T09:00:00+01:00');
  await process.look();
  await process.retry();
  expect(sent).toEqual([]);
  await process.retry();
  await process.look();
  await aProcess().look();
  expect(sent).toEqual(dayNine);
});

test('what could not go by the evening goes with the next message, as the cases stand by then', async () => {
  open = [aCase('DIS-27-001', '2027-08-11'), aCase('DIS-27-002', '2027-08-11'), aCase('DIS-27-003', '2027-08-10')];
  const process = aProcess();
  at('2027-08-23T16:00:00+01:00');
  await process.look();
  sent = [];
  troubles = [throttled(), throttled()];
  at('2027-08-24T09:00:00+01:00');
  await process.look();
  at('2027-08-24T17:00:00+01:00');
  await process.retry();
  // By now the second has been decided.
  const decided = open[1] as Trail;
  open[1] = {
    ...decided,
    events: [
      ...decided.events,
      { type: 'StageEntered', stage: 'conclude', revision: 5, at: now.toString(), actor: { person: 'sm', role: 'sm' } },
    ],
  };
  at('2027-08-25T09:00:00+01:00');
  await process.look();
  await process.retry();
  expect(sent.toSorted()).toEqual(['head-of-service: 1 case to know about', 'service-manager: 2 cases wait for you']);
});

test('X4: a message that a process was sending when it was killed is not sent again; the next day has its own', async () => {
  open = [aCase('DIS-27-001', '2027-08-11')];
  const killed = aProcess();
  at('2027-08-23T16:00:00+01:00');
  await killed.look();
  sent = [];
  at('2027-08-24T09:00:00+01:00');
  troubles = [throttled()];
  await killed.look();
  const [reference = ''] = await killed.reminders.waiting();
  expect(await killed.reminders.take(reference)).toMatchObject({
    person: 'service-manager',
    about: [{ reference: 'DIS-27-001', stage: 'decide' }],
  });
  const next = aProcess();
  await next.look();
  expect(sent).toEqual([]);
  at('2027-08-25T09:00:00+01:00');
  await next.look();
  expect(sent).toEqual(['service-manager: 1 case waits for you']);
});

test('X9: a case that is not there for its person any more is not told of, and nothing is left to send', async () => {
  open = [aCase('DIS-27-001', '2027-08-11')];
  const process = aProcess();
  at('2027-08-23T16:00:00+01:00');
  await process.look();
  sent = [];
  troubles = [throttled()];
  at('2027-08-24T09:00:00+01:00');
  await process.look();
  open = [];
  await process.retry();
  expect(sent).toEqual([]);
  expect(await process.reminders.waiting()).toEqual([]);
});

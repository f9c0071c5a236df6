import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { FORM_STANDS } from '../../../src/app/cardsDue.ts';
import { OutsideFault } from '../../../src/app/faults.ts';
import type { Job } from '../../../src/app/job.ts';
import { dailyRound } from '../../../src/app/jobs/dailyRound.ts';
import type { Trail } from '../../../src/app/ports.ts';
import type { CaseDependencies } from '../../../src/app/seeCase.ts';
import { everybodyTold } from '../../../src/conversation/jobs/tellEveryone.ts';
import { readDirectory } from '../../../src/directory/readDirectory.ts';
import type { CaseEvent, RecordedEvent } from '../../../src/domain/events/events.ts';
import { loadLibrary } from '../../../src/procedures/loadLibrary.ts';
import type { Database } from '../../../src/storage/database.ts';
import { postedCards } from '../../../src/storage/postedCards.ts';
import { reminderRows } from '../../../src/storage/reminders.ts';
import { keysOf } from '../../storage/caseFixtures.ts';
import { freshDatabase } from '../../support/database.ts';
import { aDissent, aRecord, openedWith } from '../../support/dissents.ts';
import { unreachedInMemory } from '../../support/unreached.ts';

const reference = 'DIS-27-001';
const library = loadLibrary('procedures');
const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} });
const openedAt = Temporal.Instant.from('2027-01-12T15:10:00Z');

let database: Database;
let posted: ReturnType<typeof postedCards>;
let now: Temporal.Instant;
let trail: Trail;
/** What was sent to Teams, such as `update chair record`. */
let sent: string[];
/** People whose messages Teams does not find. */
let gone: string[];
/** Messages that somebody has deleted. */
let deleted: string[];
/** Jobs about a case that the round has left. */
let left: Job[];
let tell: (job?: Job) => Promise<void>;
let look: () => Promise<void>;

beforeAll(async () => {
  database = await freshDatabase();
  posted = postedCards(database.kysely, await keysOf(database));
});
afterAll(() => database.close());

/** A case that the dissenter has raised, with the cards of dissenter and chair in their chats. */
beforeEach(async () => {
  await database.pool.query('TRUNCATE posted_card');
  [now, sent, gone, deleted, left] = [openedAt, [], [], [], []];
  const end = { hash: '', wrapped: '', keyId: '' };
  trail = { reference, partnership: 'camden', procedure: { id: 'camden-dissent', version: 1 }, events: [], end };
  happens(...openedWith(aDissent({ agency: 'community-health' })));
  const deps = {
    cases: { load: async () => trail, append: async () => 'committed', onConference: async () => [], openReferences: async () => [] },
    access: {},
    library,
    directory,
    clock: { now: () => now },
    log: { info: () => {}, warn: () => {}, error: () => {} },
  } as unknown as CaseDependencies;
  const message = (deed: string, person: unknown, summary: string) => {
    if (gone.includes(String(person))) throw new OutsideFault('not-found', 'no such message', 'the chat');
    sent.push(`${deed} ${person}: ${summary}`);
  };
  const chat = {
    async post(person: unknown, _card: object, summary: string) {
      message('post', person, summary);
      return `message ${person} ${sent.length}`;
    },
    async update(conversation: unknown, activityId: string, _card: object, summary: string) {
      if (deleted.includes(activityId)) throw new OutsideFault('not-found', 'no such message', 'nothing');
      message('update', conversation, summary);
    },
    begin: async () => null,
    members: async () => new Set<string>(),
  };
  const conversations = { of: async (person: string) => ({ conversation: person, name: person }), keep: async () => false };
  const told = everybodyTold({ ...deps, posted, conversations, chat, unreached: unreachedInMemory(), enqueue: async () => {} });
  look = dailyRound({
    ...deps,
    posted,
    reminders: reminderRows(database.kysely),
    presentCovers: async () => {},
    enqueueAll: async (jobs) => void left.push(...jobs.filter(({ name }) => name === 'tell')),
  });
  tell = (job) => told(reference, job);
  await tell();
  sent = [];
});

function happens(...events: CaseEvent[]) {
  const actor = { person: 'health-visitor', role: 'dissenter' };
  const after = trail.events.length + 1;
  trail.events.push(...events.map((event, index): RecordedEvent => ({ ...event, revision: after + index, at: now.toString(), actor })));
}

const added = (text: string): CaseEvent => ({ type: 'DissentAddedTo', text });
const cardOf = async (person: string, key: string) =>
  (await posted.of(reference)).find((card) => card.person === person && card.key === key)!;
const messageOf = async (person: string, key: string) => (await cardOf(person, key)).activityId!;
const opensForm = async (person: string, key: string, stage = 'record') =>
  posted.formOpened(person, await messageOf(person, key), stage, now);
const news = `${reference}: there is news`;
const waits = `${reference}: something waits for you`;

test('X5: a card with an open form is left as it is while the case moves; when the form is never sent, it is brought up to date once, thirty minutes on', async () => {
  await opensForm('chair', 'record');
  happens(added('The nursery has written.'));
  await tell();
  expect(sent).toEqual([`update health-visitor: ${news}`]);

  now = openedAt.add(FORM_STANDS).subtract({ seconds: 1 });
  happens(added('And so has the school.'));
  await tell();
  await look();
  expect(sent).toEqual([`update health-visitor: ${news}`, `update health-visitor: ${news}`]);
  expect(left).toEqual([]);

  now = openedAt.add(FORM_STANDS);
  await look();
  expect(left).toEqual([{ name: 'tell', reference, byTime: true }]);
  sent = [];
  await tell();
  await look();
  await tell();
  expect(sent).toEqual([`update chair: ${waits}`]);
  expect(left).toHaveLength(1);
});

test('X4: when the form has gone from the card, the case whose news had waited for it is named once, and its card is brought up to date', async () => {
  const message = await messageOf('chair', 'record');
  await opensForm('chair', 'record');
  expect(await posted.formClosed('chair', message)).toEqual([]);
  await opensForm('chair', 'record');
  happens(added('The nursery has written.'));
  await tell();
  expect(await posted.formClosed('health-visitor', message)).toEqual([]);
  expect(await posted.formClosed('chair', message)).toEqual([reference]);
  expect(await posted.formClosed('chair', message)).toEqual([]);
  sent = [];
  await tell();
  expect(sent).toEqual([`update chair: ${waits}`]);
});

test('C15: what is new for somebody with a form open is posted all the same, and so is their card in a chat that is new', async () => {
  happens({ type: 'ConferenceRecorded', record: aRecord, agency: 'community-health' }, { type: 'StageEntered', stage: 'decide' });
  await tell();
  await opensForm('chair', 'record', 'decide');
  await opensForm('service-manager', 'stage:decide', 'decide');
  const question = 'When was the record sent?';
  happens({ type: 'InformationRequested', request: 1, kind: 'information', of: 'chair', to: 'chair', question, wantedBy: null });
  sent = [];
  await tell();
  expect(sent).toEqual([`post chair: ${waits}`, `update health-visitor: ${news}`]);

  // In a chat that is new to the bot nothing of theirs stands, wherever it stood before.
  for (const card of await posted.of(reference))
    if (card.person === 'chair' && !card.key.startsWith('past:')) await posted.keep({ ...card, activityId: null, shows: '' });
  sent = [];
  await tell();
  expect(sent).toEqual([`post chair: ${waits}`]);
  happens(added('The nursery has written.'));
  sent = [];
  await tell();
  expect(sent).toContain(`update chair: ${waits}`);
});

test('CD9: one live card a case and person: news comes in a new one, and the earlier becomes one line, once, when no form is open on it', async () => {
  const first = await messageOf('chair', 'record');
  await opensForm('chair', 'record');
  const question = 'When was the record sent?';
  happens({ type: 'InformationRequested', request: 1, kind: 'information', of: 'chair', to: 'chair', question, wantedBy: null });
  await tell();
  expect(sent).toContain(`post chair: ${waits}`);
  expect(sent).not.toContain(`update chair: ${reference}`);
  const live = (await posted.of(reference)).filter(({ person, activityId }) => person === 'chair' && activityId !== first);
  expect(new Set(live.map(({ key }) => key))).toEqual(new Set(['record', 'question:1']));
  expect(new Set(live.map(({ activityId }) => activityId)).size).toBe(1);

  expect(await posted.formClosed('chair', first)).toEqual([reference]);
  sent = [];
  await tell();
  await tell();
  expect(sent).toEqual([`update chair: ${reference}`]);
  happens(added('The nursery has written.'));
  sent = [];
  await tell();
  expect(sent.filter((each) => each.includes('chair'))).toEqual([`update chair: ${waits}`]);
});

test('CD9: what comes of a person’s own deed is on the card that they pressed, and posts them no other', async () => {
  const actor = { person: 'chair', role: 'chair' };
  const record: CaseEvent[] = [
    { type: 'ConferenceRecorded', record: aRecord, agency: 'community-health' },
    { type: 'StageEntered', stage: 'decide' },
  ];
  trail.events.push(...record.map((event, index) => ({ ...event, revision: 3 + index, at: now.toString(), actor })));
  await tell();
  const by = { person: 'service-manager', role: 'service-manager' };
  const decision = {
    outcome: 'not_upheld',
    perChild: { 'CH-1041': 'not_upheld' },
    reasons: 'Read.',
    answers: {},
    delayReason: null,
    flags: [],
  };
  trail.events.push(
    { type: 'DecisionMade', stage: 'decide', ...decision, revision: 5, at: now.toString(), actor: by },
    { type: 'StageEntered', stage: 'conclude', revision: 6, at: now.toString(), actor: by },
  );
  sent = [];
  await tell();
  expect(sent.filter((each) => each.includes('service-manager'))).toEqual([`update service-manager: ${waits}`]);
  expect(sent).toContain(`post chair: ${news}`);
});

test('given a card whose message is gone when the form has had its time, then it is tried once more, and not at every look', async () => {
  await opensForm('chair', 'record');
  happens(added('The nursery has written.'));
  await tell();
  gone = ['chair'];
  now = openedAt.add(FORM_STANDS);
  await look();
  await tell();
  await look();
  expect(left).toHaveLength(1);
});

test('TM3: a card whose message was deleted is posted anew, once, and kept current there', async () => {
  const old = await messageOf('chair', 'record');
  deleted = [old];
  happens(added('The nursery has written.'));
  await tell();
  expect(sent).toContain(`post chair: ${waits}`);
  expect(await messageOf('chair', 'record')).not.toBe(old);
  sent = [];
  await tell();
  expect(sent).toEqual([]);
  happens(added('The nursery has written again.'));
  await tell();
  expect(sent).toContain(`update chair: ${waits}`);
});

test('TM3: what only time has brought is posted anew in working hours', async () => {
  deleted = [await messageOf('chair', 'record')];
  happens(added('The nursery has written.'));
  now = Temporal.Instant.from('2027-01-14T00:01:00Z');
  await tell({ name: 'tell', reference, byTime: true });
  expect(sent.filter((each) => each.startsWith('post'))).toEqual([]);
  now = Temporal.Instant.from('2027-01-14T09:00:00Z');
  await tell({ name: 'tell', reference, byTime: true });
  expect(sent).toContain(`post chair: ${waits}`);
});

test.each<[string, CaseEvent]>([
  ['was withdrawn', { type: 'DissentWithdrawn', reason: 'It is settled.' }],
  ['has left the stage', { type: 'StageEntered', stage: 'decide' }],
])('X5: given a form of which nothing can come, since the case %s, then its card says so at once', async (_how, event) => {
  await opensForm('chair', 'record');
  happens(event, ...(event.type === 'DissentWithdrawn' ? [{ type: 'CaseClosed' } as const] : []));
  sent = [];
  await tell();
  expect(sent).toContain(`update chair: ${news}`);
});

test.each([
  ['a Saturday', '2027-05-15T10:30:00+01:00', '2027-05-17T09:00:00+01:00'],
  ['a holiday of its calendar', '2027-05-31T10:30:00+01:00', '2027-06-01T09:00:00+01:00'],
  ['an evening', '2027-05-12T17:00:00+01:00', '2027-05-13T09:00:00+01:00'],
])(
  'Scenario 6: on %s time alone posts no new card, though it brings those up to date that stand; a click posts at once, and the next morning the rest',
  async (_when, away, morning) => {
    const byTime: Job = { name: 'tell', reference, byTime: true };
    happens({ type: 'ConferenceRecorded', record: aRecord, agency: 'community-health' }, { type: 'StageEntered', stage: 'decide' });
    now = Temporal.Instant.from(away);
    await tell(byTime);
    expect(sent.toSorted()).toEqual([`update chair: ${news}`, `update health-visitor: ${news}`]);
    await posted.keep({ ...(await cardOf('chair', 'record')), activityId: null, shows: '' });
    sent = [];
    await tell(byTime);
    expect(sent).toEqual([]);
    now = Temporal.Instant.from(morning);
    await tell(byTime);
    expect(sent.filter((line) => line.startsWith('post')).toSorted()).toEqual([`post chair: ${news}`, `post service-manager: ${waits}`]);

    const question = 'When was the record sent?';
    happens({ type: 'InformationRequested', request: 1, kind: 'information', of: 'chair', to: 'chair', question, wantedBy: null });
    now = Temporal.Instant.from(away);
    sent = [];
    await tell({ name: 'tell', reference });
    expect(sent).toContain(`post chair: ${waits}`);
  },
);

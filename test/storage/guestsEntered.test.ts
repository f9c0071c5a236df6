import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Person } from '../../src/directory/directory.ts';
import { replay } from '../../src/domain/case.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { conversations } from '../../src/storage/conversations.ts';
import type { Database } from '../../src/storage/database.ts';
import { guestsEntered } from '../../src/storage/guestsEntered.ts';
import { postedCards } from '../../src/storage/postedCards.ts';
import { reminderRows } from '../../src/storage/reminders.ts';
import type { StoreKeys } from '../../src/storage/storeKeys.ts';
import { freshDatabase } from '../support/database.ts';
import { dissent, keysOf, opening, procedure, raised, recorded } from './caseFixtures.ts';

const OBJECT_ID = '0000aaaa-0000-4000-8000-00000000000b';
const entered = { id: 'family-worker', aadObjectId: OBJECT_ID.toUpperCase() } as Person;

let database: Database;
let keys: StoreKeys;
beforeAll(async () => {
  database = await freshDatabase();
  keys = await keysOf(database);
});
afterAll(() => database.close());

/** A case that somebody raised before they were in the directory. */
async function raisedByGuest(draft: string): Promise<string> {
  const cases = caseStore(database.kysely, keys, noOutbox);
  const [first, ...rest] = raised;
  if (first?.type !== 'DissentRaised') throw new Error('nothing was raised');
  const events = [{ ...first, dissent: { ...dissent, dissenter: OBJECT_ID } }, ...rest];
  const opened = opening(draft);
  const build = (reference: string) => ({
    ...opened.build(reference),
    events,
    after: replay(reference, procedure, recorded(events))!,
  });
  return (await cases.open({ ...opened, build })).reference;
}

test('corner 7: lists, chat, cards and reminders follow somebody who is entered in the directory, and doing it again changes nothing', async () => {
  const { kysely } = database;
  const reference = await raisedByGuest('a guest');
  const cases = caseStore(kysely, keys, noOutbox);
  const posted = postedCards(kysely, keys);
  const chats = conversations(kysely, keys);
  const chat = { conversation: { id: 'a chat' } };
  await chats.keep(OBJECT_ID, chat, 'Lina');
  const card = { reference, person: OBJECT_ID, key: 'receipt', conversation: chat, activityId: 'message', shows: 'this' } as const;
  await posted.keep(card);
  await posted.formOpened(OBJECT_ID, 'message', 'record', Temporal.Instant.from('2027-01-12T16:00:00Z'));
  const about = [{ reference, stage: 'record', due: ['2027-01-13'] }];
  const round = { day: '2027-01-13', calendar: 'england-and-wales', messages: [{ person: OBJECT_ID, about }] };
  await reminderRows(kysely).goneRound(round);

  for (const _time of [1, 2]) {
    await guestsEntered(kysely, keys, { people: [entered] });
    expect((await cases.concerning('family-worker', [])).map((row) => row.reference)).toEqual([reference]);
    expect(await cases.concerning(OBJECT_ID, [])).toEqual([]);
    expect(await chats.of('family-worker')).toEqual({ conversation: chat, name: 'Lina' });
    expect(await chats.of(OBJECT_ID)).toBeNull();
    const own = { ...card, person: 'family-worker' };
    expect(await posted.of(reference)).toEqual([own]);
    expect(await posted.heldBack(own, 'record', Temporal.Instant.from('2027-01-12T15:30:00Z'))).toBe(true);
    await posted.keep(own);
    const [waiting] = await reminderRows(kysely).waiting('2027-01-13');
    const rows = await kysely.selectFrom('reminder').select('person').execute();
    expect([waiting, rows]).toEqual([expect.stringMatching(/^reminder-/), [{ person: 'family-worker' }]]);
  }
});

test('corner 7: what stands under the new id already is the newer, and stays', async () => {
  const { kysely } = database;
  const reference = await raisedByGuest('a guest who came back');
  const posted = postedCards(kysely, keys);
  const chats = conversations(kysely, keys);
  for (const person of [OBJECT_ID, 'family-worker']) {
    await chats.keep(person, { of: person }, person);
    await posted.keep({ reference, person, key: 'receipt', conversation: { of: person }, activityId: person, shows: '' });
  }
  await guestsEntered(kysely, keys, { people: [entered] });
  expect((await posted.of(reference)).map(({ person, activityId }) => [person, activityId])).toEqual([['family-worker', 'family-worker']]);
  expect(await chats.of('family-worker')).toEqual({ conversation: { of: 'family-worker' }, name: 'family-worker' });
});

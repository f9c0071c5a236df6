import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Access, PostedCard } from '../../src/app/ports.ts';
import { accessLog } from '../../src/storage/accessLog.ts';
import { bookingRows } from '../../src/storage/bookingRows.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { rebuildViews } from '../../src/storage/caseView.ts';
import { conversations } from '../../src/storage/conversations.ts';
import type { Database } from '../../src/storage/database.ts';
import { postedCards } from '../../src/storage/postedCards.ts';
import { freshDatabase } from '../support/database.ts';
import { commitOn, keysOf, look, opening, waiting } from './caseFixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

describe('the access log', () => {
  test('X3, X4: given many looks and refused presses at once, then all are kept, each in its own place', async () => {
    const log = accessLog(database.kysely, await keysOf(database));
    const refused: Access = {
      ...look,
      person: 'somebody',
      role: 'none',
      action: 'decide',
      cardRevision: 3,
      result: 'refused',
      code: 'not-allowed',
      rule: 'X3',
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => log.record(index % 2 ? refused : look)));
    const kept = await log.of('DIS-27-001');
    expect(kept.filter(({ result }) => result === 'viewed')).toEqual(Array.from({ length: 10 }, () => look));
    expect(kept.filter(({ result }) => result === 'refused')).toEqual(Array.from({ length: 10 }, () => refused));
  });

  test('X6, X9: given a reference that no case can have, typed by somebody, then the look is kept and what was typed is not', async () => {
    const log = accessLog(database.kysely, await keysOf(database));
    for (const reference of ['CH-1041', 'KATHRYN-WARE', 'DIS-27-1', '12-AVENUE-ROAD']) await log.record({ ...look, reference });
    const { rows } = await database.pool.query('SELECT reference FROM case_access');
    expect(new Set(rows.map((row) => row.reference))).toEqual(new Set(['DIS-27-001', '-']));
    const before = (await log.of('DIS-S-27-001')).length;
    await log.record({ ...look, reference: 'DIS-S-27-001' });
    expect(await log.of('DIS-S-27-001')).toHaveLength(before + 1);
  });

  test('C4: given a diverted concern, then it is kept though there is no case', async () => {
    const log = accessLog(database.kysely, await keysOf(database));
    const diverted: Access = { ...look, reference: null, action: 'raise', result: 'diverted', rule: 'C4' };
    await log.record(diverted);
    expect((await log.of('-')).at(-1)).toEqual(diverted);
  });
});

test('given a card that came to stand in a chat, when it shows something else, then its row says so and stays one', async () => {
  const posted = postedCards(database.kysely, await keysOf(database));
  const card: PostedCard = {
    reference: 'DIS-27-001',
    person: 'chair-one',
    key: 'stage:decide',
    conversation: { id: 'a', list: [1] },
    activityId: null,
    shows: 'one',
  };
  await posted.keep(card);
  await posted.keep({ ...card, activityId: 'activity', shows: 'two' });
  await posted.keep({ ...card, key: 'receipt' });
  expect(await posted.of('DIS-27-001')).toEqual([
    { ...card, key: 'receipt' },
    { ...card, activityId: 'activity', shows: 'two' },
  ]);
  expect(await posted.of('DIS-27-002')).toEqual([]);
});

test("given a person's first message, then the chat is new; given the next ones, then it is not, and the latest is kept", async () => {
  const chats = conversations(database.kysely, await keysOf(database));
  expect(await chats.of('chair-one')).toBeNull();
  expect(await chats.keep('chair-one', ['first'], 'Chair One')).toBe(true);
  expect(await chats.keep('chair-one', ['first'], 'Chair One')).toBe(false);
  expect(await chats.keep('chair-one', { id: 'second' }, 'Chair One')).toBe(false);
  expect(await chats.of('chair-one')).toEqual({ conversation: { id: 'second' }, name: 'Chair One' });
});

test('X4: given a booking, when it is attempted again after it was done, then the calendar event is still known', async () => {
  const rows = bookingRows(database.kysely);
  expect(await rows.find('DIS-27-001', 1)).toBeNull();
  await rows.attempt('DIS-27-001', 1);
  expect(await rows.find('DIS-27-001', 1)).toEqual({ calendarEvent: null, givenUp: 0 });
  await rows.done('DIS-27-001', 1, 'event-1');
  await rows.attempt('DIS-27-001', 1);
  expect(await rows.find('DIS-27-001', 1)).toEqual({ calendarEvent: 'event-1', givenUp: 0 });
  expect(await rows.find('DIS-27-001', 2)).toBeNull();
});

test('given a view that was spoilt, when it is rebuilt from the events, then it is as it was', async () => {
  const cases = caseStore(database.kysely, await keysOf(database), noOutbox);
  const { reference } = await cases.open(opening('view'));
  await cases.open(opening('view too'));
  await cases.append(
    commitOn(await cases.load(reference), [
      { type: 'ChairNamed', chair: 'chair-two' },
      { type: 'StageEntered', stage: 'decide' },
    ]),
  );
  const view = () => database.kysely.selectFrom('case_view').selectAll().orderBy('reference').execute();
  const before = await view();
  await database.pool.query(
    `UPDATE case_view SET chair = 'wrong', stage = 'wrong' WHERE reference = '${reference}'; DELETE FROM case_view WHERE reference <> '${reference}'`,
  );
  expect(await rebuildViews(database.kysely, await keysOf(database), () => waiting)).toBe(2);
  expect(await view()).toEqual(before);
});

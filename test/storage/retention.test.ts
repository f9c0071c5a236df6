import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Cases } from '../../src/app/ports.ts';
import type { CaseEvent } from '../../src/domain/events/events.ts';
import { accessLog } from '../../src/storage/accessLog.ts';
import { verifyAudit } from '../../src/storage/audit/verifyAudit.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { casesRaised } from '../../src/storage/casesRaised.ts';
import { rebuildViews } from '../../src/storage/caseView.ts';
import type { Database } from '../../src/storage/database.ts';
import { postedCards } from '../../src/storage/postedCards.ts';
import { eraseCase, type Periods, removeCase, retentionDue, setHold } from '../../src/storage/retention.ts';
import { retentionActs } from '../../src/storage/retentionLog.ts';
import type { StoreKeys } from '../../src/storage/storeKeys.ts';
import { freshDatabase } from '../support/database.ts';
import { commitOn, keysOf, look, opening, waiting } from './caseFixtures.ts';

const periods: Periods = { days: 90, years: 6 };
const closing: CaseEvent[] = [{ type: 'DissentWithdrawn', reason: 'We agreed.' }, { type: 'CaseClosed' }];
/** A case of these tests closes on Tue 12 Jan 2027, and its ninety days are over on Mon 12 Apr. */
const at = (day: string) => Temporal.Instant.from(`${day}T09:00:00Z`);
const by = { operator: 'it.operator', reason: 'The council asked for it.' };

let database: Database;
let store: { kysely: Database['kysely']; keys: StoreKeys };
let cases: Cases;
beforeAll(async () => {
  database = await freshDatabase();
  store = { kysely: database.kysely, keys: await keysOf(database) };
  cases = caseStore(store.kysely, store.keys, noOutbox);
});
afterAll(() => database.close());

async function caseOf(draft: string, { closed }: { closed: boolean }): Promise<string> {
  const { reference } = await cases.open(opening(draft));
  if (closed) await cases.append(commitOn(await cases.load(reference), closing));
  await postedCards(store.kysely, store.keys).keep({
    reference,
    person: 'chair-one',
    key: 'record',
    conversation: {},
    activityId: 'a',
    shows: 's',
  });
  await accessLog(store.kysely, store.keys).record({ ...look, reference });
  return reference;
}

const erase = (reference: string, day: string, force = false) => eraseCase(store, reference, { ...by, force }, periods, at(day));
const due = async (day: string) => retentionDue(store, periods, at(day));
const actsOn = async (reference: string) =>
  (await retentionActs(store.kysely, store.keys, reference)).map(({ action, early }) => ({ action, early }));
const fault = async () => (await verifyAudit(store.kysely, { vault: store.keys.vault })).fault;

describe('Part E, Retention: erasing a case', () => {
  test('given an open case, one within its days, and one on hold, then each is refused in a sentence and keeps everything', async () => {
    const open = await caseOf('open', { closed: false });
    const closed = await caseOf('closed', { closed: true });
    const held = await caseOf('held', { closed: true });
    expect(await setHold(store, held, true, { ...by, reason: 'Court proceedings' }, at('2027-02-01'))).toBeNull();
    expect(await erase(open, '2030-01-01', true)).toBe(`Case ${open} is open. It can be erased after it has closed.`);
    expect(await erase(closed, '2027-04-11')).toBe(
      `Case ${closed} closed on Tue 12 Jan 2027 and is kept until Mon 12 Apr 2027. To erase it now all the same, add --force.`,
    );
    expect(await erase(held, '2030-01-01', true)).toMatch(/^Case .* is on legal hold since Mon 1 Feb 2027/);
    expect(await erase('DIS-27-999', '2030-01-01')).toBe('There is no case DIS-27-999.');
    for (const reference of [open, closed, held]) expect(await cases.load(reference)).not.toBeNull();
    expect(await due('2027-04-11')).toMatchObject({ erase: [], remove: [], held: [{ reference: held, reason: 'Court proceedings' }] });
    expect(await due('2027-04-12')).toMatchObject({ erase: [{ reference: closed, since: '2027-04-12' }] });
    expect(await setHold(store, held, true, by, at('2027-02-01'))).toContain('is on legal hold');
    expect(await setHold(store, held, false, by, at('2027-05-01'))).toBeNull();
    expect(await setHold(store, held, false, by, at('2027-05-01'))).toBe(`Case ${held} is not on hold.`);
    expect((await due('2027-05-01')).erase.map(({ reference }) => reference)).toEqual([closed, held]);
  });

  test('X1, X9: given its days are over, when it is erased, then nobody sees it, its content is gone, and the chain still verifies', async () => {
    const reference = await caseOf('erased', { closed: true });
    const other = await caseOf('the other', { closed: false });
    expect(await cases.onConference(other)).toContain(reference);
    const read = await cases.load(reference);
    expect(await erase(reference, '2027-04-12')).toBeNull();
    expect(await cases.load(reference)).toBeNull();
    expect(await cases.erasedAt(reference)).toBe('2027-04-12T09:00:00Z');
    expect(await cases.append(commitOn(read, [{ type: 'CaseClosed' }]))).toBe('conflict');
    expect(await cases.onConference(other)).not.toContain(reference);
    expect((await cases.concerning('health-visitor', ['camden'])).map((each) => each.reference)).not.toContain(reference);
    expect(await postedCards(store.kysely, store.keys).of(reference)).toEqual([]);
    expect(await erase(reference, '2027-04-13')).toBe(`Case ${reference} was erased already, on Mon 12 Apr 2027.`);
    expect(await actsOn(reference)).toEqual([{ action: 'erased', early: false }]);
    expect((await due('2027-04-13')).erase.map((each) => each.reference)).not.toContain(reference);
    const key = await store.kysely.selectFrom('case_key').selectAll().where('reference', '=', reference).executeTakeFirstOrThrow();
    expect(key.wrapped).toBeNull();
    const rows = await store.kysely.selectFrom('case_event').select('type').where('reference', '=', reference).execute();
    expect(rows.map(({ type }) => type)).toEqual(['DissentRaised', 'StageEntered', 'DissentWithdrawn', 'CaseClosed']);
    expect(await verifyAudit(store.kysely, { vault: store.keys.vault })).toMatchObject({ fault: null, erased: 1 });
    await rebuildViews(store.kysely, store.keys, () => waiting);
    expect(await cases.onConference(other)).not.toContain(reference);
  });

  test('Part E: what an erased case adds to the figures of its quarter stays, and says nothing else of it', async () => {
    const decision = { title: 'Not upheld', days: 7, at: '2027-01-21T10:00:00Z' };
    const figures = { about: 'dissent' as const, agency: 'health', decision, endedAt: null, lateFrom: null };
    const { reference } = await cases.open(opening('counted'));
    await cases.append({ ...commitOn(await cases.load(reference), closing), summary: { dueOn: null, waitsFor: null, figures } });
    expect(await erase(reference, '2027-04-12')).toBeNull();
    const raisedThen = await casesRaised(store.kysely)('camden', at('2027-01-01'), at('2027-04-01'));
    expect(raisedThen).toContainEqual({ reference, figures });
  });

  test('given a reason to do so early, then it is erased by force, and the log says who, why and that it was early', async () => {
    const reference = await caseOf('early', { closed: true });
    expect(await erase(reference, '2027-01-13', true)).toBeNull();
    expect(await retentionActs(store.kysely, store.keys, reference)).toEqual([
      { ...by, reference, action: 'erased', early: true, at: at('2027-01-13') },
    ]);
  });

  test('given two operators who erase one case at once, then it is erased once', async () => {
    const reference = await caseOf('twice', { closed: true });
    const answers = await Promise.all([erase(reference, '2027-04-12'), erase(reference, '2027-04-12')]);
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(await actsOn(reference)).toHaveLength(1);
  });

  test('given its audit years are over too, then all of it may be removed, and its number stays accounted for', async () => {
    const reference = await caseOf('removed', { closed: true });
    const remove = (day: string) => removeCase(store, reference, by, periods, at(day));
    expect(await remove('2040-01-01')).toBe(`Case ${reference} has not been erased yet.`);
    await erase(reference, '2027-04-12');
    expect(await remove('2033-04-11')).toBe(`What is left of case ${reference} is kept until Tue 12 Apr 2033.`);
    expect((await due('2033-04-12')).remove).toContainEqual({ reference, since: '2033-04-12' });
    expect(await remove('2033-04-12')).toBeNull();
    for (const table of ['case_header', 'case_event', 'case_access', 'case_key', 'case_view', 'chain_head'] as const)
      expect(await store.kysely.selectFrom(table).select('reference').where('reference', '=', reference).execute()).toEqual([]);
    expect(await actsOn(reference)).toEqual([
      { action: 'erased', early: false },
      { action: 'removed', early: false },
    ]);
    expect(await fault()).toBeNull();
    expect(await remove('2033-04-12')).toBe(`There is no case ${reference}.`);
  });
});

test.each([
  ['DELETE FROM retention_log', 'append-only'],
  ['UPDATE retention_log SET reference = reference', 'append-only'],
  ['DELETE FROM case_key', 'append-only'],
  ["UPDATE case_key SET wrapped = 'another', erased_at = NULL WHERE wrapped IS NULL", 'does not come back'],
])('X1: given keys and a log of retention, when somebody runs "%s", then the database refuses', async (statement, words) => {
  await erase(await caseOf(`guarded ${statement}`, { closed: true }), '2027-04-12');
  await expect(database.pool.query(statement)).rejects.toThrow(words);
});

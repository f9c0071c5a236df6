import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Cases } from '../../src/app/ports.ts';
import type { CaseEvent } from '../../src/domain/events/events.ts';
import { accessLog } from '../../src/storage/accessLog.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import type { Database } from '../../src/storage/database.ts';
import { newKey } from '../../src/storage/seal.ts';
import { freshDatabase } from '../support/database.ts';
import { chair, commitOn, dissent, keysOf, look, opening, procedure, raised, recorded, vault, waiting } from './caseFixtures.ts';

let database: Database;
let cases: Cases;

beforeAll(async () => {
  database = await freshDatabase();
  cases = caseStore(database.kysely, await keysOf(database), noOutbox);
});
afterAll(() => database.close());

const open = async (draft: string, year = '27') => (await cases.open(opening(draft, undefined, year))).reference;
const raisedTrail = recorded(raised);

describe('opening a case', () => {
  test('X4: given thirty drafts at once, some of them twice, then each has one case and the numbers run without gap or double', async () => {
    const drafts = Array.from({ length: 20 }, (_, index) => `rush-${index}`);
    const answers = await Promise.all([...drafts, ...drafts.slice(0, 10)].map((draft) => cases.open(opening(draft, undefined, '40'))));
    const references = answers.slice(0, 20).map(({ reference }) => reference);
    expect([...references].sort()).toEqual(drafts.map((_, index) => `DIS-40-${String(index + 1).padStart(3, '0')}`));
    expect(answers.slice(20).map(({ reference }) => reference)).toEqual(references.slice(0, 10));
    expect(answers.filter(({ repeated }) => repeated)).toHaveLength(10);
  });

  test("X4: given one draft sent on both sides of midnight on New Year's Eve, then there is one case and the other year loses no number", async () => {
    const [one, other] = await Promise.all([
      cases.open(opening('midnight', undefined, '41')),
      cases.open(opening('midnight', undefined, '42')),
    ]);
    expect(one.reference).toBe(other.reference);
    expect([one.repeated, other.repeated].sort()).toEqual([false, true]);
    const otherYear = one.reference.includes('-41-') ? '42' : '41';
    expect(await open('after-midnight', otherYear)).toBe(`DIS-${otherYear}-001`);
  });

  test('given an opening that fails half-way, then its number is given to the next', async () => {
    const failing = {
      ...opening('fails', undefined, '43'),
      build: () => {
        throw new Error('not today');
      },
    };
    await expect(cases.open(failing)).rejects.toThrow('not today');
    expect(await open('works', '43')).toBe('DIS-43-001');
  });
});

describe('the trail of a case', () => {
  test('X1, X2: given a case, when it is loaded, then events, actors, instants and the procedure version are those that were written', async () => {
    const reference = await open('load', '50');
    expect(await cases.load(reference)).toEqual({
      reference,
      partnership: 'camden',
      procedure,
      events: raisedTrail,
      end: expect.anything(),
    });
    expect(await cases.load('DIS-50-999')).toBeNull();
  });

  test('X4: given two commits on one revision at once, then one is committed, the other is a conflict and nothing of it is kept', async () => {
    const reference = await open('race', '51');
    const read = await cases.load(reference);
    const decline = (reason: string) => cases.append(commitOn(read, [{ type: 'ChairDeclined', reason }]));
    const answers = await Promise.all([decline('one'), decline('other'), decline('third')]);
    expect(answers.sort()).toEqual(['committed', 'conflict', 'conflict']);
    expect((await cases.load(reference))?.events.map(({ revision }) => revision)).toEqual([1, 2, 3]);
    expect(await decline('late')).toBe('conflict');
  });

  test('given a commit on a case that does not exist, then it is a conflict', async () => {
    const read = await cases.load(await open('gone', '51'));
    const commit = commitOn(read, [{ type: 'CaseClosed' }]);
    const reference = 'DIS-51-999';
    const end = { ...commit.trail.end, wrapped: await vault.wrap(newKey(), reference) };
    expect(await cases.append({ ...commit, trail: { ...commit.trail, reference, end } })).toBe('conflict');
  });

  test('X1: given a case, when events are added, then each carries the next revision, who did it and when', async () => {
    const reference = await open('append', '52');
    await cases.append(
      commitOn(await cases.load(reference), [
        { type: 'ChairNamed', chair: 'chair-two' },
        { type: 'StageEntered', stage: 'decide' },
      ]),
    );
    expect((await cases.load(reference))?.events.slice(2)).toEqual([
      { type: 'ChairNamed', chair: 'chair-two', revision: 3, at: '2027-01-12T17:10:00Z', actor: chair },
      { type: 'StageEntered', stage: 'decide', revision: 4, at: '2027-01-12T17:10:00Z', actor: chair },
    ]);
  });

  test('given a moment with a fraction of a second, then the trail keeps the millisecond and no less', async () => {
    const reference = await open('fraction', '53');
    const commit = commitOn(await cases.load(reference), [{ type: 'CaseClosed' }]);
    await cases.append({ ...commit, at: Temporal.Instant.from('2027-01-13T09:00:00.123456789Z') });
    expect((await cases.load(reference))?.events.at(-1)?.at).toBe('2027-01-13T09:00:00.123Z');
  });

  test.each([
    'UPDATE case_event SET type = type',
    'DELETE FROM case_event',
    'TRUNCATE case_event',
    'DELETE FROM case_access',
    'UPDATE case_header SET draft = draft',
    'SET session_replication_role = replica; DELETE FROM case_event',
  ])('X1: given the trail, when somebody runs "%s", then the database refuses', async (statement) => {
    const reference = await open(`forbidden ${statement}`, '54');
    await accessLog(database.kysely, await keysOf(database)).record({ ...look, reference });
    await expect(database.pool.query(statement)).rejects.toThrow('append-only');
  });
});

describe('lists', () => {
  test('given open cases, then those due soonest come first, those without a date last, and closed ones not at all, page by page', async () => {
    const due = ['2027-03-03', null, '2027-01-29', '2027-03-01'];
    const references: string[] = [];
    for (const dueOn of due) {
      const { build, ...rest } = opening(`due ${dueOn}`, undefined, '58');
      const summary = { ...waiting, dueOn, waitsFor: 'service-manager' };
      const opened = await cases.open({ ...rest, partnership: 'soonest', build: (reference) => ({ ...build(reference), summary }) });
      references.push(opened.reference);
    }
    const [march, undated, january, earlier] = references;
    const page = async (limit: number, offset: number) =>
      (await cases.openBySoonest(['soonest', 'elsewhere'], limit, offset)).map(({ reference, dueOn }) => [reference, dueOn]);
    expect(await page(3, 0)).toEqual([
      [january, '2027-01-29'],
      [earlier, '2027-03-01'],
      [march, '2027-03-03'],
    ]);
    expect(await page(3, 3)).toEqual([[undated, null]]);
    await cases.append(commitOn(await cases.load(january!), [{ type: 'CaseClosed' }]));
    expect(await page(1, 0)).toEqual([[earlier, '2027-03-01']]);
    expect(await cases.openBySoonest([], 10, 0)).toEqual([]);
  });

  test('X10: given cases on one conference and on others, then each finds the others on its own and no more', async () => {
    const openOn = async (date: string, partnership = 'linked') => {
      const { build, ...rest } = opening(`${partnership} ${date} ${Math.random()}`, undefined, '59');
      const on = (reference: string) => {
        const built = build(reference);
        const conference = { ...built.after.dissent.conference, date };
        return { ...built, after: { ...built.after, dissent: { ...built.after.dissent, conference } } };
      };
      return (await cases.open({ ...rest, partnership, build: on })).reference;
    };
    const one = await openOn('2027-01-11');
    const other = await openOn('2027-01-11');
    const next = await openOn('2027-01-12');
    const elsewhere = await openOn('2027-01-11', 'linked elsewhere');
    expect(await cases.onConference(one)).toEqual([other]);
    expect(await cases.onConference(other)).toEqual([one]);
    for (const alone of [next, elsewhere, 'DIS-59-999']) expect(await cases.onConference(alone)).toEqual([]);
    await cases.append(commitOn(await cases.load(other), [{ type: 'ChairNamed', chair: 'chair-two' }]));
    expect(await cases.onConference(one)).toEqual([]);
  });

  test("given cases, then a person's list has those raised or chaired by them and those of their partnerships, newest first", async () => {
    const reference = await open('list', '60');
    const closed = await open('list closed', '60');
    await cases.append(commitOn(await cases.load(closed), [{ type: 'ChairNamed', chair: 'chair-sixty' }, { type: 'CaseClosed' }]));
    const references = async (person: string, partnerships: string[]) =>
      (await cases.concerning(person, partnerships)).map((row) => row.reference);
    expect(await references('chair-sixty', [])).toEqual([closed]);
    expect((await references(dissent.dissenter, [])).slice(0, 2)).toEqual([closed, reference]);
    expect(await references('somebody', ['camden'])).toContain(reference);
    expect(await references('somebody', ['elsewhere'])).toEqual([]);
    const all = await cases.concerning('somebody', ['camden']);
    for (const [index, summary] of all.slice(0, 3).entries())
      expect(await cases.concerning('somebody', ['camden'], { limit: 2, after: summary })).toEqual(all.slice(index + 1, index + 3));
    expect(await cases.concerning('chair-sixty', [])).toEqual([
      {
        reference: closed,
        partnership: 'camden',
        procedure,
        status: 'closed',
        stage: 'record',
        revision: 4,
        raisedAt: '2027-01-12T15:10:00Z',
        dueOn: waiting.dueOn,
        waitsFor: waiting.waitsFor,
      },
    ]);
    expect(await cases.openReferences()).toContain(reference);
    expect(await cases.openReferences()).not.toContain(closed);
  });

  test('X9 X10: of the cases on a conference a person is given those that they raised, while they are open, and not that of the same form', async () => {
    const openedBy = async (draft: string, partnership = 'own') =>
      (await cases.open({ ...opening(draft, undefined, '61'), partnership })).reference;
    const [one, other] = [await openedBy('own one'), await openedBy('own other')];
    await openedBy('own elsewhere', 'own elsewhere');
    const about = { partnership: 'own', date: dissent.conference.date, chair: dissent.conference.chair };
    const raisedOn = (changes: object = {}, draft = 'a new form', person = dissent.dissenter) =>
      cases.raisedOn(person, { ...about, ...changes }, draft);
    expect(await raisedOn()).toEqual([one, other]);
    expect(await raisedOn({}, 'own one')).toEqual([other]);
    expect(await raisedOn({}, 'a new form', 'gp')).toEqual([]);
    for (const changes of [{ date: '2027-01-11' }, { chair: 'chair-two' }]) expect(await raisedOn(changes)).toEqual([]);
    await cases.append(commitOn(await cases.load(one), [{ type: 'CaseClosed' }]));
    expect(await raisedOn()).toEqual([other]);
  });

  test('corner 9 C17 C23: given cases on which something failed, then those that wait for a person are found, closed ones too', async () => {
    const failed: string[] = [];
    const failures: CaseEvent[][] = [
      [
        { type: 'SendingsWanted', document: 'escalation', to: ['copy'] },
        { type: 'SendingFailed', sending: 1, cause: 'permission' },
      ],
      [{ type: 'FilingFailed', child: 'C-1', cause: 'permission' }],
    ];
    for (const [number, happened] of failures.entries()) {
      const { reference } = await cases.open({ ...opening(`failed ${number}`, undefined, '62'), partnership: 'failing' });
      await cases.append(commitOn(await cases.load(reference), happened));
      failed.push(reference);
    }
    await cases.open({ ...opening('nothing failed', undefined, '62'), partnership: 'failing' });
    expect(await cases.unfinished(['failing', 'elsewhere'])).toEqual(failed);
    expect(await cases.unfinished(['elsewhere'])).toEqual([]);
    // A message waits though its case is closed; what is not on file by then is not filed any more.
    for (const reference of failed) await cases.append(commitOn(await cases.load(reference), [{ type: 'CaseClosed' }]));
    expect(await cases.unfinished(['failing'])).toEqual(failed.slice(0, 1));
    await cases.append(commitOn(await cases.load(failed[0]!), [{ type: 'SendingSettled', sending: 1, as: 'sent' }]));
    expect(await cases.unfinished(['failing'])).toEqual([]);
  });

  test('corner 9: rows of a store that did not keep it yet are looked at by what ever failed', async () => {
    const { reference } = await cases.open({ ...opening('older', undefined, '63'), partnership: 'older' });
    await cases.append(commitOn(await cases.load(reference), [{ type: 'FilingFailed', child: 'C-1', cause: 'permission' }]));
    await database.kysely.updateTable('case_view').set({ unfinished: null, others: null }).where('reference', '=', reference).execute();
    expect(await cases.unfinished(['older'])).toEqual([reference]);
  });

  test('corner 18: a case is among those of whoever is named to tell the parents, and of whoever decided, whatever post they hold', async () => {
    const { reference } = await cases.open({ ...opening('told', undefined, '64'), partnership: 'telling' });
    const decided: CaseEvent = {
      type: 'DecisionMade',
      stage: 'decide',
      outcome: 'upheld',
      perChild: {},
      reasons: 'Read.',
      answers: {},
      delayReason: null,
      flags: [],
    };
    await cases.append(commitOn(await cases.load(reference), [decided, { type: 'TellerNamed', stage: 'decide', person: 'teller' }]));
    for (const person of ['teller', chair.person])
      expect((await cases.concerning(person, [])).map((row) => row.reference)).toContain(reference);
    await cases.append(commitOn(await cases.load(reference), [{ type: 'TellerNamed', stage: 'decide', person: 'another' }]));
    expect(await cases.concerning('teller', [])).toEqual([]);
    expect((await cases.concerning('another', [])).map((row) => row.reference)).toEqual([reference]);
  });
});

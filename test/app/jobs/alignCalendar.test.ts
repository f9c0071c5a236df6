import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { jobsFor } from '../../../src/app/actOnCase.ts';
import { cardsDue } from '../../../src/app/cardsDue.ts';
import { presentBooking } from '../../../src/cards/present/booking.ts';
import { lostTime } from '../../../src/domain/bookings.ts';
import { decide } from '../../../src/domain/decide.ts';
import { stageOf } from '../../../src/domain/procedure.ts';
import type { ReconveneStage } from '../../../src/domain/procedureParts.ts';
import { loadLibrary } from '../../../src/procedures/loadLibrary.ts';
import type { Database } from '../../../src/storage/database.ts';
import { freshDatabase } from '../../support/database.ts';
import { outlook, slotAt, toMeet } from './outlook.ts';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(() => database.kysely.deleteFrom('booking_claim').execute());
afterAll(() => database.close());

const TUESDAY = '2027-03-02T10:00:00Z';
const WEDNESDAY = '2027-03-03T13:30:00Z';
/** Somebody's choice; on the Wednesday both are busy, which whoever chooses it knows. */
const chosen = (start: string) => ({
  type: 'TimeChosen' as const,
  booking: 1,
  slot: slotAt(start, { busy: start === WEDNESDAY ? ['chair', 'gp'] : [] }),
  reason: null,
});

test('OB5: what is moved after somebody deleted it in Outlook is booked anew, once', async () => {
  const world = await outlook(database, { 'DIS-27-051': [...toMeet(), chosen(TUESDAY)] });
  await world.aligns('DIS-27-051');
  const first = world.bookingOf('DIS-27-051')?.calendarEvent as string;
  await world.deleteByHand(first);
  expect(world.calendarOf('gp')).toEqual([]);

  world.happens('DIS-27-051', 'administrator', chosen(WEDNESDAY));
  await world.aligns('DIS-27-051');
  await world.replica().aligns('DIS-27-051');

  expect(world.calendarOf('gp')).toEqual([WEDNESDAY]);
  expect(world.bookingOf('DIS-27-051')).toMatchObject({
    status: 'sent',
    slot: { start: WEDNESDAY },
    calendarEvent: expect.not.stringContaining(first),
  });
});

test('OB5: a booking anew whose answer was lost is found again, and not made twice', async () => {
  const world = await outlook(database, { 'DIS-27-052': [...toMeet(), chosen(TUESDAY)] });
  await world.aligns('DIS-27-052');
  await world.deleteByHand(world.bookingOf('DIS-27-052')?.calendarEvent as string);
  world.happens('DIS-27-052', 'administrator', chosen(WEDNESDAY));
  world.graph.misbehave({ method: 'POST', path: '/events', what: 'lost-answer' });
  await expect(world.aligns('DIS-27-052')).rejects.toMatchObject({ kind: 'unreachable' });
  await world.aligns('DIS-27-052');
  expect(world.calendarOf('gp')).toEqual([WEDNESDAY]);
});

test('OB5: a mailbox that is not there is no deleted event: nothing is booked, and the card says which', async () => {
  const world = await outlook(database, { 'DIS-27-053': [...toMeet(), chosen(TUESDAY)] });
  await world.aligns('DIS-27-053');
  world.happens('DIS-27-053', 'administrator', chosen(WEDNESDAY));
  world.graph.misbehave({ method: 'PATCH', what: 'refused', status: 404, code: 'MailboxNotEnabledForRESTAPI' });
  await world.aligns('DIS-27-053');
  expect(world.bookingOf('DIS-27-053')).toMatchObject({ status: 'failed', failure: 'not-found' });
  expect(world.calendarOf('gp')).toEqual([TUESDAY]);
});

test('OB5: what somebody deleted and then somebody cancels is cancelled', async () => {
  const world = await outlook(database, { 'DIS-27-054': [...toMeet(), chosen(TUESDAY)] });
  await world.aligns('DIS-27-054');
  await world.deleteByHand(world.bookingOf('DIS-27-054')?.calendarEvent as string);
  world.happens('DIS-27-054', 'administrator', { type: 'MeetingCancelled', booking: 1, reason: 'Not needed.' });
  await world.aligns('DIS-27-054');
  expect(world.see('DIS-27-054').current.bookings).toMatchObject([{ status: 'cancellation-sent' }]);
});

test('OB11: a conflict that Graph keeps on answering needs a person after five tries', async () => {
  const world = await outlook(database, { 'DIS-27-111': [...toMeet(), chosen(TUESDAY)] });
  await world.aligns('DIS-27-111');
  world.happens('DIS-27-111', 'administrator', chosen(WEDNESDAY));
  const job = { name: 'align-calendar', reference: 'DIS-27-111' } as const;
  world.graph.misbehave({ method: 'PATCH', what: 'refused', status: 409, code: 'ErrorIrresolvableConflict', times: 5 });
  for (const tried of [1, 2, 3, 4]) await expect(world.aligns('DIS-27-111', job, tried)).rejects.toMatchObject({ kind: 'conflict' });
  await world.aligns('DIS-27-111', job, 5);
  expect(world.bookingOf('DIS-27-111')).toMatchObject({ status: 'failed', failure: 'rejected' });
});

describe('OB6: an event without a Teams link', () => {
  const withoutLink = async (reference: string) => {
    const world = await outlook(database, { [reference]: [...toMeet(), chosen(TUESDAY)] });
    world.graph.misbehave({ method: 'POST', path: '/events', what: 'without-link' });
    await world.aligns(reference);
    expect(world.bookingOf(reference)).toMatchObject({ status: 'sent', joinUrl: null });
    return world;
  };

  test('is looked at again, and the link that came late is kept', async () => {
    const world = await withoutLink('DIS-27-061');
    await expect(world.findsLink('DIS-27-061')).rejects.toMatchObject({ kind: 'not-yet' });
    await world.giveLinkByHand(world.bookingOf('DIS-27-061')?.calendarEvent as string);
    world.later('2027-02-17T17:00:00Z');
    for (const look of [1, 2]) await world.findsLink('DIS-27-061').then(() => look);
    expect(world.bookingOf('DIS-27-061')?.joinUrl).toMatch(/^https:/);
    expect(world.count('DIS-27-061', 'LinkFound')).toBe(1);
  });

  test('is told to whoever books once a day has passed, with what to do, and once', async () => {
    const world = await withoutLink('DIS-27-062');
    world.later('2027-02-18T10:59:00Z');
    await expect(world.findsLink('DIS-27-062')).rejects.toMatchObject({ kind: 'not-yet' });
    world.later('2027-02-18T11:00:00Z');
    for (const look of [1, 2]) await world.findsLink('DIS-27-062').then(() => look);
    expect(world.count('DIS-27-062', 'LinkMissing')).toBe(1);
    const { current, procedure, roster } = world.see('DIS-27-062');
    expect(cardsDue(current, procedure, roster, Temporal.PlainDate.from('2027-02-18'))).toContainEqual({
      person: 'administrator',
      key: 'told:link:1',
    });
    expect(
      JSON.stringify(presentBooking(world.see('DIS-27-062'), 'reconvene', stageOf(procedure, 'reconvene') as ReconveneStage).alerts),
    ).toContain('no Teams link');
  });

  test('has the look left behind with the invitation, and none where there is a link', () => {
    const sent = { type: 'InvitationSent', booking: 1, start: TUESDAY, calendarEvent: 'event', joinUrl: null } as const;
    const { procedure } = { procedure: loadLibrary('procedures').procedure('camden-dissent', 1) };
    const names = (joinUrl: string | null) => jobsFor('DIS-27-063', [{ ...sent, joinUrl }], procedure).map(({ name }) => name);
    expect(names(null)).toEqual(['tell', 'find-link']);
    expect(names('https://teams.example/meeting')).toEqual(['tell']);
  });
});

const TUESDAY_SLOT = { status: 'sent', slot: { start: TUESDAY } };
const camdenLooks = async (world: Awaited<ReturnType<typeof outlook>>, ...references: string[]) => {
  for (const reference of references) {
    await world.finds(reference);
    await world.aligns(reference);
    if (world.see(reference).current.timesWanted) {
      await world.finds(reference);
      await world.aligns(reference);
    }
  }
};

describe('OB1: no two conferences claim one person at one time', () => {
  test('two cases with one chair whose times are found and booked in one moment, on two replicas, are booked at two times', async () => {
    const world = await outlook(database, { 'DIS-27-011': toMeet(), 'DIS-27-012': toMeet({ dissenter: 'teacher', date: '2027-02-03' }) });
    const [one, other] = [world.replica(), world.replica()];
    await Promise.all([one.finds('DIS-27-011'), other.finds('DIS-27-012')]);
    expect(world.bookingOf('DIS-27-011')?.slot.start).toBe(world.bookingOf('DIS-27-012')?.slot.start);

    await Promise.all([one.aligns('DIS-27-011'), other.aligns('DIS-27-012')]);
    await camdenLooks(world, 'DIS-27-011', 'DIS-27-012');

    const starts = ['DIS-27-011', 'DIS-27-012'].map((reference) => world.bookingOf(reference)?.slot.start);
    expect(new Set(starts).size).toBe(2);
    expect(['DIS-27-011', 'DIS-27-012'].map((reference) => world.bookingOf(reference)?.status)).toEqual(['sent', 'sent']);
    expect(world.calendarOf('chair').toSorted()).toEqual(starts.toSorted());
    expect(world.count('DIS-27-011', 'TimeLost') + world.count('DIS-27-012', 'TimeLost')).toBe(1);
  });

  test('in turn: two chairs and one required social worker, six cases: each has its own time', async () => {
    const references = [1, 2, 3, 4, 5, 6].map((number) => `DIS-27-02${number}`);
    const cases = references.map((reference, index) => [
      reference,
      toMeet({ chair: index % 2 ? 'second-chair' : 'chair', required: ['social-worker'], date: `2027-02-0${index + 1}` }),
    ]);
    const world = await outlook(database, Object.fromEntries(cases));
    await camdenLooks(world, ...references);
    const booked = references.flatMap((reference) => world.bookingOf(reference) ?? []).filter(({ status }) => status === 'sent');
    expect(booked.length).toBeGreaterThan(3);
    const overlaps = booked.filter((one) =>
      booked.some((other) => other !== one && one.slot.start < other.slot.end && other.slot.start < one.slot.end),
    );
    expect(overlaps).toEqual([]);
  });

  test('what is called off or moved no longer claims anybody', async () => {
    const world = await outlook(database, {
      'DIS-27-013': [...toMeet(), chosen(TUESDAY)],
      'DIS-27-014': [...toMeet({ dissenter: 'teacher' }), chosen(TUESDAY)],
    });
    await world.aligns('DIS-27-013');
    world.happens('DIS-27-013', 'administrator', { type: 'MeetingCancelled', booking: 1, reason: 'Not needed.' });
    await world.aligns('DIS-27-013');
    await world.aligns('DIS-27-014');
    expect(world.bookingOf('DIS-27-014')).toMatchObject(TUESDAY_SLOT);
  });
});

describe('OB2: calendars are read again when a time is chosen', () => {
  test('CD14: a time that is no longer free goes back to whoever chose it, who may choose it all the same, with a reason', async () => {
    const world = await outlook(database, {
      'DIS-27-015': [...toMeet(), chosen(TUESDAY)],
      'DIS-27-016': toMeet({ dissenter: 'teacher' }),
    });
    await world.aligns('DIS-27-015');
    world.happens('DIS-27-016', 'administrator', chosen(TUESDAY));
    await world.aligns('DIS-27-016');

    expect(world.bookingOf('DIS-27-016')).toBeNull();
    expect(world.calendarOf('teacher')).toEqual([]);
    const { current, procedure, calendar, roster, now } = world.see('DIS-27-016');
    expect(lostTime(current)?.slot).toMatchObject({ busy: ['chair'], readAt: '2027-02-17T11:00:00Z' });
    const alerts = presentBooking(world.see('DIS-27-016'), 'reconvene', stageOf(procedure, 'reconvene') as ReconveneStage).alerts;
    expect(JSON.stringify(alerts)).toMatch(/Tue 2 Mar 2027, 10:00 to 12:00 is no longer free: .* cannot be there/);
    expect(cardsDue(current, procedure, roster, Temporal.PlainDate.from('2027-02-18'))).toContainEqual({
      person: 'administrator',
      key: `told:lost:${TUESDAY}`,
    });

    const again = (reason: string | null) =>
      decide(
        current,
        { type: 'ChooseTime', start: TUESDAY, reason },
        { person: 'administrator', standings: ['administrator'], procedure, calendar, roster, now },
      );
    expect(again(null)).toMatchObject({ refused: 'invalid', rule: 'OB1' });
    const decided = again('The other one can wait.');
    if (!('events' in decided)) throw new Error('refused');
    world.happens('DIS-27-016', 'administrator', ...decided.events);
    await world.aligns('DIS-27-016');
    expect(world.bookingOf('DIS-27-016')).toMatchObject({ ...TUESDAY_SLOT, slot: { busy: ['chair'] } });
  });

  test('the record says when they were read, and a second try does not take the own event for somebody who is busy', async () => {
    const world = await outlook(database, { 'DIS-27-017': [...toMeet(), chosen(TUESDAY)] });
    world.graph.misbehave({ method: 'POST', path: '/events', what: 'lost-answer' });
    await expect(world.aligns('DIS-27-017')).rejects.toMatchObject({ kind: 'unreachable' });
    await world.aligns('DIS-27-017');
    expect(world.bookingOf('DIS-27-017')).toMatchObject(TUESDAY_SLOT);
    world.happens('DIS-27-017', 'administrator', chosen('2027-03-02T10:30:00Z'));
    await world.aligns('DIS-27-017');
    expect(world.bookingOf('DIS-27-017')).toMatchObject({
      status: 'sent',
      slot: { readAt: '2027-02-17T11:00:00Z', free: ['chair', 'gp'] },
    });
  });
});

test('OB4: after a move that Graph refused, cards tell the old time as standing and the new as wanted', async () => {
  const world = await outlook(database, { 'DIS-27-041': [...toMeet(), chosen(TUESDAY)] });
  await world.aligns('DIS-27-041');
  world.happens('DIS-27-041', 'administrator', chosen(WEDNESDAY));
  world.graph.misbehave({ method: 'PATCH', what: 'refused', status: 403 });
  await world.aligns('DIS-27-041');
  const { procedure } = world.see('DIS-27-041');
  const card = JSON.stringify(presentBooking(world.see('DIS-27-041'), 'reconvene', stageOf(procedure, 'reconvene') as ReconveneStage));
  expect(card).toContain('"lead":"Tue 2 Mar 2027, 10:00 to 12:00"');
  expect(card).toContain('Not changed in Outlook, which still has Tue 2 Mar 2027, 10:00 to 12:00.');
  expect(card).toContain('{"title":"Wanted instead","value":"Wed 3 Mar 2027, 13:30 to 15:30"}');
  expect(world.calendarOf('gp')).toEqual([TUESDAY]);
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { jobsFor } from '../../../src/app/actOnCase.ts';
import { cardsDue } from '../../../src/app/cardsDue.ts';
import { presentBooking } from '../../../src/cards/present/booking.ts';
import { type ReconveneStage, stageOf } from '../../../src/domain/procedure.ts';
import { loadLibrary } from '../../../src/procedures/loadLibrary.ts';
import type { Database } from '../../../src/storage/database.ts';
import { freshDatabase } from '../../support/database.ts';
import { outlook, slotAt, toMeet } from './outlook.ts';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const TUESDAY = '2027-03-02T10:00:00Z';
const WEDNESDAY = '2027-03-03T13:30:00Z';
const chosen = (start: string, booking = 1) => ({ type: 'TimeChosen' as const, booking, slot: slotAt(start), reason: null });

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

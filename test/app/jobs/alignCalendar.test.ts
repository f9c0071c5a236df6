import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

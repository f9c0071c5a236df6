import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Person, personOf } from '../../../src/directory/directory.ts';
import { readDirectory } from '../../../src/directory/readDirectory.ts';
import { isDue, nextLook } from '../../../src/domain/outlook.ts';
import type { Database } from '../../../src/storage/database.ts';
import { freshDatabase } from '../../support/database.ts';
import { bookedIn, chosen, TOO_LATE, TUESDAY, WEDNESDAY } from './bookedInOutlook.ts';
import { outlook, slotAt, toMeet } from './outlook.ts';

/** A booked conference is looked at in Outlook, where people move, cancel, delete and answer by hand (OB3, OB4). */

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(() => database.kysely.deleteFrom('booking_claim').execute());
afterAll(() => database.close());

const booked = () => bookedIn(database);

test('OB3: where nothing was done in Outlook, a look writes nothing', async () => {
  const { looks, reference, count } = await booked();
  await looks();
  await looks();
  expect(count(reference, 'OutlookRead')).toBe(0);
});

describe('OB3: moved by hand', () => {
  test('to a time that could have been offered: that is its time, and the card says so', async () => {
    const { looks, card, news, bookingOf, reference, event, moveByHand, replica } = await booked();
    await moveByHand(event, WEDNESDAY);
    await looks();
    await replica().looks(reference);
    expect(bookingOf(reference)).toMatchObject({ status: 'sent', slot: { start: WEDNESDAY }, inOutlook: { start: WEDNESDAY } });
    expect(card()).toMatchObject({ lead: 'Wed 3 Mar 2027, 13:30 to 15:30', alerts: [] });
    expect(card().facts).toMatchObject({ 'Chosen by': 'somebody in Outlook' });
    expect(news()).toEqual([]);
  });

  test('past the last day: told at once to booker and decider, with the ways on, and taken with a reason', async () => {
    const { looks, card, news, bookingOf, reference, event, moveByHand, decides, aligns, calendarOf } = await booked();
    await moveByHand(event, TOO_LATE);
    await looks();
    expect(card().lead).toBe('Thu 11 Mar 2027, 10:00 to 12:00');
    expect(card().alerts).toContain(
      'Somebody moved it in Outlook to Thu 11 Mar 2027, 10:00 to 12:00, which is after the last day, Wed 10 Mar 2027. Take that time, put ours back, or choose another.',
    );
    expect(card().buttons).toEqual(expect.arrayContaining(["Take Outlook's time", 'Put our time back', 'Choose another time']));
    const key = `told:moved:${TUESDAY}:${TOO_LATE}`;
    expect(news()).toEqual(expect.arrayContaining([`administrator ${key}`, `head-of-service ${key}`]));

    expect(decides(reference, { type: 'TakeOutlookTime', reason: null })).toMatchObject({ refused: 'invalid' });
    decides(reference, { type: 'TakeOutlookTime', reason: 'The hall is free then.' });
    await aligns(reference);
    await looks();
    expect(bookingOf(reference)).toMatchObject({ status: 'sent', slot: { start: TOO_LATE }, reason: 'The hall is free then.' });
    expect(calendarOf('gp')).toEqual([TOO_LATE]);
    expect(news()).toEqual([]);
  });

  test('and put back: Outlook has our time again', async () => {
    const { looks, bookingOf, reference, event, moveByHand, decides, aligns, calendarOf, news } = await booked();
    await moveByHand(event, TOO_LATE);
    await looks();
    decides(reference, { type: 'RestoreBooking' });
    await aligns(reference);
    await looks();
    expect(bookingOf(reference)).toMatchObject({
      status: 'sent',
      calendarEvent: event,
      slot: { start: TUESDAY },
      inOutlook: { start: TUESDAY },
    });
    expect(calendarOf('gp')).toEqual([TUESDAY]);
    expect(news()).toEqual([]);
  });

  test('OB1: to a time at which another conference needs the chair: asked, not taken, and named', async () => {
    const references = ['DIS-27-391', 'DIS-27-392'] as const;
    const world = await outlook(database, {
      [references[0]]: [...toMeet(), chosen],
      [references[1]]: [...toMeet({ dissenter: 'teacher' }), { ...chosen, slot: slotAt(WEDNESDAY, { busy: ['chair', 'teacher'] }) }],
    });
    for (const reference of references) await world.aligns(reference);
    await world.moveByHand(world.bookingOf(references[0])?.calendarEvent as string, WEDNESDAY);
    await world.looks(references[0]);
    expect(world.bookingOf(references[0])?.slot.start).toBe(TUESDAY);
    expect(world.card(references[0]).alerts[0]).toMatch(/when .* is needed elsewhere/);
    expect(world.decides(references[0], { type: 'TakeOutlookTime', reason: null })).toMatchObject({ refused: 'invalid', rule: 'OB1' });
  });
});

describe('OB3: cancelled or deleted by hand', () => {
  test.each([
    ['deleted', 'told:gone', 'Somebody deleted this conference in Outlook.', 'Deleted in Outlook'],
    ['cancelled', 'told:gone', 'Somebody deleted this conference in Outlook.', 'Deleted in Outlook'],
    ['cancelled, and kept in Deleted Items', 'told:cancelled', 'Somebody cancelled this conference in Outlook.', 'Cancelled in Outlook'],
    ['deleted, and kept in Deleted Items', 'told:gone', 'Somebody deleted this conference in Outlook.', 'Deleted in Outlook'],
  ])('%s: told at once, and booked anew on a press, once', async (how, key, said, calendar) => {
    const { looks, card, news, bookingOf, reference, event, decides, aligns, replica, calendarOf, graph, cancelByHand, deleteByHand } =
      await booked();
    if (how.includes('kept')) graph.misbehave({ what: 'kept-in-deleted-items' });
    await (how.startsWith('cancelled') ? cancelByHand(event) : deleteByHand(event));
    await looks();
    expect(card().alerts[0]).toContain(said);
    expect(card().facts).toMatchObject({ Calendar: calendar });
    expect(card().buttons).toEqual(expect.arrayContaining(['Book it anew', 'Choose another time']));
    expect(news()).toEqual(expect.arrayContaining([`administrator ${key}:${TUESDAY}:`, `head-of-service ${key}:${TUESDAY}:`]));

    decides(reference, { type: 'RestoreBooking' });
    await aligns(reference);
    await replica().aligns(reference);
    await looks();
    expect(bookingOf(reference)).toMatchObject({ status: 'sent', calendarEvent: expect.not.stringContaining(event) });
    expect(calendarOf('gp')).toEqual([TUESDAY]);
    expect(news()).toEqual([]);
  });

  test('a look that Graph does not answer writes nothing, and is made again', async () => {
    const { looks, card, count, reference, event, deleteByHand, graph } = await booked();
    await deleteByHand(event);
    graph.misbehave({ method: 'GET', path: '/events', what: 'refused', status: 503 });
    await expect(looks()).rejects.toMatchObject({ kind: 'unreachable' });
    expect(count(reference, 'OutlookRead')).toBe(0);
    await looks();
    expect(card().facts.Calendar).toBe('Deleted in Outlook');
  });

  test('a new event whose answer was lost is found again, and not made twice', async () => {
    const { looks, decides, reference, event, deleteByHand, graph, aligns, calendarOf } = await booked();
    await deleteByHand(event);
    await looks();
    decides(reference, { type: 'RestoreBooking' });
    graph.misbehave({ method: 'POST', path: '/events', what: 'lost-answer' });
    await expect(aligns(reference)).rejects.toMatchObject({ kind: 'unreachable' });
    await aligns(reference);
    expect(calendarOf('gp')).toEqual([TUESDAY]);
  });
});

describe('OB3: answers', () => {
  test('CD5: each by name and job to those who book; a decline of the chair also to the decider, at once', async () => {
    const { looks, card, news, answers } = await booked();
    await answers('gp', 'accept');
    await looks();
    expect(card().people).toEqual([
      expect.stringMatching(/^[^:]+, Conference chair: Chairs it\. Has not answered\.$/),
      expect.stringMatching(/^[^:]+, GP: Has to be there\. Accepted\.$/),
    ]);
    expect(news()).toEqual([]);

    await answers('chair', 'decline');
    await looks();
    expect(card().people[0]).toMatch(/^[^:]+, Conference chair: Chairs it\. Declined\.$/);
    expect(card().alerts[0]).toMatch(/^.*, who chairs it, declined in Outlook\./);
    expect(news()).toEqual(
      expect.arrayContaining([`administrator told:declined:${TUESDAY}:chair`, `head-of-service told:declined:${TUESDAY}:chair`]),
    );
  });

  test('another time that somebody proposes is shown with their name', async () => {
    const { looks, card, answers } = await booked();
    const at = (dateTime: string) => ({ dateTime, timeZone: 'UTC' });
    await answers('gp', 'tentativelyAccept', { start: at('2027-03-02T14:00:00'), end: at('2027-03-02T16:00:00') });
    await looks();
    expect(card().facts['Other time proposed']).toMatch(/: Tue 2 Mar 2027, 14:00 to 16:00$/);
    expect(card().people[1]).toMatch(/Perhaps\.$/);
  });

  test('Exchange may list an answer under an address of its own: it is theirs all the same, the later one', async () => {
    const { reference, finding, card } = await booked();
    const internal = '/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=0a1b-gp';
    const { name } = personOf(readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} })(), 'gp') as Person;
    const declined = {
      email: internal,
      name,
      kind: 'person',
      answer: 'declined',
      answeredAt: '2027-02-18T09:00:00Z',
      proposed: null,
    } as const;
    await finding(reference, (found) => ({ ...found, attendees: [...found.attendees, declined] }));
    expect(card().people.filter((each) => each.endsWith('Declined.'))).toEqual([expect.stringContaining(name)]);
    expect(card().facts['Invited by hand']).toBeUndefined();
  });

  test('of whoever takes it out of their own calendar and says nothing, nothing is known', async () => {
    const { looks, card, dropsIt, answers, reference, count } = await booked();
    await dropsIt('gp');
    await answers('chair', 'accept');
    await looks();
    expect(card().people).toEqual([expect.stringMatching(/Accepted\.$/), expect.stringMatching(/Has not answered\.$/)]);
    expect(count(reference, 'OutlookRead')).toBe(1);
  });

  test('another time asks everybody anew, and what they answered to the first is no answer', async () => {
    const { looks, card, answers, decides, reference, aligns, news } = await booked();
    await answers('chair', 'decline');
    await looks();
    decides(reference, { type: 'ChooseTime', start: WEDNESDAY, reason: 'The chair cannot come on the Tuesday.' });
    await aligns(reference);
    await looks();
    expect(card().people.join()).not.toContain('Declined');
    expect(news()).toEqual([]);
  });

  test('two looks in one moment on two replicas: what the later one read is what is known', async () => {
    const { looks, replica, reference, answers, card, bookingOf } = await booked();
    await answers('gp', 'accept');
    await Promise.all([looks(), replica().looks(reference), answers('chair', 'accept')]);
    await looks();
    expect(bookingOf(reference)?.outlook?.answers.map(({ answer }) => answer)).toEqual(['accepted', 'accepted']);
    expect(card().people.join()).not.toContain('Has not answered');
  });

  test('whoever was taken off or invited by hand is named', async () => {
    const { looks, card, news, changeByHand, event } = await booked();
    await changeByHand(event, {
      attendees: [{ emailAddress: { address: 'helen.ash@camden.example' } }, { emailAddress: { address: 'interpreter@words.example' } }],
    });
    await looks();
    expect(card().facts).toMatchObject({ 'Invited by hand': expect.stringContaining('interpreter@words.example') });
    expect(card().facts['Taken off in Outlook']).toBeDefined();
    expect(card().people.filter((each) => each.endsWith('Taken off in Outlook.'))).toHaveLength(2);
    expect(news().some((each) => each.includes('told:taken-off'))).toBe(true);
  });
});

test('OB3: looked at each working morning, in the last five working days every working hour, and after that until it is recorded as held', async () => {
  const { see, reference } = await booked();
  const { current, calendar } = see(reference);
  const next = (after: string) => nextLook(current, calendar, Temporal.Instant.from(after))?.toString();
  expect(next('2027-02-17T11:00:00Z')).toBe('2027-02-18T09:00:00Z');
  expect(next('2027-02-19T09:00:00Z')).toBe('2027-02-22T09:00:00Z');
  expect(next('2027-02-23T09:00:00Z')).toBe('2027-02-23T10:00:00Z');
  expect(next('2027-02-23T16:30:00Z')).toBe('2027-02-24T09:00:00Z');
  expect(next('2027-03-02T09:10:00Z')).toBe('2027-03-02T10:00:00Z');
  expect(next('2027-03-02T17:30:00Z')).toBe('2027-03-03T09:00:00Z');
  expect(next('2027-03-03T09:00:00Z')).toBe('2027-03-04T09:00:00Z');
  const due = (last: string | null, now: string) =>
    isDue(current, calendar, last === null ? null : Temporal.Instant.from(last), Temporal.Instant.from(now));
  expect(due(null, '2027-02-17T11:00:00Z')).toBe(true);
  expect(due('2027-02-18T09:00:05Z', '2027-02-18T12:00:00Z')).toBe(false);
  expect(due('2027-02-18T09:00:05Z', '2027-02-20T12:00:00Z')).toBe(false);
  expect(due('2027-02-24T09:00:05Z', '2027-02-24T10:01:00Z')).toBe(true);
});

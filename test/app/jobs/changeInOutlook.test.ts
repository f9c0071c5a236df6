import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../../src/storage/database.ts';
import { freshDatabase } from '../../support/database.ts';
import { bookedIn, chosen, TOO_LATE, TUESDAY, WEDNESDAY } from './bookedInOutlook.ts';
import { outlook, slotAt, toMeet } from './outlook.ts';

/** What is changed of an event in Outlook, and the room that is invited to it (OB9, OB10). */

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(() => database.kysely.deleteFrom('booking_claim').execute());
afterAll(() => database.close());

const booked = () => bookedIn(database);

describe('OB9: only what changed', () => {
  test('another chair: people alone go out, and what was done by hand stays', async () => {
    const { reference, event, changeByHand, happens, aligns, exchanges, calendarOf, looks } = await booked();
    await changeByHand(event, { subject: 'Meeting, room 3' });
    exchanges.length = 0;
    happens(reference, 'administrator', { type: 'ChairChosen', chair: 'second-chair' });
    await aligns(reference);
    const changes = exchanges.filter(({ method }) => method === 'PATCH').map(({ requestBody }) => Object.keys(requestBody as object));
    expect(changes).toEqual([['attendees']]);
    expect(calendarOf('second-chair')).toEqual([TUESDAY]);
    expect(calendarOf('chair')).toEqual([]);
    exchanges.length = 0;
    await aligns(reference);
    await looks();
    expect(exchanges.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('CD5: somebody added and somebody taken off: people alone go out, and whoever is taken off is free for others', async () => {
    const { reference, decides, aligns, exchanges, calendarOf, card, bookingOf } = await booked();
    decides(reference, { type: 'ChangeInvited', required: ['second-chair'], optional: ['teacher'] });
    expect(card().people.filter((each) => each.endsWith('Not invited yet.'))).toHaveLength(2);
    exchanges.length = 0;
    await aligns(reference);
    const changes = exchanges.filter(({ method }) => method === 'PATCH').map(({ requestBody }) => Object.keys(requestBody as object));
    expect(changes).toEqual([['attendees']]);
    expect([calendarOf('second-chair'), calendarOf('teacher')]).toEqual([[TUESDAY], [TUESDAY]]);
    const claimed = () => database.kysely.selectFrom('booking_claim').select('person').where('reference', '=', reference).execute();
    expect((await claimed()).map(({ person }) => person).toSorted()).toEqual(['chair', 'gp', 'second-chair']);

    decides(reference, { type: 'ChangeInvited', required: [], optional: ['teacher'] });
    await aligns(reference);
    expect([calendarOf('second-chair'), calendarOf('teacher')]).toEqual([[], [TUESDAY]]);
    expect((await claimed()).map(({ person }) => person).toSorted()).toEqual(['chair', 'gp']);
    expect(bookingOf(reference)).toMatchObject({ status: 'sent' });
  });

  test('another time: start and end alone', async () => {
    const { reference, decides, aligns, exchanges } = await booked();
    exchanges.length = 0;
    decides(reference, { type: 'ChooseTime', start: '2027-03-02T14:00:00Z', reason: 'It suits everybody.' });
    await aligns(reference);
    const changes = exchanges.filter(({ method }) => method === 'PATCH').map(({ requestBody }) => Object.keys(requestBody as object));
    expect(changes).toEqual([['start', 'end']]);
  });

  test('another chair while it stands elsewhere by hand: the time is left as Outlook has it', async () => {
    const { reference, event, happens, aligns, moveByHand, looks, calendarOf } = await booked();
    await moveByHand(event, TOO_LATE);
    await looks();
    happens(reference, 'administrator', { type: 'ChairChosen', chair: 'second-chair' });
    await aligns(reference);
    expect(calendarOf('second-chair')).toEqual([TOO_LATE]);
  });
});

describe('OB10: rooms', () => {
  const rooms = [
    { name: 'Town Hall, Room 12', mailbox: 'room12@camden.example', seats: 12 },
    { name: 'Town Hall, Room 2', mailbox: 'room2@camden.example', seats: 2 },
    { name: 'Town Hall, Room 1', mailbox: 'room1@camden.example', seats: 1 },
  ];
  const inRooms = (references: string[]) =>
    outlook(
      database,
      Object.fromEntries(
        references.map((each, at) => [
          each,
          [...toMeet({ chair: at ? 'second-chair' : 'chair', dissenter: at ? 'teacher' : 'gp' }), chosen],
        ]),
      ),
      undefined,
      rooms,
    );

  test('the smallest free one that seats everybody is invited as a resource, and the card names it; the next conference gets another', async () => {
    const references = ['DIS-27-381', 'DIS-27-382'];
    const world = await inRooms(references);
    await Promise.all(references.map((reference) => world.aligns(reference)));
    for (const reference of references) await world.looks(reference);
    const named = references.map((reference) => world.card(reference).facts.Room).toSorted();
    expect(named).toEqual(['Town Hall, Room 12', 'Town Hall, Room 2']);
    const resources = world.graph
      .calendars()
      .flatMap(({ person, events }) => (person === 'chair' ? events.flatMap(({ attendees }) => attendees) : []));
    expect(resources.filter(({ type }) => type === 'resource')).toHaveLength(1);
  });

  test('where none that is large enough is free, the card says so, and it meets in Teams', async () => {
    const references = ['DIS-27-384', 'DIS-27-385', 'DIS-27-386'];
    const world = await outlook(
      database,
      Object.fromEntries(
        references.map((each, at) => [
          each,
          [
            ...toMeet({ chair: ['chair', 'second-chair', 'chair'][at] as string, dissenter: ['gp', 'teacher', 'midwife'][at] as string }),
            { ...chosen, slot: slotAt(TUESDAY, { busy: ['chair'] }) },
          ],
        ]),
      ),
      undefined,
      rooms,
    );
    for (const reference of references) await world.aligns(reference);
    expect(world.card('DIS-27-386').facts.Room).toBe('None that is large enough is free then');
    expect(world.bookingOf('DIS-27-386')?.joinUrl).toMatch(/^https:/);
  });

  test('one that declines is said, and with the next time another is found', async () => {
    const world = await inRooms(['DIS-27-383']);
    await world.aligns('DIS-27-383');
    const room = 'room2@camden.example';
    const [event] = (await world.client.api(`/users/${room}/events`).get()).value as { id: string }[];
    await world.client.api(`/users/${room}/events/${event?.id}/decline`).post({ sendResponse: true });
    await world.looks('DIS-27-383');
    expect(world.card('DIS-27-383').facts.Room).toBe('Town Hall, Room 2, which declined');
    world.decides('DIS-27-383', { type: 'ChooseTime', start: WEDNESDAY, reason: 'There is a room then.' });
    await world.aligns('DIS-27-383');
    expect(world.card('DIS-27-383').facts.Room).toBe('Town Hall, Room 12');
  });
});

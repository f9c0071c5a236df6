import { describe, expect, test } from '@jest/globals';
import { graphOverHttp, invitation, ORGANISER } from '../graph/graphServer.ts';

async function graph(options: Parameters<typeof graphOverHttp>[0] = {}) {
  const over = await graphOverHttp(options);
  const ask = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${over.address}/graph/v1.0${path}`, body ? { method, body: JSON.stringify(body) } : { method });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  };
  return { ...over, ask };
}

const CHAIR = '/users/chair@partnership.example';
const schedule = (changes: object = {}) => ({
  schedules: ['chair@partnership.example'],
  startTime: { dateTime: '2027-02-18T00:00:00', timeZone: 'UTC' },
  endTime: { dateTime: '2027-02-18T12:00:00', timeZone: 'UTC' },
  availabilityViewInterval: 360,
  ...changes,
});

describe('design 8: the sandbox’s Graph is as strict as Microsoft’s', () => {
  test.each([
    ['21 mailboxes', { schedules: Array.from({ length: 21 }, (_, n) => `${n}@x.example`) }],
    ['63 days', { endTime: { dateTime: '2027-04-22T00:00:00', timeZone: 'UTC' } }],
    ['an end before the start', { endTime: { dateTime: '2027-02-17T00:00:00', timeZone: 'UTC' } }],
    ['a zone that does not exist', { startTime: { dateTime: '2027-02-18T00:00:00', timeZone: 'Nowhere' } }],
  ])('free/busy of %s is refused', async (_, changes) => {
    const { ask } = await graph();
    expect(await ask('POST', `${CHAIR}/calendar/getSchedule`, schedule(changes))).toMatchObject({
      status: 400,
      body: { error: { code: expect.any(String) } },
    });
  });

  test('a row shows out of office, and working hours for people but not for shared mailboxes', async () => {
    const { ask } = await graph();
    const { body } = await ask('POST', `${CHAIR}/calendar/getSchedule`, schedule({ schedules: ['chair@partnership.example', ORGANISER] }));
    expect(body.value[0]).toMatchObject({
      availabilityView: '33',
      scheduleItems: [{ status: 'oof' }],
      workingHours: { startTime: '09:00:00.0000000' },
    });
    expect(body.value[1]).toMatchObject({ availabilityView: '00', scheduleItems: [] });
    expect(body.value[1]).not.toHaveProperty('workingHours');
  });

  test('times in London’s zone are understood, by either of its names', async () => {
    const { ask } = await graph();
    for (const timeZone of ['Europe/London', 'GMT Standard Time']) {
      const time = (hour: string) => ({ dateTime: `2027-07-01T${hour}:00:00`, timeZone });
      expect((await ask('POST', `${CHAIR}/events`, { subject: 'x', start: time('10'), end: time('11') })).body.start.dateTime).toBe(
        '2027-07-01T09:00:00.0000000',
      );
    }
  });

  test('an attendee can neither move nor cancel, and deletes only their own copy', async () => {
    const { ask, calendars, calendarOf } = await graph();
    await calendars.book(ORGANISER, invitation());
    const { body } = await ask('GET', `${CHAIR}/events`);
    const own = `${CHAIR}/events/${encodeURIComponent(body.value[0].id)}`;

    expect((await ask('PATCH', own, { subject: 'mine' })).status).toBe(403);
    expect((await ask('POST', `${own}/cancel`, {})).status).toBe(400);
    expect((await ask('DELETE', own)).status).toBe(204);

    expect(calendarOf('chair')).toEqual([]);
    expect(calendarOf('person-2')).toHaveLength(1);
  });

  test('an organiser’s deletion reaches everybody', async () => {
    const { ask, calendars, calendarOf } = await graph();
    const { calendarEvent } = await calendars.book(ORGANISER, invitation());

    await ask('DELETE', `/users/${ORGANISER}/events/${encodeURIComponent(calendarEvent)}`);

    expect(calendarOf('chair')).toEqual([expect.objectContaining({ cancelled: true })]);
  });

  test('a new text without the Teams part costs a meeting its link', async () => {
    const { ask, calendars } = await graph();
    const { calendarEvent } = await calendars.book(ORGANISER, invitation());

    const changed = await ask('PATCH', `/users/${ORGANISER}/events/${encodeURIComponent(calendarEvent)}`, {
      body: { contentType: 'text', content: 'new' },
    });

    expect(changed.body).toMatchObject({ isOnlineMeeting: false, onlineMeeting: null });
  });

  test.each([
    ['POST', `${CHAIR}/events`, 400],
    ['GET', `${CHAIR}/calendarView`, 400],
    ['GET', `${CHAIR}/events/nothing`, 404],
    ['GET', '/users/nobody', 404],
    ['GET', '/planets', 400],
    ['GET', "/users?$filter=startswith(mail,'a')", 400],
  ])('%s %s is answered %i with an error in Graph’s form', async (method, path, status) => {
    const { ask } = await graph();
    expect(await ask(method, path)).toMatchObject({ status, body: { error: { code: expect.any(String), message: expect.any(String) } } });
  });

  test('anything outside its addresses is left to others', async () => {
    const { graph: stand } = await graph();
    expect(await stand.handle({ url: '/mail' } as never, {} as never)).toBe(false);
  });

  test('the calendars of a week show what else people have on, and whose it is', async () => {
    const { graph: stand } = await graph();
    const week = { from: Temporal.PlainDate.from('2027-02-15'), to: Temporal.PlainDate.from('2027-02-19') };
    const chair = stand.calendars(week).find((calendar) => calendar.person === 'chair');
    expect(chair?.events).toContainEqual(
      expect.objectContaining({ subject: 'Annual leave', showAs: 'oof', start: '2027-02-18T00:00:00Z' }),
    );
  });
});

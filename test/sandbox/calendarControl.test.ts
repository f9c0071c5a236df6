import { describe, expect, test } from '@jest/globals';
import { calendarControl } from '../../src/sandbox/calendarControl.ts';
import { serve } from '../../src/sandbox/server.ts';
import { graphOverHttp, invitation, ORGANISER } from '../graph/graphServer.ts';

/** What a person would do in Outlook, over the sandbox's control (OB3). */

async function aCalendar() {
  const { graph, calendars } = await graphOverHttp({ delegates: (person) => (person === 'person-3' ? [ORGANISER] : []) });
  await calendars.book(ORGANISER, invitation());
  const calendarOf = (whose: string) => graph.calendars().find(({ person, email }) => person === whose || email === whose) ?? null;
  const control = calendarControl({ byHand: graph.byHand, calendarOf, settle: async () => {} });
  const server = await serve(0, [
    (request, response) =>
      control(request, response, new URL(request.url ?? '', 'http://x').pathname.split('/').slice(2).map(decodeURIComponent)),
  ]);
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${server.url}/calendars/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const eventOf = async (whose: string) => ((await call('GET', whose)).body.events as { id: string }[])[0]?.id as string;
  const own = async (whose: string, rest = '') => `${whose}/events/${await eventOf(whose)}${rest}`;
  return { call, own, calendarOf, close: server.close };
}

const answers = (calendar: { events: { attendees: { email: string; response: string }[] }[] } | null) =>
  calendar?.events[0]?.attendees.map(({ response }) => response);

describe('an invited person', () => {
  test.each([
    ['accepted', 'accepted', 'busy'],
    ['tentative', 'tentativelyAccepted', 'tentative'],
    ['declined', 'declined', 'free'],
  ])('answers %s, which the organiser sees, and shows as that', async (response, seen, showAs) => {
    const { call, own, calendarOf, close } = await aCalendar();
    expect(await call('POST', await own('chair', '/answer'), { response })).toMatchObject({
      status: 200,
      body: { response: seen, showAs },
    });
    expect(answers(calendarOf(ORGANISER))).toEqual([seen, 'none', 'none']);
    await close();
  });

  test('proposes another time', async () => {
    const { call, own, calendarOf, close } = await aCalendar();
    const proposedNewTime = { start: '2027-03-02T14:00:00Z', end: '2027-03-02T16:00:00Z' };
    await call('POST', await own('chair', '/answer'), { response: 'declined', proposedNewTime });
    expect(calendarOf(ORGANISER)?.events[0]?.attendees[0]).toMatchObject({ response: 'declined', proposedNewTime });
    expect((await call('POST', await own('chair', '/answer'), { response: 'accepted', proposedNewTime })).status).toBe(400);
    await close();
  });

  test('cannot move it, and takes it out of their own calendar alone', async () => {
    const { call, own, calendarOf, close } = await aCalendar();
    expect((await call('PATCH', await own('chair'), { start: '2027-03-03T10:00:00Z' })).status).toBe(403);
    expect((await call('DELETE', await own('chair'))).status).toBe(200);
    expect(calendarOf('chair')?.events).toEqual([]);
    expect(calendarOf(ORGANISER)?.events).toHaveLength(1);
    await close();
  });
});

describe('whoever opens the mailbox that books', () => {
  test.each([
    ['its address', ORGANISER],
    ['the id of an administrator', 'person-3'],
  ])('moves it for everybody, by %s, as long as it was', async (_by, whose) => {
    const { call, own, calendarOf, close } = await aCalendar();
    const path = (await own(ORGANISER)).replace(ORGANISER, whose);
    await call('POST', await own('chair', '/answer'), { response: 'accepted' });
    expect((await call('PATCH', path, { start: '2027-03-03T10:00:00Z' })).status).toBe(200);
    expect(calendarOf('chair')?.events[0]).toMatchObject({ start: '2027-03-03T10:00:00Z', end: '2027-03-03T12:00:00Z' });
    expect(answers(calendarOf(ORGANISER))).toEqual(['none', 'none', 'none']);
    await close();
  });

  test('deletes it, which cancels it for everybody', async () => {
    const { call, own, calendarOf, close } = await aCalendar();
    expect(await call('DELETE', await own(ORGANISER))).toMatchObject({ status: 200 });
    expect(calendarOf('chair')?.events[0]).toMatchObject({ cancelled: true });
    await close();
  });
});

test('what cannot be done is said in a sentence', async () => {
  const { call, own, close } = await aCalendar();
  expect(await call('GET', 'nobody')).toMatchObject({ status: 404, body: { error: expect.stringContaining('nobody') } });
  expect((await call('PATCH', 'chair/events/none', { start: '2027-03-03T10:00:00Z' })).status).toBe(404);
  expect((await call('PATCH', await own(ORGANISER), { start: 'tomorrow' })).status).toBe(400);
  expect((await call('POST', await own('chair', '/answer'), { response: 'maybe' })).status).toBe(400);
  expect((await call('PUT', await own('chair'), {})).status).toBe(405);
  await close();
});

import { describe, expect, test } from '@jest/globals';
import { graphCalendars } from '../../src/graph/calendars.ts';
import { graphClient } from '../../src/graph/client.ts';
import { graphOverHttp, instant, invitation, ORGANISER, peopleOf, serve } from './graphServer.ts';

const MARCH = [instant('2027-03-01T00:00:00Z'), instant('2027-03-06T00:00:00Z')] as const;

test('C21: free/busy of 45 people is read in three calls, and somebody outside is unknown, never free', async () => {
  const people = peopleOf(44);
  const { calendars, exchanges } = await graphOverHttp({ people });
  const mailboxes = [...people.map((person) => person.email), 'somebody@elsewhere.example'];

  const busy = await calendars.busyTimes(ORGANISER, mailboxes, ...MARCH);

  expect(exchanges.map(({ requestBody }) => (requestBody as { schedules: string[] }).schedules.length)).toEqual([20, 20, 5]);
  expect([...busy.keys()]).toEqual(mailboxes);
  expect(busy.get('somebody@elsewhere.example')).toBe('unknown');
  expect(busy.get('chair@partnership.example')).toContainEqual({
    start: instant('2027-03-02T09:00:00Z'),
    end: instant('2027-03-02T10:00:00Z'),
    status: 'busy',
  });
});

test('X6: free/busy comes in UTC as asked, without a word of what anybody is doing', async () => {
  const { calendars, exchanges } = await graphOverHttp();

  await calendars.busyTimes(ORGANISER, ['chair@partnership.example'], ...MARCH);

  expect(exchanges[0]?.headers.prefer).toContain('outlook.timezone="UTC"');
  expect(JSON.stringify(exchanges[0]?.responseBody)).not.toMatch(/subject|conference|leave/i);
});

test('C21: a window of over 62 days is read in parts, and what lies across two parts is told once', async () => {
  const { calendars, exchanges } = await graphOverHttp();
  // Leave on Thu 18 Feb lasts the whole day; the first part ends at noon that day.
  const from = instant('2027-02-18T12:00:00Z').subtract({ hours: 60 * 24 });

  const busy = await calendars.busyTimes(ORGANISER, ['chair@partnership.example'], from, from.add({ hours: 130 * 24 }));

  expect(exchanges).toHaveLength(3);
  const schedule = busy.get('chair@partnership.example');
  expect(schedule).not.toBe('unknown');
  const thatDay = [...(schedule ?? [])].filter((item) => typeof item === 'object' && item.start.equals(instant('2027-02-18T00:00:00Z')));
  expect(thatDay).toEqual([{ start: instant('2027-02-18T00:00:00Z'), end: instant('2027-02-19T00:00:00Z'), status: 'away' }]);
});

test('C21: a booking, its move and its cancellation show in free/busy', async () => {
  const { calendars } = await graphOverHttp();
  const tentative = async () => {
    const busy = await calendars.busyTimes(
      ORGANISER,
      ['chair@partnership.example'],
      instant('2027-03-02T10:00:00Z'),
      instant('2027-03-02T12:30:00Z'),
    );
    return [...(busy.get('chair@partnership.example') ?? [])];
  };
  expect(await tentative()).toEqual([]);

  const { calendarEvent } = await calendars.book(ORGANISER, invitation());
  expect(await tentative()).toEqual([
    { start: instant('2027-03-02T10:00:00Z'), end: instant('2027-03-02T12:00:00Z'), status: 'tentative' },
  ]);

  const later = invitation({ start: instant('2027-03-02T10:30:00Z'), end: instant('2027-03-02T12:30:00Z') });
  await calendars.move(ORGANISER, calendarEvent, later, null);
  expect(await tentative()).toEqual([{ start: later.start, end: later.end, status: 'tentative' }]);

  await calendars.cancel(ORGANISER, calendarEvent, 'It is not needed any more.');
  expect(await tentative()).toEqual([]);
});

test('C21: each status is read for what it is, an odd one as busy; a row with an error, or missing, is unknown', async () => {
  const item = (status: string, hour: string) => ({
    status,
    start: { dateTime: `2027-03-02T${hour}:00:00.0000000`, timeZone: 'UTC' },
    end: { dateTime: `2027-03-02T${hour}:30:00.0000000`, timeZone: 'UTC' },
  });
  const value = [
    // workingElsewhere is a 0 in availabilityView, as free is.
    {
      scheduleId: 'A@x.example',
      availabilityView: '00123',
      scheduleItems: ['free', 'workingElsewhere', 'tentative', 'oof', 'unknown'].map((status, n) => item(status, `1${n}`)),
    },
    { scheduleId: 'b@x.example', scheduleItems: [], error: { message: 'no', responseCode: 'ErrorNoFreeBusyAccess' } },
  ];
  const address = await serve((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ value }));
  });
  const calendars = graphCalendars(graphClient({ baseUrl: address, credential: null, fetchTimeoutMs: 5000 }));

  const busy = await calendars.busyTimes(ORGANISER, ['a@x.example', 'b@x.example', 'c@x.example'], ...MARCH);

  expect([...(busy.get('a@x.example') ?? [])].map((time) => (typeof time === 'object' ? time.status : time))).toEqual([
    'elsewhere',
    'tentative',
    'away',
    'busy',
  ]);
  expect(busy.get('b@x.example')).toBe('unknown');
  expect(busy.get('c@x.example')).toBe('unknown');
});

test('OB7: an item in a zone of its own makes its owner unknown, and nobody else', async () => {
  const busy = (timeZone: string) => ({
    status: 'busy',
    start: { dateTime: '2027-03-02T10:00:00.0000000', timeZone },
    end: { dateTime: '2027-03-02T11:00:00.0000000', timeZone },
  });
  const value = [
    { scheduleId: 'a@x.example', scheduleItems: [busy('UTC'), busy('tzone://Microsoft/Custom')] },
    { scheduleId: 'b@x.example', scheduleItems: [busy('UTC')] },
    { scheduleId: 'c@x.example', scheduleItems: 'none' },
    'no row at all',
  ];
  const address = await serve((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ value }));
  });
  const calendars = graphCalendars(graphClient({ baseUrl: address, credential: null, fetchTimeoutMs: 5000 }));

  const read = await calendars.busyTimes(ORGANISER, ['a@x.example', 'b@x.example', 'c@x.example'], ...MARCH);

  expect(read.get('a@x.example')).toBe('unknown');
  expect(read.get('b@x.example')).toEqual([
    { start: instant('2027-03-02T10:00:00Z'), end: instant('2027-03-02T11:00:00Z'), status: 'busy' },
  ]);
  expect(read.get('c@x.example')).toBe('unknown');
});

test('OB7: a mailbox for which Graph refuses the whole call is unknown, and nobody else', async () => {
  const refused = 'odd@x.example';
  const address = await serve(async (request, response) => {
    const { schedules } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { schedules: string[] };
    response.writeHead(schedules.includes(refused) ? 400 : 200, { 'Content-Type': 'application/json' });
    const value = schedules.map((scheduleId) => ({ scheduleId, scheduleItems: [] }));
    response.end(JSON.stringify(schedules.includes(refused) ? { error: { code: 'ErrorInvalidRequest' } } : { value }));
  });
  const calendars = graphCalendars(graphClient({ baseUrl: address, credential: null, fetchTimeoutMs: 5000 }));

  const read = await calendars.busyTimes(ORGANISER, ['a@x.example', refused, 'b@x.example'], ...MARCH);

  expect([...read]).toEqual([
    ['a@x.example', []],
    [refused, 'unknown'],
    ['b@x.example', []],
  ]);
});

describe('OB8: working hours', () => {
  const readWith = async (workingHours: unknown) => {
    const address = await serve((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ value: [{ scheduleId: 'a@x.example', scheduleItems: [], workingHours }] }));
    });
    const calendars = graphCalendars(graphClient({ baseUrl: address, credential: null, fetchTimeoutMs: 5000 }));
    const read = await calendars.busyTimes(ORGANISER, ['a@x.example'], instant('2027-03-25T00:00:00Z'), instant('2027-03-30T00:00:00Z'));
    return [...(read.get('a@x.example') ?? [])].map((time) =>
      typeof time === 'object' ? `${time.status} ${time.start} ${time.end}` : time,
    );
  };
  const hours = (name: string, daysOfWeek: string[], startTime = '09:00:00.0000000', endTime = '17:00:00.0000000') => ({
    daysOfWeek,
    startTime,
    endTime,
    timeZone: { name },
  });

  test('a part-timer is off on their free day and outside their hours, on both sides of the change of the clocks', async () => {
    expect(await readWith(hours('GMT Standard Time', ['thursday', 'monday']))).toEqual([
      'off 2027-03-25T00:00:00Z 2027-03-25T09:00:00Z',
      'off 2027-03-25T17:00:00Z 2027-03-29T08:00:00Z',
      'off 2027-03-29T16:00:00Z 2027-03-30T00:00:00Z',
    ]);
  });

  test("the hours are those of the zone that they are told in, by Windows' name or the other", async () => {
    const days = ['thursday', 'friday', 'saturday', 'sunday', 'monday'];
    const paris = await readWith(hours('Romance Standard Time', days));
    expect(paris[1]).toBe('off 2027-03-25T16:00:00Z 2027-03-26T08:00:00Z');
    expect(await readWith(hours('Europe/Paris', days))).toEqual(paris);
  });

  test('hours that go past midnight end on the next day', async () => {
    const night = await readWith(hours('GMT Standard Time', ['thursday'], '22:00:00.0000000', '06:00:00.0000000'));
    expect(night).toEqual(['off 2027-03-25T00:00:00Z 2027-03-25T22:00:00Z', 'off 2027-03-26T06:00:00Z 2027-03-30T00:00:00Z']);
  });

  test.each([
    ['a customised zone', hours('Customized Time Zone', ['monday'])],
    ['no day', hours('GMT Standard Time', [])],
    ['no hours', undefined],
    ['what is none', { daysOfWeek: 'monday' }],
  ])("%s tells nothing of anybody's hours, and makes nobody unknown", async (_, told) => {
    expect(await readWith(told)).toEqual([]);
  });
});

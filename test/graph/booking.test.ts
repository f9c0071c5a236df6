import { describe, expect, test } from '@jest/globals';
import { graphOverHttp, instant, invitation, ORGANISER } from './graphServer.ts';

const LATER = invitation({ start: instant('2027-03-04T14:00:00Z'), end: instant('2027-03-04T16:00:00Z') });
const COMMENT = 'It is not needed any more.';

describe('booking', () => {
  test('C21: the conference stands in the calendar of the organiser and of every attendee, with a Teams link', async () => {
    const { calendars, calendarOf } = await graphOverHttp();

    const booked = await calendars.book(ORGANISER, invitation());

    expect(booked.joinUrl).toMatch(/^https:\/\/teams\.microsoft\.com\//);
    const expected = {
      start: '2027-03-02T10:00:00Z',
      end: '2027-03-02T12:00:00Z',
      organiser: ORGANISER,
      joinUrl: booked.joinUrl,
      cancelled: false,
    };
    expect(calendarOf(null)).toEqual([expect.objectContaining({ ...expected, showAs: 'busy' })]);
    expect(calendarOf('chair')).toEqual([expect.objectContaining({ ...expected, showAs: 'tentative' })]);
    expect(calendarOf('person-2')).toEqual([expect.objectContaining(expected)]);
    expect(calendarOf('person-3')).toEqual([]);
  });

  test('X6: subject and text are sent as given, with no location, and the event is private', async () => {
    const { calendars, exchanges, calendarOf } = await graphOverHttp();

    await calendars.book(ORGANISER, invitation());

    expect(exchanges[0]?.requestBody).not.toHaveProperty('location');
    expect(calendarOf('chair')).toEqual([
      expect.objectContaining({
        subject: 'Meeting DIS-27-004',
        body: 'You are asked to this meeting.\nThe link is below.',
        sensitivity: 'private',
      }),
    ]);
  });

  test('X7: nobody but the people named is invited, each as required or optional', async () => {
    const { calendars, calendarOf } = await graphOverHttp();

    await calendars.book(ORGANISER, invitation());

    expect(calendarOf(null)[0]?.attendees.map(({ email, type }) => ({ email, type }))).toEqual([
      { email: 'chair@partnership.example', type: 'required' },
      { email: 'person-2@partnership.example', type: 'optional' },
      { email: 'somebody@elsewhere.example', type: 'required' },
    ]);
  });

  test.each(['as-exchange', 400, 409] as const)(
    'X4: the same booking made again is the same event (a repeated transaction is answered %s)',
    async (duplicate) => {
      const { calendars, calendarOf } = await graphOverHttp({ duplicate });

      const first = await calendars.book(ORGANISER, invitation());
      const again = await calendars.book(ORGANISER, invitation());

      expect(again).toEqual(first);
      expect(calendarOf(null)).toHaveLength(1);
    },
  );

  test('X4: two at once end with one event', async () => {
    const { calendars, calendarOf } = await graphOverHttp({ duplicate: 409 });

    const [one, other] = await Promise.all([calendars.book(ORGANISER, invitation()), calendars.book(ORGANISER, invitation())]);

    expect(one).toEqual(other);
    expect(calendarOf(null)).toHaveLength(1);
  });

  test.each([{ what: 'lost-answer' }, { what: 'done-but-refused', status: 504 }] as const)(
    'X4: booked but never answered ($what): the next attempt finds the one event',
    async (trouble) => {
      const { calendars, calendarOf, graph } = await graphOverHttp();
      graph.misbehave({ method: 'POST', path: '/events', ...trouble });

      await expect(calendars.book(ORGANISER, invitation())).rejects.toMatchObject({ kind: 'unreachable' });
      expect(calendarOf('chair')).toHaveLength(1);
      const { joinUrl } = await calendars.book(ORGANISER, invitation());

      expect(calendarOf('chair')).toEqual([expect.objectContaining({ joinUrl })]);
    },
  );

  test('X4: the answer was lost and the case moved on meanwhile: the one event ends at the time asked for last', async () => {
    const { calendars, calendarOf, graph } = await graphOverHttp();
    graph.misbehave({ method: 'POST', path: '/events', what: 'lost-answer' });
    await calendars.book(ORGANISER, invitation()).catch(() => {});

    await calendars.book(ORGANISER, LATER);

    expect(calendarOf('chair').map((event) => event.start)).toEqual(['2027-03-04T14:00:00Z']);
  });

  test('X4: an event that was booked before is found behind many others', async () => {
    const { calendars, calendarOf } = await graphOverHttp({ duplicate: 409 });
    for (let number = 0; number < 260; number += 1) await calendars.book(ORGANISER, invitation({ transactionId: `other/${number}` }));
    const first = await calendars.book(ORGANISER, invitation());

    expect(await calendars.book(ORGANISER, invitation())).toEqual(first);
    expect(calendarOf(null)).toHaveLength(261);
  });

  test('X4: what was booked is still there after the sandbox was stopped and started', async () => {
    const before = await graphOverHttp();
    const first = await before.calendars.book(ORGANISER, invitation());
    const after = await graphOverHttp({ directory: before.directory });

    expect(await after.calendars.book(ORGANISER, invitation())).toEqual(first);
    expect(after.calendarOf('chair')).toHaveLength(1);
  });
});

describe('moving and cancelling', () => {
  test('C21: a move changes time and people and keeps the Teams link', async () => {
    const { calendars, calendarOf } = await graphOverHttp();
    const { calendarEvent, joinUrl } = await calendars.book(ORGANISER, invitation());

    const moved = await calendars.move(
      ORGANISER,
      calendarEvent,
      {
        ...LATER,
        attendees: [{ email: 'chair@partnership.example', required: true }],
      },
      null,
    );

    expect(moved).toEqual({ joinUrl });
    expect(calendarOf('chair')).toEqual([
      expect.objectContaining({ start: '2027-03-04T14:00:00Z', end: '2027-03-04T16:00:00Z', joinUrl, cancelled: false }),
    ]);
    expect(calendarOf('person-2')).toEqual([expect.objectContaining({ cancelled: true })]);
  });

  test('X9 X10: a conference that comes to serve another case too has another title for everybody, and keeps its text and Teams link', async () => {
    const { calendars, calendarOf } = await graphOverHttp();
    const { calendarEvent, joinUrl } = await calendars.book(ORGANISER, invitation());

    await calendars.move(ORGANISER, calendarEvent, invitation({ subject: 'Meeting' }), null);

    for (const person of [null, 'chair', 'person-2'])
      expect(calendarOf(person)).toEqual([
        expect.objectContaining({ subject: 'Meeting', body: expect.stringContaining('asked'), joinUrl }),
      ]);
  });

  test('X9 X4: so does one whose first answer was lost', async () => {
    const { calendars, calendarOf, graph } = await graphOverHttp();
    graph.misbehave({ method: 'POST', path: '/events', what: 'lost-answer' });
    await calendars.book(ORGANISER, invitation()).catch(() => {});

    await calendars.book(ORGANISER, invitation({ subject: 'Meeting' }));

    expect(calendarOf('chair').map(({ subject }) => subject)).toEqual(['Meeting']);
  });

  test('C21: an event that somebody deleted cannot be moved, and is told apart', async () => {
    const { calendars } = await graphOverHttp();
    const { calendarEvent } = await calendars.book(ORGANISER, invitation());
    await calendars.cancel(ORGANISER, calendarEvent, COMMENT);

    await expect(calendars.move(ORGANISER, calendarEvent, LATER, null)).rejects.toMatchObject({ kind: 'gone' });
  });

  test('C21, X4: a cancellation tells the attendees, and a second one is no fault', async () => {
    const { calendars, calendarOf } = await graphOverHttp();
    const { calendarEvent } = await calendars.book(ORGANISER, invitation());

    await calendars.cancel(ORGANISER, calendarEvent, COMMENT);
    await calendars.cancel(ORGANISER, calendarEvent, COMMENT);

    expect(calendarOf(null)).toEqual([]);
    expect(calendarOf('chair')).toEqual([expect.objectContaining({ cancelled: true, showAs: 'free' })]);
  });

  test('C21: a cancellation that is refused while the event stands is a fault', async () => {
    const { calendars, graph } = await graphOverHttp();
    const { calendarEvent } = await calendars.book(ORGANISER, invitation());
    graph.misbehave({ path: '/cancel', what: 'refused', status: 400 });

    await expect(calendars.cancel(ORGANISER, calendarEvent, COMMENT)).rejects.toMatchObject({ kind: 'rejected' });
  });
});

test('C2: the mailbox of somebody who is not in the directory is found by object id; nobody has none', async () => {
  const { calendars } = await graphOverHttp();

  expect(await calendars.mailboxOf('00000000-0000-4000-8000-000000000003')).toBe('person-3@partnership.example');
  expect(await calendars.mailboxOf('99999999-0000-4000-8000-000000000003')).toBeNull();
});

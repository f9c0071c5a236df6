import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { buttonsOf, cardIn, wordsOf } from '../bot/chats.ts';
import { folderWithStore } from '../support/database.ts';
import { startProcess } from '../support/programProcess.ts';
import { activityFrom, send, startTeamsClient } from '../support/teamsClient.ts';
import { dissentForm, openPartnership, type Partnership, peopleAt, recordForm } from './partnership.ts';

type People = ReturnType<typeof peopleAt>;

const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} });

const referenceIn = (words: string) => /DIS-\d\d-\d{3}/.exec(words)?.[0] ?? '';

/** Each person's dissent is about another child, so that none shares a conference with another. */
const childOf = (person: string) => `CH-${[...person].reduce((sum, letter) => sum + letter.charCodeAt(0), 1000)}`;

/** A dissent from a conference of today that its chair has referred. */
async function referred(camden: People, person: string, record: Record<string, string> = {}): Promise<string> {
  await camden.says(person, 'raise dissent');
  const reference = referenceIn(
    await camden.presses(person, 'Send to the chair', dissentForm({ date: '2027-02-01', children: childOf(person) })),
  );
  await camden.fillsIn('chair', reference, 'Refer', recordForm(record));
  return reference;
}

/** A dissent upheld, and its conference asked for. */
async function reconvening(camden: People, person: string, record: Record<string, string> = {}): Promise<string> {
  const reference = await referred(camden, person, record);
  await camden.fillsIn('service-manager', reference, 'Upheld', { reasons: 'The threshold is met.' });
  await camden.fillsIn('head-of-service', reference, 'Request reconvening', { reasons: 'Look again.' });
  return reference;
}

describe('with Teams and Graph at their worst', () => {
  let camden: Partnership;
  beforeAll(async () => {
    camden = await openPartnership('2027-02-01T15:00:00Z', { badDay: true });
  });
  afterEach(() => camden.troubles({ deliver: 1, throttle: { calls: 0 } }));
  afterAll(() => camden.close());

  test('X4: everything that Teams delivers five times happens once', async () => {
    await camden.troubles({ deliver: 5 });
    const reference = await reconvening(camden, 'gp');
    await camden.fillsIn('administrator', reference, 'Move', { slot: 'own', date: '2027-02-15', time: '10:00' });

    const events = (await camden.describe(reference)).history.flatMap(({ kind, event }) => (kind === 'change' && event ? [event] : []));
    for (const once of ['DissentRaised', 'DissentReferred', 'TimesFound']) expect(events.filter((event) => event === once)).toHaveLength(1);
    for (const twice of ['DecisionMade', 'TimeChosen', 'InvitationSent']) expect(events.filter((event) => event === twice)).toHaveLength(2);
    expect(await camden.meetingsOf('gp', reference)).toMatchObject([{ start: expect.stringMatching(/^2027-02-15T10:00/) }]);
    // News posts a card, and the one before becomes a line; what comes of somebody's own press posts nothing (CD9).
    const heard = Object.fromEntries(
      await Promise.all(
        ['chair', 'service-manager', 'administrator'].map(async (person) => [person, (await camden.cardsAbout(person, reference)).length]),
      ),
    );
    expect(heard).toEqual({ chair: 3, 'service-manager': 1, administrator: 2 });
    expect((await camden.chat('gp')).filter(({ text }) => text === 'raise dissent')).toHaveLength(1);
    expect((await camden.call('GET', `/cases/DIS-27-${String(Number(reference.slice(-3)) + 1).padStart(3, '0')}`)).status).toBe(404);
  });

  test('design 6: somebody who types while Teams throttles the bot is answered all the same', async () => {
    await camden.says('teacher', 'hello');
    await camden.troubles({ throttle: { calls: 2, retryAfterSeconds: 0 } });
    expect(JSON.stringify(await camden.says('teacher', 'raise dissent'))).toContain('Send to the chair');
  });

  test('C21: calendars that nobody may read are unknown, not free: nothing is booked until a person chooses', async () => {
    await camden.troubles({ graph: { path: '/getSchedule', what: 'refused', status: 403, times: 2 } });
    const reference = await reconvening(camden, 'midwife');
    expect(await camden.readsOf('administrator', reference)).toMatch(/Nothing is booked yet\. .* cannot be read/);
    expect(await camden.meetingsOf('midwife', reference)).toEqual([]);

    await camden.fillsIn('administrator', reference, 'Choose a time', { slot: 'own', date: '2027-02-10', time: '10:00' });
    expect(await camden.meetingsOf('midwife', reference)).toHaveLength(1);
    expect(await camden.readsOf('administrator', reference)).toContain('Not known');
  });

  test('C21 X4: a calendar that may not be written to is said on the card, and tried again it is one event', async () => {
    await camden.troubles({ graph: { method: 'POST', path: '/events', what: 'refused', status: 403 } });
    const reference = await reconvening(camden, 'family-worker');
    expect(await camden.readsOf('administrator', reference)).toContain('Not in the calendar. The bot may not write');
    await camden.presses('administrator', 'Try again');
    expect(await camden.describe(reference)).toMatchObject({ state: { bookings: [{ status: 'sent' }] } });
    expect(await camden.meetingsOf('family-worker', reference)).toHaveLength(1);
  });

  test('design 9: what Graph put off with 429 or 503 is done by the time that the clock is moved to', async () => {
    const seconds = { graph: { path: '/getSchedule', what: 'refused', status: 429, retryAfter: '40' } };
    await camden.troubles(seconds);
    const reference = await reconvening(camden, 'probation-officer');
    const [waiting] = (await camden.jobs()).filter((job) => job.reference === reference);
    expect(waiting).toMatchObject({ name: 'find-times', state: 'waiting', retryAt: expect.stringMatching(/^2027-02-01T15:0/) });
    await camden.troubles({ graph: { path: '/events', what: 'refused', status: 503 } });
    await camden.clock('2027-02-01T15:30:00Z');
    expect(await camden.describe(reference)).toMatchObject({ state: { bookings: [{ status: 'sent' }] } });
    expect(await camden.meetingsOf('probation-officer', reference)).toHaveLength(1);
    expect((await camden.jobs()).filter((job) => job.reference === reference)).toEqual([]);
  });

  test("C21 X4: a conference cancelled while its booking is in doubt is in nobody's calendar", async () => {
    await camden.troubles({ graph: { method: 'POST', path: '/events', what: 'lost-answer' } });
    const reference = await reconvening(camden, 'police-officer');
    await camden.fillsIn('administrator', reference, 'Cancel the conference', { reason: 'The room is lost.' });
    expect(await camden.describe(reference)).toMatchObject({ state: { bookings: [{ status: 'cancellation-sent' }] } });
    expect(await camden.meetingsOf('police-officer', reference)).toEqual([]);
  });

  test('C21 X6: with no time at all in the window the card says who is in the way and whom to ask, and nothing is booked', async () => {
    const members = directory().people.filter(
      ({ partnership, id }) => partnership === 'camden' && id !== 'chair' && id !== 'camhs-practitioner',
    );
    const required = members.map(({ id }) => id).join(',');
    const reference = await reconvening(camden, 'camhs-practitioner', { required });
    const card = await camden.readsOf('administrator', reference);
    expect(card).toContain('Nothing is booked: no time by Mon 22 Feb 2027 is free for everyone who has to be there.');
    expect(card).toMatch(/Ask .* to make room/);
    expect(card).not.toMatch(/Clinic|Home visit|Annual leave/);
    expect(await camden.describe(reference)).toMatchObject({ state: { bookings: [] } });
  });

  test('C2 X3: somebody whom the directory does not know raises a dissent from a client of their own, and is named to the chair', async () => {
    const teams = await startTeamsClient();
    const stranger = { id: '29:stranger', name: 'Orla Fieldgate', aadObjectId: '11111111-2222-4333-8444-555555555555' };
    const says = (changes: object) => send(camden.botPort, activityFrom(teams.serviceUrl, { from: stranger, ...changes }));
    const presses = (data: object | undefined) =>
      says({
        type: 'invoke',
        text: undefined,
        name: 'adaptiveCard/action',
        replyToId: 'sent-1',
        value: { action: { type: 'Action.Execute', data } },
      });
    try {
      await says({ text: 'raise dissent' });
      const choices = cardIn(teams.calls[0]);
      const opened = await presses(buttonsOf(choices).find(({ verb }) => verb.endsWith('camden-dissent'))?.data);
      const form = buttonsOf(opened.body?.value).find(({ title }) => title === 'Send to the chair');
      const raised = await presses({ ...form?.data, ...dissentForm({ date: '2027-02-01' }) });
      const reference = referenceIn(wordsOf(raised.body?.value));
      expect(await camden.describe(reference)).toMatchObject({ state: { dissent: { dissenterName: 'Orla Fieldgate', agency: null } } });

      await camden.fillsIn('chair', reference, 'Refer', recordForm({ agency: 'hospital' }));
      const update = await teams.until((calls) =>
        calls.find(({ method, body }) => method === 'PUT' && wordsOf(body).includes('With the Service Manager')),
      );
      expect(update.path).toMatch(/\/v3\/conversations\/chat-1\/activities\/sent-1$/);
    } finally {
      await teams.close();
    }
  });
});

test('X4 X5: killed in the middle and started again, chats, cases and calendars are there, old cards work, and a second copy is refused', async () => {
  const folder = await folderWithStore();
  const begin = async (ports: { PORT: string; SANDBOX_PORT: string }) => {
    const program = startProcess({ ...ports, DATA_DIR: folder });
    const [, SANDBOX_PORT = ''] = await program.prints(/Open +http:\S+:(\d+)/);
    const [, PORT = ''] = await program.prints(/Bot Framework +http:\S+:(\d+)/);
    return { program, ports: { PORT, SANDBOX_PORT }, camden: peopleAt(`http://127.0.0.1:${SANDBOX_PORT}`) };
  };
  const first = await begin({ PORT: '0', SANDBOX_PORT: '0' });
  let second: Awaited<ReturnType<typeof begin>> | undefined;
  try {
    await first.camden.clock('2027-02-01T15:00:00Z');
    const booked = await reconvening(first.camden, 'gp');
    const old = await referred(first.camden, 'teacher');
    const before = await first.camden.meetingsOf('gp', booked);
    const [card] = await first.camden.cardsAbout('service-manager', old);
    const pressing = first.camden.presses('service-manager', 'Not upheld', {}, card?.activityId).catch(() => '');
    await first.program.kill();
    await pressing;

    second = await begin(first.ports);
    const { camden } = second;
    expect(await camden.meetingsOf('gp', booked)).toEqual(before);
    expect((await camden.cardsAbout('service-manager', old)).map(({ activityId }) => activityId)).toEqual([card?.activityId]);
    expect(
      await camden.forges('service-manager', {
        reference: old,
        revision: (await camden.describe(old)).revision,
        verb: 'decide:decide.not_upheld',
        reasons: 'Considered.',
      }),
    ).toContain('Not upheld');

    const third = startProcess({ PORT: '0', SANDBOX_PORT: '0', DATA_DIR: folder });
    expect(await third.ended).toEqual({ code: 1, signal: null });
    expect(third.output().trim()).toBe(
      `The data folder ${folder} is in use by another copy of this program. Stop that copy, or start this one with another DATA_DIR.`,
    );
  } finally {
    await first.program.kill();
    await second?.program.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

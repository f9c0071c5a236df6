import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';

let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2027-02-04T14:00:00Z');
});
afterAll(() => camden.close());

const FIRST = 'DIS-27-001';
const SECOND = 'DIS-27-002';
const OTHER = 'DIS-27-003';

/** A dissent from the review conference of 4 February 2027, raised and referred. */
async function dissents(person: string, reference: string, children: string, reasons: string, required: string) {
  await camden.says(person, 'raise dissent');
  await camden.presses(
    person,
    'Send to the chair',
    dissentForm({ meeting: 'review', date: '2027-02-04', decision: 'end', children, reasons }),
  );
  await camden.fillsIn('chair', reference, 'Refer', recordForm({ required }));
}

/** How many events stand or ever stood in Outlook. */
const everBooked = async () => {
  const calendars = (await camden.calendars()) as unknown as { events: { subject: string; start: string }[] }[];
  return Math.max(...calendars.map(({ events }) => events.filter(({ subject }) => /^Meeting( [A-Z]|$)/.test(subject)).length));
};

/** What stands in a person's calendar under the title of a conference that serves several cases, which names none of them. */
const shared = async (person: string) => (await camden.meetingsOf(person, 'Meeting')).filter(({ subject }) => subject === 'Meeting');

test('X10 (X6 X9 C20 C21): two professionals dissent from one conference: two cases, one reconvened conference', async () => {
  await dissents('community-paediatrician', FIRST, 'CH-1, CH-2', 'A bruise that nobody explained.', 'social-worker');
  await dissents('teacher', SECOND, 'CH-2', 'What the child said at school.', 'police-officer');
  await dissents('gp', OTHER, 'CH-9', 'Another family on the same day.', '');

  // Two cases, linked for those who decide on both and for their chair (CD8); neither dissenter learns of the other.
  expect(await camden.readsOf('service-manager', FIRST)).toContain(`Another dissent on this conference: ${SECOND}.`);
  expect(await camden.readsOf('service-manager', SECOND)).toContain(`Another dissent on this conference: ${FIRST}.`);
  expect(await camden.readsOf('chair', FIRST)).toContain(`Another dissent on this conference: ${SECOND}.`);
  expect(await camden.readsOf('service-manager', OTHER)).not.toContain('Another dissent');
  expect(await camden.reads('community-paediatrician')).not.toMatch(/DIS-27-002|Another dissent|said at school|Hazelhurst/);
  expect(await camden.reads('teacher')).not.toMatch(/DIS-27-001|Another dissent|bruise|Thistlewood/);

  // Decided apart, each with reasons of its own; both have to meet again.
  for (const [reference, at] of [
    [FIRST, '2027-02-12T11:00:00Z'],
    [SECOND, '2027-02-12T12:00:00Z'],
  ] as const) {
    await camden.clock(at);
    await camden.fillsIn('service-manager', reference, 'Upheld', { reasons: `The reasons for ${reference}.` });
  }
  await camden.clock('2027-02-16T11:00:00Z');
  await camden.fillsIn('head-of-service', FIRST, 'Request reconvening', { reasons: 'It should be heard again.', new_information: '' });
  const [alone] = await camden.meetingsOf('community-paediatrician', FIRST);
  expect(alone).toBeDefined();
  expect(await camden.meetingsOf('teacher', FIRST)).toEqual([]);

  // The second joins the conference that the first has: the same event, now with everybody, and with neither's reference (X9).
  await camden.clock('2027-02-17T11:00:00Z');
  await camden.fillsIn('head-of-service', SECOND, 'Request reconvening', { reasons: 'This too.', new_information: '' });
  for (const person of ['chair', 'community-paediatrician', 'social-worker', 'teacher', 'police-officer'])
    expect(await shared(person)).toEqual([expect.objectContaining({ start: alone?.start })]);
  expect(await everBooked()).toBe(1);
  const bookingOf = async (reference: string) =>
    ((await camden.describe(reference)).state as { bookings: { status: string; slot: { start: string } }[] }).bookings;
  expect(await bookingOf(SECOND)).toMatchObject([{ status: 'sent', slot: { start: alone?.start } }]);
  expect(await camden.readsOf('administrator', SECOND)).toContain(
    'One conference serves this case and another. It is booked and moved in the other case.',
  );
  expect(await camden.readsOf('administrator', FIRST)).toContain('Hold by Tue 9 Mar 2027');
  expect(await camden.reads('teacher')).not.toMatch(/bruise|Thistlewood/);

  // Moved: for both. A press on the second's old card books nothing.
  await camden.fillsIn('administrator', FIRST, 'Move', { slot: 'own', date: '2027-03-02', time: '10:00', reason: '' });
  expect(await bookingOf(SECOND)).toMatchObject([{ status: 'sent', slot: { start: '2027-03-02T10:00:00Z' } }]);
  const { revision } = await camden.describe(SECOND);
  expect(await camden.forges('administrator', { reference: SECOND, revision, verb: 'cancel', reason: 'Not needed.' })).toContain(
    'One conference serves this case and another',
  );
  expect(await camden.readsOf('teacher', SECOND)).toContain('Tue 2 Mar 2027, 10:00 to 12:00');

  // Cancelled and booked anew: for both, and never two that stand.
  await camden.fillsIn('administrator', FIRST, 'Cancel the conference', { reason: 'The room is closed.' });
  for (const person of ['chair', 'teacher']) expect(await shared(person)).toEqual([]);
  expect(await camden.readsOf('teacher', SECOND)).toContain('was cancelled');
  await camden.fillsIn('administrator', FIRST, 'Choose a time', { slot: 'own', date: '2027-03-02', time: '10:00', reason: '' });
  expect(await shared('teacher')).toHaveLength(1);

  // Held: for both, each in its own trail.
  await camden.clock('2027-03-02T13:00:00Z');
  await camden.fillsIn('administrator', FIRST, 'Record as held', { on: '2027-03-02' });
  for (const reference of [FIRST, SECOND]) {
    const { stage, history } = await camden.describe(reference);
    expect(stage).toBe('conclude');
    expect(history.map(({ event }) => event)).toContain(reference === FIRST ? 'MeetingJoined' : 'MeetingShared');
  }
  expect((await camden.describe(OTHER)).stage).toBe('decide');
});

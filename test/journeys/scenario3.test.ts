import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';

let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2027-02-04T15:00:00Z');
});
afterAll(() => camden.close());

type Calendar = {
  person: string | null;
  events: { subject: string; start: string; sensitivity: string; cancelled: boolean; joinUrl: string | null }[];
};

/** The conferences that stand in a person's calendar. */
const conferencesOf = async (person: string) => {
  const calendars = (await camden.calendars()) as unknown as Calendar[];
  return (
    calendars
      .find((each) => each.person === person)
      ?.events.filter(({ subject, cancelled }) => subject.startsWith('Meeting ') && !cancelled) ?? []
  );
};

test('Scenario 3 (C16 C19 C20 C21 X6 X7): upheld, and reconvened in every calendar inside the window', async () => {
  await camden.says('community-paediatrician', 'raise dissent');
  await camden.presses(
    'community-paediatrician',
    'Send to the chair',
    dissentForm({ meeting: 'review', date: '2027-02-04', decision: 'end' }),
  );
  await camden.presses('chair', 'Refer');
  await camden.presses('chair', 'Refer to the Service Manager', recordForm({ required: 'social-worker', optional: 'teacher' }));
  expect(await camden.reads('service-manager')).toContain('Decide by Thu 18 Feb 2027');

  await camden.clock('2027-02-12T11:00:00Z');
  await camden.presses('service-manager', 'Upheld');
  await camden.pressesVerb('service-manager', 'decide:decide.upheld', { reasons: 'New facts matter here.' });
  expect(await camden.buttons('head-of-service')).toEqual(expect.arrayContaining(['Request reconvening', 'Do not reconvene']));

  await camden.clock('2027-02-17T11:00:00Z');
  await camden.presses('head-of-service', 'Request reconvening');
  await camden.pressesVerb('head-of-service', 'decide:review.reconvene', {
    reasons: 'The hospital letter should be heard.',
    new_information: 'Hospital letter.',
  });

  const booking = await camden.reads('administrator');
  expect(booking).toContain('Hold by Wed 10 Mar 2027; earlier target Fri 5 Mar 2027.');
  expect(booking).toContain('Tue 2 Mar 2027, 10:00');
  expect(booking).not.toContain('Hospital letter');
  expect(booking).not.toContain('three injuries');
  for (const person of ['chair', 'community-paediatrician', 'social-worker', 'teacher']) {
    expect(await conferencesOf(person)).toEqual([
      expect.objectContaining({
        subject: 'Meeting DIS-27-001',
        sensitivity: 'private',
        start: '2027-03-02T10:00:00Z',
        joinUrl: expect.stringMatching(/^https:/),
      }),
    ]);
  }
  expect(JSON.stringify(await camden.calendars())).not.toMatch(/CH-1041|injur|threshold/);
  expect(await camden.reads('community-paediatrician')).toContain('Tue 2 Mar 2027, 10:00');

  await camden.presses('administrator', 'Move');
  const refused = await camden.pressesVerb('administrator', 'move', { date: '2027-03-11', time: '10:00' });
  expect(refused).toContain('Thu 11 Mar 2027 is after Wed 10 Mar 2027');
  const moved = await camden.pressesVerb('administrator', 'move', { date: '2027-03-08', time: '10:00' });
  expect(moved).toMatch(/after the earlier target/i);
  expect((await conferencesOf('chair')).map(({ start }) => start)).toEqual(['2027-03-08T10:00:00Z']);

  await camden.presses('head-of-service', 'Move');
  await camden.pressesVerb('head-of-service', 'move', { date: '2027-03-02', time: '10:00' });

  // OB3: the chair declines, and somebody deletes it in Outlook. What is new shows once a card is opened, or the next working morning.
  const organiser = '/calendars/conferences@camden.example';
  const eventOf = async (whose: string) =>
    ((await camden.call('GET', whose)).body.events as { id: string; cancelled: boolean }[]).find(({ id, cancelled }) => id && !cancelled)
      ?.id;
  await camden.call('POST', `/calendars/chair/events/${await eventOf('/calendars/chair')}/answer`, { response: 'declined' });
  await camden.says('administrator', 'case DIS-27-001');
  expect(await camden.reads('administrator')).toContain('who chairs it, declined in Outlook');
  await camden.call('DELETE', `${organiser}/events/${await eventOf(organiser)}`);
  await camden.clock('2027-02-18T09:00:00Z');
  for (const person of ['administrator', 'head-of-service'])
    expect(await camden.reads(person)).toContain('Somebody deleted this conference');
  await camden.presses('administrator', 'Book it anew');
  expect(await camden.reads('administrator')).not.toContain('Somebody deleted');
  expect(await conferencesOf('chair')).toHaveLength(1);

  await camden.clock('2027-03-02T13:00:00Z');
  await camden.presses('administrator', 'Record as held');
  await camden.pressesVerb('administrator', 'held', { on: '2027-03-02' });
  expect(await camden.describe('DIS-27-001')).toMatchObject({ stage: 'conclude', outcomes: { decide: 'upheld', review: 'reconvene' } });
  expect(await conferencesOf('community-paediatrician')).toHaveLength(1);
});

import { expect, test } from '@jest/globals';
import { LARGEST_CARD, sizeOf } from '../../src/cards/fit.ts';
import { invitedSection } from '../../src/cards/present/invited.ts';
import { showCase } from '../../src/cards/show.ts';
import type { Answer } from '../../src/domain/events/meetingEvents.ts';
import { seenBy } from './fixtures.ts';
import { type State, states } from './states.ts';

/** CD5: who is invited to the conference that meets again, each with their answer. */

const answered = (optional: string[], answers: Record<string, Answer>) => {
  const { current, now } = states.booked as State;
  const { record, bookings } = current;
  if (!record || !bookings[0]) throw new Error('nothing is booked');
  const people = ['chair', 'health-visitor', ...record.required, ...optional];
  const outlook = {
    is: 'there' as const,
    at: bookings[0].slot,
    readAt: now,
    answers: people.map((person) => ({ person, answer: answers[person] ?? ('none' as const) })),
    takenOff: [],
    others: [],
  };
  return seenBy('administrator', { ...current, record: { ...record, optional }, bookings: [{ ...bookings[0], outlook }] }, now);
};

test('CD5: a few are all in sight, each by name and job, with their part and their answer in words', () => {
  expect(invitedSection(answered(['teacher'], { chair: 'accepted', teacher: 'tentative' }))).toMatchObject([
    {
      heading: 'Who is invited',
      facts: [
        { title: 'Ruth Calder, Conference chair', value: 'Chairs it. Accepted.' },
        { title: 'Amara Okoro, Health visitor', value: 'Has to be there. Has not answered.' },
        { title: 'Dev Shah, Social worker', value: 'Has to be there. Has not answered.' },
        { title: 'Lena Fox, Designated safeguarding lead', value: 'May be there. Perhaps.' },
      ],
      details: [],
    },
  ]);
});

test('CD5: of many, those who declined are in sight and the rest is counted and behind a button, and no more are listed than a card has room for', () => {
  const many = Array.from({ length: 60 }, (_, index) => `person-${index}`);
  const [invited] = invitedSection(answered(many, { chair: 'accepted', 'social-worker': 'declined', 'person-59': 'accepted' }));
  expect(invited?.meta).toBe('1 declined, 2 accepted, 60 have not answered');
  expect(invited?.facts).toEqual([{ title: 'Dev Shah, Social worker', value: 'Has to be there. Declined.' }]);
  expect(invited?.details).toHaveLength(30);
  expect(invited?.details.at(-1)).toEqual({ title: 'And 33 more', value: '32 have not answered, 1 accepted' });
});

test('CD5: of an invitation from before it was kept whom it went to, nothing is said that is not known', () => {
  const { current, now } = states.booked as State;
  const [invited] = invitedSection(seenBy('administrator', current, now));
  expect(invited?.facts.map(({ value }) => value)).toEqual(['Chairs it', 'Has to be there', 'Has to be there', 'May be there']);
});

test('CD5 X1: the form to change who is invited fits on a card where as many as a list holds are invited with long names', () => {
  const several = Array.from({ length: 45 }, (_, index) => `person-${index}`);
  const seen = answered(several, { chair: 'accepted' });
  const [one] = seen.directory.people;
  if (!one) throw new Error('nobody is in the directory');
  const names = several.map((id) => ({ ...one, id, name: `Wilhelmina Featherstonehaugh the ${id}`, email: `${id}@camden.example` }));
  const big = { ...seen, directory: { ...seen.directory, people: [...seen.directory.people, ...names] } };
  const current = { ...big.current, invited: { required: several.slice(0, 20), optional: several.slice(20) } };
  for (const showing of [{}, { form: { verb: 'people', values: {}, errors: {} } }])
    expect(sizeOf(showCase('stage:reconvene', { ...big, current }, showing))).toBeLessThan(LARGEST_CARD);
  expect(JSON.stringify(showCase('stage:reconvene', { ...big, current }, { form: { verb: 'people', values: {}, errors: {} } }))).toContain(
    'Who must be there?',
  );
});

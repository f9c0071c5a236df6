import { describe, expect, test } from '@jest/globals';
import { caseAction } from '../../src/cards/actions.ts';
import { moveForm } from '../../src/cards/forms/meetingForms.ts';
import { type FieldKind, field } from '../../src/cards/inputs.ts';
import { seenBy } from './fixtures.ts';
import { type State, states } from './states.ts';

const seenAt = (name: string, viewer: string) => {
  const { current, now } = states[name] as State;
  return seenBy(viewer, current, now);
};
const read = (verb: string, inputs: Record<string, string>, name: string, viewer: string) =>
  caseAction(verb)?.read(inputs, seenAt(name, viewer));

describe('the form for the time of a reconvened conference', () => {
  test("C21: a time is one that was found, or a day and time of one's own in London", () => {
    const move = (inputs: Record<string, string>) => read('move', inputs, 'booked', 'administrator');
    expect(move({ slot: '2027-03-03T13:30:00Z' })).toEqual({
      command: { type: 'ChooseTime', start: '2027-03-03T13:30:00Z', reason: null },
    });
    expect(move({ slot: 'own', date: '2027-03-30', time: '10:00', reason: 'The hospital.' })).toEqual({
      command: { type: 'ChooseTime', start: '2027-03-30T09:00:00Z', reason: 'The hospital.' },
    });
    expect(move({ date: '2027-03-08', time: '10:00' })).toMatchObject({ command: { start: '2027-03-08T10:00:00Z' } });
  });

  test.each([
    [{}, { slot: 'Choose a time from the list, or give your own day and time.' }],
    [{ slot: 'own' }, { slot: 'Choose a time from the list, or give your own day and time.' }],
    [
      { slot: '2027-03-03T13:30:00Z', date: '2027-03-08' },
      {
        slot: 'You chose a time from the list and also gave your own. Choose "My own day and time, below", or go Back to empty this form.',
      },
    ],
    [{ slot: '2030-01-01T00:00:00Z' }, { slot: 'Choose a time from the list, or give your own day and time.' }],
    [{ date: '2027-03-08' }, { time: 'Give the time, such as 10:00.' }],
    [{ date: '2027-03-08', time: '25:00' }, { time: 'Give the time, such as 10:00.' }],
    [{ time: '10:00' }, { date: 'Give the day.' }],
    [{ date: '9999-12-31', time: '10:00' }, { date: 'Choose a day from today on and within a year.' }],
  ])('move %j is sent back', (inputs, fields) => {
    expect(read('move', inputs as Record<string, string>, 'booked', 'administrator')).toMatchObject({ fields });
  });

  test('C21: the times to move to stand in order of time, and a form sent with nothing chosen is told from one that is opened', () => {
    const seen = seenAt('booked', 'administrator');
    const { slots = [], leastBad = [] } = seen.current.times ?? {};
    const turned = { ...seen, current: { ...seen.current, times: { slots: slots.toReversed(), leastBad, blockers: [] } } };
    const [list, day] = moveForm(turned).fields;
    const starts = list?.choices.map(({ value }) => value) ?? [];
    expect(starts.length).toBeGreaterThan(2);
    expect(starts).toEqual([...starts.slice(0, -1).toSorted(), 'own']);
    expect([list?.value, day?.isRequired]).toEqual(['own', false]);
    const none = moveForm({ ...seen, current: { ...seen.current, times: null } }).fields;
    expect(none.map(({ id, isRequired }) => [id, isRequired])).toEqual([
      ['date', true],
      ['time', true],
      ['reason', false],
    ]);
  });
});

test('what to do about an answer that does not hold is said for every kind of question', () => {
  const said = (kind: FieldKind, longest = 4000) => field(kind, 'x', 'X', { maxLength: longest }).errorMessage;
  expect([said('long'), said('text', 200), said('choice')]).toEqual([
    'Write at most 4,000 characters.',
    'Write at most 200 characters.',
    'Choose one of these.',
  ]);
  for (const kind of ['text', 'long', 'date', 'time', 'choice', 'one', 'choices', 'tick'] as const)
    expect(said(kind)).toMatch(/^(Write|Give|Choose|Tick) .+\.$/);
});

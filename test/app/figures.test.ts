import { expect, test } from '@jest/globals';
import { factsOf } from '../../src/domain/figures.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { aDissent, after, aRecord, camden, raised } from '../cards/fixtures.ts';
import { scottishStates } from '../cards/scottishStates.ts';

const library = loadLibrary('procedures');
const england = library.calendar('england-and-wales');
const at = (now: string) => Temporal.Instant.from(now);
const referred = () => after(raised(), 'chair', '2027-01-13T10:00:00Z', { type: 'Record', record: aRecord, agency: null });
const decided = (on: string, delayReason: string | null = null) =>
  after(referred(), 'sm', on, {
    type: 'Decide',
    stage: 'decide',
    outcome: 'not_upheld',
    reasons: 'Considered.',
    answers: {},
    delayReason,
  });

test('C16 Part E: the days run from the conference to the decision, and what was in time stays so', () => {
  const facts = { agency: 'health', outcome: 'Not upheld', days: 7, overdue: false };
  expect(factsOf(decided('2027-01-21T10:00:00Z'), camden, england, at('2027-06-01T10:00:00Z'))).toEqual(facts);
});

test('C16 Scenario 6: a decision after the time limit is overdue for ever, and an open case from the day after its last', () => {
  const late = decided('2027-01-28T10:00:00Z', 'Leave.');
  expect(factsOf(late, camden, england, at('2027-06-01T10:00:00Z'))).toMatchObject({ days: 12, overdue: true });
  expect(factsOf(raised(), camden, england, at('2027-01-26T23:59:59Z'))).toMatchObject({ outcome: null, days: null, overdue: false });
  expect(factsOf(raised(), camden, england, at('2027-01-27T00:00:00Z'))).toMatchObject({ overdue: true });
});

test('S13: a letter that came late is overdue for ever, and one that is unwritten from the day after its last, whether or not the chair has recorded', () => {
  const [scottish, scotland] = [library.procedure('scottish-dissent', 1), library.calendar('scotland')];
  const facts = (state: string, now: string) => factsOf(scottishStates[state]?.current ?? raised(), scottish, scotland, at(now));
  for (const state of ['dissented', 'recorded']) {
    expect(facts(state, '2026-12-03T23:59:59Z')).toMatchObject({ overdue: false });
    expect(facts(state, '2026-12-04T00:00:00Z')).toMatchObject({ overdue: true });
  }
  expect(facts('written', '2027-06-01T10:00:00Z')).toMatchObject({ overdue: false });
  expect(facts('changed', '2027-06-01T10:00:00Z')).toMatchObject({ outcome: 'Change the category', overdue: true });
});

test('a dissent that was withdrawn is not overdue, however long ago', () => {
  const withdrawn = after(raised('2027-01-12T15:10:00Z', aDissent()), 'health-visitor', '2027-01-13T10:00:00Z', {
    type: 'Withdraw',
    reason: 'Settled.',
  });
  expect(factsOf(withdrawn, camden, england, at('2027-06-01T10:00:00Z'))).toMatchObject({ outcome: null, overdue: false });
});

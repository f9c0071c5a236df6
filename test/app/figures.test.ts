import { expect, test } from '@jest/globals';
import { factsOf } from '../../src/domain/figures.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { aDissent, after, aRecord, camden, raised } from '../cards/fixtures.ts';
import { scottishStates } from '../cards/scottishStates.ts';

const library = loadLibrary('procedures');
const england = library.calendar('england-and-wales');
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
  const at = '2027-01-21T10:00:00Z';
  const facts = { about: 'dissent', agency: 'health', decision: { title: 'Not upheld', days: 7, at }, endedAt: null, lateFrom: null };
  expect(factsOf(decided(at), camden, england)).toEqual(facts);
});

test('C16 Scenario 6: a decision after the time limit is late for ever, and an open case from the day after its last', () => {
  const late = decided('2027-01-28T10:00:00Z', 'Leave.');
  expect(factsOf(late, camden, england)).toMatchObject({ decision: { days: 12 }, lateFrom: '2027-01-27T00:00:00Z' });
  expect(factsOf(raised(), camden, england)).toMatchObject({ decision: null, lateFrom: '2027-01-27T00:00:00Z' });
});

test('S13: a letter that came late is late for ever, and one that is unwritten from the day after its last, whether or not the chair has recorded', () => {
  const [scottish, scotland] = [library.procedure('scottish-dissent', 1), library.calendar('scotland')];
  const facts = (state: string) => factsOf(scottishStates[state]?.current ?? raised(), scottish, scotland);
  for (const state of ['dissented', 'recorded']) expect(facts(state)).toMatchObject({ lateFrom: '2026-12-04T00:00:00Z' });
  expect(facts('written')).toMatchObject({ lateFrom: null });
  expect(facts('changed')).toMatchObject({ decision: { title: 'Change the category' } });
  expect(facts('changed').lateFrom).not.toBeNull();
});

test('corner 25: a dissent that was withdrawn has ended, and is neither still to be decided nor late, however long ago', () => {
  const withdrawn = after(raised('2027-01-12T15:10:00Z', aDissent()), 'health-visitor', '2027-01-13T10:00:00Z', {
    type: 'Withdraw',
    reason: 'Settled.',
  });
  expect(factsOf(withdrawn, camden, england)).toMatchObject({ decision: null, endedAt: '2027-01-13T10:00:00Z', lateFrom: null });
});

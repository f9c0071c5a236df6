import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../src/domain/commands.ts';
import { timeLimitsOf } from '../../src/domain/timeLimits.ts';
import { aDissent, camden, decides, england, events, given, referred, when } from './given.ts';

const decision = (stage: string, outcome: string, delayReason: string | null = null): Command => ({
  type: 'Decide',
  stage,
  outcome,
  reasons: 'Because of what was read.',
  answers: {},
  delayReason,
});

describe('asking', () => {
  const april = aDissent({ conference: { date: '2027-04-19' }, dissenter: 'family-worker' });
  const open = given(april, [{ ...referred, at: '2027-04-19T16:00:00Z' }], '2027-04-19T15:00:00Z');
  const ask = (of: 'dissenter' | 'chair'): Command => ({ type: 'Ask', of, question: 'What did you see?' });
  const thursday = '2027-04-22T09:00:00Z';

  test('C14 C15 Q13: only the one asked gets the question, both may be open at once, and the decision date does not move', () => {
    const asked = given(
      april,
      [
        { ...referred, at: '2027-04-19T16:00:00Z' },
        { at: thursday, by: 'sm', does: ask('dissenter') },
        { at: thursday, by: 'sm', does: ask('chair') },
      ],
      '2027-04-19T15:00:00Z',
    );
    expect(asked.questions.map(({ to, wantedBy }) => ({ to, wantedBy }))).toEqual([
      { to: 'family-worker', wantedBy: '2027-04-27' },
      { to: 'chair', wantedBy: '2027-04-27' },
    ]);
    const [limit] = timeLimitsOf(asked, camden, england, Temporal.Instant.from(thursday));
    expect(limit?.due).toBe('2027-05-04');
  });

  test('C14: an answer is kept with the question, even after the day it was wanted by', () => {
    const answered = given(
      april,
      [
        { ...referred, at: '2027-04-19T16:00:00Z' },
        { at: thursday, by: 'sm', does: ask('dissenter') },
        { at: '2027-04-28T12:00:00Z', by: 'family-worker', does: { type: 'Answer', request: 1, answer: 'A bruise.' } },
      ],
      '2027-04-19T15:00:00Z',
    );
    expect(answered.questions[0]?.answer).toEqual({ text: 'A bruise.', at: '2027-04-28T12:00:00Z', by: 'family-worker', stage: 'decide' });
  });

  test('X3: nobody answers for another', () => {
    const asked = given(
      april,
      [
        { ...referred, at: '2027-04-19T16:00:00Z' },
        { at: thursday, by: 'sm', does: ask('dissenter') },
      ],
      '2027-04-19T15:00:00Z',
    );
    expect(when(asked, { type: 'Answer', request: 1, answer: 'x' }, 'chair', thursday)).toMatchObject({ refused: 'not-allowed' });
  });

  test('C14 C15: neither question is needed to decide', () => {
    const asked = given(
      april,
      [
        { ...referred, at: '2027-04-19T16:00:00Z' },
        { at: thursday, by: 'sm', does: ask('chair') },
      ],
      '2027-04-19T15:00:00Z',
    );
    expect(events(when(asked, decision('decide', 'not_upheld'), 'sm', '2027-05-04T15:40:00Z'))[0]).toMatchObject({
      outcome: 'not_upheld',
      delayReason: null,
    });
  });

  test('C13: advice goes to the Head of Service, who answers and does not decide', () => {
    const asked = given(
      april,
      [
        { ...referred, at: '2027-04-19T16:00:00Z' },
        { at: thursday, by: 'sm', does: { type: 'AskAdvice', question: 'Is the threshold met?' } },
      ],
      '2027-04-19T15:00:00Z',
    );
    expect(asked.questions[0]).toMatchObject({ kind: 'advice', to: 'hos', of: 'head-of-service' });
    expect(events(when(asked, { type: 'Answer', request: 1, answer: 'Yes.' }, 'hos', thursday))).toEqual([
      { type: 'InformationGiven', request: 1, answer: 'Yes.' },
    ]);
    expect(when(asked, decision('decide', 'upheld'), 'hos', thursday)).toMatchObject({ refused: 'not-allowed' });
  });

  test('X3: only the Service Manager asks', () => {
    expect(when(open, ask('chair'), 'hos', thursday)).toMatchObject({ refused: 'not-allowed' });
  });
});

describe('withdrawing and adding', () => {
  test('the dissenter may withdraw with a reason until a decision is made, and the case is closed', () => {
    const open = given(aDissent(), [referred]);
    expect(events(when(open, { type: 'Withdraw', reason: 'Resolved.' }, 'health-visitor', '2027-01-14T09:00:00Z'))).toEqual([
      { type: 'DissentWithdrawn', reason: 'Resolved.' },
      { type: 'CaseClosed' },
    ]);
    const decided = given(aDissent(), [referred, decides('sm', '2027-01-21T10:00:00Z', 'decide', 'upheld')]);
    expect(when(decided, { type: 'Withdraw', reason: 'x' }, 'health-visitor', '2027-01-22T09:00:00Z')).toMatchObject({
      refused: 'already-done',
    });
  });

  test('C8: what the dissenter writes after the referral is an addition; the reasons stay as they were', () => {
    const added = given(aDissent(), [
      referred,
      { at: '2027-01-14T09:00:00Z', by: 'health-visitor', does: { type: 'AddToDissent', text: 'Also a burn.' } },
    ]);
    expect(added.dissent.reasons).toBe('Three injuries in six weeks.');
    expect(added.additions).toEqual([{ text: 'Also a burn.', at: '2027-01-14T09:00:00Z', by: 'health-visitor', stage: 'decide' }]);
  });

  test('nothing more happens to a withdrawn case', () => {
    const withdrawn = given(aDissent(), [
      referred,
      { at: '2027-01-14T09:00:00Z', by: 'health-visitor', does: { type: 'Withdraw', reason: 'x' } },
    ]);
    expect(when(withdrawn, decision('decide', 'upheld'), 'sm', '2027-01-15T09:00:00Z')).toMatchObject({
      refused: 'already-done',
      sentence: 'This dissent was withdrawn.',
    });
  });
});

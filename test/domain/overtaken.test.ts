import { describe, expect, test } from '@jest/globals';
import { cardsDue } from '../../src/app/cardsDue.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import type { Procedure } from '../../src/domain/procedureShape.ts';
import { peopleTold, remindersOn } from '../../src/domain/reminders.ts';
import { aDissent, camden, decides, england, events, given, inCamden, referred, roster, type Step, when } from './given.ts';

/** What was asked, said or added at one stage, once the case is at another. */

const day = (date: string) => Temporal.PlainDate.from(date);
const ask = (of: 'dissenter' | 'chair'): Command => ({ type: 'Ask', of, question: 'What did you see?' });
const answer: Command = { type: 'Answer', request: 1, answer: 'A burn.' };
const asked: Step = { at: '2027-01-18T10:00:00Z', by: 'sm', does: ask('dissenter') };
const upheld = decides('sm', '2027-01-20T10:00:00Z', 'decide', 'upheld');

/** Camden's procedure, where the Head of Service may ask too. */
const bothAsk: Procedure = {
  ...camden,
  stages: { ...camden.stages, review: { ...camden.stages.review, ask: ['dissenter', 'chair'] } as Procedure['stages'][string] },
};
const setting = { ...inCamden, procedure: bothAsk };

describe('corner 12: a question that the decision has overtaken (C14)', () => {
  const overtaken = given(aDissent(), [referred, asked, upheld]);
  const wanted = overtaken.questions[0]?.wantedBy ?? '';
  const remindsOfIt = (current: Case) => remindersOn(current, camden, england, day(wanted)).some(({ to }) => to === 'those asked');

  test('nobody is reminded of it, and its card comes to nobody anew', () => {
    expect(remindsOfIt(given(aDissent(), [referred, asked]))).toBe(true);
    expect(remindsOfIt(overtaken)).toBe(false);
    expect(peopleTold('those asked', overtaken, camden, roster, day(wanted))).toEqual([]);
    expect(cardsDue(overtaken, camden, roster, day(wanted)).filter(({ key }) => key.startsWith('question'))).toEqual([]);
  });

  test('an answer that comes late is taken, and is news for whoever decides now', () => {
    expect(events(when(overtaken, answer, 'health-visitor', '2027-01-21T10:00:00Z'))).toHaveLength(1);
    const answered = given(aDissent(), [referred, asked, upheld, { at: '2027-01-21T10:00:00Z', by: 'health-visitor', does: answer }]);
    const news = cardsDue(answered, camden, roster, day('2027-01-21')).filter(({ key }) => key.startsWith('told:answer'));
    expect(news).toEqual([{ person: 'hos', key: 'told:answer:1' }]);
  });

  test('an answer that the first decider had is no news for the second', () => {
    const answered: Step = { at: '2027-01-19T10:00:00Z', by: 'health-visitor', does: answer };
    const current = given(aDissent(), [referred, asked, answered, upheld]);
    expect(cardsDue(current, camden, roster, day('2027-01-21')).filter(({ key }) => key.startsWith('told:answer'))).toEqual([]);
  });

  test('where nothing is decided any more it ends', () => {
    const ended = given(aDissent(), [referred, asked, decides('sm', '2027-01-20T10:00:00Z', 'decide', 'not_upheld')]);
    expect(when(ended, answer, 'health-visitor', '2027-01-21T10:00:00Z')).toMatchObject({ refused: 'already-done' });
  });
});

test('corner 20: a question of the first stage does not keep the second from asking the same person (C14)', () => {
  const current = given(aDissent(), [referred, asked, upheld], undefined, setting);
  const again = when(current, ask('dissenter'), 'hos', '2027-01-21T10:00:00Z', roster, setting);
  expect(events(again)).toMatchObject([{ type: 'InformationRequested', request: 2, to: 'health-visitor' }]);
  const twice = given(
    aDissent(),
    [referred, asked, upheld, { at: '2027-01-21T10:00:00Z', by: 'hos', does: ask('dissenter') }],
    undefined,
    setting,
  );
  expect(when(twice, ask('dissenter'), 'hos', '2027-01-21T11:00:00Z', roster, setting)).toMatchObject({ refused: 'already-done' });
});

describe('corner 21: what is added after the referral (C8)', () => {
  const adds = (at: string): Step => ({ at, by: 'health-visitor', does: { type: 'AddToDissent', text: 'A burn too.' } });
  const news = (current: Case) => cardsDue(current, camden, roster, day('2027-01-18')).filter(({ key }) => key.startsWith('told:added'));

  test('is news for whoever decides, each time', () => {
    expect(news(given(aDissent(), [referred, adds('2027-01-14T09:00:00Z'), adds('2027-01-15T09:00:00Z')]))).toEqual([
      { person: 'sm', key: 'told:added:2027-01-14T09:00:00Z' },
      { person: 'sm', key: 'told:added:2027-01-15T09:00:00Z' },
    ]);
  });

  test('what was added before it comes with the referral', () => {
    expect(news(given(aDissent(), [adds('2027-01-12T16:00:00Z'), referred]))).toEqual([]);
  });
});

describe('corner 16: "I remain concerned" (C24)', () => {
  const concerned: Command = { type: 'RemainConcerned' };
  const { escalation } = camden;
  const eachDecision: Procedure = { ...camden, escalation: escalation && { ...escalation, after: ['decide.upheld', ...escalation.after] } };
  const each = { ...inCamden, procedure: eachDecision };
  const says = (at: string): Step => ({ at, by: 'health-visitor', does: concerned });
  const first = [referred, upheld, says('2027-01-21T10:00:00Z')];
  const both = [...first, decides('hos', '2027-01-25T10:00:00Z', 'review', 'no_reconvene')];
  const tries = (current: Case, at: string) => when(current, concerned, 'health-visitor', at, roster, each);

  test('may be said once for each decision', () => {
    expect(tries(given(aDissent(), first, undefined, each), '2027-01-22T10:00:00Z')).toMatchObject({ refused: 'already-done' });
    expect(events(tries(given(aDissent(), both, undefined, each), '2027-01-26T10:00:00Z'))).toEqual([
      { type: 'ConcernRaised', after: 'review', representative: 'health-representative' },
    ]);
    const said = given(aDissent(), [...both, says('2027-01-26T10:00:00Z')], undefined, each);
    expect(tries(said, '2027-01-27T10:00:00Z')).toMatchObject({ refused: 'already-done' });
    expect(cardsDue(said, eachDecision, roster, day('2027-01-27')).filter(({ key }) => key.startsWith('escalation'))).toEqual([
      { person: 'health-representative', key: 'escalation' },
      { person: 'health-representative', key: 'escalation:2' },
    ]);
  });

  test('as an older trail has it, it was said of all that was decided by then, and of nothing later', () => {
    const older: Step = { at: '2027-01-21T10:00:00Z', by: 'health-visitor', event: { type: 'ConcernRaised', representative: null } };
    expect(tries(given(aDissent(), [referred, upheld, older], undefined, each), '2027-01-22T10:00:00Z')).toMatchObject({
      refused: 'already-done',
    });
    const since = given(
      aDissent(),
      [referred, upheld, older, decides('hos', '2027-01-25T10:00:00Z', 'review', 'no_reconvene')],
      undefined,
      each,
    );
    expect(events(tries(since, '2027-01-26T10:00:00Z'))).toHaveLength(1);
  });
});

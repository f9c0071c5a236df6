import { describe, expect, test } from '@jest/globals';
import { cardsDue } from '../../src/app/cardsDue.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { coversEnded, partsEnded } from '../../src/domain/partsEnded.ts';
import { aDissent, camden, decides, given, referred, roster, type Step, when } from './given.ts';

/** Somebody whose cover has ended, and somebody in whose place another was named, is told plainly what changed. */

const day = (date: string) => Temporal.PlainDate.from(date);
const said = (person: string, current: Case, on: string) =>
  partsEnded(person, current, camden, roster, day(on)).map(({ sentence }) => sentence);
const news = (current: Case, on: string) =>
  cardsDue(current, camden, roster, day(on)).flatMap(({ person, key }) => (/^told:(cover|replaced):/.test(key) ? [person] : []));

const COVER = 'Your cover as Service Manager has ended, so this is not yours to do any more.';

describe('CD16: a cover that has ended', () => {
  const upheld: Command = { type: 'Decide', stage: 'decide', outcome: 'upheld', reasons: 'Read.', answers: {}, delayReason: null };
  const waiting = given(
    aDissent({ conference: { date: '2028-01-05' } }),
    [{ ...referred, at: '2028-01-05T16:30:00Z' }],
    '2028-01-05T15:00:00Z',
  );

  test('given its last day is over, when the former deputy presses an old button, then they are told so, and nobody else is', () => {
    expect(when(waiting, upheld, 'sm-deputy', '2028-01-07T23:59:00Z')).toHaveProperty('events');
    expect(when(waiting, upheld, 'sm-deputy', '2028-01-08T00:01:00Z')).toMatchObject({
      refused: 'not-allowed',
      rule: 'X3',
      sentence: COVER,
    });
    expect(when(waiting, upheld, 'gp', '2028-01-08T00:01:00Z')).toMatchObject({ sentence: 'Only the Service Manager can decide this.' });
  });

  test('before it has begun it has not ended', () => {
    const early = given(aDissent(), [referred]);
    expect(when(early, upheld, 'sm-deputy', '2027-01-13T10:00:00Z')).toMatchObject({
      sentence: 'Only the Service Manager can decide this.',
    });
    expect(coversEnded('sm-deputy', camden, roster, day('2027-01-13'))).toEqual([]);
  });

  test.each([
    ['on its last day', '2028-01-07', []],
    ['from the day after', '2028-01-08', ['sm-deputy']],
    ['for a week', '2028-01-14', ['sm-deputy']],
    ['and then no more', '2028-01-15', []],
  ])('it is news to the former deputy where the case waits for whom they covered: %s', (_when, on, told) => {
    expect(news(waiting, on)).toEqual(told);
  });

  test('where the case has gone on to somebody else, it is on their card and no news', () => {
    const decided = given(
      aDissent({ conference: { date: '2028-01-05' } }),
      [{ ...referred, at: '2028-01-05T16:30:00Z' }, decides('sm-deputy', '2028-01-06T10:00:00Z', 'decide', 'not_upheld')],
      '2028-01-05T15:00:00Z',
    );
    expect([news(decided, '2028-01-10'), said('sm-deputy', decided, '2028-01-10')]).toEqual([[], [COVER]]);
  });

  test('a case that was raised after it ended has nothing to do with it', () => {
    expect(said('sm-deputy', given(aDissent(), [], '2028-03-01T10:00:00Z'), '2028-03-02')).toEqual([]);
  });
});

describe('CD16: somebody in whose place another is named', () => {
  const at = '2027-01-13T10:00:00Z';
  const step = (event: Extract<Step, { event: unknown }>['event']): Step => ({ at, by: 'administrator', event });
  const CHAIR = 'Somebody else has been named as the chair of this conference, so this is not yours to do any more.';

  test('given another chair was named, then the former one is told, once, and on an old button too', () => {
    const current = given(aDissent(), [step({ type: 'ChairNamed', chair: 'other-chair' })]);
    expect([news(current, '2027-01-13'), said('chair', current, '2027-01-13'), said('other-chair', current, '2027-01-13')]).toEqual([
      ['chair'],
      [CHAIR],
      [],
    ]);
    expect(when(current, { type: 'DeclineChair', reason: 'x' }, 'chair', at)).toMatchObject({ refused: 'not-allowed', sentence: CHAIR });
  });

  test('given they are named again, or named twice running, then there is nothing to tell', () => {
    const back = given(aDissent(), [step({ type: 'ChairNamed', chair: 'other-chair' }), step({ type: 'ChairNamed', chair: 'chair' })]);
    expect([said('chair', back, '2027-01-13').length, said('other-chair', back, '2027-01-13')]).toEqual([0, [CHAIR]]);
    const same = given(aDissent(), [step({ type: 'ChairNamed', chair: 'chair' })]);
    expect(same.formerly).toEqual([]);
  });

  test.each([
    ['tells the parents', { type: 'TellerNamed', stage: 'decide' }, 'Somebody else has been named to tell the parents'],
    ['decides', { type: 'ActorNamed', role: 'head-of-service' }, 'Somebody else has been named to act as Head of Service on this case'],
  ] as const)('whoever %s, and is replaced, reads what changed', (_what, event, sentence) => {
    const named = (person: string) => step({ ...event, person });
    const current = given(aDissent(), [referred, named('gp'), named('teacher')]);
    expect(said('gp', current, '2027-01-13')).toEqual([expect.stringContaining(sentence)]);
    expect(said('teacher', current, '2027-01-13')).toEqual([]);
    expect(news(current, '2027-01-13')).toEqual(['gp']);
  });

  test('whoever was to chair when it meets again reads that somebody else was chosen', () => {
    const current = given(aDissent(), [referred, step({ type: 'ChairChosen', chair: 'other-chair' })]);
    expect(said('chair', current, '2027-01-13')).toEqual([expect.stringContaining('chosen to chair the conference when it meets again')]);
  });
});

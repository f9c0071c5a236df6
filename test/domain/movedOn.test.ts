import { describe, expect, test } from '@jest/globals';
import type { Case } from '../../src/domain/case.ts';
import { allCommands } from '../../src/domain/commands/allCommands.ts';
import type { CommandType } from '../../src/domain/commands.ts';
import { hasMovedOn } from '../../src/domain/movedOn.ts';
import type { Intention } from '../../src/domain/rule.ts';
import { after, aRecord, raised } from '../cards/fixtures.ts';

const at = '2027-01-13T10:00:00Z';
const referred = after(raised(), 'chair', at, { type: 'Record', record: aRecord, agency: null });
const added = after(referred, 'health-visitor', at, { type: 'AddToDissent', text: 'There is a fourth injury.' });
const asked = after(referred, 'sm', at, { type: 'Ask', of: 'chair', question: 'Who spoke to it?' });
const answered = after(asked, 'chair', at, { type: 'Answer', request: 1, answer: 'The health visitor did.' });
const copied = after(referred, 'chair', at, { type: 'RequestDocument', document: 'entry' });
const decided = after(referred, 'sm', at, {
  type: 'Decide',
  stage: 'decide',
  outcome: 'not_upheld',
  reasons: 'The threshold is not met.',
  answers: {},
  delayReason: null,
});
const named = after(decided, 'sm', at, { type: 'NameTeller', stage: 'decide', person: 'social-worker' });
const safe = after(named, 'social-worker', at, { type: 'CheckContact', stage: 'decide', safe: true, approach: null });
const unsafe = after(safe, 'social-worker', at, { type: 'CheckContact', stage: 'decide', safe: false, approach: 'At the centre.' });

const deciding: Intention = { type: 'Decide', stage: 'decide', outcome: 'upheld' };

describe('CD3: a press is refused as moved on only when something that its verb depends on has changed', () => {
  test.each<[string, Case, Case, Intention]>([
    ['a decision, once something was added to the reasons', referred, added, deciding],
    ['a decision, once a question was put', referred, asked, deciding],
    ['a decision, once an answer has come', asked, answered, deciding],
    ['another question to the chair, once the chair has answered', asked, answered, { type: 'Ask', of: 'chair' }],
    ['a question, once it was decided', referred, decided, { type: 'Ask', of: 'chair' }],
    ['that parents were told, once there is no safe way to reach them', safe, unsafe, { type: 'TellParents', stage: 'decide' }],
    ['who tells the parents, once somebody was named', decided, named, { type: 'NameTeller', stage: 'decide' }],
  ])('has moved on: %s', (_what, then, now, intention) => {
    expect(hasMovedOn(then, now, intention)).toBe(true);
  });

  test.each<[string, Case, Case, Intention]>([
    ['a decision, by a copy that the chair asked for', referred, copied, deciding],
    ['a question to the dissenter, by an answer of the chair', asked, answered, { type: 'Ask', of: 'dissenter' }],
    ['a request for advice, by an addition', referred, added, { type: 'AskAdvice' }],
    ['a letter that waits, by who was named to tell the parents', decided, named, { type: 'ApproveLetter', stage: 'decide' }],
    [
      'an answer, by an addition of somebody else',
      asked,
      after(asked, 'health-visitor', at, { type: 'AddToDissent', text: 'More.' }),
      { type: 'Answer', request: 1 },
    ],
  ])('has not: %s', (_what, then, now, intention) => {
    expect(hasMovedOn(then, now, intention)).toBe(false);
  });

  test('what changes nothing that can have gone by is never stale, not even on a card of no moment of the case', () => {
    const types = Object.keys(allCommands) as CommandType[];
    const never = types.filter((type) => !hasMovedOn(null, decided, { type, stage: 'decide' }));
    expect(never).toEqual(expect.arrayContaining(['RequestDocument', 'Withdraw', 'AddToDissent', 'LookForTimes', 'NoteEscalation']));
    expect(never).not.toEqual(expect.arrayContaining(['Decide']));
  });

  test('whatever a case may come to hold besides, a decision depends on it until somebody says otherwise', () => {
    const more = { ...referred, somethingNew: 'that nobody thought of' } as Case;
    expect(hasMovedOn(referred, more, deciding)).toBe(true);
  });
});

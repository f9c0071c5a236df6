import { describe, expect, test } from '@jest/globals';
import { contactFor } from '../../src/domain/conclusion.ts';
import { aDissent, decides, events, given, referred, type Step, when } from './given.ts';

describe('one family, told of two decisions', () => {
  const named: Step[] = [
    referred,
    decides('sm', '2027-01-20T11:00:00Z', 'decide', 'upheld'),
    { at: '2027-01-20T12:00:00Z', by: 'administrator', does: { type: 'NameTeller', stage: 'decide', person: 'social-worker' } },
    { at: '2027-01-20T13:00:00Z', by: 'social-worker', does: { type: 'CheckContact', stage: 'decide', safe: true, approach: null } },
  ];
  const at = '2027-01-21T11:00:00Z';
  const told = { type: 'TellParents', stage: 'review', on: '2027-01-21', means: 'By phone', everyone: true, note: null } as const;

  test('C22 X8: whoever tells them of the first tells them of the next, and is not asked again whether there is a safe way', () => {
    const current = given(aDissent(), [...named, decides('hos', at, 'review', 'reconvene')]);
    expect(current.conclusion.parents.review).toMatchObject({ teller: 'social-worker', contact: null });
    expect(contactFor(current.conclusion, 'review')).toMatchObject({ safe: true, by: 'social-worker' });
    expect(events(when(current, told, 'social-worker', at))).toMatchObject([{ type: 'ParentsTold', stage: 'review' }]);
  });

  test('C22: somebody who is named after both is named once for both; another who is named has to look for themselves', () => {
    const both = given(aDissent(), [...named.slice(0, 2), decides('hos', at, 'review', 'reconvene')]);
    expect(events(when(both, { type: 'NameTeller', stage: 'review', person: 'teacher' }, 'administrator', at))).toEqual([
      { type: 'TellerNamed', stage: 'review', person: 'teacher' },
      { type: 'TellerNamed', stage: 'decide', person: 'teacher' },
    ]);
    const other: Step = { at, by: 'administrator', does: { type: 'NameTeller', stage: 'review', person: 'teacher' } };
    const current = given(aDissent(), [...named, decides('hos', at, 'review', 'reconvene'), other]);
    expect(when(current, told, 'teacher', at)).toMatchObject({ refused: 'not-now', rule: 'X8' });
  });
});

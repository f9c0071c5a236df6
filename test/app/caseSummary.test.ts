import { describe, expect, test } from '@jest/globals';
import { caseSummary } from '../../src/app/caseSummary.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { aDissent, camden, decides, england, given, referred, type Step } from '../domain/given.ts';

const summaryOf = (current: Case, at = '2027-02-01T09:00:00Z') => caseSummary(current, camden, england, Temporal.Instant.from(at));
const after = (...steps: Step[]) => given(aDissent(), steps);
const upheld = decides('sm', '2027-01-20T10:00:00Z', 'decide', 'upheld');
const declined: Step = { at: '2027-01-13T09:00:00Z', by: 'chair', does: { type: 'DeclineChair', reason: 'I was not there.' } };

describe('what a list says that a case waits for', () => {
  test.each<[string, Step[], { dueOn: string | null; waitsFor: string | null }]>([
    ['raised: the chair, by the time limit of the decision, which runs already (C16)', [], { dueOn: '2027-01-26', waitsFor: 'chair' }],
    ['declined by the chair: the dissenter, who names another', [declined], { dueOn: '2027-01-26', waitsFor: 'dissenter' }],
    ['referred: the Service Manager, by the 10th working day (C16)', [referred], { dueOn: '2027-01-26', waitsFor: 'service-manager' }],
    [
      'upheld: the Head of Service, by the local target alone (Q1)',
      [referred, upheld],
      { dueOn: '2027-01-27', waitsFor: 'head-of-service' },
    ],
    [
      'withdrawn and so closed: nobody',
      [{ at: '2027-01-13T09:00:00Z', by: 'health-visitor', does: { type: 'Withdraw', reason: 'We agreed.' } }],
      { dueOn: null, waitsFor: null },
    ],
  ])('given a case that is %s', (_what, steps, expected) => {
    expect(summaryOf(after(...steps))).toMatchObject(expected);
  });

  const decided = [referred, decides('sm', '2027-01-21T10:00:00Z', 'decide', 'not_upheld')];
  const does = (by: string, command: Command): Step => ({ at: '2027-01-22T10:00:00Z', by, does: command });
  const approved = does('sm', { type: 'ApproveLetter', stage: 'decide', wording: 'Read.', recipients: ['agency:health'], changes: null });
  const named = does('sm', { type: 'NameTeller', stage: 'decide', person: 'social-worker' });
  test.each<[string, Step[], string]>([
    ['decided, its letter not approved: whoever decided, in the role they did it in (C17)', decided, 'service-manager'],
    ['the same, with a teller named: still whoever decided', [...decided, named], 'service-manager'],
    ['its letter approved and nobody named to tell the parents: the administrator', [...decided, approved], 'administrator'],
    ['its letter approved and a teller named: the teller (C22)', [...decided, approved, named], 'teller'],
  ])('Part E: given a case that is %s', (_what, steps, waitsFor) => {
    expect(summaryOf(after(...steps))).toMatchObject({ dueOn: null, waitsFor });
  });

  test('Part E: what a case adds to the figures is kept as it goes on, with the instants of what is past and of what is to come', () => {
    const withdrawn = after({ at: '2027-01-13T10:00:00Z', by: 'health-visitor', does: { type: 'Withdraw', reason: 'Settled.' } });
    expect(summaryOf(withdrawn).figures).toMatchObject({ decision: null, endedAt: '2027-01-13T10:00:00Z', lateFrom: null });
    expect(summaryOf(after()).figures).toMatchObject({ decision: null, endedAt: null, lateFrom: '2027-01-27T00:00:00Z' });
  });

  test('C16: given a case that is late, then the date stays the one it has missed', () => {
    expect(summaryOf(after(referred), '2027-03-01T09:00:00Z').dueOn).toBe('2027-01-26');
  });
});

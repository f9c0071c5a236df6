import { describe, expect, test } from '@jest/globals';
import type { CaseEvent } from '../../src/domain/events/events.ts';
import { whatChanged, whatHolds } from '../../src/domain/whatHolds.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { aDissent, aRecord, camden, decides, given, type Step } from './given.ts';

const asked: Step[] = [
  { at: '2027-01-12T16:00:00Z', by: 'chair', does: { type: 'Record', record: aRecord, agency: null } },
  decides('sm', '2027-01-20T11:00:00Z', 'decide', 'upheld'),
  decides('hos', '2027-01-21T11:00:00Z', 'review', 'reconvene'),
  { at: '2027-01-21T12:00:00Z', by: 'administrator', does: { type: 'ChooseTime', start: '2027-02-02T10:00:00Z', reason: null } },
];
const held: Step = { at: '2027-02-02T15:00:00Z', by: 'administrator', does: { type: 'ReportHeld', on: '2027-02-02', reason: null } };

test('CD2 C12: the decision stands while the case is open, upheld or booked, and until the conference is recorded as held', () => {
  for (const steps of [[], asked.slice(0, 2), asked]) expect(whatHolds(given(aDissent(), steps), camden)).toBe(camden.words.decisionStands);
});

test('CD2: once the conference has met again, what it decided then holds, from that day', () => {
  expect(whatHolds(given(aDissent(), [...asked, held]), camden)).toBe(
    'The conference met again on Tue 2 Feb 2027. What it decided then now holds.',
  );
});

describe('CD2: with the words that the newer procedures have', () => {
  const library = loadLibrary('procedures');
  const plain = 'The decision of the conference stands.';
  const carryOn = `${plain} Carry on with the plan.`;

  test.each([
    ['make', carryOn],
    ['continue', carryOn],
    ['not_make', plain],
    ['end', plain],
  ])('C12: of a decision to %s a plan: %s', (decision, said) => {
    expect(whatHolds(given(aDissent({ decision })), library.procedure('camden-dissent', 2))).toBe(said);
  });

  test('P7: of a complaint, to carry on with the plan is said where it is about a plan that there is', () => {
    const complaint = library.procedure('camden-complaint', 2);
    const about = (grounds: string[]) => whatHolds(given(aDissent({ decision: '', grounds })), complaint);
    expect(about(['process', 'continue'])).toMatch(/ stands\. Carry on with the plan\.$/);
    expect(about(['process', 'end'])).toMatch(/ stands\.$/);
  });

  test.each([
    [{ 'CH-1': 'change_category', 'CH-2': 'change_category' }, 'From Wed 16 Dec 2026 on: '],
    [{ 'CH-1': 'keep', 'CH-2': 'change_category' }, 'From Wed 16 Dec 2026 on, for 1 of 2 children: '],
    [{ 'CH-1': 'keep', 'CH-2': 'keep' }, null],
  ])('S20: after an outcome that changes something, what now holds, and from when', (perChild, from) => {
    const event: CaseEvent = {
      type: 'DecisionMade',
      stage: 'review',
      outcome: 'keep',
      perChild,
      reasons: '.',
      answers: {},
      delayReason: null,
      flags: [],
    };
    const current = given(aDissent({ decision: 'plan' }), [{ at: '2026-12-16T10:00:00Z', by: 'hos', event }]);
    const changed = from && `${from}The category of concern is the new one. All else that the meeting decided stands.`;
    const procedure = library.procedure('scottish-dissent', 2);
    expect(whatChanged(current, procedure)).toBe(changed);
    expect(whatHolds(current, procedure)).toBe(changed ?? 'The decision of the meeting stands. Carry on with the plan.');
  });
});

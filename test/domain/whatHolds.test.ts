import { expect, test } from '@jest/globals';
import { whatHolds } from '../../src/domain/whatHolds.ts';
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

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';

let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2027-04-19T14:00:00Z');
});
afterAll(() => camden.close());

test('Scenario 4 (C14 C15 C16 Q13 X12): questions stop no clock, and the last minute of the last day is in time', async () => {
  await camden.says('family-worker', 'raise dissent');
  await camden.presses('family-worker', 'Send to the chair', dissentForm({ date: '2027-04-19' }));
  await camden.presses('chair', 'Refer');
  await camden.presses('chair', 'Refer to the Service Manager', recordForm());

  await camden.clock('2027-04-22T09:00:00Z');
  await camden.presses('service-manager', 'Ask dissenter');
  await camden.pressesVerb('service-manager', 'ask:dissenter', { question: 'What did you see on Monday?' });
  await camden.presses('service-manager', 'Ask chair');
  await camden.pressesVerb('service-manager', 'ask:chair', { question: 'Was the school report read out?' });
  for (const person of ['family-worker', 'chair']) {
    expect(await camden.reads(person)).toContain(
      'Reply wanted by Tue 27 Apr 2027 (local target). The decision date does not move: Tue 4 May 2027.',
    );
  }
  expect(await camden.reads('family-worker')).not.toContain('school report');
  expect(await camden.reads('chair')).not.toContain('What did you see on Monday');

  await camden.clock('2027-04-26T09:00:00Z');
  await camden.presses('chair', 'Answer');
  await camden.pressesVerb('chair', 'answer:2', { answer: 'Yes, in full.' });
  await camden.clock('2027-04-28T09:00:00Z');
  await camden.presses('family-worker', 'Answer');
  await camden.pressesVerb('family-worker', 'answer:1', { answer: 'A new bruise.' });
  // One card since the referral, and one for each answer, since Teams tells nobody of a card that only changes; the last one stands (CD9).
  const theirs = (await camden.cardsAbout('service-manager', 'DIS-27-001')).filter(({ summary }) => summary?.startsWith('DIS-27-001'));
  expect(theirs).toHaveLength(3);
  expect(theirs.filter(({ actions }) => actions.length > 0)).toEqual([theirs.at(-1)]);
  expect(theirs.at(-1)?.summary).toBe('DIS-27-001: something waits for you');
  const card = await camden.reads('service-manager');
  expect(card).toContain('Yes, in full.');
  expect(card).toContain('A new bruise.');
  expect(card).toContain('Early May bank holiday');

  await camden.clock('2027-05-04T15:40:00Z');
  await camden.presses('service-manager', 'Not upheld');
  await camden.pressesVerb('service-manager', 'decide:decide.not_upheld', { reasons: 'Read with both answers.' });
  const described = await camden.describe('DIS-27-001');
  expect(described.outcomes).toEqual({ decide: 'not_upheld' });
  expect(described.state.decisions).toMatchObject({ decide: { delayReason: null, at: expect.stringMatching(/^2027-05-04T15:40/) } });
  const limit = described.timeLimits.find(({ stage, kind }) => stage === 'decide' && kind === 'time limit');
  expect(limit).toMatchObject({ due: '2027-05-04', overdueBy: 0 });
  expect(limit?.count.skipped).toContainEqual({ date: '2027-05-03', why: 'Early May bank holiday' });
});

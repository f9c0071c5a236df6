import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';
import { reminderOf, remindersSent } from './reminded.ts';

let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2027-08-11T13:00:00Z');
});
afterAll(() => camden.close());

const reference = 'DIS-27-001';

test('Scenario 6 (C16 Q1 Q12 Q30): a deadline that is missed is told on its days to those who act and then to the next up, and nothing decides itself', async () => {
  await camden.says('midwife', 'raise dissent');
  await camden.presses('midwife', 'Send to the chair', dissentForm({ date: '2027-08-11' }));
  await camden.clock('2027-08-16T09:30:00Z');
  expect(await reminderOf(camden, 'service-manager', '2027-08-16')).toContain('With the chair, not yet referred');
  await camden.fillsIn('chair', reference, 'Refer', recordForm());
  expect(await camden.readsOf('service-manager', reference)).toContain('Decide by Wed 25 Aug 2027 (working day 10; today is day 3)');

  await camden.clock('2027-08-26T07:00:00Z');
  expect(await camden.readsOf('service-manager', reference)).toContain('OVERDUE by 1 working day.');
  await camden.clock('2027-08-26T10:00:00Z');
  const told = await reminderOf(camden, 'head-of-service', '2027-08-26');
  expect(told).toContain(reference);
  expect(told).toContain('OVERDUE by 1 working day. The Service Manager has to decide. The last day was Wed 25 Aug 2027.');
  expect(told).not.toMatch(/midwife|CH-1041|injuries|threshold/i);
  const dissenter = await camden.readsOf('midwife', reference);
  expect(dissenter).toContain('Not yet decided. The date aimed for was Wed 25 Aug 2027.');
  expect(dissenter).not.toMatch(/overdue|late\b/i);

  await camden.clock('2027-08-31T10:00:00Z');
  expect(await camden.describe(reference)).toMatchObject({ stage: 'decide', outcomes: {} });
  const upheld = { reasons: 'The threshold is met.' };
  expect(await camden.fillsIn('service-manager', reference, 'Upheld', upheld)).toContain('It is 3 working days over.');
  await camden.pressesVerb('service-manager', 'decide:decide.upheld', { ...upheld, delayReason: 'I waited for the hospital.' });
  expect(await camden.describe(reference)).toMatchObject({
    outcomes: { decide: 'upheld' },
    state: { decisions: { decide: { delayReason: 'I waited for the hospital.' } } },
  });

  expect(await remindersSent(camden)).toEqual([
    '2027-08-12 09:00 chair: 1 waits for you',
    '2027-08-13 09:00 chair: 1 waits for you',
    '2027-08-16 09:00 chair: 1 waits for you',
    '2027-08-16 09:00 head-of-service: 1 to know about',
    '2027-08-16 09:00 service-manager: 1 to know about',
    '2027-08-20 09:00 service-manager: 1 waits for you',
    '2027-08-23 09:00 head-of-service: 1 to know about',
    '2027-08-23 09:00 service-manager: 1 waits for you',
    '2027-08-24 09:00 service-manager: 1 waits for you',
    '2027-08-25 09:00 service-manager: 1 waits for you',
    '2027-08-26 09:00 head-of-service: 1 to know about',
    '2027-08-26 09:00 service-manager: 1 waits for you',
    '2027-08-31 09:00 head-of-service: 1 to know about',
    '2027-08-31 09:00 service-manager: 1 waits for you',
  ]);
});

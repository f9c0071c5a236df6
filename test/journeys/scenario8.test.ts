import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';

let partnership: Partnership;
beforeAll(async () => {
  partnership = await openPartnership('2027-03-22T15:00:00Z');
});
afterAll(() => partnership.close());

const limits = async (reference: string, stage: string) =>
  (await partnership.describe(reference)).timeLimits.filter((each) => each.stage === stage);

test('Scenario 8 (C16 S1 S6 S7 S8 S13 S16 S17 S18 S21 X12): Easter in England and in Scotland, two procedures on one engine', async () => {
  const { says, presses, pressesVerb, clock, reads, buttons, describe } = partnership;
  // (a) Camden: Good Friday and Easter Monday do not count.
  await says('drug-and-alcohol-worker', 'raise dissent');
  expect(await presses('drug-and-alcohol-worker', 'Send to the chair', dissentForm({ date: '2027-03-22' }))).toContain('DIS-27-001');
  await presses('chair', 'Refer');
  await presses('chair', 'Refer to the Service Manager', recordForm());
  expect(await reads('service-manager')).toContain('Decide by Wed 7 Apr 2027 (working day 10; today is day 0)');
  const [english] = await limits('DIS-27-001', 'decide');
  expect(english).toMatchObject({ kind: 'time limit', due: '2027-04-07' });
  expect(english?.count.skipped.map(({ date }) => date)).toEqual(expect.arrayContaining(['2027-03-26', '2027-03-29']));

  // (b) A Scottish CARM: Easter Monday is a working day.
  await clock('2027-03-23T15:00:00Z');
  await says('guidance-teacher', 'raise dissent');
  const carm = await presses('guidance-teacher', 'Care and Risk Management meeting (CARM)');
  expect(carm).toContain('The protection plan');
  expect(carm).not.toMatch(/The category of concern|Child Protection Register/);
  const receipt = await presses('guidance-teacher', 'Send to the chair', {
    date: '2027-03-23',
    chair: 'scottish-chair',
    decision: 'plan',
    children: 'CH-3310',
    grounds: 'plan',
    reasons: 'The plan leaves the evenings open.',
    affirmed: 'yes',
  });
  expect(receipt).toContain('DIS-S-27-001');
  expect(receipt).toContain('Write by Wed 31 Mar 2027 (working day 5; today is day 0)');
  await presses('scottish-chair', 'Record');
  await pressesVerb('scottish-chair', 'refer', {
    asked: 'yes',
    resolved: 'no',
    account: 'No agreement was found.',
    plan: 'https://files.example/plan/8',
  });
  const [scottish] = await limits('DIS-S-27-001', 'write');
  expect(scottish).toMatchObject({ kind: 'time limit', due: '2027-03-31' });
  expect(scottish?.count.skipped.map(({ date }) => date)).toEqual(['2027-03-26', '2027-03-27', '2027-03-28']);

  // 22:15 in London is in time on the last day.
  await clock('2027-03-31T21:15:00Z');
  await presses('guidance-teacher', 'Write the dissent letter');
  await pressesVerb('guidance-teacher', 'submit', { letter: 'I cannot support this plan.' });
  expect((await describe('DIS-S-27-001')).state.letter).toMatchObject({ lateBy: 0, lateReason: null });
  const review = await reads('scottish-head-of-service');
  expect(review).not.toContain('LATE');
  expect(review).toContain('The protection plan\npresent');
  expect(await buttons('scottish-head-of-service')).toEqual(expect.arrayContaining(['Keep the decision', 'Recommend a new meeting']));
  expect(await buttons('scottish-head-of-service')).not.toContain('Change the category');

  await clock('2027-04-09T10:00:00Z');
  const { revision } = await describe('DIS-S-27-001');
  const forged = {
    reference: 'DIS-S-27-001',
    revision,
    verb: 'decide:review.change_category',
    reasons: 'x',
    old_category: 'A',
    new_category: 'B',
  };
  await partnership.forges('scottish-head-of-service', forged);
  expect((await describe('DIS-S-27-001')).outcomes).toEqual({});
  await presses('scottish-head-of-service', 'Keep the decision');
  await pressesVerb('scottish-head-of-service', 'decide:review.keep', {
    reasons: 'The plan will be looked at again in June.',
    guidance: 'yes',
    edition: '2021, updated 2023',
    improvements: 'Say who covers the evenings.',
    parents: 'carm-lead',
  });
  const told = await reads('guidance-teacher');
  for (const said of ['Keep the decision', 'Say who covers the evenings.', 'Hamza Dunavon']) expect(told).toContain(said);
  expect(await describe('DIS-S-27-001')).toMatchObject({ stage: 'conclude', outcomes: { review: 'keep' } });
  expect((await describe('DIS-27-001')).outcomes).toEqual({});
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';

let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2027-01-12T15:10:00Z');
});
afterAll(() => camden.close());

test('Scenario 1 (C1 C2 C3 C5 C6 C7 C8 C9 C10 C11 C12 C16 C19 X12): a dissent is raised, referred and not upheld', async () => {
  await camden.says('health-visitor', 'raise dissent');
  const receipt = await camden.presses('health-visitor', 'Send to the chair', dissentForm({ date: '2027-01-12' }));
  expect(receipt).toContain('DIS-27-001');
  expect(receipt).toContain('With the chair');
  expect(receipt).toContain('Tue 26 Jan 2027');
  expect(receipt).toContain('The decision of the conference stands.');
  // They dissent from there being no plan (CD2).
  expect(receipt).not.toContain('Carry on with the plan');

  await camden.clock('2027-01-12T16:30:00Z');
  expect(await camden.reads('chair')).toContain('three injuries');
  await camden.presses('chair', 'Refer');
  const referred = await camden.presses('chair', 'Refer to the Service Manager', recordForm());
  expect(referred).toContain('With the Service Manager');

  const decideCard = await camden.reads('service-manager');
  expect(decideCard).toContain('Decide by Tue 26 Jan 2027 (working day 10; today is day 0)');
  expect(decideCard).toContain('not attached');
  expect(await camden.buttons('service-manager')).toEqual(
    expect.arrayContaining(['Upheld', 'Not upheld', 'Ask dissenter', 'Ask chair', 'Ask Head of Service for advice']),
  );

  await camden.clock('2027-01-21T10:00:00Z');
  expect(await camden.reads('service-manager')).toContain('today is day 7');
  await camden.presses('service-manager', 'Not upheld');
  const decided = await camden.pressesVerb('service-manager', 'decide:decide.not_upheld', {
    reasons: 'The threshold was considered with care.',
  });
  expect(decided).toContain('Not upheld');

  const described = await camden.describe('DIS-27-001');
  expect(described).toMatchObject({ outcomes: { decide: 'not_upheld' }, stage: 'conclude' });
  expect(described.timeLimits.find(({ stage, kind }) => stage === 'decide' && kind === 'time limit')).toMatchObject({ due: '2027-01-26' });
  expect(await camden.reads('health-visitor')).toContain('Not upheld');
  expect(await camden.reads('chair')).toContain('Not upheld');
  expect(await camden.cardsAbout('head-of-service', 'DIS-27-001')).not.toEqual(
    expect.arrayContaining([
      expect.objectContaining({ actions: expect.arrayContaining([expect.objectContaining({ verb: expect.stringMatching(/^decide:/) })]) }),
    ]),
  );
  expect(described.history.filter(({ kind }) => kind === 'change').map(({ event }) => event)).toEqual([
    'DissentRaised',
    'StageEntered',
    'ConferenceRecorded',
    'DissentReferred',
    'StageEntered',
    'DecisionMade',
    'StageEntered',
    'ReasonsFiled',
    'TaskTicked',
  ]);
});

test('Scenario 1 (C12 C17 C18 C22 C23 C25 P13 X6 X8 Q29): the letter goes once it is read, everybody is told, and the case closes by itself', async () => {
  const reference = 'DIS-27-001';
  expect(await camden.mail()).toEqual([]);
  expect(await camden.reads('service-manager')).toContain('The threshold was considered with care.');
  expect(await camden.buttons('health-visitor')).toContain('I remain concerned');

  await camden.fillsIn('service-manager', reference, 'approve:decide', {
    wording: 'We read everything with care. The threshold is not met.',
    recipients: 'agency:community-health',
  });
  const mail = await camden.mail();
  expect(mail.map(({ from, to, subject }) => ({ from, to, subject }))).toEqual([
    { from: 'conferences@camden.example', to: ['siobhan.mallowfield@hawthorn-vale.example'], subject: `Decision letter ${reference}` },
    { from: 'conferences@camden.example', to: ['partnership@camden.example'], subject: `Decision letter ${reference}` },
  ]);
  for (const { attachments, text } of mail) {
    expect(attachments.map(({ name }) => name)).toEqual(['Decision letter DIS-27-001.docx']);
    expect(text).not.toContain('CH-1041');
  }
  expect(await camden.files()).toMatchObject([{ path: 'CH-1041/Reasons for the file DIS-27-001.docx', versions: 1 }]);

  await camden.fillsIn('service-manager', reference, 'teller:decide', { person: 'social-worker' });
  expect(await camden.readsOf('social-worker', reference)).not.toContain('three injuries');
  expect(await camden.fillsIn('social-worker', reference, 'contact:decide', { safe: 'yes' })).not.toContain('Nothing has been');

  await camden.clock('2027-01-22T14:00:00Z');
  expect((await camden.describe(reference)).status).toBe('open');
  await camden.fillsIn('social-worker', reference, 'parents:decide', { on: '2027-01-22', means: 'visit', everyone: 'yes' });
  expect(await camden.describe(reference)).toMatchObject({ status: 'closed', outcomes: { decide: 'not_upheld' } });
  for (const person of ['health-visitor', 'service-manager', 'administrator'])
    expect(await camden.readsOf(person, reference)).toContain('Closed');
  expect(await camden.mail()).toHaveLength(2);
});

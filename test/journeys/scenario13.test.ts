import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';

let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2027-11-02T15:00:00Z');
});
afterAll(() => camden.close());

test('Scenario 13 (C19 C20 C22 C24 C25 X6): a dissenter who remains concerned is shown where to turn, and no third decision opens', async () => {
  await camden.says('camhs-practitioner', 'raise dissent');
  await camden.presses('camhs-practitioner', 'Send to the chair', dissentForm({ date: '2027-11-02' }));
  const reference = 'DIS-27-001';
  await camden.fillsIn('chair', reference, 'Refer', recordForm());
  expect((await camden.describe(reference)).timeLimits.find(({ stage }) => stage === 'decide')).toMatchObject({ due: '2027-11-16' });

  await camden.clock('2027-11-10T10:00:00Z');
  expect(await camden.reads('service-manager')).toContain('today is day 6');
  await camden.fillsIn('service-manager', reference, 'Upheld', { reasons: 'The threshold is met.' });
  expect(await camden.buttons('camhs-practitioner')).not.toContain('I remain concerned');

  await camden.clock('2027-11-15T10:00:00Z');
  await camden.fillsIn('head-of-service', reference, 'Do not reconvene', { reasons: 'Nothing new has come.' });
  expect(await camden.describe(reference)).toMatchObject({ outcomes: { decide: 'upheld', review: 'no_reconvene' } });

  await camden.clock('2027-11-17T10:00:00Z');
  const shown = await camden.presses('camhs-practitioner', 'I remain concerned');
  for (const said of ['Folasade Winterbourne', 'Escalation Policy', '999', 'Wed 17 Nov 2027', 'The decision of the conference stands'])
    expect(shown).toContain(said);
  expect(JSON.stringify(await camden.cardsAbout('camhs-practitioner', reference))).toContain('https://camden.example/escalation-policy');

  const told = await camden.readsOf('camhs-representative', reference);
  expect(told).toContain(reference);
  for (const unsaid of ['Niamh', 'CH-1041', 'three injuries', 'threshold']) expect(told).not.toContain(unsaid);
  expect(await camden.says('camhs-representative', `case ${reference}`)).toEqual(expect.objectContaining({ card: expect.anything() }));
  expect(await camden.reads('camhs-representative')).not.toContain('three injuries');
  expect(await camden.readsOf('head-of-service', reference)).toContain('Escalated');

  const after = await camden.describe(reference);
  expect(after.stage).toBe('conclude');
  expect(after.history.filter(({ kind, event }) => kind === 'change' && event === 'ConcernRaised')).toHaveLength(1);
  expect(await camden.buttons('camhs-practitioner')).not.toContain('I remain concerned');

  await camden.says('head-of-service', `case ${reference} as a document`);
  await camden.says('camhs-practitioner', `case ${reference} as a document`);
  expect(await camden.mail()).toMatchObject([
    {
      to: ['winston.applegarth@camden.example'],
      subject: `The complete case ${reference}`,
      attachments: [{ name: `The complete case ${reference}.docx` }],
    },
  ]);

  for (const [decider, stage] of [
    ['service-manager', 'decide'],
    ['head-of-service', 'review'],
  ] as const) {
    await camden.fillsIn(decider, reference, `approve:${stage}`, { wording: 'As decided.', recipients: 'agency:camhs' });
    await camden.fillsIn('administrator', reference, `teller:${stage}`, { person: 'social-worker' });
    await camden.fillsIn('social-worker', reference, `contact:${stage}`, { safe: 'yes' });
    await camden.fillsIn('social-worker', reference, `parents:${stage}`, { on: '2027-11-17', means: 'phone', everyone: 'yes' });
  }
  expect(await camden.describe(reference)).toMatchObject({ status: 'closed' });
  await camden.fillsIn('head-of-service', reference, 'escalation-note', { text: 'Talked through with the representative.' });
  expect((await camden.describe(reference)).history.at(-1)).toMatchObject({ kind: expect.any(String) });
  expect(await camden.readsOf('head-of-service', reference)).toContain('Talked through with the representative.');
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';

let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2027-01-12T15:10:00Z');
});
afterAll(() => camden.close());

const standingOf = async (person: string, reference: string) => camden.readsOf(person, reference);

describe('a Service Manager goes on leave', () => {
  test('Q27 X3 X4 CD16: a deputy named in chat gets the cards at once, decides, and the trail names them; ended, they are told so and have no part in other cases', async () => {
    await camden.says('health-visitor', 'raise dissent');
    await camden.presses('health-visitor', 'Send to the chair', dissentForm({ date: '2027-01-12' }));
    await camden.presses('chair', 'Refer');
    await camden.pressesVerb('chair', 'refer', recordForm());
    await camden.says('gp', 'raise dissent');
    await camden.presses('gp', 'Send to the chair', dissentForm({ date: '2027-01-12' }));
    await camden.fillsIn('chair', 'DIS-27-002', 'Refer', recordForm());
    expect(await standingOf('service-manager-deputy', 'DIS-27-001')).toBe('');

    await camden.says('service-manager', 'cover');
    const form = { deputy: 'service-manager-deputy', from: '2027-01-12', to: '2027-01-22' };
    expect(await camden.presses('service-manager', 'Name this deputy', { ...form, to: '2027-01-11' })).toMatch(/Please check "To"/);
    const named = await camden.presses('service-manager', 'Name this deputy', form);
    expect(named).toContain('covers for you from Tue 12 Jan 2027 to Fri 22 Jan 2027.');
    expect(named).toContain('In force now');
    await camden.clock('2027-01-12T15:20:00Z');

    const card = await standingOf('service-manager-deputy', 'DIS-27-001');
    expect(card).toContain('You are covering for');
    expect(card).toContain('until Fri 22 Jan 2027');
    expect(await standingOf('service-manager', 'DIS-27-001')).toContain('Upheld');
    await camden.fillsIn('service-manager-deputy', 'DIS-27-001', 'Not upheld', { reasons: 'Considered.' });
    const decided = (await camden.describe('DIS-27-001')).history.find(({ event }) => event === 'DecisionMade');
    expect(decided).toMatchObject({ actor: 'service-manager-deputy', role: 'service-manager' });

    expect(await camden.pressesVerb('service-manager', 'cover:end.1')).toContain('This cover has ended.');
    await camden.clock('2027-01-12T15:30:00Z');
    expect(await standingOf('service-manager-deputy', 'DIS-27-002')).not.toContain('Not upheld');
    const { revision } = await camden.describe('DIS-27-002');
    const late = { reference: 'DIS-27-002', revision, verb: 'decide:decide.upheld', reasons: 'x' };
    const ended = 'Your cover as Service Manager has ended, so this is not yours to do any more.';
    expect(await camden.forges('service-manager-deputy', late)).toContain(ended);
    expect(await camden.forges('service-manager-deputy', { ...late, reference: 'DIS-27-999' })).toContain(ended);
    const told = await camden.cardsAbout('service-manager-deputy', 'DIS-27-002');
    expect([told.length, JSON.stringify(told.at(-1))]).toEqual([2, expect.stringContaining(ended)]);
    expect(await standingOf('service-manager-deputy', 'DIS-27-001')).toContain('Considered.');
  });

  test('Q27 X3: nobody names a deputy for a role that is not theirs, nor ends a cover that is not', async () => {
    expect(JSON.stringify(await camden.says('chair', 'cover'))).toContain('You hold no such role.');
    await camden.says('service-manager', 'cover');
    await camden.presses('service-manager', 'Name this deputy', { deputy: 'second-chair', from: '2027-02-01', to: '2027-02-05' });
    expect(await camden.forges('head-of-service', { reference: '', revision: 0, verb: 'cover:end.2' })).toContain(
      'That cover is not there any more.',
    );
    const draft = 'draft-6d0f6f0c-5a52-4f0e-9a53-6d0c6a7d1f11';
    const forged = { reference: draft, revision: 0, verb: 'cover:begin', deputy: 'second-chair', from: '2027-01-12', to: '2027-01-22' };
    expect(await camden.forges('chair', forged)).toContain('You hold no such role.');
    expect(JSON.stringify(await camden.says('service-manager', 'cover'))).toContain('Not begun yet');
  });
});

describe('those who oversee the partnership', () => {
  test('X6 X9: the register lists open cases to those who decide or administrate, the soonest due first, and to nobody else', async () => {
    const read = JSON.stringify(await camden.says('administrator', 'register'));
    expect(read).toContain('DIS-27-002: 10 working days left (Tue 26 Jan 2027)');
    expect(read).toContain('Waits for the Service Manager.');
    expect(read).not.toMatch(/CH-1041|injuries/);
    expect(JSON.stringify(await camden.says('head-of-service', 'register'))).toContain('DIS-27-002');
    for (const person of ['health-visitor', 'chair', 'service-manager-deputy', 'scottish-head-of-service'])
      expect(JSON.stringify(await camden.says(person, 'register'))).not.toContain('DIS-27-002');
    expect(await camden.pressesVerb('administrator', 'open:register.0')).toContain('DIS-27-002');
  });

  test('the help card offers each what is theirs', async () => {
    await camden.says('administrator', 'help');
    expect(await camden.buttons('administrator')).toEqual(expect.arrayContaining(['Register', 'Figures', 'Stuck']));
    await camden.says('gp', 'help');
    expect(await camden.buttons('gp')).not.toEqual(expect.arrayContaining(['Register']));
  });
});

test('Scenario 6, Q27: a cover that begins at a weekend brings its card on Monday at 09:00, though what somebody does is told of at once', async () => {
  await camden.says('service-manager', 'cover');
  await camden.presses('service-manager', 'Name this deputy', { deputy: 'second-chair', from: '2027-01-16', to: '2027-01-22' });
  // Somebody who begins to talk with the bot is shown at once what waits for them.
  await camden.chat('second-chair');
  await camden.clock('2027-01-16T10:30:00Z');
  expect(await camden.cardsAbout('second-chair', 'DIS-27-002')).toEqual([]);
  await camden.says('teacher', 'raise dissent');
  await camden.presses('teacher', 'Send to the chair', dissentForm({ date: '2027-01-15' }));
  expect(await camden.readsOf('chair', 'DIS-27-003')).toContain('Refer');

  await camden.clock('2027-01-17T23:00:00Z');
  expect(await camden.cardsAbout('second-chair', 'DIS-27-002')).toEqual([]);
  await camden.clock('2027-01-18T20:00:00Z');
  const told = (await camden.cardsAbout('second-chair', 'DIS-27-002')).map(({ at, summary }) => `${at.slice(0, 16)} ${summary}`);
  expect(told).toContain('2027-01-18T09:00 DIS-27-002: something waits for you');
});

test('Part E: figures are for those who decide or administrate, and once the week is over its three dissents are too few to tell of', async () => {
  const read = JSON.stringify(await camden.says('service-manager', 'figures 2027 Q1'));
  expect(read).toContain('Figures: January to March 2027');
  expect(read).toContain('Fewer than 5, so nothing more is shown');
  expect(await camden.presses('service-manager', 'Quarter before')).toMatch(/Figures: October to December 2026[\s\S]*Raised\n0/);
  expect(JSON.stringify(await camden.says('gp', 'figures'))).toContain('There are no figures here that you can see.');
  expect(await camden.forges('gp', { reference: '', revision: 0, verb: 'figures:2027-Q1.camden' })).toContain('no figures');
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';

let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2027-10-11T14:00:00Z');
});
afterAll(() => camden.close());

const DISSENT = 'DIS-27-001';
const COMPLAINT = 'CMP-27-001';

/** Opens the form of a verb, on the list of what is left where it stands there, and sends it filled in. */
const fills = async (person: string, verb: string, inputs: Record<string, string>) => {
  const shown = (await camden.chat(person)).flatMap(({ actions }) => actions.map((action) => action.verb));
  if (!shown.includes(verb)) await camden.pressesVerb(person, 'see:checklist');
  await camden.pressesVerb(person, verb);
  return camden.pressesVerb(person, verb, inputs);
};

test('Scenario 12 (P1 P3 P5-P9 P14 C12 X8 X9 Q26): a parent complains beside a dissent, and one conference under another chair serves both', async () => {
  // Mon 11 Oct: the GP dissents from the plan, and the chair refers.
  await camden.says('gp', 'raise dissent');
  await camden.presses('gp', 'Send to the chair', dissentForm({ date: '2027-10-11', decision: 'make', grounds: 'category' }));
  await camden.fillsIn('chair', DISSENT, 'Refer', recordForm({ required: 'social-worker' }));
  expect(await camden.readsOf('service-manager', DISSENT)).toContain('Decide by Mon 25 Oct 2027');

  // Thu 14 Oct: a parent complains about the category, and about one social worker's manner. The administrator logs it.
  await camden.clock('2027-10-14T09:00:00Z');
  expect(await camden.says('gp', 'log complaint')).toBeDefined();
  expect(await camden.reads('gp')).toContain('Only an administrator or a chair can log a complaint');
  await camden.says('administrator', 'log complaint');
  const logged = await camden.presses('administrator', 'Log this complaint', {
    complainant: 'parent',
    meeting: 'initial',
    date: '2027-10-11',
    chair: 'chair',
    children: 'CH-1041',
    grounds: 'category,agency',
    agencyConcerned: 'childrens-services',
    reasons: 'Neglect is the wrong word for us, and the social worker was short with me.',
  });
  expect(logged).toContain(COMPLAINT);
  expect(logged).toContain('A complaint cannot change the decision of the conference. The decision of the conference stands.');

  // 1. The acknowledgement, with no deadline; the part about an agency goes to that agency's own process.
  const acknowledging = await camden.readsOf('administrator', COMPLAINT);
  for (const text of ['Pass it on to the agency', "Camden Children's Services", 'Told in Teams', 'Complaints procedure (2021)'])
    expect(acknowledging).toContain(text);
  expect(acknowledging).not.toMatch(/ by [A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} 2027|working day/);
  expect((await camden.describe(COMPLAINT)).timeLimits).toEqual([]);
  await fills('administrator', 'tick:task:routed.agency', { done: 'yes', note: '' });
  await fills('administrator', 'teller:acknowledge', { person: 'social-worker' });
  await fills('social-worker', 'contact:acknowledge', { safe: 'yes', approach: '' });
  await camden.pressesVerb('social-worker', 'document:acknowledgement');
  await fills('social-worker', 'parents:acknowledge', { on: '2027-10-14', means: 'visit', everyone: 'yes', note: '' });
  const handed = (await camden.mail()).filter(({ subject }) => subject.includes(COMPLAINT));
  expect(handed).toHaveLength(1);
  await camden.fillsIn('administrator', COMPLAINT, 'Pass on', { required: 'social-worker' });
  expect(await camden.readsOf('chair', COMPLAINT)).toContain('A complaint cannot change the decision of the conference.');

  // 2. Neither side sees the other's: the dissent's deciders know only that a complaint is open.
  const deciding = await camden.readsOf('service-manager', DISSENT);
  expect(deciding).toContain('A complaint is open on this conference.');
  expect(deciding).not.toContain('CMP-');
  expect(await camden.reads('gp')).not.toMatch(/CMP-|A complaint is open|Neglect is the wrong word/);
  await camden.says('gp', `case ${COMPLAINT}`);
  expect(await camden.reads('gp')).toContain(`There is no case ${COMPLAINT} that you can see.`);
  for (const person of ['service-manager', 'administrator', 'chair', 'social-worker'])
    expect(await camden.readsOf(person, COMPLAINT)).not.toMatch(/Merriweather|Marlow Lane|three injuries/);
  expect(await camden.readsOf('service-manager', COMPLAINT)).toContain('A dissent is open on this conference.');

  // 3. Wed 20 Oct upheld; Fri 22 Oct the Head of Service asks for another conference. The complaint changes none of it.
  await camden.clock('2027-10-20T10:00:00Z');
  await camden.fillsIn('service-manager', DISSENT, 'Upheld', { reasons: 'The category should be looked at again.' });
  // 5. The other parent has no safe contact: nobody tells them before an approach is agreed.
  await fills('service-manager', 'teller:decide', { person: 'social-worker' });
  await camden.clock('2027-10-22T10:00:00Z');
  await camden.fillsIn('head-of-service', DISSENT, 'Request reconvening', { reasons: 'It should be heard again.', new_information: '' });
  const window = await camden.readsOf('administrator', DISSENT);
  expect(window).toContain('Hold by Fri 12 Nov 2027; earlier target Wed 10 Nov 2027.');
  expect(await camden.meetingsOf('chair', DISSENT)).toHaveLength(1);
  expect(await camden.meetingsOf('gp', COMPLAINT)).toEqual([]);

  await camden.clock('2027-10-26T10:00:00Z');
  expect(await fills('social-worker', 'contact:decide', { safe: 'no', approach: '' })).toContain('Write what was agreed');
  await fills('social-worker', 'contact:decide', { safe: 'no', approach: 'Agreed with manager: tell at contact centre.' });
  expect(await camden.readsOf('service-manager', DISSENT)).toContain('Agreed with manager: tell at contact centre.');
  await fills('social-worker', 'parents:decide', { on: '2027-10-26', means: 'at a contact centre', everyone: 'yes', note: '' });

  // 4. Fri 29 Oct: reconvened under a different chair. One conference is offered for both, and the new chair is theirs.
  await camden.clock('2027-10-29T10:00:00Z');
  const before = await camden.describe(DISSENT);
  expect(await camden.pressesVerb('service-manager', 'decide:outcome.reconvened')).toContain('Whoever logged it, the chair and');
  await camden.fillsIn('service-manager', COMPLAINT, 'decide:outcome.reconvened', {
    reasons: 'The category should be heard by somebody new.',
  });
  expect(await camden.describe(DISSENT)).toMatchObject({ stage: before.stage, outcomes: before.outcomes });
  await camden.presses('administrator', 'Hold one conference for both');
  expect((await camden.describe(DISSENT)).state).toMatchObject({ guests: [{ reference: COMPLAINT, differentChair: true }] });
  await camden.fillsIn('administrator', DISSENT, 'Choose another chair', { chair: 'second-chair' });
  await camden.fillsIn('administrator', DISSENT, 'Move', { slot: 'own', date: '2027-11-09', time: '10:00', reason: '' });
  const shared = (person: string) => camden.meetingsOf(person, `Meeting ${DISSENT}`);
  for (const person of ['second-chair', 'gp', 'social-worker'])
    expect((await shared(person)).map(({ start }) => start)).toEqual(['2027-11-09T10:00:00Z']);
  expect(await shared('chair')).toEqual([]);
  // corner 11: the new chair finds what they are invited to, on a card that came to them and by asking; and nothing of why.
  for (const read of [
    await camden.readsOf('second-chair', DISSENT),
    JSON.stringify(await camden.says('second-chair', `case ${DISSENT}`)),
  ]) {
    expect(read).toMatch(/You were chosen to chair this conference[\s\S]*Tue 9 Nov 2027, 10:00/);
    expect(read).not.toMatch(/heard by somebody new|CH-|complain|upheld/i);
  }
  expect(JSON.stringify(await camden.says('second-chair', 'my cases'))).toContain(DISSENT);
  // Whoever is there for the dissent learns from no calendar that there is a complaint.
  for (const person of ['second-chair', 'gp', 'social-worker']) expect(await camden.meetingsOf(person, COMPLAINT)).toEqual([]);
  expect((await camden.describe(COMPLAINT)).state).toMatchObject({ sharing: { with: DISSENT, state: 'shared' } });
  expect(await camden.readsOf('service-manager', COMPLAINT)).toContain('Tue 9 Nov 2027, 10:00');

  // Tue 9 Nov: held, for both.
  await camden.clock('2027-11-09T13:00:00Z');
  await camden.fillsIn('administrator', DISSENT, 'Record as held', { on: '2027-11-09' });
  expect((await camden.describe(DISSENT)).stage).toBe('conclude');
  const complaint = await camden.describe(COMPLAINT);
  expect(complaint).toMatchObject({ stage: 'conclude', outcomes: { outcome: 'reconvened' } });
  expect(complaint.history.filter(({ event }) => event === 'DecisionMade')).toHaveLength(1);
});

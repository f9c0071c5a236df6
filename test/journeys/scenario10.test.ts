import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';

let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2027-05-06T14:00:00Z');
});
afterAll(() => camden.close());

const revision = async (reference = 'DIS-27-001') => (await camden.describe(reference)).revision;

/** Somebody presses a button of a card that another person forwarded to them, fresh from that person's screen. */
const forwarded = async (person: string, verb: string, inputs: Record<string, string> = {}) =>
  camden.forges(person, { reference: 'DIS-27-001', revision: await revision(), verb, ...inputs });

test('Scenario 10 (C9 C11 C13 C26 X3 X4 X5 X9): wrong, stale and repeated presses change nothing, are answered, and are in the trail', async () => {
  await camden.says('probation-officer', 'raise dissent');
  await camden.presses('probation-officer', 'Send to the chair', dissentForm({ date: '2027-05-06' }));
  const before = await revision();

  expect(await forwarded('probation-officer', 'refer')).toContain('Only the chair of this conference can refer.');
  expect(await forwarded('second-chair', 'refer')).toContain('Only the chair of this conference can refer.');
  expect(await forwarded('second-chair', 'refer')).not.toContain('injuries');
  expect(await revision()).toBe(before);

  await camden.presses('chair', 'Refer');
  await camden.presses('chair', 'Refer to the Service Manager', recordForm());
  const referredAt = await revision();

  expect(await forwarded('chair', 'decide:decide.upheld')).toContain('Only the Service Manager can decide this.');
  expect(await forwarded('head-of-service', 'decide:decide.upheld', { reasons: 'x' })).toContain(
    'Only the Service Manager can decide this.',
  );
  expect(
    await camden.forges('service-manager', { reference: 'DIS-27-001', revision: referredAt, verb: 'decide:review.reconvene' }),
  ).toContain('Only the Head of Service can decide this.');
  expect(await revision()).toBe(referredAt);

  const nobody = await camden.says('gp', 'case DIS-27-014');
  const stranger = await camden.says('gp', 'case DIS-27-001');
  expect(
    JSON.stringify(stranger)
      .replaceAll('DIS-27-001', 'DIS-27-014')
      .replace(/"(activityId|at|id|timestamp)":"[^"]*"/g, ''),
  ).toBe(JSON.stringify(nobody).replace(/"(activityId|at|id|timestamp)":"[^"]*"/g, ''));

  await camden.clock('2027-05-12T10:00:00Z');
  await camden.presses('service-manager', 'Not upheld');
  const stale = await camden.describe('DIS-27-001');
  await Promise.all([
    camden.pressesVerb('service-manager', 'decide:decide.not_upheld', { reasons: 'Considered.' }),
    camden.pressesVerb('service-manager', 'decide:decide.not_upheld', { reasons: 'Considered.' }),
  ]);
  const second = await camden.forges('service-manager', {
    reference: 'DIS-27-001',
    revision: stale.revision,
    verb: 'decide:decide.upheld',
    reasons: 'Changed my mind.',
  });
  expect(second).toContain('Already decided Wed 12 May 2027');

  expect(
    await camden.forges('service-manager', { reference: 'DIS-27-001', revision: await revision(), verb: 'decide:review.reconvene' }),
  ).toContain('Only the Head of Service can decide this.');

  const described = await camden.describe('DIS-27-001');
  expect(described).toMatchObject({ outcomes: { decide: 'not_upheld' }, stage: 'conclude' });
  expect(described.history.filter(({ event }) => event === 'DecisionMade')).toHaveLength(1);
  const refusals = described.history.filter(({ kind, action }) => kind === 'refused' && action !== 'view');
  expect(refusals.map(({ actor, action }) => [actor, action])).toEqual([
    ['probation-officer', 'refer'],
    ['second-chair', 'refer'],
    ['second-chair', 'refer'],
    ['chair', 'decide:decide.upheld'],
    ['head-of-service', 'decide:decide.upheld'],
    ['service-manager', 'decide:review.reconvene'],
    ['service-manager', 'decide:decide.not_upheld'],
    ['service-manager', 'decide:decide.upheld'],
    ['service-manager', 'decide:review.reconvene'],
  ]);
  expect(refusals.every(({ role, cardRevision, rule }) => role && typeof cardRevision === 'number' && rule)).toBe(true);
});

test('C26: a conference that the Service Manager chaired goes to the alternate, and the Service Manager is refused', async () => {
  await camden.says('gp', 'raise dissent');
  const receipt = await camden.presses('gp', 'Send to the chair', dissentForm({ date: '2027-05-11', chair: 'service-manager' }));
  expect(receipt).toContain('DIS-27-002');
  await camden.presses('service-manager', 'Refer');
  await camden.pressesVerb('service-manager', 'refer', recordForm());
  expect(await camden.reads('service-manager-alternate')).toMatch(/instead of/i);
  expect(
    await camden.forges('service-manager', {
      reference: 'DIS-27-002',
      revision: await revision('DIS-27-002'),
      verb: 'decide:decide.upheld',
      reasons: 'x',
    }),
  ).toContain('You chaired this, raised it or decided in it earlier, so somebody else decides it as Service Manager.');
});

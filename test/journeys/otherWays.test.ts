import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';

/** The clock only goes forward, so each test's day is later than that of the test above it; beyond that none needs another. */
let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2026-12-14T09:00:00Z');
});
afterAll(() => camden.close());

const referenceIn = (words: string) => /DIS-\d\d-\d{3}/.exec(words)?.[0] ?? '';

/** Somebody raises a dissent; returns the case's reference. */
async function raised(person: string, changes: Record<string, string>): Promise<string> {
  await camden.says(person, 'raise dissent');
  return referenceIn(await camden.presses(person, 'Send to the chair', dissentForm(changes)));
}

/** A dissent that its chair has referred. */
async function referred(person: string, changes: Record<string, string>, record: Record<string, string> = {}): Promise<string> {
  const reference = await raised(person, changes);
  await camden.fillsIn(changes.chair ?? 'chair', reference, 'Refer', recordForm(record));
  return reference;
}

const upheld = (reference: string) => camden.fillsIn('service-manager', reference, 'Upheld', { reasons: 'The threshold is met.' });
const pressed = async (person: string, reference: string, verb: string, inputs: Record<string, string> = {}) =>
  camden.forges(person, { reference, revision: (await camden.describe(reference)).revision, verb, ...inputs });
const revision = async (reference: string) => (await camden.describe(reference)).revision;

const own = (date: string, time: string, reason = '') => ({ slot: 'own', date, time, reason });

test('C16 C20 C21 X12: over Christmas no holiday is counted or booked, and only a time after the last day needs a reason', async () => {
  await camden.clock('2026-12-14T15:00:00Z');
  const reference = await referred('midwife', { date: '2026-12-14', children: 'CH-1, CH-2;CH-3' }, { required: 'social-worker' });
  const decide = await camden.readsOf('service-manager', reference);
  expect(decide).toContain('Decide by Wed 30 Dec 2026 (working day 10; today is day 0)');
  expect(decide).toContain('Fri 25 Dec 2026 (Christmas Day)');
  expect(decide).toContain('CH-1, CH-2 and CH-3');

  await camden.clock('2026-12-17T10:00:00Z');
  await upheld(reference);
  await camden.clock('2026-12-21T10:00:00Z');
  await camden.fillsIn('head-of-service', reference, 'Request reconvening', { reasons: 'Look again.', new_information: 'A letter.' });
  expect(await camden.readsOf('administrator', reference)).toContain('Hold by Thu 14 Jan 2027; earlier target Tue 12 Jan 2027.');
  const [meeting] = await camden.meetingsOf('social-worker', reference);
  expect(meeting).toMatchObject({ subject: `Meeting ${reference}`, sensitivity: 'private' });
  expect(meeting?.start.slice(0, 10)).toMatch(/^2026-12-(24|29|30|31)|2027-01-(0[4-8]|11|12)$/);

  const before = await revision(reference);
  const christmas = await camden.fillsIn('administrator', reference, 'Move', own('2026-12-25', '10:00'));
  expect(christmas).toContain('Fri 25 Dec 2026 is not a working day.');
  expect(christmas).toContain('2026-12-25');
  const move = (inputs: Record<string, string>) => camden.pressesVerb('administrator', 'move', inputs);
  expect(await move(own('2027-01-09', '10:00'))).toContain('Sat 9 Jan 2027 is not a working day.');
  expect(await move(own('2026-12-21', '09:00'))).toContain('has gone');
  expect(await move(own('2027-01-11', '25:99'))).toContain('Give the time');
  expect(await move(own('2027-01-15', '10:00'))).toContain('after Thu 14 Jan 2027, the last day');
  expect(await revision(reference)).toBe(before);

  const lastDay = await move(own('2027-01-14', '10:00'));
  expect(lastDay).toContain('after the earlier target, Tue 12 Jan 2027, and inside the time limit');
  const late = await camden.fillsIn('administrator', reference, 'Move', own('2027-01-15', '10:00', 'The hospital cannot come earlier.'));
  expect(late).toContain('after the last day, Thu 14 Jan 2027');
  expect(await camden.meetingsOf('social-worker', reference)).toMatchObject([{ start: expect.stringMatching(/^2027-01-15T10:00/) }]);
});

test('C21 X4: a conference cancelled and booked again is one event, and it can be recorded as held from its day on', async () => {
  await camden.clock('2027-01-04T10:00:00Z');
  const reference = await referred('gp', { date: '2027-01-04' });
  await upheld(reference);
  await camden.fillsIn('head-of-service', reference, 'Request reconvening', { reasons: 'Look again.' });
  await camden.fillsIn('administrator', reference, 'Cancel the conference', { reason: 'The room is lost.' });
  expect(await camden.meetingsOf('gp', reference)).toEqual([]);

  await camden.fillsIn('head-of-service', reference, 'Choose a time', own('2027-01-12', '13:30', 'The chair is away from Wednesday on.'));
  expect(await camden.meetingsOf('gp', reference)).toHaveLength(1);
  expect(await camden.buttons('administrator')).not.toContain('Record as held');

  await camden.clock('2027-01-12T16:00:00Z');
  await camden.fillsIn('administrator', reference, 'Record as held', { on: '2027-01-12' });
  expect(await camden.describe(reference)).toMatchObject({ stage: 'conclude' });
  expect(await pressed('administrator', reference, 'cancel', { reason: 'Too late.' })).not.toContain('Cancelled');
});

test('C19 C20: upheld and not reconvened ends the review with no booking; after a decision nothing is withdrawn', async () => {
  await camden.clock('2027-01-18T10:00:00Z');
  const reference = await referred('teacher', { date: '2027-01-18' });
  await upheld(reference);
  expect(await pressed('teacher', reference, 'withdraw', { reason: 'No.' })).toContain('Already decided Mon 18 Jan 2027');
  const ended = await camden.fillsIn('head-of-service', reference, 'Do not reconvene', { reasons: 'There is nothing new.' });
  expect(ended).toContain('To tell and to file');
  expect(await camden.describe(reference)).toMatchObject({
    stage: 'conclude',
    outcomes: { decide: 'upheld', review: 'no_reconvene' },
    state: { bookings: [] },
  });
  expect(await camden.readsOf('teacher', reference)).toContain('There is nothing new.');
  const offered = (await camden.cardsAbout('administrator', reference)).flatMap(({ actions }) => actions.map(({ verb }) => verb));
  expect(offered.filter((verb) => ['move', 'times', 'held'].includes(verb))).toEqual([]);
});

test('C9 X9 CD16: somebody named as chair by mistake loses the case, and is told so, when it is pointed at the right one', async () => {
  await camden.clock('2027-01-19T10:00:00Z');
  const reference = await raised('police-officer', { date: '2027-01-19', chair: 'second-chair' });
  await camden.fillsIn('second-chair', reference, 'I was not the chair', { reason: 'I was on leave.' });
  expect(await camden.readsOf('police-officer', reference)).toContain('I was on leave.');
  expect(await camden.readsOf('second-chair', reference)).not.toContain('injuries');

  expect(await camden.fillsIn('police-officer', reference, 'Name the chair', { chair: 'gp' })).toContain('Choose the chair');
  await camden.pressesVerb('police-officer', 'name-chair', { chair: 'chair' });
  expect(await camden.readsOf('chair', reference)).toContain('injuries');
  expect(await camden.readsOf('second-chair', reference)).not.toContain('injuries');
  expect(JSON.stringify(await camden.says('second-chair', `case ${reference}`))).toContain('There is no case');
  const told = 'Somebody else has been named as the chair of this conference, so this is not yours to do any more.';
  expect(await pressed('second-chair', reference, 'refer', recordForm())).toContain(told);
  expect(await camden.readsOf('second-chair', reference)).toContain(told);

  expect(await camden.fillsIn('police-officer', reference, 'Withdraw', { reason: ' ' })).toContain('Say why you withdraw.');
  await camden.pressesVerb('police-officer', 'withdraw', { reason: 'We agreed after all.' });
  expect(await camden.readsOf('chair', reference)).toContain('Withdrawn Tue 19 Jan 2027');
  expect(await pressed('chair', reference, 'refer', recordForm())).toContain('This dissent was withdrawn.');
});

test('C1 C4 Q5 Q6 Q15: a process concern takes no number; "continue", category and a late dissent are taken with a flag', async () => {
  await camden.clock('2027-02-01T10:00:00Z');
  const first = await raised('gp', { date: '2027-01-28', decision: 'continue', grounds: 'category' });
  await camden.says('teacher', 'raise dissent');
  const diverted = await camden.presses('teacher', 'Send to the chair', dissentForm({ date: '2027-01-28', grounds: 'process' }));
  expect(diverted).toContain('Escalation Policy');
  expect(diverted).not.toContain('DIS-27');
  const second = await raised('teacher', { date: '2027-01-28', grounds: 'process,threshold' });
  expect(Number(second.slice(-3))).toBe(Number(first.slice(-3)) + 1);

  const record = await camden.readsOf('chair', first);
  expect(record).toMatch(/Raised after the day of the conference/);
  expect(record).toMatch(/Continuing a plan is not listed/);
  expect(record).toMatch(/category is not listed/);
  expect(record).toContain('Thu 11 Feb 2027');
});

test('C2: the chair confirms the agency of a professional who has none, and only then may its lead see the case', async () => {
  await camden.clock('2027-02-08T10:00:00Z');
  const reference = await raised('independent-professional', { date: '2027-02-08' });
  expect(await camden.fillsIn('chair', reference, 'Refer', recordForm())).toContain('Choose the agency that this person represents.');
  expect(await camden.describe(reference)).toMatchObject({ stage: 'record' });
  const lead = async () => JSON.stringify(await camden.says('camhs-lead', `case ${reference}`));
  expect(await lead()).toContain('There is no case');
  await camden.pressesVerb('chair', 'refer', recordForm({ agency: 'camhs' }));
  expect(await camden.describe(reference)).toMatchObject({ stage: 'decide', state: { dissent: { agency: 'camhs' } } });
  expect(await lead()).not.toContain('There is no case');
});

test('C3 C7: whatever is wrong on the form is named, what was typed is kept, and no case is opened', async () => {
  await camden.clock('2027-02-22T10:00:00Z');
  await camden.says('health-visitor', 'raise dissent');
  const [form] = (await camden.chat('health-visitor')).slice(-1);
  const wrong: [Record<string, string>, string][] = [
    [{ date: '2027-02-23' }, 'Tue 23 Feb 2027 has not come yet. Give the date of the conference.'],
    [{ date: 'yesterday' }, 'This is not a date. Give the date of the conference.'],
    [{ date: '2027-02-29' }, 'This is not a date. Give the date of the conference.'],
    [{ chair: 'teacher' }, 'Choose the chair of the conference.'],
    [{ children: 'Tommy Jones' }, "Use the child's reference, not the name."],
    [{ children: Array.from({ length: 13 }, (_, number) => `CH-${number}`).join(',') }, 'Give at most 12 references.'],
    [{ meeting: 'party' }, 'Choose the kind of conference.'],
    [{ decision: 'burn' }, 'Choose the decision'],
    [{ grounds: 'threshold,burn' }, 'Choose one ground or more.'],
    [{ reasons: ' \n ' }, 'Say why you dissent.'],
    [{ reasons: 'x'.repeat(4001) }, 'Write at most 4,000 characters.'],
  ];
  for (const [changes, said] of wrong) {
    const inputs = dissentForm({ date: '2027-02-22', newInformation: 'A letter came.', ...changes });
    const answer = await camden.presses('health-visitor', 'Send to the chair', inputs, form?.activityId);
    expect(answer).toContain(said);
    expect(answer).toContain('A letter came.');
    expect(answer).not.toContain('DIS-27');
  }
});

test('C13 C14 C15 X5: questions go to one person each, are answered once, and a form opened before the answer is sent back unharmed', async () => {
  await camden.clock('2027-03-01T10:00:00Z');
  const reference = await referred('family-worker', { date: '2027-03-01' });
  await camden.fillsIn('service-manager', reference, 'Ask dissenter', { question: 'What did you see?' });
  await camden.fillsIn('service-manager', reference, 'Ask chair', { question: 'Who spoke to it?' });
  await camden.fillsIn('service-manager', reference, 'Ask Head of Service for advice', { question: 'What else counts?' });
  expect(await pressed('service-manager', reference, 'ask:dissenter', { question: 'Again?' })).toContain('has not answered yet');
  expect(await pressed('chair', reference, 'answer:1', { answer: 'I saw it.' })).toContain('Only the person who was asked can answer.');
  const asked = await camden.readsOf('family-worker', reference);
  expect(asked).toContain('What did you see?');
  expect(asked).not.toMatch(/Who spoke to it|What else counts/);
  expect(await camden.readsOf('head-of-service', reference)).toContain('What else counts?');
  expect(await camden.buttons('head-of-service')).not.toContain('Upheld');

  const stale = await revision(reference);
  await camden.fillsIn('family-worker', reference, 'Answer', { answer: 'Three bruises.' });
  expect(await pressed('family-worker', reference, 'answer:1', { answer: 'Four.' })).toContain('Already answered Mon 1 Mar 2027');
  const early = { reference, revision: stale, verb: 'decide:decide.upheld', reasons: 'Typed with care.' };
  const sentBack = await camden.forges('service-manager', early);
  expect(sentBack).toMatch(/has moved on/);
  expect(sentBack).toContain('Typed with care.');
  expect(sentBack).toContain('Three bruises.');
  expect(await camden.describe(reference)).toMatchObject({ outcomes: {} });
});

describe('later in the year, among cases of their own', () => {
  beforeAll(async () => {
    await camden.close();
    camden = await openPartnership('2027-08-11T13:00:00Z');
  });

  test('C16 Q4: a decision is in time until midnight in London in summer too; after it, late only with a reason, and nobody is blamed', async () => {
    const inTime = await referred('probation-officer', { date: '2027-08-11' });
    const late = await referred('camhs-practitioner', { date: '2027-08-11' });
    await camden.clock('2027-08-25T22:55:00Z');
    await upheld(inTime);
    await camden.clock('2027-08-25T23:00:00Z');
    expect((await camden.describe(inTime)).timeLimits.find(({ stage, kind }) => stage === 'decide' && kind === 'time limit')).toMatchObject(
      {
        due: '2027-08-25',
        overdueBy: 0,
      },
    );
    expect(await camden.readsOf('service-manager', late)).toMatch(/overdue by 1 working day/i);
    const seen = await camden.readsOf('camhs-practitioner', late);
    expect(seen).toMatch(/not yet decided/i);
    expect(seen).not.toMatch(/overdue|\blate\b/i);

    await camden.clock('2027-08-31T09:00:00Z');
    const without = await camden.fillsIn('service-manager', late, 'Not upheld', { reasons: 'Considered.' });
    expect(without).toContain('Say why it is late.');
    expect(without).toContain('3 working days over');
    await camden.pressesVerb('service-manager', 'decide:decide.not_upheld', { reasons: 'Considered.', delayReason: 'I was ill.' });
    expect(await camden.describe(late)).toMatchObject({
      outcomes: { decide: 'not_upheld' },
      state: { decisions: { decide: { delayReason: 'I was ill.' } } },
    });
    expect(await camden.readsOf('camhs-practitioner', late)).not.toContain('I was ill.');
  });

  test('X5 X4: a form is not taken from whoever fills it in when the case moves; sent late it comes back with their words, left alone it gives way', async () => {
    await camden.clock('2027-09-06T09:00:00Z');
    const reference = await raised('gp', { date: '2027-09-06' });
    const card = () => camden.readsOf('chair', reference);
    const adds = (text: string) => camden.fillsIn('gp', reference, 'add', { text });
    const [{ activityId } = { activityId: '' }] = await camden.cardsAbout('chair', reference);
    const presses = (verb: string, inputs = {}) => camden.pressesVerb('chair', verb, inputs, activityId);
    const record = recordForm({ basis: 'All that was shared, and what I weighed against it.' });

    await presses('refer');
    await adds('The nursery has written.');
    expect(await card()).toContain('Agencies to be told of the outcome');
    expect(await card()).not.toContain('The nursery has written.');
    const late = await presses('refer', record);
    expect(late).toContain('moved on');
    expect(late).toContain('The nursery has written.');
    expect(late).toContain(record.basis);
    await adds('And so has the school.');
    expect(await card()).toContain(record.basis);
    expect(await presses('see:record')).toContain('And so has the school.');

    await presses('refer');
    await adds('The police have not.');
    await camden.clock('2027-09-06T09:29:00Z');
    expect(await card()).not.toContain('The police have not.');
    await camden.clock('2027-09-06T09:31:00Z');
    expect(await card()).toContain('The police have not.');

    await presses('refer');
    await adds('The GP is leaving.');
    expect(await presses('refer', record)).toContain('moved on');
    await presses('refer', record);
    expect(await camden.describe(reference)).toMatchObject({ stage: 'decide', state: { record: { answers: { basis: record.basis } } } });
  });

  test('Q27 X3 X4: at Christmas deputies have the card from their first day; of two who decide in the same moment one does', async () => {
    await camden.clock('2027-12-13T15:00:00Z');
    const reference = await referred('community-paediatrician', { date: '2027-12-13' });
    expect(await camden.readsOf('service-manager', reference)).toContain('Decide by Wed 29 Dec 2027');
    expect(await camden.cardsAbout('service-manager-deputy', reference)).toEqual([]);
    expect(await pressed('service-manager-deputy', reference, 'decide:decide.upheld', { reasons: 'x' })).toContain(
      'Only the person named by the procedure can decide this.',
    );

    await camden.clock('2027-12-20T09:00:10Z');
    expect(await camden.readsOf('service-manager-deputy', reference)).toContain('covering for');
    const both = await Promise.all([
      pressed('service-manager', reference, 'decide:decide.upheld', { reasons: 'The holder.' }),
      pressed('service-manager-deputy', reference, 'decide:decide.not_upheld', { reasons: 'The deputy.' }),
    ]);
    expect(both.filter((answer) => answer.includes('Already decided Mon 20 Dec 2027'))).toHaveLength(1);
    const { history } = await camden.describe(reference);
    expect(history.filter(({ event }) => event === 'DecisionMade')).toHaveLength(1);
    expect(history.filter(({ kind, action }) => kind === 'refused' && action?.startsWith('decide:'))).toMatchObject([
      { actor: 'service-manager-deputy', role: 'none', code: 'not-allowed' },
      { role: expect.stringMatching(/service-manager/), cardRevision: expect.any(Number), code: 'already-done' },
    ]);
  });
});

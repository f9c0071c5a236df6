import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPartnership, type Partnership } from './partnership.ts';

let strathmallow: Partnership;
beforeAll(async () => {
  strathmallow = await openPartnership('2026-11-25T16:00:00Z');
});
afterAll(() => strathmallow.close());

const reference = 'DIS-S-26-001';
const standing = 'The decision of the meeting stands. Carry on with the plan.';
const limit = async (stage: string) => (await strathmallow.describe(reference)).timeLimits.filter((each) => each.stage === stage);

test('Scenario 9 (S1 S4 S5 S7 S9-S18 S20 S21 S24 Q17): a letter handed in late goes on all the same, and the Head of Service says what comes of it', async () => {
  const { says, presses, pressesVerb, clock, reads, buttons, describe } = strathmallow;
  await says('family-nurse', 'raise dissent');
  expect(await reads('family-nurse')).toContain('If you are a parent, carer or child, speak to the chair of the meeting');
  expect(await presses('family-nurse', 'Child Protection Planning Meeting (CPPM)')).toContain('The category of concern');
  const form = {
    date: '2026-11-25',
    chair: 'scottish-chair',
    children: 'CH-2207',
    grounds: 'category',
    reasons: 'The category should be B.',
  };
  expect(await presses('family-nurse', 'Send to the chair', { ...form, affirmed: 'no' })).not.toContain(reference);
  const receipt = await presses('family-nurse', 'Send to the chair', { ...form, affirmed: 'yes' });
  expect(receipt).toContain(reference);
  expect(receipt).toContain('Write by Thu 3 Dec 2026 (working day 5; today is day 0)');
  expect(receipt).toContain("St Andrew's Day");
  expect(receipt).toContain(standing);

  await presses('scottish-chair', 'Record');
  const recorded = await presses('scottish-chair', 'Record', {
    asked: 'yes',
    resolved: 'no',
    account: 'We went round the table twice.',
    notes: 'https://files.example/notes/41',
    agencies: 'health-board',
  });
  expect(recorded).toContain('For the professional to write');
  const news = async (person: string) => (await strathmallow.cardsAbout(person, reference)).map(({ summary }) => summary);
  expect(await news('family-nurse')).toEqual([reference, `${reference}: something waits for you`]);
  expect(await buttons('scottish-chair')).not.toContain('Write the dissent letter');
  expect(await reads('scottish-head-of-service')).not.toContain(reference);
  expect(await limit('write')).toMatchObject([{ kind: 'time limit', due: '2026-12-03', overdueBy: 0 }]);

  await clock('2026-12-04T09:12:00Z');
  expect(await reads('family-nurse')).toContain('The dissent letter is 1 working day late. You can still send it.');
  const writing = await presses('family-nurse', 'Write the dissent letter');
  expect(writing).toContain('1 working day late; it will still go to the Head of Service; say why.');
  const letter = { letter: 'I cannot support category A.', link: 'https://files.example/letter/41' };
  expect(await pressesVerb('family-nurse', 'submit', letter)).toContain('Say why it is late.');
  const sent = await pressesVerb('family-nurse', 'submit', { ...letter, lateReason: 'I was at court.' });
  expect(sent).toContain('With the Head of Service');
  expect(await limit('write')).toMatchObject([{ due: '2026-12-03', overdueBy: 1 }]);
  expect(await limit('review')).toMatchObject([{ kind: 'local target', due: '2026-12-18' }]);

  const late = await reads('scottish-head-of-service');
  expect(late).toContain('LATE: the dissent letter came 1 working day late. First say whether you accept it.');
  expect(late).toContain('I was at court.');
  expect(late).toContain('Notes of the meeting\npresent');
  expect(late).toContain('The protection plan\nnot attached');
  expect(late).toContain('Dissent letter\npresent');
  expect(late).toContain('Decide by Fri 18 Dec 2026 (local target, working day 10; today is day 0)');
  expect(await buttons('scottish-head-of-service')).toEqual(expect.arrayContaining(['Accept late', 'Not accept']));
  expect(await buttons('scottish-head-of-service')).not.toContain('Change the category');
  const early = await strathmallow.forges('scottish-head-of-service', {
    reference,
    revision: (await describe(reference)).revision,
    verb: 'decide:review.keep',
  });
  expect(early).toContain('The letter came late. First say whether you accept it.');

  await clock('2026-12-07T10:00:00Z');
  await presses('scottish-head-of-service', 'Accept late');
  await pressesVerb('scottish-head-of-service', 'late:accept', { reasons: 'Court came first.' });
  expect(await news('health-board-lead')).toEqual([`${reference}: there is news`]);
  for (const person of ['family-nurse', 'health-board-lead']) {
    expect(await reads(person)).toContain('Late dissent letter\nAccepted');
    expect(await reads(person)).toContain('Court came first.');
  }

  await clock('2026-12-16T10:00:00Z');
  await presses('scottish-head-of-service', 'Change the category');
  const decision = {
    reasons: 'The injuries point to B.',
    old_category: 'A',
    new_category: 'B',
    guidance: 'yes',
    edition: '2021, updated 2023',
    improvements: 'Share reports two days before the meeting.',
    parents: 'lead-professional',
  };
  await pressesVerb('scottish-head-of-service', 'decide:review.change_category', { ...decision, guidance: 'no' });
  expect((await describe(reference)).outcomes).toEqual({});
  await pressesVerb('scottish-head-of-service', 'decide:review.change_category', decision);

  const described = await describe(reference);
  const { reasons, ...answers } = decision;
  expect(described).toMatchObject({
    stage: 'conclude',
    outcomes: { review: 'change_category' },
    state: { decisions: { review: { reasons, answers, delayReason: null } } },
  });
  const told = await reads('family-nurse');
  for (const said of ['Change the category', 'Share reports two days before', '2021, updated 2023', 'Morag Pitcairnie', standing])
    expect(told).toContain(said);
  expect(
    described.history.filter(({ kind, actor }) => kind === 'change' && actor !== 'bot').map(({ event, actor }) => [event, actor]),
  ).toEqual([
    ['DissentRaised', 'family-nurse'],
    ['StageEntered', 'family-nurse'],
    ['ConferenceRecorded', 'scottish-chair'],
    ['StageEntered', 'scottish-chair'],
    ['LetterSubmitted', 'family-nurse'],
    ['DissentReferred', 'family-nurse'],
    ['StageEntered', 'family-nurse'],
    ['SendingsWanted', 'family-nurse'],
    ['LateLetterJudged', 'scottish-head-of-service'],
    ['DecisionMade', 'scottish-head-of-service'],
    ['TellerNamed', 'scottish-head-of-service'],
    ['StageEntered', 'scottish-head-of-service'],
  ]);
});

test('Scenario 9 step 6 (S12 S21 S22 S23 S24 Q21 Q23): the note goes to everyone, the Register has its keeper, the parents are told, and the case closes', async () => {
  const { clock, fillsIn, describe, mail, readsOf, files } = strathmallow;
  const [letter] = await mail();
  expect(letter).toMatchObject({ to: ['shona.abercairney@strathmallow.example'], subject: `Dissent letter ${reference}` });
  const told = await readsOf('register-keeper', reference);
  expect(told).toContain('Change the category on the Child Protection Register');
  expect(told).not.toContain('The injuries point to B.');

  await fillsIn('scottish-head-of-service', reference, 'approve:review', {
    wording: 'The injuries point to B.',
    recipients: 'family-nurse,scottish-chair',
  });
  expect((await mail()).slice(1).map(({ to }) => to[0])).toEqual(
    expect.arrayContaining(['catriona.elmslie@glenaldie.example', 'ruaridh.kintessan@strathmallow.example']),
  );
  await fillsIn('register-keeper', reference, 'tick:task:review.register', { done: 'yes' });
  await fillsIn('lead-professional', reference, 'contact:review', { safe: 'yes' });
  await clock('2026-12-17T15:00:00Z');
  expect((await describe(reference)).status).toBe('open');
  await fillsIn('lead-professional', reference, 'parents:review', { on: '2026-12-17', means: 'visit', everyone: 'yes' });
  expect((await describe(reference)).status).toBe('closed');
  expect(await files()).toMatchObject([{ path: expect.stringMatching(/^CH-2207\//) }]);
  expect(await strathmallow.buttons('family-nurse')).not.toContain('I remain concerned');
});

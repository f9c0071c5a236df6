import { expect, test } from '@jest/globals';
import { showCase } from '../../src/cards/show.ts';
import { after, aScottishDissent, aScottishRecord, raised, seenBy, wordsOf } from './fixtures.ts';
import { look, open, read } from './scottishSights.ts';
import { nodesOf } from './wellFormed.ts';

test('S12 S13: it can be written while the chair is silent, with its date, and the form and the card say when it goes on', () => {
  const { words, buttons } = look('dissented', 'nurse', 'receipt');
  expect(words).toContain('Write by Thu 3 Dec 2026 (working day 5; today is day 0)');
  expect(buttons[0]).toBe('Write the dissent letter');
  expect(look('dissentedLate', 'nurse', 'receipt').words).toContain('The dissent letter is 1 working day late. You can still send it.');
  const form = look('dissented', 'nurse', 'receipt', open('submit'));
  expect(form.words).toContain(
    "The chair has not recorded yet. The dissent letter is kept with today's date, and will go to the Head of Service once the chair has recorded.",
  );
  expect(form.buttons).toEqual(['Send the dissent letter', 'Back']);
  const written = look('writtenEarly', 'nurse', 'receipt');
  expect(written.words).toContain('In time. It goes on once the chair has recorded.');
  expect(written.words).not.toContain('Write by');
  expect(written.buttons).not.toContain('Write the dissent letter');
  expect(look('writtenEarly', 'meeting-chair', 'record').words).toMatch(
    /The dissent letter was handed in .* It goes on once the chair has recorded\./,
  );
});

test('S22 Q7 Q23: agencies are not asked for where no letter goes to any, are refused to nobody, and are not on the card', () => {
  const answers = { asked: 'yes', resolved: 'no', account: 'Twice.', agencies: 'academy,health-board' };
  expect(read('refer', answers, 'dissented', 'meeting-chair')).toMatchObject({ command: { record: { agencies: [] } } });
  expect(look('recorded', 'meeting-chair', 'record').words).not.toContain('Agencies to be told');
});

test('S3: a case is about one meeting, and the plan agreed there is at hand for whoever decides about it, before and after', () => {
  const plan = 'https://plans.example/2026-11-25';
  const record = { ...aScottishRecord, documents: { ...aScottishRecord.documents, plan } };
  const recorded = after(raised('2026-11-25T16:00:00Z', aScottishDissent()), 'meeting-chair', '2026-11-25T16:30:00Z', {
    type: 'Record',
    record,
    agency: null,
  });
  const written = after(recorded, 'nurse', '2026-12-02T10:00:00Z', { type: 'Submit', text: 'I dissent.', link: null, lateReason: null });
  const decided = after(written, 'head', '2026-12-16T10:00:00Z', {
    type: 'Decide',
    stage: 'review',
    outcome: 'keep',
    reasons: 'Notes, plan and letter were read.',
    answers: { guidance: 'yes', edition: '2021, updated 2023', parents: 'lead-professional' },
    delayReason: null,
  });
  for (const current of [written, decided]) {
    const card = showCase('stage:review', seenBy('head', current, '2026-12-16T10:00:00Z'));
    expect(wordsOf(card)).toContain('Child Protection Planning Meeting (CPPM), Wed 25 Nov 2026');
    expect(wordsOf(card)).toContain('The protection plan\npresent');
    expect(nodesOf(card as never).flatMap((node) => ('url' in node ? [node.url] : []))).toContain(plan);
    expect(current.dissent.conference).toEqual({ type: 'cppm', date: '2026-11-25', chair: 'meeting-chair' });
  }
});

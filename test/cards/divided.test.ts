import { expect, test } from '@jest/globals';
import { decisionLetter } from '../../src/app/documents/decisionLetter.ts';
import { plainText } from '../../src/app/documents/document.ts';
import { reasonsForFile } from '../../src/app/documents/reasonsForFile.ts';
import { caseAction } from '../../src/cards/actions.ts';
import type { CardState } from '../../src/cards/cardState.ts';
import { LARGEST_CARD, sizeOf } from '../../src/cards/fit.ts';
import { showCase } from '../../src/cards/show.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { seenBy, wordsOf } from './fixtures.ts';
import { scottishStates } from './scottishStates.ts';
import { nodesOf } from './wellFormed.ts';

/** The form of a decision that need not be the same for every child (X11, Q16). */

const { accepted } = scottishStates;
if (!accepted) throw new Error('no state');
const seen = seenBy('head', accepted.current, accepted.now);
const showing: CardState = { form: { verb: 'decide:review.keep', values: {}, errors: {} } };
const read = (inputs: Record<string, string>) => caseAction('decide:review.keep')?.read(inputs, seen);
const inputsOf = (card: object) => nodesOf(card as never).flatMap(({ type, id }) => (type?.startsWith('Input.') ? [id] : []));

test('CD1 S18 X11: every form has, for each child, the outcomes and what goes with any of them, folded away until it is wanted', () => {
  const form = showCase('stage:review', seen, showing);
  const own = ['outcome', 'reasons', 'old_category', 'new_category'];
  expect(inputsOf(form).slice(-8)).toEqual([...own.map((id) => `C1_${id}`), ...own.map((id) => `C2_${id}`)]);
  expect(nodesOf(form).find(({ id }) => id === 'C2_old_category')).toMatchObject({
    label: 'CH-1042: the category now',
    isRequired: false,
  });
  expect(nodesOf(form).filter(({ id }) => String(id).startsWith('block-'))).toMatchObject([{ isVisible: false }, { isVisible: false }]);
  expect(wordsOf(form)).toContain('Something else for CH-1042');
  const filled = { reasons: 'Read.', guidance: 'yes', edition: '2021', parents: 'lead-professional' };
  expect(read({ ...filled, C2_outcome: 'new_meeting' })).toMatchObject({
    command: { own: { 'CH-1042': { outcome: 'new_meeting', reasons: null, answers: {} } }, answers: { guidance: 'yes', edition: '2021' } },
  });
  const changed = { ...filled, C1_outcome: 'change_category', C1_old_category: 'A', C1_new_category: 'B', C1_reasons: 'Own.' };
  expect(read(changed)).toMatchObject({
    command: { own: { 'CH-1041': { outcome: 'change_category', reasons: 'Own.', answers: { old_category: 'A', new_category: 'B' } } } },
  });
  const mended = showCase('stage:review', seen, {
    form: { ...showing.form!, values: changed, errors: { C1_new_category: 'Please answer: The new category' } },
  });
  expect(nodesOf(mended).filter(({ id }) => String(id).startsWith('block-'))).toMatchObject([{ isVisible: true }, { isVisible: false }]);
  const one = { ...seen, current: { ...seen.current, dissent: { ...seen.current.dissent, children: ['CH-1041'] } } };
  expect(inputsOf(showCase('stage:review', one, showing))).toEqual(['reasons', 'guidance', 'edition', 'improvements', 'parents']);
});

test('CD1: with twelve children, each with as much of its own as fits, the form still fits', () => {
  const children = Array.from({ length: 12 }, (_, index) => `CHILD-REFERENCE-${1000 + index}`);
  const procedure = loadLibrary('procedures').procedure('scottish-dissent', 2);
  const many = { ...seen, procedure, current: { ...seen.current, dissent: { ...seen.current.dissent, children } } };
  const form = showCase('stage:review', many, showing);
  expect(inputsOf(form)).toHaveLength(5 + 12 * 5);
  const typed = Object.fromEntries(children.map((_, index) => [`C${index + 1}_reasons`, 'Reasons of its own. '.repeat(100)]));
  const sizes = [form, showCase('stage:review', many, { form: { ...showing.form!, values: typed, errors: { reasons: 'Write.' } } })].map(
    sizeOf,
  );
  expect(Math.max(...sizes)).toBeLessThanOrEqual(LARGEST_CARD);
});

test('CD1: file, letter, task and card say what was decided on each child, and a file says nothing of another', () => {
  const { changed } = scottishStates;
  const sight = seenBy('head', changed!.current, changed!.now);
  const { review } = sight.current.decisions;
  const own = { 'CH-1042': { reasons: 'She is younger.', answers: { new_category: 'Neglect of her own' } } };
  const current = { ...sight.current, decisions: { ...sight.current.decisions, review: { ...review!, own } } };
  const apart = { ...sight, current };
  const fileOf = (child: string) => plainText(reasonsForFile(apart, child));
  expect(fileOf('CH-1042')).toContain('She is younger.');
  expect(fileOf('CH-1042')).toContain('Neglect of her own');
  expect(fileOf('CH-1042')).not.toContain(review!.reasons);
  expect(fileOf('CH-1041')).not.toContain('She is younger.');
  expect(fileOf('CH-1041')).toContain(review!.reasons);
  const letter = plainText(decisionLetter(apart, 'review', 'As the letter has it.', null));
  for (const said of ['For CH-1041: Change the category', 'As the letter has it.', 'For CH-1042: Change the category', 'She is younger.'])
    expect(letter).toContain(said);
  const words = wordsOf(showCase('stage:review', apart));
  for (const said of ['Reasons for CH-1042', 'She is younger.', 'CH-1042: the new category', 'Neglect of her own'])
    expect(words).toContain(said);
  const keeper = { ...seenBy('register-keeper', current, changed!.now), standings: ['register-keeper'] };
  expect(wordsOf(showCase('task:review.register', keeper))).toContain('CH-1042: the new category');
});

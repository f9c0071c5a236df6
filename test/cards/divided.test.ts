import { expect, test } from '@jest/globals';
import { caseAction } from '../../src/cards/actions.ts';
import type { CardState } from '../../src/cards/cardState.ts';
import { showCase } from '../../src/cards/show.ts';
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

test('S18 X11: with several children every form asks what goes with the other outcomes too, which is needed only if they are given', () => {
  const form = showCase('stage:review', seen, showing);
  expect(inputsOf(form).slice(-2)).toEqual(['old_category', 'new_category']);
  expect(nodesOf(form).find(({ id }) => id === 'old_category')).toMatchObject({
    label: 'For the others: The category now',
    isRequired: false,
  });
  expect(wordsOf(form)).toContain('Needed only if the others get "Change the category".');
  const filled = { children: '1', reasons: 'Read.', guidance: 'yes', edition: '2021', parents: 'lead-professional' };
  expect(read({ ...filled, otherwise: 'new_meeting' })).toMatchObject({
    command: { children: ['CH-1041'], otherwise: 'new_meeting', answers: { guidance: 'yes', edition: '2021' } },
  });
  const changed = { ...filled, otherwise: 'change_category', old_category: 'A', new_category: 'B' };
  expect(read(changed)).toMatchObject({
    command: { otherwise: 'change_category', answers: { old_category: 'A', new_category: 'B' } },
  });
  const one = { ...seen, current: { ...seen.current, dissent: { ...seen.current.dissent, children: ['CH-1041'] } } };
  expect(inputsOf(showCase('stage:review', one, showing))).toEqual(['reasons', 'guidance', 'edition', 'improvements', 'parents']);
});

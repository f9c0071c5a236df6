import { expect, test } from '@jest/globals';
import { decisionLetter } from '../../src/app/documents/decisionLetter.ts';
import { plainText } from '../../src/app/documents/document.ts';
import { dateOf, sayDateInFull } from '../../src/domain/londonTime.ts';
import { byDeputies } from './cases.ts';

test('corner 23: a letter approved after the next stage has decided says so, and speaks of no decision as still to come (C17)', () => {
  const { seen } = byDeputies;
  const { current } = seen;
  const letterOf = (decided: typeof seen) => plainText(decisionLetter(decided, 'decide', 'Why.', 'agency:police'));
  const { review, ...first } = current.decisions;
  const on = sayDateInFull(dateOf(review?.at ?? ''));
  expect(letterOf(seen)).toContain(`The Head of Service has looked at the case since, and decided on ${on}. Another letter tells of that.`);
  expect(letterOf(seen)).not.toContain('now looks at the case');
  expect(letterOf({ ...seen, current: { ...current, decisions: first } })).toContain(
    'The Head of Service now looks at the case and decides',
  );
  const told = [{ at: '2027-12-23T10:00:00Z', by: 'teacher', on: '2027-12-23', means: 'visit', everyone: true, note: null }];
  const parents = { decide: { teller: 'teacher', contact: null, told } };
  const after = letterOf({ ...seen, current: { ...current, conclusion: { ...current.conclusion, parents } } });
  expect(after).toContain('The parents: told on 23 December 2027.');
  expect(after).not.toContain('tells the parents');
});

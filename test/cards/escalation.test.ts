import { describe, expect, test } from '@jest/globals';
import type { CardKey } from '../../src/app/ports.ts';
import { caseAction } from '../../src/cards/actions.ts';
import { showCase, summaryOf } from '../../src/cards/show.ts';
import { directory, seenBy, wordsOf } from './fixtures.ts';
import { type State, states } from './states.ts';
import { nodesOf } from './wellFormed.ts';

/** What somebody sees who remains concerned, and whoever they may turn to. */

const seenAt = (name: string, viewer: string) => {
  const { current, now } = states[name] as State;
  return seenBy(viewer, current, now);
};
const look = (name: string, viewer: string, key: CardKey) => {
  const card = showCase(key, seenAt(name, viewer));
  const verbs = nodesOf(card).flatMap(({ type, verb }) => (type === 'Action.Execute' ? [String(verb)] : []));
  return { card, words: wordsOf(card), verbs };
};

describe('escalation (C24, C25)', () => {
  test('C25 Q11: after an outcome the dissenter, and nobody else, is offered "I remain concerned", on outcome and receipt', () => {
    for (const key of ['outcome:decide', 'receipt'] as CardKey[])
      expect(look('notUpheld', 'health-visitor', key).words).toContain('\nI remain concerned\n');
    expect(look('upheld', 'health-visitor', 'receipt').verbs).not.toContain('concerned');
    for (const viewer of ['chair', 'sm', 'administrator', 'health-lead'])
      expect(look('notUpheld', viewer, 'outcome:decide').verbs).not.toContain('concerned');
    expect(caseAction('concerned')?.hasForm).toBe(false);
  });

  test("C24: then it shows their own agency's representative, the policy, what to do in danger, and that the decision stands", () => {
    const { words, verbs } = look('concerned', 'health-visitor', 'outcome:decide');
    for (const said of [
      'Nia Brook',
      'Designated doctor',
      'health-representative@example.org',
      'Open the Escalation Policy',
      'Call the police on 999',
      'The decision of the conference stands.',
      'You said that you remain concerned on Fri 19 Feb 2027.',
    ])
      expect(words).toContain(said);
    expect(verbs).not.toContain('concerned');
    expect(look('concernedAfterClosing', 'health-visitor', 'outcome:decide').words).toContain('The decision of the conference stands.');
  });

  test("C24: where the agency names nobody, it is the partnership's contact", () => {
    const { current, now } = states.concerned as State;
    const { concerns } = current.conclusion;
    const unnamed = {
      ...current,
      conclusion: { ...current.conclusion, concerns: concerns.map((concern) => ({ ...concern, representative: null })) },
    };
    const words = wordsOf(showCase('outcome:decide', seenBy('health-visitor', unnamed, now)));
    expect(words).toContain('partnership@example.org');
    expect(words).not.toContain('Nia Brook');
  });

  test('C24 X6: the representative is told the reference, the policy and what to do in danger, and nothing else of the case', () => {
    const seen = seenAt('concerned', 'health-representative');
    expect(seen.standings).toEqual([]);
    expect(wordsOf(showCase('escalation', seen)).split('\n')).toEqual([
      'DIS-27-004',
      'Somebody may turn to you',
      'The decision of the conference stands. Carry on with the plan.',
      'A professional of your agency remains concerned after the outcome of case DIS-27-004, and may turn to you.',
      'They tell you themselves what it is about. This card knows nothing more.',
      "If a child may be in danger now, do not wait. Call the police on 999, or children's social care.",
      'Open the Escalation Policy',
      'Dissent from a child protection conference decision. Procedure camden-dissent, version 1.',
    ]);
    expect(summaryOf(seen, 'escalation')).toBe('DIS-27-004');
    for (const key of ['receipt', 'checklist', 'outcome:decide', 'status', 'stage:decide'] as CardKey[])
      expect(wordsOf(showCase(key, seen))).toBe('Case DIS-27-004\nThere is nothing here for you to see now.');
  });

  test('X9: nobody else is shown that card, whoever they are', () => {
    for (const { id } of directory.people.filter((person) => person.id !== 'health-representative')) {
      for (const name of ['concerned', 'notUpheld']) expect(look(name, id, 'escalation').words).not.toContain('Somebody may turn to you');
    }
    expect(look('notUpheld', 'health-representative', 'escalation').words).toBe(
      'Case DIS-27-004\nThere is nothing here for you to see now.',
    );
  });

  test('C24: those who decide and administer see that it was escalated; the notes are read by those who decide, and by whoever wrote them', () => {
    expect(look('concerned', 'sm', 'stage:decide').words).toContain('Escalated Fri 19 Feb 2027');
    expect(look('concerned', 'administrator', 'checklist').words).toContain('Escalated Fri 19 Feb 2027');
    for (const [viewer, key] of [
      ['sm', 'stage:decide'],
      ['administrator', 'checklist'],
    ] as const)
      expect(look('escalationNoted', viewer, key).words).toContain('The two agencies met and agreed a plan.');
  });
});

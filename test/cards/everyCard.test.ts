import { describe, expect, test } from '@jest/globals';
import type { CardKey } from '../../src/app/ports.ts';
import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { caseAction, readCardData } from '../../src/cards/actions.ts';
import { caseCard } from '../../src/cards/caseCard.ts';
import { LARGEST_CARD, sizeOf, TEXT_BUDGETS } from '../../src/cards/fit.ts';
import { may } from '../../src/cards/present/body.ts';
import { keyFor } from '../../src/cards/present/present.ts';
import { showCase, showRaise, summaryOf } from '../../src/cards/show.ts';
import { chatNameOf } from '../../src/cards/verb.ts';
import { libraryFaults } from './cardModel.ts';
import { openingFor, seenBy } from './fixtures.ts';
import { longest } from './longest.ts';
import { formVerbs, keysOf, type State, states, viewers } from './states.ts';
import { houseFaults, nodesOf, schemaFaults, templateWarnings } from './wellFormed.ts';

/** The cards that somebody may see; who is shown another instead is another test's matter. */
function keysTheirs(state: State, seen: CaseForViewer): CardKey[] {
  return keysOf(state).filter((key) => (seen.standings.length === 0 ? key === 'status' : keyFor(key, seen) === key));
}

/** Every state of a case, as every person sees every card of it, plain and with every form open. */
const sights = Object.entries(states).flatMap(([name, state]) =>
  viewers.flatMap((viewer) => {
    const seen = seenBy(viewer, state.current, state.now);
    return keysTheirs(state, seen).map((key) => ({
      name: `${name} ${viewer} ${key}`,
      seen,
      key,
      card: showCase(key, seen, { refusal: 'This case has moved on.' }),
    }));
  }),
);
const faultsOf = (card: Record<string, unknown>) => [...houseFaults(card), ...schemaFaults(card), ...libraryFaults(card)];

/** Cards that are the same for several people are looked at once. */
function distinct(cards: { name: string; card: Record<string, unknown> }[]) {
  const byText = new Map(cards.map((each) => [JSON.stringify(each.card), each]));
  return [...byText.values()];
}

const tooBig = (card: Record<string, unknown>) => sizeOf(card) > LARGEST_CARD;

/** Every form that somebody may fill in at some state, on the card it belongs to. */
function openForms(some: State[], verbs = formVerbs) {
  return some.flatMap((state) =>
    viewers.flatMap((viewer) => {
      const seen = seenBy(viewer, state.current, state.now);
      return verbs.flatMap((verb) => {
        const action = caseAction(verb);
        return action && may(seen, action.intention(seen.current))
          ? [{ name: `${state.current.stage} ${viewer} ${verb}`, seen, key: action.key(seen), verb }]
          : [];
      });
    }),
  );
}

describe('every card of every state, for every viewer', () => {
  test('is valid, small, labelled, and carries only reference, revision and verb', () => {
    const cards = distinct(sights);
    expect(cards.length).toBeGreaterThan(100);
    const faults = cards.flatMap(({ name, card }) => faultsOf(card).map((fault) => `${name}: ${fault}`));
    expect(faults).toEqual([]);
    expect(cards.filter(({ card }) => sizeOf(card) > LARGEST_CARD)).toEqual([]);
  });

  test('is so too with every form open, blank and with faults', () => {
    const blank = { values: {}, errors: {} };
    const wrong = {
      values: { reasons: 'x', reason: 'y' },
      errors: { reasons: 'Write more.', reason: 'Say why.', elsewhere: 'Not a field of this form.' },
    };
    const cards = distinct(
      openForms(Object.values(states)).flatMap(({ name, seen, key, verb }) =>
        [blank, wrong].map((rest) => ({ name, card: showCase(key, seen, { form: { verb, ...rest } }) })),
      ),
    );
    expect(new Set(openForms(Object.values(states)).map(({ verb }) => verb))).toEqual(new Set(formVerbs));
    const faults = cards.flatMap(({ name, card }) => faultsOf(card).map((fault) => `${name}: ${fault}`));
    expect(faults).toEqual([]);
  });

  test('fills its template without warnings', () => {
    const warnings = sights.flatMap(({ name, seen, key }) =>
      TEXT_BUDGETS.slice(0, 1).flatMap((budget) =>
        seen.standings.length === 0
          ? []
          : templateWarnings(caseCard(keyFor(key, seen), seen, {}, budget)).map((warning) => `${name}: ${warning}`),
      ),
    );
    expect(warnings).toEqual([]);
  });

  test('X3: a button is shown only where its press would be allowed', () => {
    for (const { name, seen, card } of sights) {
      for (const { verb } of nodesOf(card).filter(({ type }) => type === 'Action.Execute')) {
        const action = caseAction(String(verb));
        if (action) expect([name, verb, may(seen, action.intention(seen.current))]).toEqual([name, verb, true]);
      }
    }
  });

  test('every button is understood, and no verb means two things', () => {
    const verbs = new Set(
      sights.flatMap(({ card }) => nodesOf(card).flatMap(({ type, verb }) => (type === 'Action.Execute' ? [String(verb)] : []))),
    );
    expect(verbs.size).toBeGreaterThan(40);
    const meanings = [...verbs].map((verb) => [verb, [caseAction(verb), chatNameOf(verb)].filter((each) => each !== null).length]);
    expect(meanings).toEqual([...verbs].map((verb) => [verb, 1]));
    const unread = [...verbs].filter((verb) => readCardData({ reference: 'DIS-27-004', revision: 1, verb }) === null);
    expect(unread).toEqual([]);
  });

  test('X6: a notification, spoken text or fallback holds the reference and neutral words only', () => {
    for (const { seen, key, card } of sights) {
      const { speak, fallbackText } = card;
      for (const text of [summaryOf(seen, key), String(speak), String(fallbackText)]) {
        expect(text).toContain('DIS-27-004');
        expect(text).not.toMatch(/CH-1041|injur|threshold|Health|plan|upheld|Okoro|dissent/i);
      }
    }
  });
});

describe('the longest texts in every field', () => {
  const { cases, values, inBigPartnership } = longest();
  const deciding = inBigPartnership(seenBy('sm', cases.deciding.current, cases.deciding.now));

  test('fit Teams and are marked where they are cut', () => {
    for (const state of Object.values(cases)) {
      for (const viewer of viewers) {
        const seen = inBigPartnership(seenBy(viewer, state.current, state.now));
        for (const key of keysTheirs(state, seen)) expect(tooBig(showCase(key, seen))).toBe(false);
      }
    }
  });

  test('leave room for every form, with every field as long as it may be', () => {
    const forms = openForms(Object.values(cases), [...formVerbs, 'answer:10', 'answer:11']);
    expect(new Set(forms.map(({ verb }) => verb)).size).toBe(32);
    for (const { name, seen, key, verb } of forms) {
      const card = showCase(key, inBigPartnership(seen), { form: { verb, values, errors: { reasons: 'Write less.' } } });
      expect([name, tooBig(card), houseFaults(card)]).toEqual([name, false, []]);
    }
  });

  test('each "Read in full" shows that one text whole', () => {
    const card = showCase('stage:decide', deciding);
    const reads = nodesOf(card).filter(({ type, title }) => type === 'Action.Execute' && title === 'Read in full');
    expect(reads.length).toBeGreaterThan(5);
    for (const { verb } of reads) {
      const full = showCase('status', deciding, { reading: String(verb).slice('read:'.length) });
      expect(tooBig(full)).toBe(false);
      expect((full.actions as { title: string }[]).map(({ title }) => title)).toEqual(['Back']);
    }
    expect(JSON.stringify(showCase('stage:decide', deciding, { reading: 'reasons' }))).toContain(deciding.current.dissent.reasons);
  });

  test('a raise form keeps what was typed as far as it fits, and says where it does not', () => {
    const typed = (typing: Record<string, string>) =>
      showRaise(openingFor('health-visitor'), 'draft-1', {
        form: { verb: 'raise:camden.camden-dissent', values: typing, errors: { children: 'x' } },
      });
    expect(tooBig(typed(values))).toBe(false);
    expect(JSON.stringify(typed(values))).toContain('Only the first part fits here again.');
    const plain = { reasons: 'a'.repeat(4000), newInformation: 'b'.repeat(4000) };
    expect(JSON.stringify(typed(plain))).toContain(plain.reasons);
    expect(JSON.stringify(typed(plain))).toContain(plain.newInformation);
    expect(JSON.stringify(typed(plain))).not.toContain('Only the first part');
  });
});

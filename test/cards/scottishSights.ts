import type { CardKey } from '../../src/app/ports.ts';
import { caseAction } from '../../src/cards/actions.ts';
import type { CardState } from '../../src/cards/cardState.ts';
import { showCase } from '../../src/cards/show.ts';
import { buttonsOf, seenBy, wordsOf } from './fixtures.ts';
import { scottishStates } from './scottishStates.ts';

/** A Scottish case in one of its states, as somebody sees it. */
export function seenAt(name: string, viewer: string) {
  const state = scottishStates[name];
  if (!state) throw new Error(`no state ${name}`);
  return seenBy(viewer, state.current, state.now);
}

/** A card of it, with its words and its buttons. */
export function look(name: string, viewer: string, key: CardKey, showing?: CardState) {
  const card = showCase(key, seenAt(name, viewer), showing);
  return { card, words: wordsOf(card), buttons: buttonsOf(card) };
}

/** That the form of a verb is open and blank. */
export const open = (verb: string): CardState => ({ form: { verb, values: {}, errors: {} } });

/** What the form of a verb comes to when it is sent. */
export const read = (verb: string, inputs: Record<string, string>, name: string, viewer: string) =>
  caseAction(verb)?.read(inputs, seenAt(name, viewer));

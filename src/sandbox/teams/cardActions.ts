import { type CardInput, type Element, inputsOf, partsOf } from './cardInputs.ts';

/** A button that sends something to the bot, with the inputs that go with it. */
export type CardAction = {
  type: 'Action.Execute' | 'Action.Submit';
  id?: string;
  title: string;
  verb?: string;
  data: Record<string, unknown>;
  inputs: CardInput[];
};

/** What a button is looked for by. */
export type Sought = { title?: string | undefined; verb?: string | undefined };

/**
 * Every button of a card that sends something, in reading order: in action sets, in containers, behind `selectAction`, and in the
 * cards that open inside it. A button in an inner card sends the inputs around it too; one with `associatedInputs: none` sends none.
 */
export function actionsOf(card: Element, around: CardInput[] = []): CardAction[] {
  const inputs = [...around, ...inputsOf(card)];
  const within = (element: Element): CardAction[] =>
    partsOf(element).flatMap((part) => {
      if (part.type === 'Action.ShowCard') return actionsOf((part.card ?? {}) as Element, inputs);
      if (part.type === 'Action.Execute' || part.type === 'Action.Submit')
        return part.isEnabled === false ? [] : [describe(part, part.type, inputs)];
      return within(part);
    });
  const { refresh: _, ...shown } = card;
  return within(shown);
}

function describe(action: Element, type: CardAction['type'], inputs: CardInput[]): CardAction {
  const data = typeof action.data === 'object' && action.data !== null ? (action.data as Record<string, unknown>) : {};
  const verb = action.verb ?? data.verb;
  return {
    type,
    ...(typeof action.id === 'string' ? { id: action.id } : {}),
    title: String(action.title ?? ''),
    ...(typeof verb === 'string' ? { verb } : {}),
    data,
    inputs: action.associatedInputs === 'none' ? [] : inputs,
  };
}

/** The button with that title (capitals and outer spaces do not matter) or that verb. */
export function actionSought(actions: CardAction[], { title, verb }: Sought): CardAction | undefined {
  const same = (words: string) => words.trim().toLowerCase();
  return actions.find(
    (action) => (title === undefined || same(action.title) === same(title)) && (verb === undefined || action.verb === verb),
  );
}

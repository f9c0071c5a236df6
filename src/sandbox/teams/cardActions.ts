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

/**
 * The card after a press of its button of that title that shows and hides parts of it (`Action.ToggleVisibility`), which no bot hears of;
 * null where it has none.
 */
export function toggled(card: Element, title: string): Element | null {
  const buttons = (element: Element): Element[] =>
    element.type === 'Action.ToggleVisibility' ? [element] : partsOf(element).flatMap(buttons);
  const button = buttons(card).find((each) => same(String(each.title ?? ''), title));
  if (!button) return null;
  const targets = new Map(
    ((button.targetElements ?? []) as (string | { elementId: string; isVisible?: boolean })[]).map((target) =>
      typeof target === 'string' ? [target, undefined] : [target.elementId, target.isVisible],
    ),
  );
  return JSON.parse(JSON.stringify(card), (_, part) => {
    if (!targets.has(part?.id)) return part;
    return { ...part, isVisible: targets.get(part.id) ?? part.isVisible === false };
  });
}

/** The button with that title (capitals and outer spaces do not matter) or that verb. */
export function actionSought(actions: CardAction[], { title, verb }: Sought): CardAction | undefined {
  return actions.find((action) => (title === undefined || same(action.title, title)) && (verb === undefined || action.verb === verb));
}

function same(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

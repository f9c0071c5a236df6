/** Part of an Adaptive Card, read as JSON. */
export type Element = Record<string, unknown>;

/** One of the choices that an input offers. */
export type Choice = { title: string; value: string };

/** An input of a card, as the person who fills it in knows it. */
export type CardInput = {
  id: string;
  label: string;
  type: string;
  required: boolean;
  choices?: Choice[];
  multiple?: boolean;
  value?: string;
};

/** The parts of a card's element that are elements themselves; a `fallback` is not shown where the element is. */
export function partsOf(element: Element): Element[] {
  return Object.entries(element)
    .flatMap(([name, value]) => (name === 'fallback' ? [] : value))
    .filter((part): part is Element => typeof part === 'object' && part !== null);
}

/** The inputs of one card, without those of the cards that its `Action.ShowCard`s hold. */
export function inputsOf(card: Element): CardInput[] {
  return partsOf(card).flatMap((part) => {
    if (part.type === 'Action.ShowCard') return [];
    const input = typeof part.type === 'string' && part.type.startsWith('Input.') && typeof part.id === 'string';
    return input ? [describe(part)] : inputsOf(part);
  });
}

function describe(input: Element): CardInput {
  const { id, type, value } = input as { id: string; type: string; value?: unknown };
  const toggle = type === 'Input.Toggle';
  const start = value ?? (toggle ? (input.valueOff ?? 'false') : undefined);
  const choices = toggle
    ? [
        { title: 'yes', value: String(input.valueOn ?? 'true') },
        { title: 'no', value: String(input.valueOff ?? 'false') },
      ]
    : (input.choices as Choice[] | undefined);
  return {
    id,
    label: String(input.label ?? input.title ?? input.placeholder ?? id),
    type,
    required: input.isRequired === true,
    ...(choices ? { choices } : {}),
    ...(input.isMultiSelect === true ? { multiple: true } : {}),
    ...(start === undefined || start === '' ? {} : { value: String(start) }),
  };
}

/**
 * What a client sends for a card's inputs: what was given, else what the card began with; an input left empty is not sent.
 * Inputs may be given by id or by label, choices by value, by title or by the name that only one title begins with, several of them as
 * a list. Also says what fitted no input.
 */
export function fillIn(inputs: CardInput[], given: Record<string, unknown>): { values: Record<string, string>; ignored: string[] } {
  const values = Object.fromEntries(inputs.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value]])));
  const ignored: string[] = [];
  for (const [name, answer] of Object.entries(given)) {
    const input = inputNamed(inputs, name);
    if (!input) ignored.push(name);
    else if (answer === '' || answer === null) delete values[input.id];
    else values[input.id] = (Array.isArray(answer) ? answer : splitChoices(input, answer)).map((each) => valueMeant(input, each)).join(',');
  }
  return { values, ignored };
}

function inputNamed(inputs: CardInput[], name: string): CardInput | undefined {
  const wanted = plain(name);
  return inputs.find(({ id }) => id === name) ?? inputs.find(({ id, label }) => plain(id) === wanted || plain(label) === wanted);
}

function splitChoices(input: CardInput, answer: unknown): unknown[] {
  const whole = input.choices?.some(({ title, value }) => value === answer || plain(title) === plain(String(answer)));
  return input.multiple && !whole && typeof answer === 'string' ? answer.split(',') : [answer];
}

function valueMeant({ choices }: CardInput, answer: unknown): string {
  const said = String(answer);
  const exact = choices?.find(({ value }) => value === said.trim());
  const begun = choices?.filter(({ title }) => plain(title).startsWith(`${plain(said)},`)) ?? [];
  return (
    (exact ?? choices?.find(({ title }) => plain(title) === plain(said)) ?? (begun.length === 1 ? begun[0] : undefined))?.value ?? said
  );
}

function plain(words: string): string {
  return words.trim().toLowerCase();
}

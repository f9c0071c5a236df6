import { type CardInput, type Element, inputsOf } from '../../src/sandbox/teams/cardInputs.ts';

type Shown = { activityId: string; card?: Element; actions: { title: string; verb?: string; inputs?: CardInput[] }[] };

/** What somebody puts into an input without thinking twice: what is offered first, else something that fits its kind. */
function anAnswer({ type, id, choices, multiple, value }: CardInput, today: string): string {
  if (type === 'Input.Toggle') return choices?.[0]?.value ?? '';
  if (choices)
    return (multiple ? choices.slice(0, 2) : [choices.find((each) => each.value === value) ?? choices[0]])
      .map((each) => each?.value ?? '')
      .join(',');
  if (type === 'Input.Date') return value ?? today;
  if (type === 'Input.Time') return '10:00';
  if (id === 'children') return 'CH-1041,CH-1042';
  return value ?? `Because of what was read and heard (${id}).`;
}

/** People who press the buttons of the sandbox at an address, and fill in whatever form comes, so that they need not know which buttons there are. */
export function playersIn(base: string, today: string) {
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(base + path, {
      method,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as { card?: object; messages?: Shown[] } };
  };
  /** What stands in a person's chat; looked at anew, every card is refreshed for them. */
  const chat = async (person: string, again: 'yes' | 'no' = 'no') =>
    (await call('GET', `/chats/${person}?again=${again}`)).body.messages ?? [];
  const press = (person: string, body: object) => call('POST', `/chats/${person}/actions`, body);
  const answers = (inputs: CardInput[], given: Record<string, string>) =>
    Object.fromEntries(
      inputs.filter(({ required, id }) => required || id in given).map((input) => [input.id, given[input.id] ?? anAnswer(input, today)]),
    );
  const players = {
    /** Moves the clock; answers once the bot has come to rest. */
    clock: (now: string) => call('PUT', '/clock', { now }),
    says: (person: string, text: string) => call('POST', `/chats/${person}/messages`, { text }),
    /** Presses the latest button of a verb, and if a form comes back sends it filled in; returns the last answer. */
    async does(person: string, verb: string, given: Record<string, string> = {}, activityId?: string) {
      const opened = await press(person, { verb, ...(activityId ? { activityId } : {}) });
      if (opened.status !== 200) throw new Error(`${person} cannot do ${verb}: ${JSON.stringify(opened.body)}`);
      const inputs = inputsOf((opened.body.card ?? {}) as Element);
      if (inputs.length === 0) return opened.body;
      const done = await press(person, { verb, inputs: answers(inputs, given), ...(activityId ? { activityId } : {}) });
      return done.body;
    },
    /** Raises a dissent and answers its reference. */
    async raises(person: string, opening: string, given: Record<string, string> = {}): Promise<string> {
      await players.says(person, 'raise dissent');
      const raised = await players.does(person, `raise:${opening}`, { date: today, ...given });
      const [reference] = /\b[A-Z]+(-[A-Z])?-\d{2}-\d{3,}\b/.exec(JSON.stringify(raised)) ?? [];
      if (!reference) throw new Error(`${person} could not raise a dissent: ${JSON.stringify(raised).slice(0, 2000)}`);
      return reference;
    },
    /** Does something on the card of one case. */
    async doesOn(person: string, reference: string, verb: string, given: Record<string, string> = {}) {
      const shown = (await chat(person)).findLast(
        ({ card, actions }) => JSON.stringify(card ?? {}).includes(reference) && actions.some((action) => action.verb === verb),
      );
      if (!shown) throw new Error(`${person} has no button ${verb} on a card of ${reference}`);
      return players.does(person, verb, given, shown.activityId);
    },
    /** Presses every button that a person sees now, opening forms without filling them in. */
    async opensEverything(person: string) {
      const shown = await chat(person, 'yes');
      const buttons = shown.flatMap(({ activityId, actions }) => actions.map(({ verb }) => ({ activityId, verb })));
      for (const button of buttons) if (button.verb) await call('POST', `/chats/${person}/actions?settle=no`, button);
    },
    /** Does everything that a person's buttons offer now, one after the other, as far as each is still there. */
    async doesEverything(person: string) {
      const shown = await chat(person);
      const verbs = new Set(shown.flatMap(({ actions }) => actions.flatMap(({ verb }) => verb ?? [])));
      for (const verb of verbs) await players.does(person, verb).catch(() => null);
    },
  };
  return players;
}

type Shown = { activityId: string; card?: object; actions: { title: string; verb: string }[] };

/** What is done behind the page, so that the page is opened only on what is to be looked at: the clock, and other people's presses. */
export type Scene = ReturnType<typeof sceneAt>;

/** The sandbox's control at this address. Every call throws where the sandbox does not answer well. */
export function sceneAt(address: string) {
  const done = async (method: string, path: string, body?: object) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const answer = await fetch(address + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${method} ${path} gave ${answer.status}: ${await answer.text()}`);
    return answer.json() as Promise<Record<string, unknown>>;
  };
  const found = async (person: string, reference: string, verb: string) => {
    const messages = (await done('GET', `/chats/${person}`)).messages as Shown[];
    const about = messages.filter(({ card }) => card && JSON.stringify(card).includes(`"reference":"${reference}"`));
    return about
      .flatMap(({ activityId, actions }) => actions.map((action) => ({ activityId, ...action })))
      .findLast((action) => action.verb === verb || action.title === verb);
  };
  const pressOn = (person: string, { verb, activityId }: { verb: string; activityId: string }, inputs?: object) =>
    done('POST', `/chats/${person}/actions`, { verb, activityId, ...(inputs ? { inputs } : {}) });
  /** Presses a button of a person's card of a case, which may be on the list of what is left, or on the card that that list leads back to. */
  const pressed = async (person: string, reference: string, verb: string, inputs?: object) => {
    for (const way of ['see:checklist', 'see:status']) {
      if (await found(person, reference, verb)) break;
      const leading = await found(person, reference, way);
      if (leading) await pressOn(person, leading);
    }
    const button = await found(person, reference, verb);
    if (!button) throw new Error(`${person} has no button ${verb} on ${reference}`);
    await pressOn(person, button, inputs);
  };
  return {
    /** Moves the clock on; what falls due is done before this answers. */
    clock: (now: string) => done('PUT', '/clock', { now }),
    /** Lets ten seconds pass, more than it takes to ask for them: what a press has set going is done before this answers, so that no card changes under the next press. */
    settled: async () => {
      const { now } = (await done('GET', '/clock')) as { now: string };
      await done('PUT', '/clock', { now: Temporal.Instant.from(now).add({ seconds: 10 }).toString() });
    },
    /** What the bot has still to do. */
    jobs: async () => (await done('GET', '/jobs')) as unknown as object[],
    says: (person: string, text: string) => done('POST', `/chats/${person}/messages`, { text }),
    /** Sends the form that is open in a person's chat. */
    sends: (person: string, title: string, inputs: object) => done('POST', `/chats/${person}/actions`, { title, inputs }),
    /** Opens the form of a button, by verb or title, on a person's card of a case, and sends it filled in. */
    fillsIn: async (person: string, reference: string, verb: string, inputs: object) => {
      await pressed(person, reference, verb);
      await pressed(person, reference, verb, inputs);
    },
  };
}

import type { Directory } from '../../src/directory/directory.ts';
import { activityFrom, type Card, type ConnectorCall, send, type startTeamsClient } from '../support/teamsClient.ts';

type Element = Record<string, unknown>;

/** A button as it stands on a card. */
export type Button = { type: 'Action.Execute'; title: string; verb: string; data: object };

/** All the words of a card or of anything else, in one line. */
export function wordsOf(part: unknown): string {
  if (Array.isArray(part)) return part.map(wordsOf).join(' ');
  if (typeof part !== 'object' || part === null) return '';
  const { fallback: _, ...element } = part as Element;
  const own = ['text', 'title', 'label', 'value', 'errorMessage', 'placeholder']
    .map((name) => element[name])
    .filter((each) => typeof each === 'string');
  return [...own, ...Object.values(element).map(wordsOf)].filter(Boolean).join(' ');
}

/** Every button of a card that sends something, by title. */
export function buttonsOf(part: unknown): Button[] {
  if (Array.isArray(part)) return part.flatMap(buttonsOf);
  if (typeof part !== 'object' || part === null) return [];
  const { fallback: _, refresh: __, ...element } = part as Element;
  return [...(element.type === 'Action.Execute' ? [element as Button] : []), ...Object.values(element).flatMap(buttonsOf)];
}

/** What people do in Teams, sent to the bot as Teams sends it. */
export function chatsWith(port: number, teams: Awaited<ReturnType<typeof startTeamsClient>>, directory: Directory) {
  const personOf = (id: string) => {
    const person = directory.people.find((each) => each.id === id);
    if (!person) throw new Error(`there is no ${id} in the directory`);
    return { id: `29:${id}`, name: person.name, aadObjectId: person.aadObjectId };
  };
  const activity = (person: string, changes: Record<string, unknown>) =>
    activityFrom(teams.serviceUrl, {
      from: personOf(person),
      conversation: { id: `chat-${person}`, conversationType: 'personal' },
      ...changes,
    });
  const newCalls = async (deed: Promise<{ status: number }>) => {
    const before = teams.calls.length;
    const { status } = await deed;
    if (status !== 200) throw new Error(`the bot answered ${status}`);
    return teams.calls.slice(before);
  };
  const group = { id: 'group-1', conversationType: 'groupChat', isGroup: true };
  const invoke = (data: object) => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    text: undefined,
    replyToId: 'card-1',
    value: { action: { type: 'Action.Execute', verb: (data as { verb?: string }).verb, data } },
  });
  return {
    activity,
    send: (sent: Record<string, unknown>) => send(port, sent),
    /** Types a message; returns what the bot sent for it. */
    says: (person: string, text: string, changes: Record<string, unknown> = {}) =>
      newCalls(send(port, activity(person, { text, ...changes }))),
    saysInGroup: (person: string, text: string) =>
      newCalls(send(port, activity(person, { text: `<at>Conference Dissent</at> ${text}`, conversation: group }))),
    /** Presses `Action.Execute`; returns the card that came back. */
    async presses(person: string, data: object, changes: Record<string, unknown> = {}): Promise<Card> {
      const { status, body } = await send(port, activity(person, { ...invoke(data), ...changes }));
      if (status !== 200 || body?.statusCode !== 200) throw new Error(`the press was answered ${status} ${JSON.stringify(body)}`);
      return body.value as Card;
    },
    /** Presses the fallback, `Action.Submit`; returns what the bot sent for it. */
    submits: (person: string, data: object, changes: Record<string, unknown> = {}) =>
      newCalls(send(port, activity(person, { text: undefined, value: data, replyToId: 'card-1', ...changes }))),
    group,
  };
}

/** The card in a message that the bot sent. @throws when it holds none */
export function cardIn(call: ConnectorCall | undefined): Card {
  const card = call?.body?.attachments?.[0]?.content;
  if (!card) throw new Error('the bot sent no card');
  return card;
}

import { z } from 'zod';
import { RequestFault } from './server.ts';
import type { Person } from './teams/activities.ts';
import type { ActivityResult } from './teams/activityResult.ts';
import { actionSought, actionsOf, type CardAction, toggled } from './teams/cardActions.ts';
import { type Element, fillIn } from './teams/cardInputs.ts';
import type { Chat, SentFile } from './teams/chats.ts';
import type { Seen, SentAction } from './teams/client.ts';
import type { Teams } from './teams/teams.ts';

/** A person at a chat. */
export type Seat = { chat: Chat; person: Person };

/** What came of something that a person did; `before` are the messages that there were, `ignored` the inputs that fitted no field. */
export type Deed = { result: ActivityResult; before: Set<string>; ignored: string[] };

/** Files that come with a message or a press. */
const givenFiles = z
  .array(z.object({ name: z.string().min(1).max(255), contentType: z.string().default('application/octet-stream'), base64: z.base64() }))
  .default([]);

function kept({ files }: Teams, given: z.infer<typeof givenFiles>): SentFile[] {
  return given.map(({ name, contentType, base64 }) => files.keep({ name, contentType, bytes: Uint8Array.fromBase64(base64) }));
}

const spokenBody = z
  .object({ text: z.string().trim().default(''), files: givenFiles })
  .refine(({ text, files }) => text !== '' || files.length > 0);

/** Writes a message, with files or without. */
export async function spoken(teams: Teams, { chat, person }: Seat, body: object): Promise<Deed> {
  const { text, files } = checked(spokenBody, body, 'Give the message as {"text": "help"}.');
  const before = idsOf(chat);
  return { before, ignored: [], result: await teams.client.say(chat, person, text, kept(teams, files)) };
}

const editedBody = z.object({ text: z.string().trim().min(1) });

/** Changes the words of a message of the person's own. */
export async function edited({ client }: Teams, { chat, person }: Seat, activityId: string, body: object): Promise<Deed> {
  const { text } = checked(editedBody, body, 'Give the message anew as {"text": "help"}.');
  const message = chat.messages.find((each) => each.activityId === activityId && each.from === person.id);
  if (!message) throw new RequestFault(404, 'People change only what they wrote themselves in this chat.');
  const before = idsOf(chat);
  return { before, ignored: [], result: await client.edit(chat, person, message, text) };
}

const pressedBody = z
  .object({
    title: z.string().optional(),
    verb: z.string().optional(),
    activityId: z.string().optional(),
    inputs: z.record(z.string(), z.unknown()).default({}),
    /** The button's own data, from somebody who has it on the screen: pressed as it stands, whatever the card shows by now. */
    data: z.record(z.string(), z.unknown()).optional(),
    type: z.enum(['Action.Execute', 'Action.Submit']).default('Action.Execute'),
    files: givenFiles,
  })
  .refine(({ title, verb, data, activityId }) => (data ? activityId !== undefined : title !== undefined || verb !== undefined));

/**
 * Presses a button of the latest card that has it. One that no card has any more is pressed as a screen that was not brought up to date
 * would have it, and one of a message of somebody else's chat as a card that they forwarded: the bot has to answer both (X3, X5).
 */
export async function pressed(teams: Teams, { chat, person }: Seat, body: object): Promise<Deed> {
  const { client, chats } = teams;
  const wanted = checked(pressedBody, body, 'Say which button by {"title": "…"} or {"verb": "…"}, with "inputs": {…} if it needs any.');
  const { activityId, data, inputs, verb, type } = wanted;
  const all = await client.read(chat, person, { again: false });
  const seen = all.filter((message) => message.card && (activityId ?? message.activityId) === message.activityId);
  const before = idsOf(chat);
  const files = kept(teams, wanted.files);
  const press = (message: Seen, what: SentAction) =>
    client.press(chat, person, message.activityId, files.length === 0 ? what : { ...what, files });
  if (data && seen[0]) {
    const exact = { type, data: { ...data, ...inputs }, ...(verb === undefined ? {} : { verb }) };
    return { before, ignored: [], result: await press(seen[0], exact) };
  }
  const forwarded = activityId === undefined || seen.length > 0 ? [] : cardsOf(chats, activityId);
  const [own] = forwarded.length > 0 ? all.filter((message) => message.card) : [];
  const cards = [
    ...seen.toReversed().map((message) => ({ message, card: message.card })),
    ...seen.toReversed().flatMap((message) => earlier(chats, chat, message, person).map((card) => ({ message, card }))),
    ...(own ? forwarded.map((card) => ({ message: own, card })) : []),
  ];
  const found = cards
    .map(({ message, card }) => ({ message, action: actionSought(actionsOf(card as Element), wanted) }))
    .find(({ action }) => action);
  if (!found?.action) {
    const unfolded = seen.toReversed().map((message) => ({ message, card: toggled(message.card as Element, wanted.title ?? '') }));
    const shown = unfolded.find(({ card }) => card);
    if (!shown?.card) throw noSuchButton(seen, wanted.title ?? verb ?? '', activityId);
    return { before, ignored: [], result: { activityId: shown.message.activityId, card: shown.card, invoke: { statusCode: 200 } } };
  }
  const { inputs: fields, title: _, ...action } = found.action;
  const { values, ignored } = fillIn(fields, inputs);
  return { before, ignored, result: await press(found.message, { ...action, data: { ...action.data, ...values } }) };
}

/** What a message's card was before, for the person. */
function earlier(chats: Teams['chats'], chat: Chat, { activityId }: Seen, person: Person): object[] {
  const message = chat.messages.find((each) => each.activityId === activityId);
  return message ? chats.cardsBefore(message, person.id) : [];
}

/** The cards of a message of any chat, as its people see it. */
function cardsOf(chats: Teams['chats'], activityId: string): object[] {
  const message = chats
    .all()
    .flatMap(({ messages }) => messages)
    .find((each) => each.activityId === activityId);
  return message ? [...Object.values(message.views).map(({ card }) => card), message.card].filter((card) => card !== null) : [];
}

function checked<T>(schema: z.ZodType<T>, body: object, sentence: string): T {
  const result = schema.safeParse(body);
  if (!result.success) throw new RequestFault(400, sentence);
  return result.data;
}

function noSuchButton(seen: Seen[], wanted: string, activityId: string | undefined): RequestFault {
  const titles = [...new Set(seen.flatMap((message) => buttonsOf(message).map(({ title }) => title)))];
  const where = activityId === undefined ? 'No card in this chat' : `The message ${activityId} has no card in this chat that`;
  const list = titles.length > 0 ? `The buttons that there are: ${titles.join(', ')}.` : 'There is no button at all.';
  return new RequestFault(404, `${where} has a button "${wanted}". ${list}`, { titles });
}

/** A message with the buttons of its card. */
export function described(message: Seen): Seen & { actions: object[] } {
  const actions = buttonsOf(message).map(({ title, verb, inputs }) => ({
    title,
    ...(verb === undefined ? {} : { verb }),
    ...(inputs.length > 0 ? { inputs } : {}),
  }));
  return { ...message, actions };
}

function buttonsOf(message: Seen): CardAction[] {
  return message.card ? actionsOf(message.card as Element) : [];
}

function idsOf(chat: Chat): Set<string> {
  return new Set(chat.messages.map((message) => message.activityId));
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { RequestFault, readJson, sendJson, urlOf } from './server.ts';
import type { Person } from './teams/activities.ts';
import type { ActivityResult } from './teams/activityResult.ts';
import { actionSought, actionsOf, type CardAction, toggled } from './teams/cardActions.ts';
import { type Element, fillIn } from './teams/cardInputs.ts';
import type { Chat } from './teams/chats.ts';
import type { Seen, SentAction } from './teams/client.ts';
import type { Teams } from './teams/teams.ts';

type Dependencies = { people(): Person[]; teams: Teams; settle(): Promise<void> };

/** A person at a chat. */
type Seat = { chat: Chat; person: Person };

/**
 * The control's part under `/chats`: read a chat as a person, write into it, press a button, open a group chat.
 * `/chats/{personId}` is that person's own chat with the bot; `/chats/{chatId}?as={personId}` is any other.
 */
export function chatControl(deps: Dependencies): (request: IncomingMessage, response: ServerResponse, path: string[]) => Promise<boolean> {
  const { client, chats } = deps.teams;
  const enter = async ({ chat, person }: Seat) => {
    if (await client.open(chat, person)) await deps.settle();
  };
  return async (request, response, path) => {
    const [key, deed, ...more] = path;
    const query = urlOf(request).searchParams;
    const method = request.method ?? '';
    if (more.length > 0) return false;
    if (!key) {
      if (method === 'GET') return sendJson(response, 200, overview(deps));
      if (method === 'POST') return sendJson(response, 201, await openGroup(deps, await readJson(request)));
      throw new RequestFault(405, `/chats does not answer ${method}.`);
    }
    const seat = seatAt(deps, key, query.get('as'));
    if (method === 'GET' && !deed) {
      await enter(seat);
      // What another client of the bot's led to is there too; the page, which hears of changes, asks for what there is.
      if (query.get('again') !== 'no') await deps.settle();
      const messages = await client.read(seat.chat, seat.person, { again: query.get('again') !== 'no' });
      return sendJson(response, 200, { person: seat.person, chat: aboutChat(seat.chat), messages: messages.map(described) });
    }
    if (method !== 'POST' || (deed !== 'messages' && deed !== 'actions'))
      throw new RequestFault(405, `/${['chats', ...path].join('/')} does not answer ${method}.`);
    const body = await readJson(request);
    await enter(seat);
    const done = await (deed === 'messages' ? spoken(deps.teams, seat, body) : pressed(deps.teams, seat, body));
    if (query.get('settle') !== 'no') await deps.settle();
    const seen = await client.read(seat.chat, seat.person, { again: false });
    const messages = seen.filter(({ activityId, from }) => !done.before.has(activityId) && from !== seat.person.id).map(described);
    return sendJson(response, 200, {
      ...(done.result.message || done.result.card ? {} : cameBack(messages)),
      ...done.result,
      messages,
      ...(done.ignored.length > 0 ? { ignored: done.ignored } : {}),
    });
  };
  function seatAt({ people }: Dependencies, key: string, as: string | null): Seat {
    const person = personCalled(people(), key);
    if (person) return { chat: chats.personal(person.id), person };
    const chat = chats.find(key);
    if (!chat) throw new RequestFault(404, `There is nobody and no chat called "${key}" here. GET /people lists everybody.`);
    const viewer = personCalled(people(), as ?? '');
    if (!viewer || !chat.members.includes(viewer.id)) throw new RequestFault(404, 'Say by ?as= which member of this chat you are.');
    return { chat, person: viewer };
  }
}

/** Where nothing came back for the press itself: the last card and the last words of the messages that it led to. */
function cameBack(messages: Seen[]): { card?: object; message?: string } {
  const card = messages.findLast((message) => message.card)?.card;
  const message = messages.findLast(({ text }) => text)?.text;
  return { ...(card ? { card } : {}), ...(message ? { message } : {}) };
}

type Deed = { result: ActivityResult; before: Set<string>; ignored: string[] };

const spokenBody = z.object({ text: z.string().trim().min(1) });

async function spoken({ client }: Teams, { chat, person }: Seat, body: object): Promise<Deed> {
  const { text } = checked(spokenBody, body, 'Give the message as {"text": "help"}.');
  const before = idsOf(chat);
  return { before, ignored: [], result: await client.say(chat, person, text) };
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
  })
  .refine(({ title, verb, data, activityId }) => (data ? activityId !== undefined : title !== undefined || verb !== undefined));

/**
 * Presses a button of the latest card that has it. One that no card has any more is pressed as a screen that was not brought up to date
 * would have it, and one of a message of somebody else's chat as a card that they forwarded: the bot has to answer both (X3, X5).
 */
async function pressed({ client, chats }: Teams, { chat, person }: Seat, body: object): Promise<Deed> {
  const wanted = checked(pressedBody, body, 'Say which button by {"title": "…"} or {"verb": "…"}, with "inputs": {…} if it needs any.');
  const { activityId, data, inputs, verb, type } = wanted;
  const all = await client.read(chat, person, { again: false });
  const seen = all.filter((message) => message.card && (activityId ?? message.activityId) === message.activityId);
  const before = idsOf(chat);
  const press = (message: Seen, what: SentAction) => client.press(chat, person, message.activityId, what);
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

async function openGroup({ people, teams }: Dependencies, body: Record<string, unknown>): Promise<object> {
  const members = (Array.isArray(body.members) ? body.members : []).map((id) => personCalled(people(), String(id)));
  const [creator] = members;
  if ((body.kind !== 'groupChat' && body.kind !== 'channel') || !creator || !members.every((member) => member !== null)) {
    throw new RequestFault(400, 'Give {"kind": "groupChat" or "channel", "members": [ids of people], "title": "…"}.');
  }
  const chat = teams.chats.create(
    body.kind,
    members.map((member) => member.id),
    typeof body.title === 'string' ? body.title : null,
  );
  await teams.client.open(chat, creator);
  return aboutChat(chat);
}

function overview({ people, teams }: Dependencies): object[] {
  const everybody = people();
  return teams.chats.all().map((chat) => {
    const members = everybody.filter((person) => chat.members.includes(person.id));
    return { ...aboutChat(chat), unread: Object.fromEntries(members.map((person) => [person.id, teams.client.unread(chat, person)])) };
  });
}

function aboutChat({ id, kind, title, members }: Chat): object {
  return { id, kind, title, members };
}

function personCalled(people: Person[], key: string): Person | null {
  const wanted = key.toLowerCase();
  return people.find(({ id, aadObjectId }) => id === key || aadObjectId.toLowerCase() === wanted) ?? null;
}

function buttonsOf(message: Seen): CardAction[] {
  return message.card ? actionsOf(message.card as Element) : [];
}

function described(message: Seen): Seen & { actions: object[] } {
  const actions = buttonsOf(message).map(({ title, verb, inputs }) => ({
    title,
    ...(verb === undefined ? {} : { verb }),
    ...(inputs.length > 0 ? { inputs } : {}),
  }));
  return { ...message, actions };
}

function idsOf(chat: Chat): Set<string> {
  return new Set(chat.messages.map((message) => message.activityId));
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Deed, described, edited, pressed, type Seat, spoken } from './chatDeeds.ts';
import { RequestFault, readJson, sendJson, urlOf } from './server.ts';
import type { Person } from './teams/activities.ts';
import { type Chat, type ChatKind, REFUSALS, type RefusalCode } from './teams/chats.ts';
import type { Seen } from './teams/client.ts';
import type { Teams } from './teams/teams.ts';

type Dependencies = { people(): Person[]; teams: Teams; settle(): Promise<void> };

/** As large as a message with files may be, in bytes of JSON. */
const LARGEST_MESSAGE = 60_000_000;

/**
 * The control's part under `/chats`: read a chat as a person, write into it, change what was written, press a button, take the app away.
 * `/chats/{personId}` is that person's own chat with the bot, and with `?in={groupId}` a shared one that they are in;
 * `/chats/{groupId}?as={personId}` is the same.
 */
export function chatControl(deps: Dependencies): (request: IncomingMessage, response: ServerResponse, path: string[]) => Promise<boolean> {
  const { client } = deps.teams;
  const enter = async ({ chat, person }: Seat) => {
    if (await client.open(chat, person)) await deps.settle();
  };
  return async (request, response, path) => {
    const [key, part, id, ...more] = path;
    const query = urlOf(request).searchParams;
    const method = request.method ?? '';
    if (more.length > 0) return false;
    if (!key) {
      if (method === 'GET') return sendJson(response, 200, overview(deps));
      if (method === 'POST') return sendJson(response, 201, await openShared(deps, await readJson(request), 'kind'));
      throw new RequestFault(405, `/chats does not answer ${method}.`);
    }
    const seat = seatAt(deps, key, query.get('as'), query.get('in'));
    if (method === 'GET' && !part) {
      await enter(seat);
      // What another client of the bot's led to is there too; the page, which hears of changes, asks for what there is.
      if (query.get('again') !== 'no') await deps.settle();
      const messages = await client.read(seat.chat, seat.person, { again: query.get('again') !== 'no' });
      return sendJson(response, 200, { person: seat.person, chat: aboutChat(seat.chat), messages: messages.map(described) });
    }
    const deed = DEEDS[`${method} ${part}${id === undefined ? '' : '/{id}'}`];
    if (!deed) throw new RequestFault(405, `/${['chats', ...path].join('/')} does not answer ${method}.`);
    const body = method === 'DELETE' ? {} : await readJson(request, LARGEST_MESSAGE);
    await enter(seat);
    const done = await deed(deps.teams, seat, body, id ?? '');
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
}

/** What people can do in a chat, by the address under it. */
const DEEDS: Record<string, (teams: Teams, seat: Seat, body: Record<string, unknown>, id: string) => Promise<Deed>> = {
  'POST messages': spoken,
  'POST actions': pressed,
  'PUT messages/{id}': (teams, seat, body, id) => edited(teams, seat, id, body),
  'DELETE messages/{id}': (teams, seat, _body, id) => removed(teams, seat, id),
  'PUT app': appSet,
};

/** A message is gone, without a word to the bot: as of its own message, when it is deleted by whoever may. */
async function removed({ chats }: Teams, { chat }: Seat, activityId: string): Promise<Deed> {
  const message = chat.messages.find((each) => each.activityId === activityId);
  if (!message) throw new RequestFault(404, `There is no message ${activityId} in this chat.`);
  chats.remove(chat, message);
  return { result: { activityId, invoke: { statusCode: 204 } }, before: new Set(), ignored: [] };
}

/** The app is taken away from somebody, or they block it, or it is put back. */
async function appSet({ client }: Teams, { chat, person }: Seat, { refused }: Record<string, unknown>): Promise<Deed> {
  const code = REFUSALS.find((each) => each === refused) ?? null;
  if (code === null && refused !== null) throw new RequestFault(400, `Give {"refused": null}, or one of ${REFUSALS.join(', ')}.`);
  const before = new Set(chat.messages.map(({ activityId }) => activityId));
  await client.setApp(chat, person, code satisfies RefusalCode | null);
  return { result: { activityId: '', invoke: { statusCode: 200 } }, before, ignored: [] };
}

function seatAt({ people, teams: { chats } }: Dependencies, key: string, as: string | null, within: string | null): Seat {
  const person = personCalled(people(), key);
  if (person && within === null) return { chat: chats.personal(person.id), person };
  const chat = chats.find(person ? (within ?? '') : key);
  if (!chat) throw new RequestFault(404, `There is nobody and no chat called "${within ?? key}" here. GET /people lists everybody.`);
  const viewer = person ?? personCalled(people(), as ?? '');
  if (!viewer || !chat.members.includes(viewer.id))
    throw new RequestFault(404, 'Only members see this chat: /chats/{personId}?in={groupId}. GET /chats lists who they are.');
  return { chat, person: viewer };
}

/** Where nothing came back for the press itself: the last card and the last words of the messages that it led to. */
function cameBack(messages: Seen[]): { card?: object; message?: string } {
  const card = messages.findLast((message) => message.card)?.card;
  const message = messages.findLast(({ text }) => text)?.text;
  return { ...(card ? { card } : {}), ...(message ? { message } : {}) };
}

/** The kinds of shared chat, by what whoever opens one calls them: `POST /groups` by type, `POST /chats` in Teams' own words. */
const SHARED: Record<string, Exclude<ChatKind, 'personal'>> = {
  group: 'groupChat',
  groupChat: 'groupChat',
  meeting: 'meeting',
  channel: 'channel',
};

/** Opens a group chat, a meeting's chat or a channel with the bot in it. @throws RequestFault 400 */
export async function openShared({ people, teams }: Dependencies, body: Record<string, unknown>, name: 'type' | 'kind'): Promise<object> {
  const members = (Array.isArray(body.members) ? body.members : []).map((id) => personCalled(people(), String(id)));
  const [creator] = members;
  const type = String(body[name]);
  const kind = Object.hasOwn(SHARED, type) ? SHARED[type] : undefined;
  if (!kind || !creator || !members.every((member) => member !== null))
    throw new RequestFault(400, `Give {"${name}": "group", "meeting" or "channel", "members": [ids of people], "title": "…"}.`);
  const title = typeof body.title === 'string' && body.title.trim() !== '' ? body.title.trim() : null;
  const ids = [...new Set(members.map((member) => member.id))];
  const chat = teams.chats.create(kind, ids, title);
  await teams.client.open(chat, creator);
  return aboutChat(chat);
}

/** The shared chats that there are. */
export function sharedChats({ teams }: Dependencies): object[] {
  return teams.chats
    .all()
    .filter(({ kind }) => kind !== 'personal')
    .map(aboutChat);
}

function overview({ people, teams }: Dependencies): object[] {
  const everybody = people();
  return teams.chats.all().map((chat) => {
    const members = everybody.filter((person) => chat.members.includes(person.id));
    return { ...aboutChat(chat), unread: Object.fromEntries(members.map((person) => [person.id, teams.client.unread(chat, person)])) };
  });
}

function aboutChat({ id, kind, title, members, refused }: Chat): object {
  return { id, kind, title, members, ...(refused ? { refused } : {}) };
}

function personCalled(people: Person[], key: string): Person | null {
  const wanted = key.toLowerCase();
  return people.find(({ id, aadObjectId }) => id === key || aadObjectId.toLowerCase() === wanted) ?? null;
}

import type { ServerResponse } from 'node:http';
import { type Handler, RequestFault, readJson, sendDocument, sendJson, urlOf } from '../server.ts';
import { type Channel, memberOf, type Person, teamsIdOf } from './activities.ts';
import type { Chat, Chats, Content, Message, RefusalCode } from './chats.ts';
import { befall, type Troubles } from './delivery.ts';
import type { Files } from './files.ts';

/** Teams refuses a message that is larger than this. */
const MESSAGE_LIMIT = 28 * 1024;
const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/** What the connector says of each of its refusals. */
const WHY_REFUSED: Record<RefusalCode, string> = {
  BotNotInConversationRoster: 'The bot is not part of the conversation roster.',
  ConversationBlockedByUser: 'User blocked the conversation with the bot.',
  BotDisabledByAdmin: 'The tenant admin disabled this bot.',
};

type Connector = { path: string; chats: Chats; people: () => Person[]; channel: Channel; troubles: Troubles; files: Files };

/**
 * The connector's REST protocol, as the bot speaks it: begin a conversation; post, reply, update and delete activities; ask for members.
 * An unknown conversation, activity or member is 404, in the Bot Framework's own form of words. Everything stands under `path`.
 */
export function connectorHandler(connector: Connector): Handler {
  return async (request, response) => {
    const url = urlOf(request);
    if (request.method === 'GET' && url.pathname.startsWith(`${connector.path}/files/`)) return fetched(connector.files, url, response);
    if (!url.pathname.startsWith(`${connector.path}/v3/`)) return false;
    const [resource, conversationId, part, id, more] = url.pathname
      .slice(`${connector.path}/v3/`.length)
      .split('/')
      .map(decodeURIComponent);
    const chat = conversationId === undefined ? null : connector.chats.find(conversationId);
    const fate = await befall(connector.troubles, chat?.members ?? []);
    if (fate === 'hung') return true;
    if (fate === 'refused') {
      const { status, code } = connector.troubles.refuse;
      return fail(response, status, code, 'Teams does not take this now.');
    }
    if (fate === 'throttled') {
      const retryAfter = String(connector.troubles.throttle.retryAfterSeconds);
      return fail(response, 429, 'TooManyRequests', 'Too many requests.', { 'Retry-After': retryAfter });
    }
    if (resource !== 'conversations' || more !== undefined) return fail(response, 404, 'NotFound', 'There is no such operation.');
    try {
      if (conversationId === undefined) return begin(connector, await readJson(request), response);
      if (!chat) return fail(response, 404, 'ConversationNotFound', 'Conversation not found.');
      if (chat.refused) return fail(response, 403, chat.refused, WHY_REFUSED[chat.refused]);
      if (request.method === 'GET') return members(connector, chat, part, id, response);
      if (part === 'activities')
        return await activities(connector.chats, chat, request.method ?? '', id, () => readJson(request), response);
    } catch (fault) {
      if (fault instanceof RequestFault)
        return fail(response, fault.status, fault.status === 413 ? 'MessageSizeTooBig' : 'BadSyntax', fault.message);
      throw fault;
    }
    return fail(response, 404, 'NotFound', 'There is no such operation.');
  };
}

function fetched(files: Files, url: URL, response: ServerResponse): true {
  const file = files.read(decodeURIComponent(url.pathname.split('/').at(-1) ?? ''));
  if (!file) return fail(response, 404, 'NotFound', 'There is no such file.');
  return sendDocument(response, file);
}

function begin({ chats, people, channel }: Connector, body: Record<string, unknown>, response: ServerResponse): true {
  const [wanted, ...others] = Array.isArray(body.members) ? (body.members as { id?: string }[]) : [];
  const person = people().find((each) => wanted?.id === teamsIdOf(each) || wanted?.id?.toLowerCase() === each.aadObjectId.toLowerCase());
  if (!person || others.length > 0)
    return fail(response, 400, 'BadSyntax', 'A bot begins a conversation with exactly one member whom Teams knows.');
  const chat = chats.personal(person.id);
  if (chat.refused) return fail(response, 403, chat.refused, WHY_REFUSED[chat.refused]);
  chats.install(chat);
  const posted = body.activity ? chats.append(chat, 'bot', contentOf(body.activity as Record<string, unknown>)) : null;
  return sendJson(response, 201, { id: chat.id, serviceUrl: channel.serviceUrl(), ...(posted ? { activityId: posted.activityId } : {}) });
}

async function activities(
  chats: Chats,
  chat: Chat,
  method: string,
  id: string | undefined,
  body: () => Promise<Record<string, unknown>>,
  response: ServerResponse,
): Promise<true> {
  if (method === 'POST') {
    const activity = await body();
    if (activity.type !== 'message') return sendJson(response, 201, { id: '' });
    return sendJson(response, 201, { id: chats.append(chat, 'bot', contentOf(activity)).activityId });
  }
  const message = ownMessage(chat, id);
  if (!message) return fail(response, 404, 'ActivityNotFoundInConversation', 'The bot has no such activity in this conversation.');
  if (method === 'PUT') {
    chats.update(chat, message, contentOf(await body()));
    return sendJson(response, 200, { id });
  }
  if (method === 'DELETE') {
    chats.remove(chat, message);
    return sendJson(response, 200, {});
  }
  return fail(response, 405, 'MethodNotAllowed', 'There is no such operation.');
}

function ownMessage(chat: Chat, id: string | undefined): Message | undefined {
  return chat.messages.find((message) => message.activityId === id && message.from === 'bot');
}

function members(
  { people, channel }: Connector,
  chat: Chat,
  part: string | undefined,
  id: string | undefined,
  response: ServerResponse,
): true {
  const present = people().filter((person) => chat.members.includes(person.id));
  if (part === 'pagedmembers') return sendJson(response, 200, { members: present.map((person) => memberOf(person, channel.tenantId)) });
  if (part !== 'members') return fail(response, 404, 'NotFound', 'There is no such operation.');
  if (id === undefined)
    return sendJson(
      response,
      200,
      present.map((person) => memberOf(person, channel.tenantId)),
    );
  const person = present.find((each) => teamsIdOf(each) === id || each.aadObjectId === id);
  if (!person) return fail(response, 404, 'MemberNotFoundInConversation', 'The member is not in this conversation.');
  return sendJson(response, 200, memberOf(person, channel.tenantId));
}

function contentOf(activity: Record<string, unknown>): Content {
  const size = Buffer.byteLength(JSON.stringify(activity));
  if (size > MESSAGE_LIMIT) throw new RequestFault(413, `The message has ${size} bytes; Teams takes ${MESSAGE_LIMIT}.`);
  const attachments = Array.isArray(activity.attachments) ? (activity.attachments as { contentType?: string; content?: object }[]) : [];
  const [attachment, ...others] = attachments;
  if (others.length > 0 || (attachment && attachment.contentType !== ADAPTIVE_CARD)) {
    throw new RequestFault(400, 'The sandbox shows one Adaptive Card in a message and no other attachment.');
  }
  const text = typeof activity.text === 'string' && activity.text !== '' ? activity.text : null;
  if (text === null && !attachment) throw new RequestFault(400, 'A message needs text or a card.');
  return { text, summary: typeof activity.summary === 'string' ? activity.summary : null, card: attachment?.content ?? null };
}

function fail(response: ServerResponse, status: number, code: string, message: string, headers: Record<string, string> = {}): true {
  return sendJson(response, status, { error: { code, message } }, headers);
}

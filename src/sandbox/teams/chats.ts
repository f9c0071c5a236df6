import { createHash } from 'node:crypto';
import type { Shelf } from '../shelf.ts';

/** The kinds of chat; a bot is told of a meeting's chat as of a group chat that belongs to a meeting. */
export type ChatKind = 'personal' | 'groupChat' | 'meeting' | 'channel';

/** What keeps the bot out of a chat, in the connector's own codes. */
export const REFUSALS = ['BotNotInConversationRoster', 'ConversationBlockedByUser', 'BotDisabledByAdmin'] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/** A file that somebody sent; `kept` is its name on the shelf, under which it can be fetched. */
export type SentFile = { name: string; contentType: string; size: number; kept: string };

/** What one person sees instead of the posted card. */
export type View = {
  card: object;
  /** The version of the posted card that it was made from; a newer one makes the view void. */
  version: number;
  /** `press`: came back from a button and stays until the posted card changes; `refresh`: may be fetched again at each look. */
  by: 'press' | 'refresh';
};

/** What is in a message: a card, text, or both; `summary` is the notification's text. */
export type Content = { text: string | null; summary: string | null; card: object | null; files?: SentFile[] };

/** A message in a chat, with what some people see in its place. */
export type Message = Content & {
  activityId: string;
  /** A person's id, or `bot`. */
  from: string;
  /** An instant by the sandbox's clock. */
  at: string;
  /** Counts from 1; rises with every update. */
  version: number;
  views: Record<string, View>;
};

/** A chat and what was said in it. */
export type Chat = {
  id: string;
  kind: ChatKind;
  title: string | null;
  /** Ids of people. */
  members: string[];
  /** The bot knows of the chat: it was told, or began it itself. */
  installed: boolean;
  /** Why the bot may not write here, where it may not. */
  refused?: RefusalCode | null;
  messages: Message[];
  /** By person: the activity id up to which that person has looked. */
  read: Record<string, string>;
};

/** What the page is told when a chat has changed. */
export type Change = { chat: string; members: string[]; kind: 'message' | 'update' | 'delete' | 'view'; activityId: string };

/** The chats of everybody in the sandbox. A chat belongs to the state: change it only through here. */
export type Chats = {
  all(): readonly Chat[];
  find(id: string): Chat | null;
  /** The person's chat with the bot, made if it was not there. */
  personal(person: string): Chat;
  create(kind: Exclude<ChatKind, 'personal'>, members: string[], title: string | null): Chat;
  install(chat: Chat): void;
  /** Keeps the bot out, or lets it in again. */
  refuse(chat: Chat, code: RefusalCode | null): void;
  append(chat: Chat, from: string, content: Content): Message;
  update(chat: Chat, message: Message, content: Content): void;
  remove(chat: Chat, message: Message): void;
  /** Keeps what a person sees in place of the posted card. */
  show(chat: Chat, message: Message, person: string, view: View): void;
  /** The cards that stood in a message's place before, as a person may still have them on a screen: the newest first, since the start. */
  cardsBefore(message: Message, person: string): object[];
  markRead(chat: Chat, person: string): void;
  /** Calls back after each change, save what is only somebody's refreshed view; returns how to stop. */
  onChange(listener: (change: Change) => void): () => void;
};

/** What the ids of shared chats look like. */
const SHARED_IDS: Record<Exclude<ChatKind, 'personal'>, (id: string) => string> = {
  groupChat: (id) => `19:${id}@thread.v2`,
  meeting: (id) => `19:meeting_${id}@thread.v2`,
  channel: (id) => `19:${id}@thread.tacv2`,
};

/** So many of a message's former cards are remembered. */
const MOST_BEFORE = 12;

/** The id of a person's chat with the bot: always the same, as in Teams. */
export function personalChatId(person: string): string {
  return `a:1${createHash('sha256').update(`personal ${person}`).digest('base64url')}`;
}

/** Opens the chats that the shelf holds. `now` stamps the messages. */
export function openChats(shelf: Shelf, now: () => Temporal.Instant): Chats {
  const chats = new Map(
    shelf
      .read<string[]>('chats', [])
      .map((id) => [id, shelf.read<Chat | null>(shelfName(id), null)] as const)
      .filter(isKept),
  );
  const listeners = new Set<(change: Change) => void>();
  let lastId = Math.max(0, ...[...chats.values()].flatMap((chat) => chat.messages.map((message) => Number(message.activityId))));
  const nextId = () => {
    lastId = Math.max(Date.now(), lastId + 1);
    return String(lastId);
  };
  const keep = (chat: Chat) => shelf.write(shelfName(chat.id), chat);
  const changed = (chat: Chat, kind: Change['kind'], activityId: string) => {
    keep(chat);
    for (const listener of listeners) listener({ chat: chat.id, members: chat.members, kind, activityId });
  };
  const before = new WeakMap<Message, { person: string | null; card: object }[]>();
  const remember = (message: Message, person: string | null, card: object | null | undefined) => {
    if (card) before.set(message, [{ person, card }, ...(before.get(message) ?? [])].slice(0, MOST_BEFORE));
  };
  const add = (id: string, kind: ChatKind, members: string[], title: string | null): Chat => {
    const chat: Chat = { id, kind, title, members, installed: false, messages: [], read: {} };
    chats.set(id, chat);
    keep(chat);
    shelf.write('chats', [...chats.keys()]);
    return chat;
  };
  return {
    all: () => [...chats.values()],
    // A reply in a channel names the message that it belongs under.
    find: (id) => chats.get(id.replace(/;messageid=.*$/, '')) ?? null,
    personal: (person) => chats.get(personalChatId(person)) ?? add(personalChatId(person), 'personal', [person], null),
    create: (kind, members, title) => add(SHARED_IDS[kind](nextId()), kind, members, title),
    install(chat) {
      chat.installed = true;
      keep(chat);
    },
    refuse(chat, code) {
      chat.refused = code;
      keep(chat);
    },
    append(chat, from, content) {
      const message: Message = {
        activityId: nextId(),
        from,
        at: now().toString({ smallestUnit: 'millisecond' }),
        version: 1,
        views: {},
        ...content,
      };
      chat.messages.push(message);
      changed(chat, 'message', message.activityId);
      return message;
    },
    update(chat, message, content) {
      remember(message, null, message.card);
      for (const [person, view] of Object.entries(message.views)) remember(message, person, view.card);
      Object.assign(message, content, { version: message.version + 1, views: {} });
      changed(chat, 'update', message.activityId);
    },
    remove(chat, message) {
      chat.messages = chat.messages.filter((each) => each !== message);
      changed(chat, 'delete', message.activityId);
    },
    show(chat, message, person, view) {
      remember(message, person, (message.views[person] ?? message).card);
      message.views[person] = view;
      if (view.by === 'press') changed(chat, 'view', message.activityId);
      else keep(chat);
    },
    cardsBefore: (message, person) =>
      (before.get(message) ?? []).filter((each) => each.person === null || each.person === person).map(({ card }) => card),
    markRead(chat, person) {
      const last = chat.messages.at(-1)?.activityId;
      if (!last || chat.read[person] === last) return;
      chat.read[person] = last;
      keep(chat);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function shelfName(chatId: string): string {
  return `chat-${createHash('sha256').update(chatId).digest('hex').slice(0, 16)}`;
}

function isKept(entry: readonly [string, Chat | null]): entry is readonly [string, Chat] {
  return entry[1] !== null;
}

/** How many messages of others a person has not looked at yet. */
export function unreadBy(chat: Chat, person: string): number {
  const read = Number(chat.read[person] ?? 0);
  return chat.messages.filter((message) => message.from !== person && Number(message.activityId) > read).length;
}

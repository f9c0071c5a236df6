import {
  appChanged,
  type Channel,
  editedActivity,
  executeActivity,
  firstOpening,
  messageActivity,
  type Person,
  submitActivity,
  teamsIdOf,
} from './activities.ts';
import { type ActivityResult, resultOfInvoke, resultOfMessage } from './activityResult.ts';
import { type Chat, type Chats, type Message, type RefusalCode, type SentFile, unreadBy } from './chats.ts';
import type { Deliver } from './delivery.ts';

/** A message as one person sees it now. */
export type Seen = Omit<Message, 'views' | 'version'>;

/** A button pressed, exactly as it goes to the bot: `data` is the card's data and the inputs together. */
export type SentAction = {
  type: 'Action.Execute' | 'Action.Submit';
  id?: string;
  verb?: string;
  data: Record<string, unknown>;
  files?: readonly SentFile[];
};

/** What people do in Teams. */
export type Client = {
  /** Opens a chat; the first time the bot is told. Returns whether it was the first time. */
  open(chat: Chat, person: Person): Promise<boolean>;
  /**
   * The chat as the person sees it. A card with `refresh` for this person is asked for again where the posted card is new or has changed;
   * with `again`, also where the person has only the view of an earlier look.
   */
  read(chat: Chat, person: Person, options: { again: boolean }): Promise<Seen[]>;
  say(chat: Chat, person: Person, text: string, files?: readonly SentFile[]): Promise<ActivityResult>;
  /** Changes what the person wrote; in Teams the bot is told of it as of a new message. */
  edit(chat: Chat, person: Person, message: Message, text: string): Promise<ActivityResult>;
  /** Takes the app away from the chat's person, or puts it back; nobody tells the bot of being blocked. */
  setApp(chat: Chat, person: Person, refused: RefusalCode | null): Promise<void>;
  press(chat: Chat, person: Person, activityId: string, press: SentAction): Promise<ActivityResult>;
  unread(chat: Chat, person: Person): number;
};

/** Teams' side of the conversation: `deliver` takes activities to the bot, what comes back is kept in the chats. */
export function teamsClient(chats: Chats, channel: Channel, deliver: Deliver): Client {
  const opening = new Map<string, Promise<boolean>>();

  const introduce = async (chat: Chat, person: Person): Promise<boolean> => {
    for (const activity of firstOpening(channel, chat, person)) {
      const reply = await deliver(activity);
      if (reply.status >= 300) return false;
    }
    chats.install(chat);
    return true;
  };

  const execute = async (
    chat: Chat,
    person: Person,
    message: Message,
    action: object,
    trigger: 'manual' | 'automatic',
    files: readonly SentFile[] = [],
  ): Promise<ActivityResult> => {
    const asked = message.version;
    const activity = executeActivity(channel, chat, person, message.activityId, action, trigger, files);
    const result = resultOfInvoke(message.activityId, await deliver(activity));
    // A press's answer stands over an update that the bot made before giving it; a refresh's is as old as its question.
    const origin =
      trigger === 'manual' ? ({ by: 'press', version: message.version } as const) : ({ by: 'refresh', version: asked } as const);
    // What a press has brought meanwhile is newer than what a refresh asked for before it.
    const overtaken = trigger === 'automatic' && message.views[person.id]?.by === 'press' && message.views[person.id]!.version >= asked;
    if (result.card && !overtaken) chats.show(chat, message, person.id, { card: result.card, ...origin });
    return result;
  };

  const submit = async (chat: Chat, person: Person, message: Message, { data }: SentAction): Promise<ActivityResult> => {
    const { msteams, ...rest } = data as { msteams?: { type?: string; text?: string; value?: unknown; displayText?: string } };
    if (msteams?.type === 'imBack') return say(chat, person, String(msteams.value));
    if (msteams?.type === 'messageBack') {
      if (msteams.displayText) chats.append(chat, person.id, { text: msteams.displayText, summary: null, card: null });
      const value = { ...(msteams.value as object | undefined), ...rest };
      return resultOfMessage(
        message.activityId,
        await deliver(submitActivity(channel, chat, person, message.activityId, value, msteams.text)),
      );
    }
    return resultOfMessage(message.activityId, await deliver(submitActivity(channel, chat, person, message.activityId, data)));
  };

  const setApp = async (chat: Chat, person: Person, refused: RefusalCode | null): Promise<void> => {
    const before = chat.refused ?? null;
    chats.refuse(chat, refused);
    if (refused === 'BotNotInConversationRoster' && before !== refused) await deliver(appChanged(channel, chat, person, 'remove'));
    if (refused === null && before === 'BotNotInConversationRoster') await deliver(appChanged(channel, chat, person, 'add'));
  };

  // Teams makes a mention of the bot's name typed after an @; without one, the bot hears nothing of what is said among others.
  const mention = `<at>${channel.bot.name}</at>`;
  const mentioning = (chat: Chat, text: string) =>
    chat.kind === 'personal' ? text : text.replace(new RegExp(`(?<!<at>)@${RegExp.escape(channel.bot.name)}(?!</at>)`, 'i'), mention);
  const hears = (chat: Chat, text: string) => chat.kind === 'personal' || text.includes(mention);

  const say = async (chat: Chat, person: Person, typed: string, files: readonly SentFile[] = []): Promise<ActivityResult> => {
    // Whoever can write has the app again.
    if (chat.refused) await setApp(chat, person, null);
    const text = mentioning(chat, typed);
    const sent = files.length === 0 ? {} : { files: [...files] };
    const { activityId } = chats.append(chat, person.id, { text, summary: null, card: null, ...sent });
    if (!hears(chat, text)) return { activityId, invoke: { statusCode: 204 } };
    return resultOfMessage(activityId, await deliver(messageActivity(channel, chat, person, activityId, text, files)));
  };

  return {
    async open(chat, person) {
      if (chat.installed) return false;
      const begun = opening.get(chat.id) ?? introduce(chat, person).finally(() => opening.delete(chat.id));
      opening.set(chat.id, begun);
      return begun;
    },
    async read(chat, person, { again }) {
      const due = chat.messages.filter((message) => isDueForRefresh(message, chat, person, again));
      await Promise.all(due.map((message) => execute(chat, person, message, refreshOf(message)?.action ?? {}, 'automatic')));
      chats.markRead(chat, person.id);
      return chat.messages.map((message) => seenBy(message, person));
    },
    say,
    async edit(chat, person, message, typed) {
      const { activityId, summary, card } = message;
      const text = mentioning(chat, typed);
      chats.update(chat, message, { text, summary, card });
      if (!hears(chat, text)) return { activityId, invoke: { statusCode: 204 } };
      return resultOfMessage(activityId, await deliver(editedActivity(channel, chat, person, activityId, text)));
    },
    setApp,
    async press(chat, person, activityId, press) {
      const message = chat.messages.find((each) => each.activityId === activityId);
      if (!message) throw new Error(`there is no message ${activityId} in the chat ${chat.id}`);
      const { files, ...action } = press;
      return press.type === 'Action.Submit'
        ? submit(chat, person, message, action)
        : execute(chat, person, message, action, 'manual', files);
    },
    unread: (chat, person) => unreadBy(chat, person.id),
  };
}

type Refresh = { action?: object; userIds?: string[] };

function refreshOf(message: Message): Refresh | undefined {
  return (message.card as { refresh?: Refresh } | null)?.refresh;
}

/** Teams asks for the listed people, and for everybody in a small chat when nobody is listed; never over what a press brought. */
function isDueForRefresh(message: Message, chat: Chat, person: Person, again: boolean): boolean {
  const refresh = refreshOf(message);
  const listed =
    refresh?.action && (refresh.userIds ? refresh.userIds.slice(0, 60).includes(teamsIdOf(person)) : chat.members.length <= 60);
  const view = message.views[person.id];
  const current = view?.version === message.version;
  return Boolean(listed) && (!current || (again && view?.by === 'refresh'));
}

function seenBy({ views, version, ...message }: Message, person: Person): Seen {
  const view = views[person.id];
  return { ...message, card: view?.version === version ? view.card : message.card };
}

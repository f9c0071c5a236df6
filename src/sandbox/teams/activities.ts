import { createHash, randomUUID } from 'node:crypto';
import type { Chat, ChatKind, SentFile } from './chats.ts';

/** Somebody in the sandbox. `group` is the heading that the page lists them under. */
export type Person = { id: string; name: string; role: string; agency: string | null; aadObjectId: string; email: string; group?: string };

/** The bot as Teams knows it; the id is `28:` and its app id. */
export type Bot = { id: string; name: string };

/** What every activity of this stand-in carries. */
export type Channel = { bot: Bot; tenantId: string; serviceUrl: () => string; now: () => Temporal.Instant };

/** A Bot Framework activity as it travels. */
export type Activity = Record<string, unknown> & { type: string; id: string };

/** A person's id in Teams: opaque, and the same in every chat with this bot. */
export function teamsIdOf(person: Pick<Person, 'aadObjectId'>): string {
  return `29:${createHash('sha256').update(person.aadObjectId.toLowerCase()).digest('base64url')}`;
}

/** A member as the connector describes them to the bot. */
export function memberOf(person: Person, tenantId: string): object {
  const [givenName, ...others] = person.name.split(' ');
  return {
    id: teamsIdOf(person),
    name: person.name,
    aadObjectId: person.aadObjectId,
    objectId: person.aadObjectId,
    givenName,
    surname: others.join(' '),
    email: person.email,
    userPrincipalName: person.email,
    tenantId,
    userRole: 'user',
  };
}

/** An activity from a person to the bot with everything that Teams puts on it; `parts` says what kind it is. */
export function activityFrom(channel: Channel, chat: Chat, person: Person, parts: { type: string } & Record<string, unknown>): Activity {
  const group = chat.kind !== 'personal';
  const { channelData, ...others } = parts;
  return {
    id: `f:${randomUUID()}`,
    timestamp: channel.now().toString({ smallestUnit: 'millisecond' }),
    localTimestamp: channel.now().toZonedDateTimeISO('Europe/London').toString({ smallestUnit: 'millisecond', timeZoneName: 'never' }),
    localTimezone: 'Europe/London',
    locale: 'en-GB',
    channelId: 'msteams',
    serviceUrl: channel.serviceUrl(),
    from: { id: teamsIdOf(person), name: person.name, aadObjectId: person.aadObjectId },
    recipient: channel.bot,
    conversation: {
      id: threadOf(chat, parts),
      conversationType: CONVERSATION_TYPES[chat.kind],
      tenantId: channel.tenantId,
      ...(group ? { isGroup: true, ...(chat.title ? { name: chat.title } : {}) } : {}),
    },
    entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London' }],
    channelData: {
      tenant: { id: channel.tenantId },
      ...(chat.kind === 'channel' ? { team: { id: chat.id }, channel: { id: chat.id } } : {}),
      ...(chat.kind === 'meeting' ? { meeting: { id: Buffer.from(`0#${chat.id}#0`).toString('base64') } } : {}),
      ...(channelData as object | undefined),
    },
    ...others,
  };
}

/** What a bot is told of each kind of chat. */
const CONVERSATION_TYPES: Record<ChatKind, 'personal' | 'groupChat' | 'channel'> = {
  personal: 'personal',
  groupChat: 'groupChat',
  meeting: 'groupChat',
  channel: 'channel',
};

/** The conversation's id as an activity gives it: in a channel with the message that it stands under. */
function threadOf({ id, kind }: Chat, { type, id: own, replyToId }: Record<string, unknown>): string {
  const root = replyToId ?? (type === 'message' ? own : undefined);
  return kind === 'channel' && root !== undefined ? `${id};messageid=${root}` : id;
}

/** What the bot is told when a chat with it is opened for the first time, in Teams' order. */
export function firstOpening(channel: Channel, chat: Chat, person: Person): Activity[] {
  return [
    activityFrom(channel, chat, person, { type: 'conversationUpdate', membersAdded: [channel.bot] }),
    activityFrom(channel, chat, person, { type: 'installationUpdate', action: 'add' }),
  ];
}

/** What the bot is told once the app was put back for a person, or taken away. */
export function appChanged(channel: Channel, chat: Chat, person: Person, action: 'add' | 'remove'): Activity {
  return activityFrom(channel, chat, person, { type: 'installationUpdate', action });
}

/**
 * A typed message; where the bot is mentioned by name the mention is an entity too, as in Teams. Files come with it in a personal chat:
 * from other chats a bot is given none.
 */
export function messageActivity(
  channel: Channel,
  chat: Chat,
  person: Person,
  activityId: string,
  text: string,
  files: readonly SentFile[] = [],
): Activity {
  const mention = { type: 'mention', mentioned: { id: channel.bot.id, name: channel.bot.name }, text: `<at>${channel.bot.name}</at>` };
  const attachments = filesAttached(channel, chat, files);
  const activity = activityFrom(channel, chat, person, { type: 'message', id: activityId, text, textFormat: 'plain', ...attachments });
  return text.includes(mention.text) ? { ...activity, entities: [...(activity.entities as object[]), mention] } : activity;
}

/** What somebody wrote, after they have changed it. */
export function editedActivity(channel: Channel, chat: Chat, person: Person, activityId: string, text: string): Activity {
  return {
    ...messageActivity(channel, chat, person, activityId, text),
    type: 'messageUpdate',
    channelData: { tenant: { id: channel.tenantId }, eventType: 'editMessage' },
  };
}

/** Files as a bot gets them: a picture by its address, any other file by one from which it can be fetched for a while. */
function filesAttached({ serviceUrl }: Channel, { kind }: Chat, files: readonly SentFile[]): { attachments?: object[] } {
  if (kind !== 'personal' || files.length === 0) return {};
  const attachments = files.map(({ name, contentType, kept }) => {
    const contentUrl = `${serviceUrl()}files/${encodeURIComponent(kept)}`;
    if (contentType.startsWith('image/')) return { contentType, contentUrl, name };
    const content = { downloadUrl: contentUrl, uniqueId: kept, fileType: name.split('.').at(-1) ?? '' };
    return { contentType: 'application/vnd.microsoft.teams.file.download.info', contentUrl, name, content };
  });
  return { attachments };
}

/** `Action.Submit` pressed: a message without text whose value is the card's data and inputs. */
export function submitActivity(channel: Channel, chat: Chat, person: Person, activityId: string, value: object, text?: string): Activity {
  return activityFrom(channel, chat, person, {
    type: 'message',
    replyToId: activityId,
    value,
    ...(text === undefined ? {} : { text, textFormat: 'plain' }),
  });
}

/**
 * `Action.Execute` pressed (`manual`) or a card's `refresh` (`automatic`): an invoke that has to be answered in time. Files may be chosen with
 * a press here, which in Teams they cannot be: they come as those of a message do.
 */
export function executeActivity(
  channel: Channel,
  chat: Chat,
  person: Person,
  activityId: string,
  action: object,
  trigger: 'manual' | 'automatic',
  files: readonly SentFile[] = [],
): Activity {
  return activityFrom(channel, chat, person, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: activityId,
    ...filesAttached(channel, chat, files),
    value: { action: { type: 'Action.Execute', ...action }, trigger },
    channelData: { source: { name: 'message' }, legacy: { replyToId: activityId } },
  });
}

import { createHash, randomUUID } from 'node:crypto';
import type { Chat } from './chats.ts';

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
      id: chat.id,
      conversationType: chat.kind,
      tenantId: channel.tenantId,
      ...(group ? { isGroup: true, ...(chat.title ? { name: chat.title } : {}) } : {}),
    },
    entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London' }],
    channelData: {
      tenant: { id: channel.tenantId },
      ...(chat.kind === 'channel' ? { team: { id: chat.id }, channel: { id: chat.id } } : {}),
      ...(channelData as object | undefined),
    },
    ...others,
  };
}

/** What the bot is told when a chat with it is opened for the first time, in Teams' order. */
export function firstOpening(channel: Channel, chat: Chat, person: Person): Activity[] {
  return [
    activityFrom(channel, chat, person, { type: 'conversationUpdate', membersAdded: [channel.bot] }),
    activityFrom(channel, chat, person, { type: 'installationUpdate', action: 'add' }),
  ];
}

/** A typed message; where the bot is mentioned by name the mention is an entity too, as in Teams. */
export function messageActivity(channel: Channel, chat: Chat, person: Person, activityId: string, text: string): Activity {
  const mention = { type: 'mention', mentioned: { id: channel.bot.id, name: channel.bot.name }, text: `<at>${channel.bot.name}</at>` };
  const activity = activityFrom(channel, chat, person, { type: 'message', id: activityId, text, textFormat: 'plain' });
  return text.includes(mention.text) ? { ...activity, entities: [...(activity.entities as object[]), mention] } : activity;
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

/** `Action.Execute` pressed (`manual`) or a card's `refresh` (`automatic`): an invoke that has to be answered in time. */
export function executeActivity(
  channel: Channel,
  chat: Chat,
  person: Person,
  activityId: string,
  action: object,
  trigger: 'manual' | 'automatic',
): Activity {
  return activityFrom(channel, chat, person, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: activityId,
    value: { action: { type: 'Action.Execute', ...action }, trigger },
    channelData: { source: { name: 'message' }, legacy: { replyToId: activityId } },
  });
}

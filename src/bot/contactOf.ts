import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Contact } from '../conversation/contact.ts';
import { type Directory, personIdOf, personOf } from '../directory/directory.ts';
import type { PersonId } from '../domain/events/trail.ts';

/**
 * Whose activity this is, by Entra object id; null for somebody whom Teams does not name. With `byName`, for a sandbox only, the
 * sender's plain id will do where it is an object id or id of the directory, since not every local client sends more.
 */
export function contactOf(activity: Activity, directory: Directory, byName: boolean): Contact | null {
  const { from } = activity;
  const entra = z.guid().safeParse(from.aadObjectId);
  const person = entra.success ? personIdOf(directory, entra.data) : byName ? named(directory, from.id) : null;
  if (person === null) return null;
  const name = personOf(directory, person)?.name ?? from.name ?? '';
  return {
    person,
    name,
    firstName: name.split(' ')[0] ?? '',
    teamsId: from.id,
    personal: isPersonal(activity),
    inTeams: activity.channelId === 'msteams',
    conversation: conversationOf(activity),
  };
}

function named(directory: Directory, id: string): PersonId | null {
  const wanted = id.toLowerCase();
  return directory.people.find((person) => person.id === wanted || person.aadObjectId.toLowerCase() === wanted)?.id ?? null;
}

/** Whether the activity is from a chat of one person and the bot. */
export function isPersonal({ conversation }: Activity): boolean {
  return conversation.conversationType ? conversation.conversationType === 'personal' : conversation.isGroup !== true;
}

function conversationOf({ channelId, serviceUrl, conversation, recipient, from }: Activity): object {
  const { id, conversationType, tenantId } = conversation;
  return {
    channelId,
    serviceUrl,
    conversation: { id, ...(conversationType ? { conversationType } : {}), ...(tenantId ? { tenantId } : {}) },
    ...(recipient ? { bot: { id: recipient.id, ...(recipient.name ? { name: recipient.name } : {}) } } : {}),
    user: { id: from.id, ...(from.aadObjectId ? { aadObjectId: from.aadObjectId } : {}) },
  };
}

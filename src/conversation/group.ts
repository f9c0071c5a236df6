import { OutsideFault } from '../app/faults.ts';
import { type CaseForViewer, seeCase } from '../app/seeCase.ts';
import { showNeutral } from '../cards/show.ts';
import { holdersOf } from '../domain/authority.ts';
import { dateOf } from '../domain/londonTime.ts';
import { isRefusal } from '../domain/refusal.ts';
import { answer, whichCase } from './answer.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { press } from './press.ts';
import type { Reply, Shown } from './shown.ts';
import type { Request } from './words.ts';

/** Teams refreshes a card for at most so many people. */
const REFRESHED = 60;

/** What a group is told that calls the bot, or asks it for what is not for all to read. */
export const groupHelp =
  'I am Conference Dissent. Here you can say "case" and a reference; each of you then sees only what is yours to see. ' +
  'For everything else, choose my name and start a chat with me.';
const written = 'I have written to you in our own chat.';
const openChat = 'I answer that in private only. Please choose my name, start a chat with me, and say it there.';

/** What is said in a group chat or channel, where nothing but a case's reference and neutral title may be read by all. */
export async function answerInGroup(deps: ConversationDependencies, contact: Contact, asked: Request): Promise<Reply> {
  if (asked.ask === 'help') return { text: groupHelp };
  if (asked.ask === 'unclear') return { text: `Sorry, I did not understand that. ${groupHelp}` };
  if (asked.ask === 'which-case') return { text: whichCase };
  if (asked.ask !== 'case') return privately(deps, contact, await answer(deps, contact, asked));
  const seen = await seeCase(deps, asked.reference, contact.person);
  if (isRefusal(seen)) return { text: seen.sentence };
  const card = showNeutral(seen.current.reference, await teamsIdsOn(deps, seen, contact));
  return { card, summary: `Case ${seen.current.reference}` };
}

/** A button that came to a group as a message: the group's card stays as it is. */
export async function pressedInGroup(deps: ConversationDependencies, contact: Contact, data: unknown): Promise<Reply> {
  return privately(deps, contact, await press(deps, contact, data));
}

/** Sends a card to the person's own chat; returns what the group is told of it. */
async function privately(deps: ConversationDependencies, { person }: Contact, { card, summary }: Shown): Promise<Reply> {
  const known = await deps.conversations.of(person);
  if (!known) return { text: openChat };
  try {
    await deps.chat.post(known.conversation, card, summary);
    return { text: written };
  } catch (fault) {
    if (fault instanceof OutsideFault && (fault.kind === 'not-found' || fault.kind === 'permission')) return { text: openChat };
    throw fault;
  }
}

/**
 * The Teams ids of those on the case who are in this chat and have spoken to the bot, the one who asks first: whose card refreshes itself
 * (TM7). Where Teams does not say who is here, that is the one who asked.
 */
async function teamsIdsOn(deps: ConversationDependencies, seen: CaseForViewer, contact: Contact): Promise<string[]> {
  const { current, procedure, roster, now } = seen;
  const today = dateOf(now);
  const deciders = Object.keys(procedure.roles).map((role) => holdersOf(role, current, roster, today));
  const people = new Set([
    current.dissent.dissenter,
    current.dissent.conference.chair,
    ...deciders.flatMap(({ principal, deputies }) => (principal === null ? deputies : [principal, ...deputies])),
    ...Object.values(current.decisions).map(({ by }) => by),
    ...roster.administrators,
  ]);
  people.delete(contact.person);
  const chats = await Promise.all([...people].map((person) => deps.conversations.of(person)));
  const ids = chats.flatMap((known) => (known?.conversation as { user?: { id?: string } } | undefined)?.user?.id ?? []);
  const here = ids.length === 0 ? new Set<string>() : await deps.chat.members(contact.conversation).catch(nobodyElse);
  return [contact.teamsId, ...ids.filter((id) => here.has(id))].slice(0, REFRESHED);
}

function nobodyElse(fault: unknown): Set<string> {
  if (fault instanceof OutsideFault) return new Set();
  throw fault;
}

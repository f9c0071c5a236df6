import type { TurnContext } from 'botbuilder';
import { OutsideFault } from '../app/faults.ts';
import type { Chat } from '../app/ports.ts';
import { type Seen, seeCase } from '../app/seeCase.ts';
import { cardMessage } from '../bot/chat.ts';
import type { Contact } from '../bot/contactOf.ts';
import { showNeutral } from '../cards/show.ts';
import { holdersOf } from '../domain/authority.ts';
import { dateOf } from '../domain/londonTime.ts';
import { isRefusal } from '../domain/refusal.ts';
import { answer } from './answer.ts';
import { press } from './press.ts';
import type { Shown, TurnDependencies } from './shown.ts';
import type { Request } from './words.ts';

/** Teams refreshes a card for at most so many people. */
const REFRESHED = 60;

/** What a group is told that calls the bot, or asks it for what is not for all to read. */
export const groupHelp =
  'I am Conference Dissent. Here you can say "case" and a reference; each of you then sees only what is yours to see. ' +
  'For everything else, choose my name and start a chat with me.';
const written = 'I have written to you in our own chat.';
const openChat = 'I answer that in private only. Please choose my name, start a chat with me, and say it there.';

/** Answers in a group chat or channel, where nothing but a case's reference and neutral title may be read by all. */
export async function answerInGroup(
  deps: TurnDependencies,
  chat: Chat,
  context: TurnContext,
  contact: Contact,
  asked: Request | { value: unknown },
): Promise<void> {
  if ('value' in asked)
    return void (await context.sendActivity(await privately(deps, chat, contact, await press(deps, contact, asked.value, undefined))));
  if (asked.ask === 'help') return void (await context.sendActivity(groupHelp));
  if (asked.ask === 'unclear') return void (await context.sendActivity(`Sorry, I did not understand that. ${groupHelp}`));
  if (asked.ask !== 'case')
    return void (await context.sendActivity(await privately(deps, chat, contact, await answer(deps, contact, asked))));
  const seen = await seeCase(deps, asked.reference, contact.person);
  if (isRefusal(seen)) return void (await context.sendActivity(seen.sentence));
  const card = showNeutral(seen.current.reference, await teamsIdsOn(deps, seen, contact));
  await context.sendActivity(cardMessage(card, `Case ${seen.current.reference}`));
}

/** Sends a card to the person's own chat; answers what the group is told of it. */
async function privately(deps: TurnDependencies, chat: Chat, { person }: Contact, { card, summary }: Shown): Promise<string> {
  const known = await deps.conversations.of(person);
  if (!known) return openChat;
  try {
    await chat.post(known.conversation, card, summary);
    return written;
  } catch (fault) {
    if (fault instanceof OutsideFault && (fault.kind === 'not-found' || fault.kind === 'permission')) return openChat;
    throw fault;
  }
}

/** The Teams ids of those on the case who have spoken to the bot, the one who asks first: whose card refreshes itself. */
async function teamsIdsOn(deps: TurnDependencies, seen: Seen, contact: Contact): Promise<string[]> {
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
  return [contact.teamsId, ...ids].slice(0, REFRESHED);
}

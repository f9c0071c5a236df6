import { answer } from './answer.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { answerInGroup, groupHelp, pressedInGroup } from './group.ts';
import { formGone, keepPosted } from './keepPosted.ts';
import { meet } from './meet.ts';
import { press } from './press.ts';
import { type Reply, shownWelcome } from './shown.ts';
import { readWords } from './words.ts';

/**
 * What comes from a chat, as plain data. `contact` is null for somebody whom the channel does not name. `data` is what a button carried,
 * unread; `message` is the id of the message that its card stands on.
 */
export type Incoming = {
  contact: Contact | null;
} /** What somebody wrote, or has changed what they wrote to; `hasFile` where a file came with it. */ & (
  | { kind: 'typed'; text: string; hasFile?: boolean }
  /** A button that came as a message (`Action.Submit`, for clients that know no other): its answer is a message. */
  | { kind: 'submitted'; data: unknown; message: string | undefined }
  /** A button whose answer takes the card's place, for its presser alone (`Action.Execute`). */
  | { kind: 'pressed'; data: unknown; message: string | undefined }
  /** A card that was asked for anew by its viewer's client, which says nothing of where that person is now. */
  | { kind: 'refreshed'; data: unknown; message: string | undefined }
  /** The bot was added to a chat. */
  | { kind: 'added'; personal: boolean }
);

/** The port between the edge that speaks to Teams and what is said there. */
export type Conversation = {
  /** Decides what comes, and returns what to show for it; null where nothing is to be shown. */
  hear(incoming: Incoming): Promise<Reply | null>;
  /** Takes note of the message that a reply came to stand in: `posted` for all to see in that chat, or shown to its presser alone. */
  stands(contact: Contact, reply: Reply, message: string | undefined, posted: boolean): Promise<void>;
};

const nobody = { text: 'I cannot tell who you are, so I can do nothing here. Please use Teams with your work account.' };

/** Said whatever else stands in the message, so that nobody believes a file to be in the record. */
const nothingKept = {
  text:
    'I cannot take files or pictures, so nothing of it was kept, and nothing else was done. ' +
    'If you need something here, say it again without the file. To see what you can ask for, type "help".',
};

/** The conversation with everybody, by the cases as they are. */
export function conversation(deps: ConversationDependencies): Conversation {
  return {
    async hear(incoming) {
      // A press reads them together with the case that it is about.
      if (incoming.kind !== 'pressed' && incoming.kind !== 'refreshed') await deps.presentCovers();
      const { contact } = incoming;
      if (incoming.kind === 'added') return added(deps, contact, incoming.personal);
      if (!contact) return nobody;
      switch (incoming.kind) {
        case 'typed': {
          await meet(deps, contact);
          await catchUp(deps, contact);
          if (incoming.hasFile) return nothingKept;
          const asked = readWords(incoming.text);
          return contact.personal ? answer(deps, contact, asked) : answerInGroup(deps, contact, asked);
        }
        case 'submitted':
          await meet(deps, contact);
          await catchUp(deps, contact);
          return contact.personal ? submitted(deps, contact, incoming) : pressedInGroup(deps, contact, incoming.data);
        case 'pressed': {
          const { data, message } = incoming;
          const [shown] = await Promise.all([
            press(deps, contact, data),
            besides(deps, meet(deps, contact)),
            besides(deps, formGone(deps, contact, message)),
            deps.directory().unreached?.[contact.person] ? catchUp(deps, contact) : null,
          ]);
          return shown;
        }
        case 'refreshed':
          return press(deps, contact, incoming.data);
      }
    },
    async stands(contact, reply, message, posted) {
      if ('card' in reply) await besides(deps, keepPosted(deps, reply, contact, message, posted));
    },
  };
}

/**
 * What is noted down beside what was asked for: a fault in it is the operator's to know, and does not keep from anybody the answer to
 * what has been done (CD17).
 */
async function besides({ log }: ConversationDependencies, work: Promise<unknown>): Promise<void> {
  await work.catch((fault) => log.error('what goes with an answer in a chat could not be done; a card there may lag behind', fault));
}

async function submitted(
  deps: ConversationDependencies,
  contact: Contact,
  { data, message }: { data: unknown; message: string | undefined },
): Promise<Reply> {
  const shown = await press(deps, contact, data);
  await besides(deps, formGone(deps, contact, message));
  return message === undefined ? shown : { ...shown, replaces: message };
}

/** Whoever is there again is brought what did not reach them (TM1), after they have been answered. */
function catchUp(deps: ConversationDependencies, { person, personal }: Contact): Promise<void> {
  return besides(deps, personal ? deps.enqueue({ name: 'catch-up', reference: person }) : Promise.resolve());
}

/** A group is told what it may say; somebody in their own chat is greeted, at the first contact alone. */
async function added(deps: ConversationDependencies, contact: Contact | null, personal: boolean): Promise<Reply | null> {
  if (!personal) return { text: groupHelp };
  if (contact) await catchUp(deps, contact);
  if (contact && !(await meet(deps, contact))) return null;
  return shownWelcome(deps, contact);
}

import type { Activity, TurnContext } from 'botbuilder';
import { OutsideFault } from '../app/faults.ts';
import type { Contact } from '../conversation/contact.ts';
import type { Conversation, Incoming } from '../conversation/conversation.ts';
import type { Reply } from '../conversation/shown.ts';
import type { Directory } from '../directory/directory.ts';
import { cardMessage } from './chat.ts';
import { contactOf, isPersonal } from './contactOf.ts';
import { withoutRepeats } from './repeats.ts';

/** What a turn needs: somebody to answer it, and the directory that its sender is sought in. */
export type TurnDependencies = { conversation: Conversation; directory(): Directory };

/**
 * One turn: what the SDK brings is put into plain data, and what the conversation says to it is shown. Kinds of activity that mean
 * nothing to the bot pass without effect; unknown invokes are answered 501. `byName` is for a sandbox: see {@link contactOf}.
 */
export function turns({ conversation, directory }: TurnDependencies, byName: boolean): (context: TurnContext) => Promise<void> {
  const once = withoutRepeats();
  return async (context) => {
    const { activity } = context;
    const contact = contactOf(activity, directory(), byName);
    switch (activity.type) {
      case 'messageUpdate':
        if (activity.channelData?.eventType !== 'editMessage') return;
        return once(activity, () => answerMessage(conversation, context, messageOf(activity, contact)));
      case 'message':
        return once(activity, () => answerMessage(conversation, context, messageOf(activity, contact)));
      case 'invoke':
        return answerInvoke(conversation, context, contact);
      case 'conversationUpdate':
      case 'installationUpdate':
        return isArrival(activity)
          ? answerMessage(conversation, context, { kind: 'added', contact, personal: isPersonal(activity) })
          : undefined;
    }
  };
}

/** Teams tells of one installation in two activities; to a group, one of them is enough. */
function isArrival(activity: Activity): boolean {
  if (activity.type === 'conversationUpdate') return (activity.membersAdded ?? []).some(({ id }) => id === activity.recipient?.id);
  return activity.action?.startsWith('add') === true && isPersonal(activity);
}

/** A typed message, also one that was edited since; or a button that came as one. A text beside an empty value is a text (TM5). */
function messageOf({ value, text = '', replyToId, attachments = [] }: Activity, contact: Contact | null): Incoming {
  const pressed = typeof value === 'object' && value !== null && (Object.keys(value).length > 0 || !text);
  if (pressed) return { kind: 'submitted', contact, data: value, message: replyToId };
  return { kind: 'typed', contact, text: text ?? '', hasFile: (attachments ?? []).some(isFile) };
}

/** Teams attaches the text itself as HTML, and cards; all else was sent by somebody. */
function isFile({ contentType }: { contentType?: string | null }): boolean {
  return typeof contentType === 'string' && !/^(text\/html|application\/vnd\.microsoft\.card\.)/.test(contentType);
}

/** Shows what there is to say in the chat. Never silent to what somebody typed. */
async function answerMessage(conversation: Conversation, context: TurnContext, incoming: Incoming): Promise<void> {
  const reply = await conversation.hear(incoming);
  if (!reply) return;
  const message = (await replaced(context, reply)) ?? (await context.sendActivity(activityOf(reply)))?.id;
  if (incoming.contact) await conversation.stands(incoming.contact, reply, message, true);
}

/** Puts a card where the pressed one is; returns its id, or null where the channel cannot, and it has to be sent anew. */
async function replaced(context: TurnContext, reply: Reply): Promise<string | null> {
  if (!('card' in reply) || reply.replaces === undefined) return null;
  try {
    await context.updateActivity({ ...activityOf(reply), id: reply.replaces });
    return reply.replaces;
  } catch (fault) {
    if (fault instanceof OutsideFault) return null;
    throw fault;
  }
}

/** A button pressed (`Action.Execute`) or a card refreshed: answered in the same breath, to this person alone. */
async function answerInvoke(conversation: Conversation, context: TurnContext, contact: Contact | null): Promise<void> {
  const { name, value, replyToId } = context.activity;
  if (name !== 'adaptiveCard/action') return respond(context, 501);
  const kind = value?.trigger === 'automatic' ? 'refreshed' : 'pressed';
  const reply = await conversation.hear({ kind, contact, data: value?.action?.data, message: replyToId });
  if (contact && reply && kind === 'pressed') await conversation.stands(contact, reply, replyToId, false);
  return respond(context, 200, reply ? answerOf(reply) : undefined);
}

function activityOf(reply: Reply): Partial<Activity> {
  return 'text' in reply ? { type: 'message', text: reply.text } : cardMessage(reply.card, reply.summary);
}

function answerOf(reply: Reply): object {
  return 'text' in reply
    ? { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: reply.text }
    : { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: reply.card };
}

async function respond(context: TurnContext, status: number, body?: object): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status, ...(body ? { body } : {}) } });
}

import type { Activity, TurnContext } from 'botbuilder';
import type { Chat } from '../app/ports.ts';
import { groupHelp } from '../conversation/group.ts';
import { meet } from '../conversation/meet.ts';
import { press } from '../conversation/press.ts';
import { formGone, keepStanding, shownWelcome, type TurnDependencies } from '../conversation/shown.ts';
import { cardMessage } from './chat.ts';
import { type Contact, contactOf, isPersonal } from './contactOf.ts';
import { answerMessage } from './message.ts';
import { withoutRepeats } from './repeats.ts';

const nobody = 'I cannot tell who you are, so I can do nothing here. Please use Teams with your work account.';

/**
 * One turn of the conversation. Kinds of activity that mean nothing to the bot pass without effect; unknown invokes are answered 501.
 * `byName` is for a sandbox: see {@link contactOf}.
 */
export function turns(deps: TurnDependencies, chat: Chat, byName: boolean): (context: TurnContext) => Promise<void> {
  const once = withoutRepeats();
  return async (context) => {
    const { activity } = context;
    await deps.presentCovers();
    const contact = contactOf(activity, deps.directory(), byName);
    switch (activity.type) {
      case 'message':
        if (!contact) return void (await context.sendActivity(nobody));
        await meet(deps, contact);
        return once(activity, () => answerMessage(deps, chat, context, contact));
      case 'invoke':
        return answerInvoke(deps, context, contact);
      case 'conversationUpdate':
        return (activity.membersAdded ?? []).some(({ id }) => id === activity.recipient?.id) ? welcome(deps, context, contact) : undefined;
      case 'installationUpdate':
        return activity.action?.startsWith('add') ? welcome(deps, context, contact) : undefined;
    }
  };
}

/** Teams tells of one installation in two activities: in a personal chat the first contact is greeted, whichever brought it. */
async function welcome(deps: TurnDependencies, context: TurnContext, contact: Contact | null): Promise<void> {
  if (!isPersonal(context.activity)) {
    if (context.activity.type === 'conversationUpdate') await context.sendActivity(groupHelp);
    return;
  }
  if (contact && !(await meet(deps, contact))) return;
  const { card, summary } = shownWelcome(deps, contact);
  await context.sendActivity(cardMessage(card, summary));
}

/** A button pressed (`Action.Execute`) or a card refreshed: answered in the same breath, to this person alone. */
async function answerInvoke(deps: TurnDependencies, context: TurnContext, contact: Contact | null): Promise<void> {
  const { activity } = context;
  if (activity.name !== 'adaptiveCard/action') return respond(context, 501);
  if (!contact) return respond(context, 200, { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: nobody });
  const { replyToId } = activity;
  const [shown] = await Promise.all([
    press(deps, contact, dataOf(activity), replyToId),
    ...(refreshes(activity) ? [] : [meet(deps, contact), formGone(deps, contact, replyToId)]),
  ]);
  if (!refreshes(activity)) await keepStanding(deps, shown, contact, replyToId, false);
  return respond(context, 200, { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: shown.card });
}

/** Whether a card was refreshed by itself, which says nothing of where its viewer is now, or whether they have a form open elsewhere. */
function refreshes({ value }: Activity): boolean {
  return (value as { trigger?: unknown } | null | undefined)?.trigger === 'automatic';
}

function dataOf({ value }: Activity): unknown {
  return (value as { action?: { data?: unknown } | null } | null | undefined)?.action?.data;
}

async function respond(context: TurnContext, status: number, body?: object): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status, ...(body ? { body } : {}) } });
}

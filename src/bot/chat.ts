import { type Activity, CardFactory, type ConversationReference, TurnContext } from 'botbuilder';
import { OutsideFault } from '../app/faults.ts';
import type { Chat } from '../app/ports.ts';
import type { Adapter } from './adapter.ts';

/** Who the bot is and where Teams is, for chats that the bot opens itself. `serviceUrl` null: it can open none. */
export type ChatSettings = { appId: string; tenantId: string | null; serviceUrl: () => string | null };

/** A message that shows a card; `summary` is all that a notification says of it (X6). */
export function cardMessage(card: object, summary: string): Partial<Activity> {
  return { type: 'message', summary, attachments: [CardFactory.adaptiveCard(card)] };
}

/** Sends cards into personal chats by the adapter, outside any turn. @throws OutsideFault */
export function teamsChat(adapter: Adapter, { appId, tenantId, serviceUrl }: ChatSettings): Chat {
  const continued = <T>(conversation: unknown, work: (context: TurnContext, reference: Partial<ConversationReference>) => Promise<T>) => {
    const reference = conversation as Partial<ConversationReference>;
    return completed<T>(
      (logic) => adapter.continueConversationAsync(appId, reference, logic),
      (context) => work(context, reference),
    );
  };
  return {
    post(conversation, card, summary) {
      return continued(conversation, async (context, reference) => {
        const sent = await connectorOf(adapter, context).sendToConversation(
          reference.conversation?.id ?? '',
          addressed(cardMessage(card, summary), reference),
        );
        if (!sent.id)
          throw new OutsideFault('rejected', 'Teams gave no id for the card', 'whether the conversation is a chat that takes cards');
        return sent.id;
      });
    },
    async update(conversation, activityId, card, summary) {
      await continued(conversation, (context, reference) =>
        connectorOf(adapter, context).updateActivity(reference.conversation?.id ?? '', activityId, {
          ...addressed(cardMessage(card, summary), reference),
          id: activityId,
        }),
      );
    },
    members(conversation) {
      return continued(conversation, async (context, { conversation: chat }) => {
        // A channel's own id, without the message that this is said under.
        const id = (chat?.id ?? '').replace(/;messageid=.*$/, '');
        const found = new Set<string>();
        let page: MembersPage = {};
        for (let pages = 0; pages === 0 || (page.continuationToken && pages < MOST_PAGES); pages += 1) {
          const { continuationToken } = page;
          page = await connectorOf(adapter, context).getConversationPagedMembers(id, {
            pageSize: PAGE_SIZE,
            ...(continuationToken ? { continuationToken } : {}),
          });
          for (const member of page.members ?? []) found.add(member.id);
        }
        return found;
      });
    },
    begin(aadObjectId) {
      const url = serviceUrl();
      if (!url) throw new OutsideFault('not-found', 'there is no Teams address to open a chat at', 'TEAMS_SERVICE_URL');
      const bot = { id: `28:${appId}`, name: 'Conference Dissent' };
      const tenant = tenantId === null ? {} : { tenantId, channelData: { tenant: { id: tenantId } } };
      const parameters = { isGroup: false, bot, members: [{ id: aadObjectId, name: '' }], ...tenant };
      return completed<unknown>(
        (logic) => adapter.createConversationAsync(appId, 'msteams', url, '', parameters as never, logic),
        async ({ activity }) => ({
          bot,
          channelId: 'msteams',
          serviceUrl: url,
          conversation: { id: activity.conversation.id, conversationType: 'personal', ...(tenantId === null ? {} : { tenantId }) },
        }),
      );
    },
  };
}

/** The adapter answers a fault inside a turn to the person in the chat; here it belongs to the job that asked. */
async function completed<T>(
  run: (logic: (context: TurnContext) => Promise<void>) => Promise<void>,
  work: (context: TurnContext) => Promise<T>,
): Promise<T> {
  const outcome: { value?: T; fault?: unknown } = {};
  await run(async (context) => {
    await work(context).then(
      (value) => Object.assign(outcome, { value }),
      (fault: unknown) => Object.assign(outcome, { fault }),
    );
  });
  if ('fault' in outcome) throw outcome.fault;
  return outcome.value as T;
}

/** So many members are asked for at a time, the most that Teams gives, and so many times. */
const PAGE_SIZE = 500;
const MOST_PAGES = 4;

type MembersPage = { members?: { id: string }[]; continuationToken?: string };

type Connector = {
  getConversationPagedMembers(conversationId: string, options: { pageSize: number; continuationToken?: string }): Promise<MembersPage>;
  sendToConversation(conversationId: string, activity: Partial<Activity>): Promise<{ id?: string }>;
  updateActivity(conversationId: string, activityId: string, activity: Partial<Activity>): Promise<unknown>;
};

function connectorOf(adapter: Adapter, context: TurnContext): Connector {
  return context.turnState.get<{ conversations: Connector }>(adapter.ConnectorClientKey).conversations;
}

function addressed(message: Partial<Activity>, { activityId: _, ...reference }: Partial<ConversationReference>): Partial<Activity> {
  return TurnContext.applyConversationReference({ ...message }, reference);
}

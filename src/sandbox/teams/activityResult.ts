import type { Reply } from './delivery.ts';

/** What Teams says when a button's answer fails or does not come in time. */
export const WENT_WRONG = 'Something went wrong. Try again.';

/** What came back for something that a person did. */
export type ActivityResult = {
  activityId: string;
  /** The card that took the place of the pressed one, for the presser only. */
  card?: object;
  /** A notice that the presser alone sees. */
  message?: string;
  error?: string;
  invoke: { statusCode: number; type?: string; detail?: unknown };
};

/** What an invoke's answer means: a card, a notice, or, for everything else, the one sentence for whatever failed. */
export function resultOfInvoke(activityId: string, reply: Reply): ActivityResult {
  const { statusCode, type, value } = (reply.body ?? {}) as { statusCode?: number; type?: string; value?: unknown };
  const invoke = { statusCode: statusCode ?? reply.status, ...(type ? { type } : {}) };
  if (reply.status === 200 && statusCode === 200) {
    if (type === 'application/vnd.microsoft.card.adaptive' && typeof value === 'object' && value)
      return { activityId, card: value, invoke };
    if (type === 'application/vnd.microsoft.activity.message' && typeof value === 'string') return { activityId, message: value, invoke };
  }
  return { activityId, error: WENT_WRONG, invoke: { ...invoke, ...(value === undefined ? {} : { detail: value }) } };
}

/** What the answer to a message means: nothing by itself, since the bot's words come as activities; or that it did not get there. */
export function resultOfMessage(activityId: string, reply: Reply): ActivityResult {
  const invoke = { statusCode: reply.status };
  return reply.status < 300 ? { activityId, invoke } : { activityId, error: WENT_WRONG, invoke };
}

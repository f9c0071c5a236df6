import type { Activity } from 'botbuilder';

/**
 * Whether an activity comes from the bot's own tenant. Every place where Teams names a tenant must name this one, and at least
 * one must; so no organisation but the partnership's own, and nobody without one, gets past, whatever the kind of activity.
 */
export function isOfTenant(activity: Activity, tenantId: string): boolean {
  const channelData = activity.channelData as { tenant?: { id?: string | null } | null } | null | undefined;
  const from = activity.from as { tenantId?: unknown };
  const named = [channelData?.tenant?.id, activity.conversation.tenantId, from.tenantId].filter(
    (each) => each !== undefined && each !== null,
  );
  return named.length > 0 && named.every((each) => typeof each === 'string' && each.toLowerCase() === tenantId.toLowerCase());
}

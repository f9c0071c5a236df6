import type { Activity } from 'botbuilder';
import { type Directory, personIdOf, personOf } from '../directory/directory.ts';
import type { Caller } from './authentication.ts';

/** What Teams says of a member of a chat, as far as it tells a guest from anybody else. */
type Member = { userPrincipalName?: unknown; userRole?: unknown; tenantId?: unknown };

type Connector = { conversations: { getConversationMember(conversation: string, member: string): Promise<unknown> } };

/** How long Teams' word on somebody is kept, in milliseconds, and for how many people at most. */
const KEPT_MILLISECONDS = 3_600_000;
const KEPT_PEOPLE = 10_000;

/**
 * Whether somebody may come in where guests may not. An activity does not say whether its sender is a guest: it has their object id in
 * this tenant, like anybody's. Those whom the directory lists were let in by whoever keeps it, guests or not; about others Teams is
 * asked, once an hour. Somebody of whom Teams says nothing is not let in.
 * @throws OutsideFault where Teams cannot be asked
 */
export function guestGate(directory: () => Directory, tenantId: string): (caller: Caller, activity: Activity) => Promise<boolean> {
  const known = new Map<string, { isGuest: boolean; until: number }>();
  return async (caller, activity) => {
    const { aadObjectId } = activity.from;
    // Without an object id nobody can do anything, so nobody has to be kept out.
    if (!aadObjectId || personOf(directory(), personIdOf(directory(), aadObjectId))) return true;
    const now = performance.now();
    const before = known.get(aadObjectId);
    if (before && before.until > now) return !before.isGuest;
    const isGuest = isGuestOf(tenantId, await memberOf(caller, activity));
    if (known.size >= KEPT_PEOPLE) known.clear();
    known.set(aadObjectId, { isGuest, until: now + KEPT_MILLISECONDS });
    return !isGuest;
  };
}

async function memberOf({ connectorFactory, audience }: Caller, { serviceUrl, conversation, from }: Activity): Promise<Member> {
  const connector = (await connectorFactory?.create(serviceUrl, audience ?? '')) as Connector | undefined;
  return ((await connector?.conversations.getConversationMember(conversation.id, from.id)) ?? {}) as Member;
}

/**
 * Entra writes `#EXT#` into the sign-in name of whoever it invites from elsewhere; Teams' own `userRole` is not always right about them.
 */
function isGuestOf(tenantId: string, { userPrincipalName, userRole, tenantId: home }: Member): boolean {
  if (typeof userPrincipalName !== 'string' || userPrincipalName === '') return true;
  const elsewhere = typeof home === 'string' && home.toLowerCase() !== tenantId.toLowerCase();
  return elsewhere || userRole === 'guest' || userRole === 'anonymous' || userPrincipalName.toUpperCase().includes('#EXT#');
}

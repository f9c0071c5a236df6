import type { Activity, TurnContext } from 'botbuilder';
import { OutsideFault } from '../app/faults.ts';
import type { Log } from '../app/ports.ts';
import type { Adapter } from './adapter.ts';
import type { Caller } from './authentication.ts';
import { readActivity } from './envelope.ts';
import type { Receive } from './server.ts';
import { tally } from './tally.ts';
import { isOfTenant } from './tenantGate.ts';

/** Whom a real tenant's bot lets in. `mayEnter` is asked last, of those who are of the tenant; without it all of them may. */
export type Doors = { tenantId: string; mayEnter?: (caller: Caller, activity: Activity) => Promise<boolean> };

/**
 * The way in from Teams: the envelope (400), the token (401), the tenant and guests (403), then the turn. Nothing happens before all
 * hold, for any type of activity, and no refusal says more than its status. `doors` null lets everybody in, for the sandbox.
 */
export function receiver(adapter: Adapter, doors: Doors | null, turn: (context: TurnContext) => Promise<void>, log: Log): Receive {
  const badToken = tally((times) => log.warn('an activity without a good token was turned away', { times }));
  return async (body, authorization) => {
    const activity = readActivity(body);
    if (!activity) return { status: 400 };
    if (doors && activity.channelId !== 'msteams') return { status: 400 };
    const caller = await authenticate(adapter, activity, authorization, log, badToken);
    if (typeof caller === 'number') return { status: caller };
    const refused = doors && (await turnedAway(doors, caller, activity, log));
    if (refused) return { status: refused };
    const invoked = await adapter.receive(caller, activity, turn);
    return invoked ? { status: invoked.status, ...(invoked.body === undefined ? {} : { body: invoked.body }) } : { status: 200 };
  };
}

/** The status that somebody with a good token is refused with, or null for one who may come in. */
async function turnedAway({ tenantId, mayEnter }: Doors, caller: Caller, activity: Activity, log: Log): Promise<403 | 503 | null> {
  if (!isOfTenant(activity, tenantId)) {
    log.warn('an activity of another tenant was turned away', { activity: activity.type });
    return 403;
  }
  try {
    if (!mayEnter || (await mayEnter(caller, activity))) return null;
  } catch (fault) {
    if (!(fault instanceof OutsideFault)) throw fault;
    log.error('Teams could not be asked whether somebody is a guest; until it answers they are kept out', fault);
    return 503;
  }
  log.warn('an activity of a guest was turned away; ALLOW_GUESTS, or a place in the directory, would let them in', {
    activity: activity.type,
  });
  return 403;
}

/**
 * Who is calling, or the status to refuse with. The SDK throws for everything, and of a different kind for a forged
 * signature than for a wrong audience: whatever it is, the caller has not shown a good token. Only when the keys
 * themselves cannot be fetched is the fault not the caller's.
 */
async function authenticate(
  adapter: Adapter,
  activity: Activity,
  authorization: string,
  log: Log,
  badToken: () => void,
): Promise<Caller | 401 | 503> {
  try {
    return await adapter.authenticate(activity, authorization);
  } catch (fault) {
    const { statusCode, name } = fault as { statusCode?: number; name?: string };
    if (statusCode === 500 || name === 'FetchError') {
      log.error("Teams' signing keys could not be fetched; check BotOpenIdMetadata and the way out of this network", fault);
      return 503;
    }
    badToken();
    return 401;
  }
}

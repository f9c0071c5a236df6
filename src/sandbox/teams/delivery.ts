import { setTimeout as pause } from 'node:timers/promises';
import type { Activity } from './activities.ts';

/** The bad days that Teams has, on request. Counts run down as they are used. */
export type Troubles = {
  /** How often each activity is delivered to the bot. */
  deliver: number;
  /** The next so many connector calls are answered 429, with this Retry-After. */
  throttle: { calls: number; retryAfterSeconds: number };
  /** Every connector call waits this long before anything happens. */
  slowMilliseconds: number;
  /** The next so many connector calls are never answered. */
  hang: number;
};

/** Days on which all goes well. */
export function noTroubles(): Troubles {
  return { deliver: 1, throttle: { calls: 0, retryAfterSeconds: 1 }, slowMilliseconds: 0, hang: 0 };
}

/** What the bot answered; 504 stands for no answer in time and 502 for nobody there. */
export type Reply = { status: number; body: unknown };

/** Sends an activity to the bot. Never throws: that the bot is down or slow is an answer too. */
export type Deliver = (activity: Activity) => Promise<Reply>;

/**
 * The way from Teams to the bot. Waits at most `limitMilliseconds` for an answer (Teams: 15 s). Where each activity is to come more than
 * once, all copies leave together, every answer is waited for and the first copy's counts.
 */
export function deliverTo(botUrl: () => string, limitMilliseconds: number, troubles: Troubles): Deliver {
  const once = async (activity: Activity): Promise<Reply> => {
    const signal = AbortSignal.timeout(limitMilliseconds);
    try {
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(botUrl(), { method: 'POST', headers, body: JSON.stringify(activity), signal });
      return { status: response.status, body: parsed(await response.text()) };
    } catch {
      return { status: signal.aborted ? 504 : 502, body: null };
    }
  };
  return async (activity) => {
    const replies = await Promise.all(Array.from({ length: troubles.deliver }, () => once(activity)));
    return replies[0] ?? { status: 502, body: null };
  };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** What befalls a connector call today: nothing, a 429, or silence for ever. Uses up one count of it. */
export async function befall(troubles: Troubles): Promise<'nothing' | 'throttled' | 'hung'> {
  if (troubles.hang > 0) {
    troubles.hang -= 1;
    return 'hung';
  }
  if (troubles.throttle.calls > 0) {
    troubles.throttle.calls -= 1;
    return 'throttled';
  }
  if (troubles.slowMilliseconds > 0) await pause(troubles.slowMilliseconds);
  return 'nothing';
}

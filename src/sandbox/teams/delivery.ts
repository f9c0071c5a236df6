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
  /** The next so many connector calls, or those of a person's chat alone, are refused with this status and code: 412, or 403 with a code. */
  refuse: { calls: number; status: number; code: string; person: string | null };
};

/** Days on which all goes well. */
export function noTroubles(): Troubles {
  return {
    deliver: 1,
    throttle: { calls: 0, retryAfterSeconds: 1 },
    slowMilliseconds: 0,
    hang: 0,
    refuse: { calls: 0, status: 412, code: 'PreconditionFailed', person: null },
  };
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

/**
 * What befalls a connector call today: nothing, a 429, a refusal, or silence for ever. Uses up one count of it. `people` are those of the
 * chat that it is about.
 */
export async function befall(troubles: Troubles, people: readonly string[]): Promise<'nothing' | 'throttled' | 'refused' | 'hung'> {
  if (troubles.hang > 0) {
    troubles.hang -= 1;
    return 'hung';
  }
  if (troubles.throttle.calls > 0) {
    troubles.throttle.calls -= 1;
    return 'throttled';
  }
  const { refuse } = troubles;
  if (refuse.calls > 0 && (refuse.person === null || people.includes(refuse.person))) {
    refuse.calls -= 1;
    return 'refused';
  }
  if (troubles.slowMilliseconds > 0) await pause(troubles.slowMilliseconds);
  return 'nothing';
}

import { OutsideFault } from '../app/faults.ts';

/** What Teams says that it cannot do just now, and asks to be tried again (TM2). */
export function mayPass(status: number): boolean {
  return [412, 429, 502, 503, 504].includes(status);
}

type Meaning = { kind: OutsideFault['kind']; check: string };

/** What Teams means by the codes in its answers, which say more than the status; and what an operator should look at. */
const codes: Record<string, Meaning> = {
  ConversationNotFound: { kind: 'not-found', check: 'whether the bot is still installed in that chat' },
  BotNotInConversationRoster: { kind: 'permission', check: 'whether the bot is installed for that person' },
  ConversationBlockedByUser: { kind: 'permission', check: 'whether the person has blocked the bot' },
  MessageWritesBlocked: { kind: 'permission', check: 'whether the person has blocked the bot' },
  BotDisabledByAdmin: { kind: 'permission', check: 'whether an administrator of Teams has blocked the app' },
  NotEnoughPermissions: { kind: 'permission', check: 'whether the app may write in that chat' },
  ActivityNotFoundInConversation: { kind: 'not-found', check: 'nothing: the message was deleted, and the card is posted anew' },
  MessageSizeTooBig: { kind: 'rejected', check: 'the size of the card' },
};

/** What a failed call means for the one who asked. `retryAfter` is the answer's header: seconds, or an HTTP date; `body` the answer's. */
export function faultOf(status: number, retryAfter: string | null, body = ''): OutsideFault {
  const code = codeIn(body);
  const { kind, check } = meaningOf(status, code);
  const retryAfterSeconds = mayPass(status) ? secondsFrom(retryAfter) : null;
  return new OutsideFault(kind, `Teams answered ${status}${code === null ? '' : ` ${code}`}`, check, { retryAfterSeconds });
}

function meaningOf(status: number, code: string | null): Meaning {
  if (status === 412 || status === 429) return { kind: 'throttled', check: 'whether the bot sends more than Teams takes' };
  if (status >= 500 || status === 408) return { kind: 'unreachable', check: 'whether Teams is having an outage' };
  if (code !== null) return codes[code]!;
  if (status === 404 || status === 410) return { kind: 'not-found', check: 'whether the bot is still installed in that chat' };
  if (status === 401) return { kind: 'permission', check: "the bot's app id and password, and whether the bot is registered for Teams" };
  if (status === 403) return { kind: 'permission', check: 'whether the person has removed or blocked the bot' };
  return { kind: 'rejected', check: 'the size and form of the card' };
}

/** The code in an answer, where it is one that says something: nothing else of an answer is repeated anywhere. */
function codeIn(body: string): string | null {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown } };
    return typeof error?.code === 'string' && Object.hasOwn(codes, error.code) ? error.code : null;
  } catch {
    return null;
  }
}

/** The seconds that a Retry-After header asks for, which may be a date; null where it asks for nothing that can be read. */
export function secondsFrom(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}

import { setTimeout as delay } from 'node:timers/promises';
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { OutsideFault } from '../app/faults.ts';

/** How the SDK is given something to send its requests with. */
export type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>['httpClient']>;

/**
 * Sends the SDK's calls to the Teams connector, each within a time limit in milliseconds, and none again that may have arrived: the
 * SDK's own client waits for ever, and repeats a POST, which doubles a message. A call that Teams put off for a moment (429) is
 * made again, as long as that takes no more than half the time limit, so that a person who typed something is not left without an
 * answer. What goes wrong is an `OutsideFault`, which the SDK does not try again; whoever asked decides that.
 */
export function connectorCalls(limitMilliseconds: number): HttpClient {
  return {
    async sendRequest(request) {
      const { url, method, headers, body } = request;
      const call = async () => {
        const signal = AbortSignal.timeout(limitMilliseconds);
        const answer = await fetch(url, { method, headers: headers.rawHeaders(), body, signal, redirect: 'error' }).catch(unreachable);
        return { answer, bodyAsText: await answer.text().catch(unreachable) };
      };
      const { answer, bodyAsText } = await patiently(call, limitMilliseconds / 2);
      if (!answer.ok) throw faultOf(answer.status, answer.headers.get('retry-after'));
      const answerHeaders = headers.clone();
      for (const { name } of answerHeaders.headersArray()) answerHeaders.remove(name);
      for (const [name, value] of answer.headers) answerHeaders.set(name, value);
      return { request, status: answer.status, headers: answerHeaders, bodyAsText };
    },
  };
}

type Answered = { answer: Response; bodyAsText: string };

/** Calls again after the wait that a 429 asks for, while all the waiting together stays within `longest` milliseconds. */
async function patiently(call: () => Promise<Answered>, longest: number): Promise<Answered> {
  for (let waited = 0; ; ) {
    const answered = await call();
    const seconds = answered.answer.status === 429 ? secondsFrom(answered.answer.headers.get('retry-after')) : null;
    if (seconds === null || waited + seconds * 1000 > longest) return answered;
    // A wait of no time at all is still a pause, or a hasty answer would be asked again for ever.
    const milliseconds = Math.max(100, seconds * 1000);
    await delay(milliseconds);
    waited += milliseconds;
  }
}

function unreachable(cause: unknown): never {
  throw new OutsideFault('unreachable', 'Teams did not answer', 'whether this machine reaches the Teams service URL', { cause });
}

/** What a failed call means for the one who asked. `retryAfter` is the answer's header: seconds, or an HTTP date. */
export function faultOf(status: number, retryAfter: string | null): OutsideFault {
  const message = `Teams answered ${status}`;
  if (status === 429) {
    return new OutsideFault('throttled', message, 'whether the bot sends more than Teams takes', {
      retryAfterSeconds: secondsFrom(retryAfter),
    });
  }
  if (status === 404 || status === 410) return new OutsideFault('not-found', message, 'whether the bot is still installed in that chat');
  if (status === 401)
    return new OutsideFault('permission', message, "the bot's app id and password, and whether the bot is registered for Teams");
  if (status === 403) return new OutsideFault('permission', message, 'whether the person has removed or blocked the bot');
  if (status >= 500 || status === 408) return new OutsideFault('unreachable', message, 'whether Teams is having an outage');
  return new OutsideFault('rejected', message, 'the size and form of the card');
}

function secondsFrom(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}

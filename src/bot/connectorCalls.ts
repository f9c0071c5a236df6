import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { OutsideFault } from '../app/ports.ts';

/** How the SDK is given something to send its requests with. */
export type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>['httpClient']>;

/**
 * Sends the SDK's calls to the Teams connector, each within a time limit in milliseconds and each once only: the SDK's own client waits
 * for ever, and repeats a POST that may have arrived, which doubles a message. What goes wrong is an `OutsideFault`, which
 * the SDK does not try again; whoever asked decides that.
 */
export function connectorCalls(limitMilliseconds: number): HttpClient {
  return {
    async sendRequest(request) {
      const { url, method, headers, body } = request;
      const signal = AbortSignal.timeout(limitMilliseconds);
      const answer = await fetch(url, { method, headers: headers.rawHeaders(), body, signal, redirect: 'error' }).catch(unreachable);
      const bodyAsText = await answer.text().catch(unreachable);
      if (!answer.ok) throw faultOf(answer.status, answer.headers.get('retry-after'));
      const answerHeaders = headers.clone();
      for (const { name } of answerHeaders.headersArray()) answerHeaders.remove(name);
      for (const [name, value] of answer.headers) answerHeaders.set(name, value);
      return { request, status: answer.status, headers: answerHeaders, bodyAsText };
    },
  };
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

import { setTimeout as delay } from 'node:timers/promises';
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { OutsideFault } from '../app/faults.ts';
import { faultOf, mayPass, secondsFrom } from './connectorFaults.ts';
import { timeFor } from './turnTime.ts';

/** How the SDK is given something to send its requests with. */
export type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>['httpClient']>;

/** How long is waited before a call is made again that Teams could not take just then without saying for how long, in milliseconds. */
const PAUSE = 500;
/** A wait of no time at all is still a pause, or a hasty answer would be asked again for ever. */
const SHORTEST_PAUSE = 100;
/** As many chats as are kept waiting at once. */
const KEPT_CHATS = 10_000;

/**
 * Sends the SDK's calls to the Teams connector, each within a time limit in milliseconds, which calls in one turn share: the SDK's own
 * client waits for ever. What Teams could not take just then is sent again (TM2), as long as the waiting takes no more than half the time
 * limit, so that a person who typed something is not left without an answer. A wait that Teams asks for holds for every call to that chat.
 * What goes wrong is an `OutsideFault`, which the SDK does not try again; whoever asked decides that.
 */
export function connectorCalls(limitMilliseconds: number): HttpClient {
  const waits = waitingChats();
  return {
    async sendRequest(request) {
      const { url, method, headers, body } = request;
      const call = async () => {
        const signal = AbortSignal.timeout(timeFor(limitMilliseconds));
        const answer = await fetch(url, { method, headers: headers.rawHeaders(), body, signal, redirect: 'error' }).catch(unreachable);
        return { answer, bodyAsText: await answer.text().catch(unreachable) };
      };
      const { answer, bodyAsText } = await patiently(call, timeFor(limitMilliseconds) / 2, waits, chatOf(url));
      if (!answer.ok) throw faultOf(answer.status, answer.headers.get('retry-after'), bodyAsText);
      const answerHeaders = headers.clone();
      for (const { name } of answerHeaders.headersArray()) answerHeaders.remove(name);
      for (const [name, value] of answer.headers) answerHeaders.set(name, value);
      return { request, status: answer.status, headers: answerHeaders, bodyAsText };
    },
  };
}

type Answered = { answer: Response; bodyAsText: string };
type Waits = ReturnType<typeof waitingChats>;

/** Calls, and calls again after each wait, while all the waiting together stays within so many milliseconds. @throws OutsideFault */
async function patiently(call: () => Promise<Answered>, longest: number, waits: Waits, chat: string): Promise<Answered> {
  let waited = 0;
  const wait = async (milliseconds: number) => {
    if (waited + milliseconds > longest) return false;
    await delay(milliseconds);
    waited += milliseconds;
    return true;
  };
  let answered: Answered | null = null;
  for (let pause = PAUSE; ; pause *= 2) {
    const left = waits.left(chat);
    if (left > 0 && !(await wait(left))) return answered ?? putOff(left);
    answered = await call();
    const { status, headers } = answered.answer;
    if (!mayPass(status)) return answered;
    const asked = secondsFrom(headers.get('retry-after'));
    if (asked !== null) waits.until(chat, Math.max(SHORTEST_PAUSE, asked * 1000));
    else if (!(await wait(pause))) return answered;
  }
}

/** Until when Teams has asked for no more calls to a chat. */
function waitingChats() {
  const ends = new Map<string, number>();
  return {
    /** What is left of the wait, in milliseconds. */
    left(chat: string): number {
      const left = (ends.get(chat) ?? 0) - performance.now();
      if (left <= 0) ends.delete(chat);
      return Math.max(0, left);
    },
    until(chat: string, milliseconds: number): void {
      if (ends.size >= KEPT_CHATS) ends.clear();
      ends.set(chat, performance.now() + milliseconds);
    },
  };
}

/** The chat that a call is about, by its address as far as the conversation's id. */
function chatOf(url: string): string {
  const [before = '', after = ''] = url.split('/v3/conversations');
  return `${before} ${after.split('/')[1] ?? ''}`;
}

function putOff(milliseconds: number): never {
  throw new OutsideFault('throttled', 'Teams has asked for no more calls to this chat yet', 'whether the bot sends more than Teams takes', {
    retryAfterSeconds: Math.ceil(milliseconds / 1000),
  });
}

function unreachable(cause: unknown): never {
  throw new OutsideFault('unreachable', 'Teams did not answer', 'whether this machine reaches the Teams service URL', { cause });
}

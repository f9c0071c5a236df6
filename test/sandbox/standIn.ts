import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sandboxClock } from '../../src/sandbox/clock.ts';
import { type ControlDependencies, controlHandler } from '../../src/sandbox/control.ts';
import { pagesHandler } from '../../src/sandbox/pages.ts';
import { serve } from '../../src/sandbox/server.ts';
import type { Shelf } from '../../src/sandbox/shelf.ts';
import { openStream } from '../../src/sandbox/stream.ts';
import { openTeams } from '../../src/sandbox/teams/teams.ts';

export type Sent = Record<string, any>;
type Answer = { status?: number; body?: unknown };
/** What the scripted bot does with an activity, and its answer (200 and nothing if it gives none); `talk` calls the connector that the activity names. */
export type Script = (activity: Sent, talk: Talk) => unknown;
export type Talk = (method: string, path: string, body?: object) => Promise<{ status: number; headers: Headers; body: any }>;

export const PEOPLE = [
  {
    id: 'visitor',
    name: 'Amara Larkspur',
    role: 'Health visitor',
    agency: 'Community health',
    aadObjectId: 'cc215a8d-7ef6-445c-95b0-17f50684104b',
    email: 'amara@health.example',
    group: 'Professionals',
  },
  {
    id: 'chair',
    name: 'Ewan Brook',
    role: 'Conference chair',
    agency: null,
    aadObjectId: '0b0f4a52-9f43-4a1c-8a32-1f6f4a1f7f01',
    email: 'ewan@council.example',
    group: 'Chairs',
  },
  {
    id: 'manager',
    name: 'Ines Calder',
    role: 'Service Manager',
    agency: null,
    aadObjectId: '0b0f4a52-9f43-4a1c-8a32-1f6f4a1f7f02',
    email: 'ines@council.example',
    group: 'Deciders',
  },
];

/** A shelf in memory that keeps what a file would: JSON. */
export function memoryShelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    read: (name, empty) => (kept.has(name) ? JSON.parse(kept.get(name) as string) : empty),
    write: (name, value) => void kept.set(name, JSON.stringify(value)),
  };
}

export const card = (text: string, actions: object[] = [], more: object = {}) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
  actions,
  ...more,
});
export const withCard = (content: object) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
});
export const cardAnswer = (value: object) => ({ body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value } });
export const toast = (value: string) => ({ body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value } });

export const inChat = (activity: Sent) => `conversations/${encodeURIComponent(activity.conversation.id)}/activities`;
export const post = (talk: Talk, activity: Sent, content: object) => talk('POST', inChat(activity), content);
export const execute = (title: string, verb: string, more: object = {}) => ({ type: 'Action.Execute', title, verb, ...more });
/** A bot that answers every message with this card, and every press by `onPress`. */
export const botWith =
  (shown: object | ((activity: Sent) => object), onPress: Script = () => undefined): Script =>
  async (activity, talk) => {
    if (activity.type === 'message')
      await post(talk, activity, withCard(typeof shown === 'function' ? (shown as (activity: Sent) => object)(activity) : shown));
    return activity.type === 'invoke' ? onPress(activity, talk) : undefined;
  };

/** A bot of a few lines over HTTP, and the sandbox's stand-in for Teams in front of it. Ask for the time limit in milliseconds. */
export async function standIn(
  script: Script,
  options: { shelf?: Shelf; answerLimitMilliseconds?: number; dependencies?: Partial<ControlDependencies> } = {},
) {
  const heard: Sent[] = [];
  const bot = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const activity = JSON.parse(Buffer.concat(chunks).toString()) as Sent;
    heard.push(activity);
    const answer: Answer = (await script(activity, talkAt(activity.serviceUrl))) ?? {};
    response.writeHead(answer.status ?? 200, { 'Content-Type': 'application/json' });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  const shelf = options.shelf ?? memoryShelf();
  const clock = sandboxClock(shelf);
  const { answerLimitMilliseconds = 5000 } = options;
  const teams = openTeams({
    shelf,
    people: () => PEOPLE,
    clock,
    botUrl: () => `http://127.0.0.1:${(bot.address() as AddressInfo).port}/api/messages`,
    sandboxUrl: () => server.url,
    tenantId: 'tenant-1',
    bot: { id: '28:app-1', name: 'Conference Dissent' },
    answerLimitMilliseconds,
  });
  const stream = openStream();
  teams.chats.onChange((change) => stream.send('chat', change));
  const control = controlHandler({
    people: () => PEOPLE,
    clock,
    teams,
    settle: async () => {},
    describeCase: async () => null,
    jobs: async () => [],
    calendars: () => [],
    anyCase: async () => false,
    runDue: async () => {},
    passage: { stops: async () => [], nextTry: async () => null, timePassed: async () => {} },
    ...options.dependencies,
  });
  const server = await serve(0, [pagesHandler(), stream.handler, teams.connector, control]);
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text) as any,
    };
  };
  const close = async () => {
    await server.close();
    await new Promise<void>((resolve) => {
      bot.close(() => resolve());
      bot.closeAllConnections();
    });
  };
  return { url: server.url, teams, heard, ask, talk: talkAt(`${server.url}/teams/`), close };
}

function talkAt(serviceUrl: string): Talk {
  return async (method, path, body) => {
    const response = await fetch(`${serviceUrl}v3/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
}

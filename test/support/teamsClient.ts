import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that the bot made to the connector. */
export type ConnectorCall = { method: string; path: string; headers: Record<string, unknown>; body: Sent | null };

/** What a message of the bot's holds. */
export type Sent = { text?: string; summary?: string; attachments?: { content: Card }[]; recipient?: object };

/** A card, as far as a client has to know it. */
export type Card = { type: string; refresh?: { action: { verb: string; data: object }; userIds: string[] } };

/** What an invoke is answered with. */
export type Invoked = { statusCode?: number; type?: string; value?: unknown };

type ConnectorAnswer = { status: number; headers?: Record<string, string>; body?: unknown } | 'never';

/** A small Bot Framework client: it sends the bot activities, and keeps what the bot sends to its connector. */
export async function startTeamsClient() {
  const calls: ConnectorCall[] = [];
  const looks = new Set<() => void>();
  let answer: (call: ConnectorCall) => ConnectorAnswer | null = () => null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const call = {
        method: request.method ?? '',
        path: decodeURIComponent(request.url ?? ''),
        headers: request.headers,
        body: text ? JSON.parse(text) : null,
      };
      calls.push(call);
      const reply = answer(call) ?? {
        status: 200,
        body: { id: call.method === 'PUT' ? call.path.split('/').at(-1) : `sent-${calls.length}` },
      };
      if (reply === 'never') return;
      // Not chained: restify, once loaded, has writeHead answer nothing in every server of the process.
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      response.end(JSON.stringify(reply.body ?? {}));
      for (const look of looks) look();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    serviceUrl,
    /** Every call to the connector, oldest first. */
    calls,
    /** Has the connector answer in another way from now on; null for a call means as usual. */
    answers(next: typeof answer) {
      answer = next;
    },
    /** What is sought among the calls, as soon as it is there. @throws Error naming the calls there were, after a minute */
    until: <T>(sought: (calls: readonly ConnectorCall[]) => T | undefined): Promise<T> =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = sought(calls);
          if (found !== undefined) end(() => resolve(found));
        };
        const end = (settle: () => void) => {
          clearTimeout(limit);
          looks.delete(look);
          settle();
        };
        const given = () => calls.map(({ method, path }) => `${method} ${path}`).join('\n');
        const limit = setTimeout(() => end(() => reject(new Error(`what was awaited is not among the bot's calls:\n${given()}`))), 60_000);
        looks.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** An activity as Teams sends it, from one person in their own chat with the bot, unless `changes` say otherwise. */
export function activityFrom(serviceUrl: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'message',
    id: 'activity-1',
    timestamp: '2027-01-12T15:10:00.000Z',
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:somebody', name: 'Somebody', aadObjectId: '00000000-0000-4000-8000-000000000001' },
    recipient: { id: '28:bot', name: 'Conference Dissent' },
    conversation: { id: 'chat-1', conversationType: 'personal', tenantId: '00000000-0000-4000-8000-0000000000aa' },
    channelData: { tenant: { id: '00000000-0000-4000-8000-0000000000aa' } },
    text: 'help',
    ...changes,
  };
}

/** Sends an activity to the bot; returns the status and what the body holds. */
export async function send(
  port: number,
  activity: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Invoked | null; text: string }> {
  const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof activity === 'string' || activity instanceof Uint8Array ? (activity as string) : JSON.stringify(activity),
  });
  const text = await response.text();
  return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) : null };
}

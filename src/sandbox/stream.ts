import type { ServerResponse } from 'node:http';
import { type Handler, urlOf } from './server.ts';

/** How often an idle stream says something, so that nobody takes it for dead. */
const KEEP_ALIVE_MILLISECONDS = 20_000;

/** Server-sent events at `GET /stream`: everything that is sent goes to everybody who listens. */
export function openStream(): { handler: Handler; send(event: string, data: object): void } {
  const listeners = new Set<ServerResponse>();
  const handler: Handler = async (request, response) => {
    if (request.method !== 'GET' || urlOf(request).pathname !== '/stream') return false;
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write('retry: 1000\n\n');
    const keepAlive = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MILLISECONDS).unref();
    listeners.add(response);
    response.on('close', () => {
      clearInterval(keepAlive);
      listeners.delete(response);
    });
    return true;
  };
  const send = (event: string, data: object) => {
    for (const listener of listeners) listener.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  return { handler, send };
}

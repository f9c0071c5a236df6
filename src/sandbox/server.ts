import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartFault } from '../app/faults.ts';
import { isLocalRequest } from '../bot/localRequest.ts';

/** Answers a request, or says by `false` that it is not its own and the next handler should look. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** What the caller of the sandbox did wrong: an HTTP status, a plain sentence, and facts that help to put it right. */
export class RequestFault extends Error {
  readonly status: number;
  readonly facts: object;

  constructor(status: number, sentence: string, facts: object = {}) {
    super(sentence);
    this.status = status;
    this.facts = facts;
  }
}

/** The request's address, parsed; the host in it means nothing. */
export function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'http://127.0.0.1');
}

/** Answers with JSON that no cache keeps; the browser's pages stand at the same addresses. */
export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): true {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    Vary: 'Accept',
    ...headers,
  });
  response.end(JSON.stringify(body));
  return true;
}

/** Gives a document to be saved, never to be shown in the sandbox's own page. */
export function sendDocument(response: ServerResponse, { name, type, bytes }: { name: string; type: string; bytes: Uint8Array }): true {
  const fileName = encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename*=UTF-8''${fileName}`,
    'Content-Length': bytes.length,
    'Content-Security-Policy': 'sandbox',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  response.end(bytes);
  return true;
}

/** The JSON object in a request's body, at most `limit` bytes of it. @throws RequestFault 400 or 413 */
export async function readJson(request: IncomingMessage, limit = 1_000_000): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new RequestFault(413, `The body is larger than ${limit} bytes.`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // The same sentence serves: what came is not a JSON object.
  }
  throw new RequestFault(400, 'The body must be a JSON object, such as {"text": "help"}.');
}

/**
 * Starts the sandbox's one server, on this machine only; `port` 0 takes any free port. Handlers are asked in turn.
 * Requests that a page of another site sends (a foreign Host or Origin) are refused.
 */
export async function serve(port: number, handlers: Handler[]): Promise<{ port: number; url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void answer(request, response, handlers);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new StartFault(`Port ${port} cannot be had (${cause.code}). Stop what uses it, or set SANDBOX_PORT to another.`, { cause })),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: bound, url: `http://127.0.0.1:${bound}`, close };
}

async function answer(request: IncomingMessage, response: ServerResponse, handlers: Handler[]): Promise<void> {
  try {
    if (!isLocalRequest(request)) throw new RequestFault(403, 'The sandbox answers this machine only.');
    for (const handler of handlers) if (await handler(request, response)) return;
    throw new RequestFault(404, `There is nothing at ${urlOf(request).pathname}.`);
  } catch (fault) {
    if (response.headersSent) return void response.destroy();
    if (fault instanceof RequestFault) return void sendJson(response, fault.status, { error: fault.message, ...fault.facts });
    console.error('The sandbox could not answer', request.method, urlOf(request).pathname, fault);
    sendJson(response, 500, { error: 'The sandbox failed; see its log.' });
  }
}

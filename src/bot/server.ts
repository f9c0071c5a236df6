import { once } from 'node:events';
import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import restify from 'restify';
import { StartFault } from '../app/faults.ts';
import type { Log } from '../app/ports.ts';
import { departureOf, type Farewell } from './departure.ts';
import { isLocalRequest } from './localRequest.ts';
import { type BodyLimits, bodyLimits, readJsonBody } from './readBody.ts';

/** An HTTP answer; nothing internal ever stands in its body. */
export type Answer = { status: number; body?: unknown };

/** What becomes of a message from Teams, given its body and its Authorization header. */
export type Receive = (body: unknown, authorization: string) => Promise<Answer>;

/** Answers a request for the metrics by itself. */
export type Metrics = (request: IncomingMessage, response: ServerResponse) => void;

type ServerParts = {
  receive: Receive;
  /** Whether the program can do its work: the database answers and jobs run. */
  ready(): Promise<boolean>;
  /** What `GET /metrics` gives; without it there is no such page. */
  metrics?: Metrics;
  log: Log;
  limits?: BodyLimits;
  /** For a sandbox, which believes everybody: requests that a web page of elsewhere sends through somebody's browser are refused. */
  localOnly?: boolean;
};

/** How long a caller may take over the headers of a request, and over all of it, in milliseconds. */
const HEADERS_LIMIT = 15_000;
const REQUEST_LIMIT = 30_000;
/** How long an idle connection is kept: longer than a proxy keeps it, or a request may be sent into one that is just being closed. */
const KEEP_ALIVE = 75_000;

/** The bot's HTTP server. */
export type BotServer = {
  /** Node's own server, and what it holds its callers to. */
  server: HttpServer;
  /** Begins to listen; returns the port (that which was asked for, or the one found for 0). @throws StartFault when it cannot be had */
  listen(port: number, host?: string): Promise<number>;
  /** Is not ready from now on, and leaves once it has drained; without times it takes nothing new, and answers what is in hand. */
  close(times?: Farewell): Promise<void>;
};

/** Makes the bot's HTTP server: `POST /api/messages`, `GET /healthz` (the process is up), `GET /readyz` (it may be sent work), `GET /metrics`. */
export function botServer({ receive, ready, metrics, log, limits = bodyLimits, localOnly = false }: ServerParts): BotServer {
  const server = restify.createServer({ name: 'conference-dissent' });
  // restify takes requests to change protocol, and then leaves them open for ever. Without it Node reads them as ordinary ones.
  server.server.removeAllListeners('upgrade');
  Object.assign(server.server, { headersTimeout: HEADERS_LIMIT, requestTimeout: REQUEST_LIMIT, keepAliveTimeout: KEEP_ALIVE });
  const departure = departureOf(server.server as HttpServer);
  // restify's own log, a pino whatever its types say, would hold whole requests.
  (server.log as unknown as { level: string }).level = 'silent';
  if (localOnly) server.pre((request, response, next) => (isLocalRequest(request) ? next() : response.send(403)));
  server.post('/api/messages', async (request, response) => {
    const body = await readJsonBody(request, limits);
    if ('status' in body) {
      // What is left of a body that was not read must not be taken for the next request.
      response.header('Connection', 'close');
      response.send(body.status);
      return;
    }
    const { status, body: answer } = await receive(body.json, request.headers.authorization ?? '').catch((fault: unknown) => {
      log.error('an activity from Teams could not be taken', fault);
      return { status: 500 } as Answer;
    });
    if (answer === undefined) response.send(status);
    else response.json(status, answer);
  });
  server.get('/healthz', async (_request, response) => {
    response.json(200, { up: true });
  });
  server.get('/readyz', async (_request, response) => {
    const isReady = !departure.begun() && (await ready().catch(() => false));
    response.json(isReady ? 200 : 503, { ready: isReady });
  });
  if (metrics)
    server.get('/metrics', async (request, response) => {
      const told = once(response, 'close');
      metrics(request, response);
      await told;
    });
  return {
    server: server.server as HttpServer,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', (cause: NodeJS.ErrnoException) =>
          reject(new StartFault(`Port ${port} cannot be had (${cause.code}). Stop what uses it, or set PORT to another.`, { cause })),
        );
        const listening = () => resolve(server.address().port);
        if (host === undefined) server.listen(port, listening);
        else server.listen(port, host, listening);
      }),
    close: (times = { drain: 0, inHand: REQUEST_LIMIT }) => departure.leave(times),
  };
}

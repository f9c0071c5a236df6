import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** In milliseconds: for how long a server that leaves serves on, and how long it then waits for what it has in hand. */
export type Farewell = { drain: number; inHand: number };

/** How a server leaves without losing anybody's request (OP3). */
export type Departure = {
  /** Whether it has begun to leave, so that nobody should be sent to it any more. */
  begun(): boolean;
  /**
   * Serves on for `drain`, each answer ending its connection. Then takes nothing new and ends every connection that waits for no answer,
   * such as one kept alive or one with half a header; what is in hand is answered first, for as long as `inHand`.
   */
  leave(times: Farewell): Promise<void>;
};

/** Watches a server's connections from the start: Node itself takes half a header for a request in hand, and waits for it for ever. */
export function departureOf(server: Server): Departure {
  const connections = new Set<Socket>();
  const answering = new Set<ServerResponse>();
  let begun = false;
  let drained = false;
  const endIfIdle = (socket: Socket) => {
    if (![...answering].some(({ req }) => req.socket === socket)) socket.destroySoon();
  };
  const endWith = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    answering.add(response);
    if (begun) endWith(response);
    response.once('close', () => {
      answering.delete(response);
      if (drained) endIfIdle(socket);
    });
  });
  return {
    begun: () => begun,
    async leave({ drain, inHand }) {
      begun = true;
      for (const response of answering) endWith(response);
      if (drain > 0) await delay(drain);
      drained = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of connections) endIfIdle(socket);
      const late = setTimeout(() => server.closeAllConnections(), inHand);
      await closed;
      clearTimeout(late);
    },
  };
}

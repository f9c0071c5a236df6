import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request and its answer as they went over the line; `path` begins after `/v1.0`. Bodies are null where there were none. */
export type Exchange = {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string | string[] | undefined>;
  requestBody: unknown;
  status: number;
  responseBody: unknown;
};

/** Wraps a stand-in for Graph so that everything it is asked and answers is kept. An answer that was lost on the way is not. */
export function recordExchanges(handle: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>): {
  handle: typeof handle;
  exchanges: Exchange[];
} {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    handle(request, response) {
      const asked = collect(request, 'push');
      const answered = collect(response, 'end');
      response.once('finish', () => {
        const [, path, query = ''] = /^.*?\/v1\.0(\/[^?]*)\??(.*)$/.exec(request.url ?? '') ?? [];
        if (!path) return;
        const { method = 'GET', headers } = request;
        exchanges.push({
          method,
          path,
          query,
          headers,
          requestBody: json(asked),
          status: response.statusCode,
          responseBody: json(answered),
        });
      });
      return handle(request, response);
    },
  };
}

/** What goes through one end of a stream from now on, as it comes; nobody else misses any of it. */
export function collect(stream: IncomingMessage | ServerResponse, method: 'push' | 'end'): Buffer[] {
  const chunks: Buffer[] = [];
  const target = stream as unknown as Record<string, (...given: unknown[]) => unknown>;
  const original = target[method]?.bind(stream);
  target[method] = (...given) => {
    if (typeof given[0] === 'string' || given[0] instanceof Uint8Array) chunks.push(Buffer.from(given[0]));
    return original?.(...given);
  };
  return chunks;
}

/** A body as JSON; the bytes of a document, which are not, as they are. */
function json(chunks: Buffer[]): unknown {
  const bytes = Buffer.concat(chunks);
  try {
    return bytes.length === 0 ? null : JSON.parse(bytes.toString('utf8'));
  } catch {
    return bytes;
  }
}

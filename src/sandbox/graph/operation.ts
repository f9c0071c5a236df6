import type { IncomingMessage } from 'node:http';
import type { PublicError } from '@microsoft/microsoft-graph-types';

/** A request as an operation sees it: `path` begins after the version, `base` is the address up to and including it. */
export type GraphRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The body as JSON; null where there is none, or it is not JSON. */
  body: unknown;
  /** The body as it came; null where it was too large. */
  bytes: Buffer | null;
  contentType: string | undefined;
  base: string;
  authorization: string | undefined;
  /** On a bad day Teams gives no link to what is made. */
  withoutLink?: true;
  /** On another, what is deleted is still read by its id. */
  keptInDeletedItems?: true;
};

/** What an operation answers over HTTP. */
export type Answer = { status: number; body?: object; headers?: Record<string, string> };

/**
 * One thing that Graph can do. `path` is a template: `/users/{user}/events`; its braces are given to `answer` by name. `{itemPath}` may
 * hold slashes.
 */
export type Operation = { method: string; path: string; answer(request: GraphRequest, named: Record<string, string>): Answer };

const LARGEST_BODY = 4_000_000;

/** An error as Graph writes it. */
export function refuse(status: number, code: string, message: string, headers: Record<string, string> = {}): Answer {
  const error: PublicError & { innerError: { 'request-id': string } } = {
    code,
    message,
    innerError: { 'request-id': crypto.randomUUID() },
  };
  return { status, headers, body: { error } };
}

/** The first operation that a method and path belong to, with what stands in its braces. */
export function operationFor(
  operations: Operation[],
  method: string,
  path: string,
): { operation: Operation; named: Record<string, string> } | null {
  for (const operation of operations) {
    if (operation.method !== method) continue;
    const pattern = operation.path
      .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
      .replace('{itemPath}', '(?<itemPath>[^:]+)')
      .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    const match = new RegExp(`^${pattern}$`, 'i').exec(path);
    if (match)
      return {
        operation,
        named: Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)])),
      };
  }
  return null;
}

/** Reads a request under `prefix`, its body up to the limit that Graph sets for a message. */
export async function readRequest(request: IncomingMessage, prefix: string): Promise<GraphRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  const bytes = size > LARGEST_BODY ? null : Buffer.concat(chunks);
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  return {
    method: request.method ?? 'GET',
    path: url.pathname.slice(prefix.length),
    query: url.searchParams,
    body: bytes && parsed(bytes.toString('utf8')),
    bytes,
    contentType: request.headers['content-type'],
    base: `${url.origin}${prefix}`,
    authorization: request.headers.authorization,
  };
}

/** A list as Graph gives it: `$top` at a time, and a link to the rest. */
export function page(request: GraphRequest, rows: object[], usual: number): Answer {
  const skip = Number(request.query.get('$skip') ?? 0);
  const top = Number(request.query.get('$top') ?? usual);
  if (!Number.isInteger(skip) || !Number.isInteger(top) || top < 1 || top > 1000)
    return refuse(400, 'ErrorInvalidUrlQuery', 'The paging options are not valid.');
  const query = new URLSearchParams(request.query);
  query.set('$skip', String(skip + top));
  const more = skip + top < rows.length ? { '@odata.nextLink': `${request.base}${request.path}?${query}` } : {};
  return { status: 200, body: { ...more, value: rows.slice(skip, skip + top).map((row) => selected(request, row)) } };
}

/** What `$select` leaves of an object; all of it without one. */
export function selected(request: GraphRequest, row: object): object {
  const fields = request.query.get('$select')?.split(',');
  return fields
    ? Object.fromEntries(Object.entries(row).filter(([name]) => name === 'id' || name.startsWith('@') || fields.includes(name)))
    : row;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

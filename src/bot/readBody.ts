import type { IncomingMessage } from 'node:http';

/** What a request's body is held to. `depth` counts objects and lists within one another. */
export type BodyLimits = { bytes: number; milliseconds: number; depth: number };

/** What a message from Teams is held to: many times the size of the bot's own. */
export const bodyLimits: BodyLimits = { bytes: 256 * 1024, milliseconds: 10_000, depth: 40 };

/** A body, or the HTTP status that it is refused with. */
export type Body = { json: unknown } | { status: 400 | 408 | 413 | 415 };

/**
 * Reads a JSON body ourselves: bounded in size, time and depth, in the identity encoding only, in valid UTF-8, without names that reach
 * an object's prototype and without a name given twice, of which two readers might believe different ones. The ready-made parsers end the
 * process on a bad gzip, and swell on a good one.
 */
export async function readJsonBody(request: IncomingMessage, limits: BodyLimits = bodyLimits): Promise<Body> {
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '', 'content-length': length = '0' } = request.headers;
  if (encoding.toLowerCase() !== 'identity' || !/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type))
    return { status: 415 };
  if (Number(length) > limits.bytes) return { status: 413 };
  const bytes = await readBytes(request, limits);
  if (typeof bytes === 'number') return { status: bytes };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const json: unknown = JSON.parse(text);
    return isPlain(json, limits.depth) && namesIn(json) === namesWritten(text) ? { json } : { status: 400 };
  } catch {
    return { status: 400 };
  }
}

/** The bytes, or why not. A body that breaks off is simply bad: nobody is there to be told. */
function readBytes(request: IncomingMessage, limits: BodyLimits): Promise<Uint8Array | 400 | 408 | 413> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => finish(408), limits.milliseconds);
    const finish = (result: Uint8Array | 400 | 408 | 413) => {
      clearTimeout(timer);
      request.off('data', take).pause();
      resolve(result);
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.bytes) finish(413);
      else chunks.push(chunk);
    };
    request.on('data', take);
    request.once('end', () => finish(Buffer.concat(chunks)));
    request.once('error', () => finish(400));
    request.once('close', () => finish(400));
  });
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  return Object.entries(value).every(
    ([name, part]) => !['__proto__', 'constructor', 'prototype'].includes(name) && isPlain(part, depth - 1),
  );
}

function namesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const parts = Object.values(value);
  return parts.reduce<number>((count, part) => count + namesIn(part), Array.isArray(value) ? 0 : parts.length);
}

/** How many names of objects stand in a text that is known to be JSON. */
function namesWritten(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (colon) count += 1;
  return count;
}

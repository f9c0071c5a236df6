import type { Handler } from './worker.ts';

/** The handlers, each of which goes by who covers for whom at the moment when it begins. */
export function eachAfter<Name extends string>(read: () => Promise<void>, handlers: Record<Name, Handler>): Record<Name, Handler> {
  return Object.fromEntries(Object.entries<Handler>(handlers).map(([name, handler]) => [name, after(read, handler)])) as Record<
    Name,
    Handler
  >;
}

/** A handler that begins once something else has gone well. */
export function after(first: () => Promise<void>, handler: Handler): Handler {
  return async (reference, job, tried, stopping) => {
    await first();
    await handler(reference, job, tried, stopping);
  };
}
